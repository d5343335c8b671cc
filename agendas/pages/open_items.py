"""Open actions, blockers and asks as lines with their buttons, for every page that shows them to who can act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from agendas.facts.account import AccountState, Blocker, EventFacts, NextAction
from agendas.facts.answered_items import FoundItem, OfAccount
from agendas.facts.events import ActionChanged, BlockerChanged, ItemEdited, NothingMoved
from agendas.facts.interventions import AskTaken
from agendas.facts.people import PersonFacts
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Buttons, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.access import Permission, may
from agendas.rules.nudging import asks_reader, item_of
from agendas.text.dates import day_text, local_date

# A line of an open action, blocker or ask, with the buttons that settle it.


def open_line(
    found: FoundItem,
    words: Words,
    *,
    today: date,
    zone: str = "UTC",
    with_person: bool = False,
    is_asked: bool = False,
    reader: str = "",
) -> Line:
    """An open action, blocker or ask with the buttons that settle it; `with_person` names who is answerable.

    `today` is a day in `zone`, by which the days of a blocker are counted. `reader` is the person addressed, '' where
    many read it; who `is_asked` for help with a blocker may answer it and, until somebody did, acknowledge it.
    """
    thing, value, days_open = found.thing, f"{found.account.account_id} {found.id}", 0
    if isinstance(thing, NextAction):
        answer = ("ask.answer",) if found.ask_id is not None else ()
        kind, acts = "action", ("action.done", *answer, "action.move", "action.edit", "action.drop")
    elif isinstance(thing, Blocker):
        # whoever is asked for help takes it or answers first
        acknowledges = ("blocker.acknowledge",) if is_asked and thing.acknowledged_at is None else ()
        kind, acts = "blocker", (*acknowledges, *(("blocker.answer",) if is_asked else ()), "blocker.resolve")
        days_open = max(0, (today - local_date(thing.opened_at, zone)).days)
    else:
        kind, acts = "ask", ("ask.answer",)
    facts = {"found": found, "today": today, "days_open": days_open, "with_person": with_person, "reader": reader}
    first, *others = (labelled(words, act, str(found.ask_id) if act == "ask.answer" else value) for act in acts)
    return Line(words.say(f"open_items.{kind}", **facts), first, tuple(others))


# Lists of open actions, asks and blockers, each line with its buttons, ten on a page.

MORE = {"owed": "actions.more", "waiting": "waiting.more"}
"""The button to the next page of each list."""

LINES = 10
"""Lines of one page: with their buttons they fill two screens of a phone."""

OWED, WAITING = "owed", "waiting"
"""Beginnings of the keys of pages of a person's own actions, and of what waits for them; the number of lines
before the first one follows."""


def owed_page(found: Sequence[FoundItem], words: Words, *, today: date, can_record: bool, start: int = 0) -> Page:
    """The person's open next actions after the first `start`, soonest first, with buttons for who may record."""
    lines = [open_line(each, words, today=today) for each in found]
    facts = {"count": len(found), "late": sum(each.is_late(today) for each in found)}
    return _list_page(OWED, lines, words, facts=facts, can_record=can_record, start=start)


def action_items(found: Sequence[FoundItem], words: Words, *, today: date, can_record: bool) -> tuple[Item, ...]:
    return settled_by([open_line(each, words, today=today) for each in found], can_record=can_record)


def waiting_page(
    found: Sequence[FoundItem], words: Words, *, person: PersonFacts, now: datetime, start: int = 0
) -> Page:
    """The asks and blockers that wait for the person, after the first `start`, with buttons for who may settle them."""
    lines, can_record = waiting_lines(found, words, person=person, now=now), may(person, Permission.NOMINATE)
    return _list_page(WAITING, lines, words, facts={"count": len(lines)}, can_record=can_record, start=start)


def waiting_lines(found: Sequence[FoundItem], words: Words, *, person: PersonFacts, now: datetime) -> list[Line]:
    """A line for each ask and blocker that waits for the person; it names who is answerable where that is another."""
    zone, reader = person.time_zone, person.user_id
    line_of = partial(open_line, words=words, today=local_date(now, zone), zone=zone, reader=reader)
    return [line_of(each, with_person=each.person != reader, is_asked=asks_reader(each, person)) for each in found]


def settled_by(lines: Sequence[Line], *, can_record: bool) -> tuple[Item, ...]:
    """The lines with their buttons for who may record, else as plain rows."""
    if can_record:
        return tuple(lines)
    return (Rows(tuple(f"• {line.mrkdwn}" for line in lines)),) if lines else ()


