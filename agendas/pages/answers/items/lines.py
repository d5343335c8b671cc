"""Lines of things of accounts, each with its account, and those that are open with the buttons that settle them."""

from collections.abc import Mapping
from dataclasses import replace

from agendas.facts.account import Blocker, Decision, NextAction
from agendas.facts.answers import AccountAction, AccountBlocker
from agendas.facts.found.items import FoundItem
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.answers.items.asked import ItemKind, ItemsAsked
from agendas.pages.open_items.lines import action_line, ask_line, blocker_line
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Line
from agendas.rendering.words import Words
from agendas.rules.access.leads import asked_of
from agendas.rules.nudging.follow_ups import asks_reader

LINES: Mapping[ItemKind, str] = {
    ItemKind.ACTIONS: "items.actions",
    ItemKind.BLOCKERS: "items.blockers",
    ItemKind.ASKS: "items.asks",
    ItemKind.DECISIONS: "items.entry",
    ItemKind.MOVEMENT: "items.step_line",
    ItemKind.CLAIMS: "items.placed",
    ItemKind.EVIDENCE: "items.evidence",
    ItemKind.CHANGES: "items.entry",
    ItemKind.LIST_CHANGES: "items.entry",
    ItemKind.SIGNALS: "items.signals",
    ItemKind.PEOPLE: "items.people",
    ItemKind.LEFT: "items.left",
    ItemKind.MISSING: "items.missing",
    ItemKind.DEALS: "items.deals_line",
    ItemKind.PLAYS: "items.plays",
}
"""The sentence of each kind of thing in a list."""

WHEN: Mapping[ItemKind, str] = {
    ItemKind.ACTIONS: "items.actions_when",
    ItemKind.BLOCKERS: "items.blockers_when",
    ItemKind.ASKS: "items.asks_when",
    ItemKind.DECISIONS: "items.entry_when",
    ItemKind.MOVEMENT: "items.step_when",
    ItemKind.EVIDENCE: "items.evidence_when",
    ItemKind.CHANGES: "items.entry_when",
    ItemKind.LIST_CHANGES: "items.entry_when",
    ItemKind.SIGNALS: "items.signals_when",
    ItemKind.DEALS: "items.deals_when",
}
"""The sentence that begins with the day."""

WHO: Mapping[ItemKind, str] = {
    ItemKind.ACTIONS: "items.actions_who",
    ItemKind.BLOCKERS: "items.blockers_who",
    ItemKind.ASKS: "items.asks_who",
    ItemKind.DECISIONS: "items.entry_who",
    ItemKind.MOVEMENT: "items.step_who",
    ItemKind.EVIDENCE: "items.evidence_who",
    ItemKind.CHANGES: "items.entry_who",
    ItemKind.LIST_CHANGES: "items.entry_who",
    ItemKind.PEOPLE: "items.people",
    ItemKind.LEFT: "items.left",
}
"""The sentence that begins with the person."""

WHY: Mapping[ItemKind, str] = {
    ItemKind.BLOCKERS: "items.blockers",
    ItemKind.DECISIONS: "items.entry_why",
    ItemKind.MOVEMENT: "items.step_line",
    ItemKind.LIST_CHANGES: "items.entry_why",
}
"""The sentence that gives the reason."""


def said_of(found: FoundItem, asked: ItemsAsked, words: Words, sentences: Mapping[ItemKind, str] = LINES) -> Mrkdwn:
    """Return the line of a thing, without a bullet; of an account as it moved since its review its movement."""
    name = "items.placed" if isinstance(found.thing, AgendaItem) else sentences[asked.kind]
    return words.say(name, found=found, at=asked)


def line_of(found: FoundItem, asked: ItemsAsked, words: Words) -> Line | None:
    """Return the line with its buttons, None where nothing settles the thing."""
    drawn = _drawn(found, asked, words)
    return replace(drawn, mrkdwn=said_of(found, asked, words)) if drawn else None


def _drawn(found: FoundItem, asked: ItemsAsked, words: Words) -> Line | None:
    account, thing = found.account, found.thing
    if isinstance(thing, NextAction) and thing.closed_at is None:
        return action_line(AccountAction(account.account_id, account.name, thing), words, today=asked.today)
    if isinstance(thing, Blocker) and thing.resolved_at is None:
        helper = asked_of(thing.needs, account, asked.leads) or ""
        blocker = AccountBlocker(account.account_id, account.name, thing, helper=helper)
        is_asked = asks_reader(blocker, asked.reader)
        return blocker_line(blocker, words, now=asked.now, zone=asked.zone, is_asked=is_asked)
    if isinstance(thing, Decision) and asked.kind is ItemKind.ASKS and asked.state in ("open", "overdue"):
        return ask_line(account.name, thing, words, today=asked.today)
    return None
