"""Why an account is on the list: its justification by its three parts, each with author and date."""

from dataclasses import dataclass

from agendas.facts.account import AccountState
from agendas.facts.justification import SaidPart
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Heading, Item, Page, Text
from agendas.rendering.words import Words


@dataclass(frozen=True, slots=True)
class WhyFacts:
    """An account, and the parts of its justification in their order."""

    account: AccountState
    parts: tuple[SaidPart, ...]
    zone: str


def why_page(facts: WhyFacts, words: Words, *, can_change: bool) -> Page:
    """Its place on the list with the latest reason, then each part; a part that nobody gave is named as missing."""
    account = facts.account
    items: list[Item] = [
        Heading(words.raw("justification.heading", name=account.name)),
        Text(words.say("justification.standing", account=account, zone=facts.zone)),
        *(Text(words.say("justification.part", part=part, zone=facts.zone)) for part in facts.parts),
    ]
    if can_change:
        items.append(Buttons((labelled(words, "list.justify", str(account.account_id)),)))
    missing = [part.part for part in facts.parts if not part.text]
    title = words.raw("justification.title", name=account.name, missing=missing)
    return Page(title, tuple(items), key=f"why-{account.account_id}")
