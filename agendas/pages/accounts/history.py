"""The history of an account: newest first, page by page, whole texts, with what was taken back struck out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from agendas.facts.account import EventFacts
from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Buttons, Heading, Item, Note, Page, Rows, Text
from agendas.rendering.words import Words

CORRECT = "corrections.choose"
"""Action of the button that opens the form to correct an entry."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """An event; its correction, if it has one; and the text of the blocker, action or entry that it is about.

    `judged_by` is the user id of the person who said later whose act its evidence is.
    """

    event: EventFacts
    correction: EventFacts | None = None
    subject: str = ""
    judged_by: str = ""


@dataclass(frozen=True, slots=True)
class HistoryFacts:
    """One page of an account's history, newest first.

    `more_value` is what the button for older entries carries; empty when there are none. `is_first` is false for a
    page that continues another. `correct_value` is what the button to correct one of these entries carries.
    """

    account_id: int
    name: str
    lines: tuple[HistoryLine, ...]
    zone: str
    today: date
    more_value: str = ""
    is_first: bool = True
    correct_value: str = ""


def history_page(facts: HistoryFacts, words: Words, *, can_correct: bool = False) -> Page:
    """Date, who, from where, what, evidence; with a button for older entries when there are any.

    `can_correct`: the reader may correct one of those shown.
    """
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
    older = (labelled(words, "account.history_more", facts.more_value),) if facts.more_value else ()
    correct = (labelled(words, CORRECT, facts.correct_value),) if can_correct else ()
    if older or correct:
        items.append(Buttons((*older, *correct)))
    title = words.raw("history.title", name=facts.name, count=len(facts.lines))
    return Page(title, tuple(items), key=f"history-{facts.account_id}")


def choice_label(line: HistoryLine, words: Words, zone: str, people: Mapping[str, str]) -> str:
    """The entry as raw text, for a choice among entries; `people` are names by user id."""
    said = words.say("history.choice", event=line.event, subject=line.subject, zone=zone)
    return read(said, people).replace("\n", " ")
