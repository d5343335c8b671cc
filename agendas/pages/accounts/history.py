"""The history of an account: newest first, page by page, whole texts, with what was taken back struck out."""

from dataclasses import dataclass
from datetime import date

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.events import ActionChanged, BlockerChanged
from agendas.facts.plays import PlayEnded
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Heading, Item, Note, Page, Rows, Text
from agendas.rendering.words import Words


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An event; who took it back, if anybody; and the text of the blocker, action or entry that it is about."""

    event: EventFacts
    taken_back_by: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class HistoryFacts:
    """One page of an account's history, newest first.

    `more_value` is what the button for older entries carries; empty when there are none. `is_first` is false for a
    page that continues another.
    """

    account_id: int
    name: str
    lines: tuple[HistoryLine, ...]
    zone: str
    today: date
    more_value: str = ""
    is_first: bool = True


def history_page(facts: HistoryFacts, words: Words) -> Page:
    """Date, who, from where, what, evidence; with a button for older entries when there are any."""
    shown = [
        line
        for entry in facts.lines
        for line in words.lines("history.line", entry_line=entry, zone=facts.zone, today=facts.today)
    ]
    items: list[Item] = [Heading(words.raw("history.heading", name=facts.name))]
    if shown:
        items += [Rows(tuple(shown)), Note(words.say("history.order"))]
    else:
        items.append(Text(words.say("history.nothing" if facts.is_first else "history.no_more", name=facts.name)))
    if facts.more_value:
        items.append(Buttons((labelled(words, "account.history_more", facts.more_value),)))
    title = words.raw("history.title", name=facts.name, count=len(facts.lines))
    return Page(title, tuple(items), key=f"history-{facts.account_id}")


def subject_of(event: EventFacts, state: AccountState) -> str:
    """Return the name of the blocker, action or play that the event changes, as `state` has it; '' for other events."""
    match event.change:
        case BlockerChanged(blocker_id=blocker_id):
            return next((blocker.text for blocker in state.blockers if blocker.id == blocker_id), "")
        case ActionChanged(action_id=action_id):
            return next((action.text for action in state.actions if action.id == action_id), "")
        case PlayEnded(play_id=play_id):
            return next((play.name for play in state.plays if play.id == play_id), "")
    return ""
