"""Lists of open actions, asks and blockers, each line with its buttons, ten on a page."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from agendas.facts.answers import AccountAction, AccountAsk, AccountBlocker
from agendas.facts.people import PersonFacts
from agendas.pages.open_items.lines import action_line, ask_line, blocker_line
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.access.rights import Deed, may
from agendas.rules.nudging.follow_ups import asks_reader
from agendas.text.days import local_date

MORE = {"owed": "actions.more", "waiting": "waiting.more"}
"""The button to the next page of each list."""

LINES = 10
"""Lines of one page: with their buttons they fill two screens of a phone."""

OWED, WAITING = "owed", "waiting"
"""Beginnings of the keys of pages of a person's own actions, and of what waits for them; how many lines come before
the first one follows."""


def owed_page(found: Sequence[AccountAction], words: Words, *, today: date, can_record: bool, start: int = 0) -> Page:
    """The person's open next actions after the first `start`, soonest first, with buttons for who may record."""
    lines = [action_line(each, words, today=today) for each in found]
    facts = {"count": len(found), "late": sum(each.action.due_on < today for each in found)}
    return _page(OWED, lines, words, facts=facts, can_record=can_record, start=start)


def action_items(found: Sequence[AccountAction], words: Words, *, today: date, can_record: bool) -> tuple[Item, ...]:
    """A line for each next action, with its buttons for who may record."""
    return settled_by([action_line(each, words, today=today) for each in found], can_record=can_record)


def waiting_page(
    asks: Sequence[AccountAsk],
    blockers: Sequence[AccountBlocker],
    words: Words,
    *,
    person: PersonFacts,
    now: datetime,
    start: int = 0,
) -> Page:
    """The asks of the person, then the blockers that wait for them, after the first `start`."""
    lines = [*ask_lines(asks, words, person=person, now=now), *blocker_lines(blockers, words, person=person, now=now)]
    return _page(WAITING, lines, words, facts={"count": len(lines)}, can_record=may(person, Deed.NOMINATE), start=start)


def ask_lines(asks: Sequence[AccountAsk], words: Words, *, person: PersonFacts, now: datetime) -> list[Line]:
    """A line for each ask of the person."""
    today = local_date(now, person.time_zone)
    return [ask_line(each.account_name, each.ask, words, today=today) for each in asks]


def blocker_lines(
    blockers: Sequence[AccountBlocker], words: Words, *, person: PersonFacts, now: datetime
) -> list[Line]:
    """A line for each blocker, with its owner where that is somebody else."""
    return [
        blocker_line(
            each,
            words,
            now=now,
            zone=person.time_zone,
            with_owner=each.blocker.owner != person.user_id,
            is_asked=asks_reader(each, person),
            reader=person.user_id,
        )
        for each in blockers
    ]


def settled_by(lines: Sequence[Line], *, can_record: bool) -> tuple[Item, ...]:
    """The lines with their buttons for who may record, and without them for others."""
    if can_record:
        return tuple(lines)
    return (Rows(tuple(f"• {line.mrkdwn}" for line in lines)),) if lines else ()


def _page(
    key: str, lines: Sequence[Line], words: Words, *, facts: Mapping[str, int], can_record: bool, start: int
) -> Page:
    """Ten lines under the sentence of the list, and how to go on."""
    first = start if start < len(lines) else 0
    following = min(first + LINES, len(lines))
    items: list[Item] = [Text(words.say(f"open_items.{key}", **facts))]
    items += settled_by(lines[first:following], can_record=can_record)
    if following - first < len(lines):
        items.append(Note(words.say("program.span", first=first + 1, last=following, total=len(lines))))
    if following < len(lines):
        items.append(Buttons((labelled(words, MORE[key], str(following)),)))
    return Page(words.raw(f"open_items.{key}", **facts), tuple(items), key=f"{key}-{first}")
