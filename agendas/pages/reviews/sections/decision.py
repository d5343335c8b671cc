"""The last decision, and the decision wanted now."""

from agendas.facts.agenda import ItemPart
from agendas.facts.review import AgendaItem, Bucket
from agendas.pages.reviews.sections import examples
from agendas.rendering.page import Item, Text
from agendas.rendering.words import Words
from agendas.rules.list.fit_proposals import pending

EXAMPLES = examples.EXAMPLES


def section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """The last decision, what the fit proposes, and for an account to discuss what should be decided."""
    facts, last = item.facts, item.facts.account.decision
    said = words.say(
        "agenda.decision",
        last=last,
        proposal=pending(facts),
        wanted=_wanted(item),
        zone=facts.zone,
    )
    return (Text(said),)


def _wanted(item: AgendaItem) -> str:
    """`outcome` of an open ask, `ask`, `keep` (or any other decision), or nothing where none is needed."""
    last = item.facts.account.decision
    if (
        item.part is not ItemPart.DISCUSSED
        or item.placement.bucket is Bucket.STEADY
        or item.facts.account.has_left_list
    ):
        return ""
    if last is not None and item.opened_at is not None and last.decided_at >= item.opened_at:
        return ""  # this review decided
    if item.facts.account.open_asks:
        return "outcome"
    return "ask" if item.placement.bucket is Bucket.NEEDS_INTERVENTION else "keep"
