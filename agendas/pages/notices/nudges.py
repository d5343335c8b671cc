"""Messages that nudge: what waits on a working morning, a blocker past its limit, and reviews that were not held."""

from collections.abc import Sequence
from datetime import datetime

from agendas.facts.answers import AccountBlocker
from agendas.facts.nudging import Escalated, Morning, NotHeld
from agendas.pages.open_items.lines import action_line, ask_line, blocker_line
from agendas.pages.open_items.lists import LINES, settled_by
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Item, Line, Note, Page, Text
from agendas.rendering.words import Words
from agendas.text.days import local_date

MOST_NAMED = 5
"""People named of those who recorded nothing; the others are counted."""


def morning_page(morning: Morning, words: Words, *, now: datetime, zone: str, can_record: bool = True) -> Page | None:
    """Everything that waits for the person and that they owe, each with its buttons; ten lines, None for nothing.

    Who may not record gets the lines without their buttons.
    """
    if morning.is_nothing:
        return None
    waits, owes = _waiting(morning, words, now, zone), _overdue(morning, words, now, zone)
    items: list[Item] = []
    if morning.away_of:
        items.append(Text(words.say("nudges.stands_in", of=morning.away_of, until=morning.away_until)))
    shown = waits[:LINES]
    for name, lines, count in (
        ("waits", shown, len(waits)),
        ("overdue", owes[: LINES - len(shown)], len(owes)),
    ):
        if count:
            items.append(Text(words.say(f"nudges.{name}", count=count, of=morning.away_of)))
            items += settled_by(lines, can_record=can_record)
    total = len(waits) + len(owes)
    if total > LINES:
        items.append(Note(words.say("program.span", first=1, last=LINES, total=total)))
        if not morning.away_of:
            items.append(Buttons((labelled(words, "actions.mine", "0"), labelled(words, "waiting.mine", "0"))))
    title = words.raw("nudges.morning_title", waits=len(waits), owes=len(owes))
    return Page(title, tuple(items), key=f"morning-{morning.away_of}")


def escalated_page(found: Escalated, words: Words, *, now: datetime, zone: str, can_record: bool = True) -> Page:
    """The blocker with who has it, how long it is open and how often they were nudged, and its buttons."""
    line = _wanted_line(found.blocker, words, now=now, zone=zone, reader=found.reader)
    said = words.say("nudges.escalated", found=found)
    items: list[Item] = [Text(words.say("nudges.stands_in", of=found.away_of, until=None))] if found.away_of else []
    items += [Text(said), *settled_by([line], can_record=can_record)]
    if found.to_admins:
        items.append(Note(words.say("nudges.to_admins", needs=found.blocker.blocker.needs)))
    title = words.raw("nudges.escalated_title", name=found.blocker.account_name, text=found.blocker.blocker.text)
    return Page(title, tuple(items), key=f"escalated-{found.blocker.blocker.id}")


def not_held_page(found: NotHeld, words: Words) -> Page:
    """How many reviews in a row were not held, and what the last of them lacked."""
    others = max(0, len(found.missing) - MOST_NAMED)
    lacks = words.say("nudges.lacks", found=found, named=found.missing[:MOST_NAMED], others=others)
    items = (Text(words.say("nudges.not_held", found=found)), Text(lacks), Note(words.say("nudges.held_when")))
    return Page(words.raw("nudges.not_held_title", found=found), items, key=f"not-held-{found.channel_id}")


def _waiting(morning: Morning, words: Words, now: datetime, zone: str) -> Sequence[Line]:
    today = local_date(now, zone)
    of = morning.away_of or morning.reader
    asks = [
        ask_line(each.account_name, each.ask, words, today=today, with_person=each.ask.ask_of != of)
        for each in morning.asks
    ]
    blockers = [_wanted_line(each, words, now=now, zone=zone, reader=morning.reader) for each in morning.blockers]
    return [*asks, *blockers]


def _wanted_line(found: AccountBlocker, words: Words, *, now: datetime, zone: str, reader: str) -> Line:
    """A blocker that the message asks its reader about, who may stand in for somebody."""
    return blocker_line(found, words, now=now, zone=zone, with_owner=True, is_asked=True, reader=reader)


def _overdue(morning: Morning, words: Words, now: datetime, zone: str) -> Sequence[Line]:
    today = local_date(now, zone)
    actions = [action_line(each, words, today=today) for each in morning.overdue]
    return [
        *actions,
        *(blocker_line(each, words, now=now, zone=zone, reader=morning.reader) for each in morning.old_blockers),
    ]
