"""Why an account is on the list, and in its bucket: its justification by parts, then each rule and score."""

from dataclasses import dataclass

from agendas.facts.account import AccountState, ListStatus
from agendas.facts.justification import SaidPart
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.accounts.why.explained import explanation
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Divider, Heading, Item, Page, Text
from agendas.rendering.words import Words


@dataclass(frozen=True, slots=True)
class WhyFacts:
    """An account, and the parts of its justification in their order; `item` is how it would stand on a review now."""

    account: AccountState
    parts: tuple[SaidPart, ...]
    zone: str
    item: AgendaItem | None = None


def why_page(facts: WhyFacts, words: Words, *, can_change: bool) -> Page:
    """Its place on the list with the latest reason, each part, then its bucket and scores explained.

    A part that nobody gave is named as missing.
    """
    account = facts.account
    items: list[Item] = [
        Heading(words.raw("justification.heading", name=account.name)),
        Text(words.say("justification.standing", account=account, zone=facts.zone)),
        *(Text(words.say("justification.part", part=part, zone=facts.zone)) for part in facts.parts),
    ]
    if can_change:
        items.append(Buttons((labelled(words, "list.justify", str(account.account_id)),)))
    if (item := facts.item) is not None:
        heading = words.raw("explained.heading", name=account.name, placement=item.placement)
        items += [Divider(), *([Heading(heading)] if account.list_status is ListStatus.NAMED else [])]
        items += explanation(item.facts, item.placement, words)
    missing = [part.part for part in facts.parts if not part.text]
    title = words.raw("justification.title", name=account.name, missing=missing)
    return Page(title, tuple(items), key=f"why-{account.account_id}")
