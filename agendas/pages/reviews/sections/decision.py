"""The last decision, and the decision wanted now."""

from enum import StrEnum

from agendas.facts.reviews.agenda import ItemPart
from agendas.facts.reviews.review import AgendaItem, Bucket
from agendas.pages.reviews.sections import examples
from agendas.rendering.page import Item, Text
from agendas.rendering.words import Words
from agendas.rules.list.fit_proposals import pending

EXAMPLES = examples.EXAMPLES


class Wanted(StrEnum):
    """Decision that an account on the agenda waits for, beyond keeping or changing it."""

    OUTCOME = "outcome"
    ASK = "ask"


def section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """The last decision, what the fit proposes, and what is to be decided; nothing where there is none of them."""
    facts, last, proposal = item.facts, item.facts.account.decision, pending(item.facts)
    if last is None and proposal is None and wanted(item) is None:
        return ()
    return (Text(words.say("agenda.decision", last=last, proposal=proposal, wanted=wanted(item), zone=facts.zone)),)


def wanted(item: AgendaItem) -> Wanted | None:
    """The outcome of an open ask, or an ask for an account that needs one; None where nothing more is to be said."""
    is_steady = item.placement.bucket is Bucket.STEADY
    if item.part is not ItemPart.DISCUSSED or is_steady or item.facts.account.has_left_list or has_decided(item):
        return None
    if item.facts.account.open_asks:
        return Wanted.OUTCOME
    return Wanted.ASK if item.placement.bucket is Bucket.NEEDS_INTERVENTION else None


def has_decided(item: AgendaItem) -> bool:
    """True if the review that the account is in decided about it."""
    last = item.facts.account.decision
    return last is not None and item.opened_at is not None and last.decided_at >= item.opened_at
