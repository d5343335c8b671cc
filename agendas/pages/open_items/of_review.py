"""The open actions and blockers of a review's accounts, each line with its buttons, by pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agendas.facts.answers import AccountAction, AccountBlocker
from agendas.facts.people import PersonFacts
from agendas.pages.open_items.lines import action_line, blocker_line
from agendas.pages.open_items.lists import LINES
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Item, Line, Note, Page, Rows
from agendas.rendering.words import Words
from agendas.rules.nudging.follow_ups import asks_reader
from agendas.text.days import local_date

ACTIONS, BLOCKERS = "recap.actions", "recap.blockers"
"""The buttons that open the lists: the value is the review's id, and how many lines come before the first."""


@dataclass(frozen=True, slots=True)
class ReviewList:
    """The review that the list is of, when it is shown to whom, and how many lines come before its first."""

    review_id: int
    planned_at: datetime
    zone: str
    now: datetime
    start: int = 0
    can_record: bool = True
    reader: PersonFacts | None = None


def review_actions_page(of: ReviewList, found: Sequence[AccountAction], words: Words) -> Page:
    """The open next actions, soonest first."""
    today = local_date(of.now, of.zone)
    return _page(of, [action_line(each, words, today=today, with_owner=True) for each in found], words, ACTIONS)


def review_blockers_page(of: ReviewList, found: Sequence[AccountBlocker], words: Words) -> Page:
    """The open blockers, oldest first."""
    lines = [
        blocker_line(each, words, now=of.now, zone=of.zone, with_owner=True, is_asked=asks_reader(each, of.reader))
        for each in found
    ]
    return _page(of, lines, words, BLOCKERS)


def _page(of: ReviewList, lines: Sequence[Line], words: Words, action: str) -> Page:
    total, first = len(lines), of.start if of.start < len(lines) else 0
    following = min(first + LINES, total)
    said = {"count": total, "word": "blocker" if action == BLOCKERS else "action", "at": of.planned_at, "zone": of.zone}
    shown = lines[first:following]
    items: list[Item] = [Rows((words.say("recap.list_label", **said),))]
    items += shown if of.can_record else [Rows(tuple(f"• {line.mrkdwn}" for line in shown))] if shown else []
    if following - first < total:
        items.append(Note(words.say("program.span", first=first + 1, last=following, total=total)))
    if following < total:
        items.append(Buttons((labelled(words, action, f"{of.review_id} {following}"),)))
    key = f"{action.replace('.', '-')}-{of.review_id}-{first}"
    return Page(words.raw("recap.list_label", **said), tuple(items), key=key)