def _list_page(
    key: str, lines: Sequence[Line], words: Words, *, facts: Mapping[str, int], can_record: bool, start: int
) -> Page:
    """The page of a person's list, OWED or WAITING, below a sentence of its numbers, `facts`."""
    first, items = _part(lines, words, can_record=can_record, start=start, more=(MORE[key], ""))
    sentence = Text(words.say(f"open_items.{key}", **facts))
    return Page(words.raw(f"open_items.{key}", **facts), (sentence, *items), key=f"{key}-{first}")


def _part(
    lines: Sequence[Line], words: Words, *, can_record: bool, start: int, more: tuple[str, str]
) -> tuple[int, list[Item]]:
    """(lines before it, items) of a page of ten lines; `more` is its button's action and the beginning of its value."""
    first = start if start < len(lines) else 0  # the list may have become shorter
    following = min(first + LINES, len(lines))
    items = list(settled_by(lines[first:following], can_record=can_record))
    if following - first < len(lines):
        items.append(Note(words.say("program.span", first=first + 1, last=following, total=len(lines))))
    if following < len(lines):
        items.append(Buttons((labelled(words, more[0], f"{more[1]}{following}"),)))
    return first, items


# The open actions and blockers of a review's accounts, each line with its buttons, by pages.

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


def review_page(of: ReviewList, found: Sequence[FoundItem], words: Words, action: str) -> Page:
    """The open actions, or blockers, of the review's accounts, as the button with this `action` opens them."""
    today, zone = local_date(of.now, of.zone), of.zone
    line_of = partial(open_line, words=words, today=today, zone=zone, with_person=True)
    lines = [line_of(each, is_asked=asks_reader(each, of.reader)) for each in found]
    values = {
        "count": len(lines),
        "word": "blocker" if action == BLOCKERS else "action",
        "at": of.planned_at,
        "zone": of.zone,
    }
    first, items = _part(lines, words, can_record=of.can_record, start=of.start, more=(action, f"{of.review_id} "))
    label = Rows((words.say("recap.list_label", **values),))
    key = f"{action.replace('.', '-')}-{of.review_id}-{first}"
    return Page(words.raw("recap.list_label", **values), (label, *items), key=key)


# A line of an open item after a click on one of its buttons.


def line_after(
    event: EventFacts, after: AccountState, words: Words, *, shown: Mrkdwn, by: str, zone: str
) -> Line | Text:
    """The line after the event: settled and without buttons, or still open with them.

    Open stay an action or ask that was moved or edited, and a blocker that was taken or answered. `shown` is the line's
    mrkdwn as it was, `by` the user id of who clicked: as its owner they are not named.
    """
    today, of_account = local_date(event.recorded_at, zone), OfAccount.of(after)
    values = {"shown": shown, "on": day_text(today)}
    match event.change:
        case ActionChanged(action_id=action_id, what="slipped"):
            action = next(each for each in after.open_actions if each.id == action_id)
            return open_line(item_of(of_account, action), words, today=today, with_person=action.owner != by)
        case ItemEdited(item_id=item_id, what=what, owner=owner, text=text):
            # the action that an ask made has an id of its own, and follows the ask
            is_of_ask = what == "ask"
            edited = next(
                each
                for each in after.open_actions
                if each.id == item_id or (is_of_ask and (each.owner, each.text) == (owner, text))
            )
            return open_line(item_of(of_account, edited), words, today=today, with_person=owner != by)
        case BlockerChanged(blocker_id=blocker_id, what="acknowledged" | "answered" as what):
            blocker = next(each for each in after.open_blockers if each.id == blocker_id)
            # whoever took it can still answer, and say more
            line = open_line(item_of(of_account, blocker), words, today=today, zone=zone, is_asked=True)
            return replace(line, mrkdwn=words.say("open_items.settled", done=what, **values))
    return Text(words.say("open_items.settled", done=done_word(event), **values))


def refused_line(shown: Mrkdwn, sentence: str, words: Words) -> Text:
    return Text(words.say("open_items.refused", shown=shown, sentence=sentence))


def done_word(event: EventFacts) -> str:
    """What became of the item in words: done, dropped, resolved, taken, answered, still there, or nothing moved."""
    change = event.change
    if isinstance(change, AskTaken):
        return "taken"
    if isinstance(change, NothingMoved):
        return "nothing moved"
    if isinstance(change, BlockerChanged) and change.what == "updated":
        return "still there"
    return change.what if isinstance(change, ActionChanged | BlockerChanged) else "answered"
