"""Open actions, blockers and asks as lines with their buttons, for every page that shows them to who can act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from agendas.facts.account import AccountState, Decision, EventFacts
from agendas.facts.answers import AccountAction, AccountAsk, AccountBlocker
from agendas.facts.events import ActionChanged, BlockerChanged, ItemEdited, NothingMoved
from agendas.facts.interventions import AskTaken
from agendas.facts.people import PersonFacts
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Buttons, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.access import Permission, may
from agendas.rules.nudging import asks_reader
from agendas.text.dates import day_text, days_between, local_date

# A line of an open action, blocker or ask, with the buttons that settle it.


def action_line(found: AccountAction, words: Words, *, today: date, with_owner: bool = False) -> Line:
    """An open next action: Done, Move to, Edit and Drop, with Answer where an ask made it."""
    value = f"{found.account_id} {found.action.id}"
    sentence = words.say("open_items.action", found=found, today=today, with_owner=with_owner)
    answer = (labelled(words, "ask.answer", str(found.ask_id)),) if found.ask_id is not None else ()
    others = (*answer, *(labelled(words, act, value) for act in ("action.move", "action.edit", "action.drop")))
    return Line(sentence, labelled(words, "action.done", value), others)


def blocker_line(
    found: AccountBlocker,
    words: Words,
    *,
    now: datetime,
    zone: str,
    with_owner: bool = False,
    is_asked: bool = False,
    reader: str = "",
) -> Line:
    """An open blocker: Resolve; for who `is_asked` Acknowledge, until somebody did, and Answer before it.

    `reader` is the person addressed, '' where many read it.
    """
    value, blocker = f"{found.account_id} {found.blocker.id}", found.blocker
    days_open = days_between(blocker.opened_at, now, zone)
    sentence = words.say("open_items.blocker", found=found, days_open=days_open, with_owner=with_owner, reader=reader)
    acts = ["blocker.acknowledge"] if is_asked and blocker.acknowledged_at is None else []
    acts += ["blocker.answer"] if is_asked else []
    # whoever is asked for help takes it or answers first
    first, *others = (labelled(words, act, value) for act in (*acts, "blocker.resolve"))
    return Line(sentence, first, tuple(others))


def ask_line(account_name: str, ask: Decision, words: Words, *, today: date, with_person: bool = False) -> Line:
    sentence = words.say("open_items.ask", name=account_name, ask=ask, today=today, with_person=with_person)
    return Line(sentence, labelled(words, "ask.answer", str(ask.event_id)))


# Lists of open actions, asks and blockers, each line with its buttons, ten on a page.

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
    return _list_page(OWED, lines, words, facts=facts, can_record=can_record, start=start)


def action_items(found: Sequence[AccountAction], words: Words, *, today: date, can_record: bool) -> tuple[Item, ...]:
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
    lines = [*ask_lines(asks, words, person=person, now=now), *blocker_lines(blockers, words, person=person, now=now)]
    return _list_page(
        WAITING, lines, words, facts={"count": len(lines)}, can_record=may(person, Permission.NOMINATE), start=start
    )


def ask_lines(asks: Sequence[AccountAsk], words: Words, *, person: PersonFacts, now: datetime) -> list[Line]:
    today = local_date(now, person.time_zone)
    return [ask_line(each.account_name, each.ask, words, today=today) for each in asks]


def blocker_lines(
    blockers: Sequence[AccountBlocker], words: Words, *, person: PersonFacts, now: datetime
) -> list[Line]:
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
    if can_record:
        return tuple(lines)
    return (Rows(tuple(f"• {line.mrkdwn}" for line in lines)),) if lines else ()


def _list_page(
    key: str, lines: Sequence[Line], words: Words, *, facts: Mapping[str, int], can_record: bool, start: int
) -> Page:
    first, items = _part(lines, words, can_record=can_record, start=start, more=(MORE[key], ""))
    sentence = Text(words.say(f"open_items.{key}", **facts))
    return Page(words.raw(f"open_items.{key}", **facts), (sentence, *items), key=f"{key}-{first}")


def _part(
    lines: Sequence[Line], words: Words, *, can_record: bool, start: int, more: tuple[str, str]
) -> tuple[int, list[Item]]:
    """(start, items) of a page of ten lines and the button for more; `more` is its action and its value's beginning."""
    first = start if start < len(lines) else 0
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


def review_actions_page(of: ReviewList, found: Sequence[AccountAction], words: Words) -> Page:
    today = local_date(of.now, of.zone)
    return _of_review_page(
        of, [action_line(each, words, today=today, with_owner=True) for each in found], words, ACTIONS
    )


def review_blockers_page(of: ReviewList, found: Sequence[AccountBlocker], words: Words) -> Page:
    lines = [
        blocker_line(each, words, now=of.now, zone=of.zone, with_owner=True, is_asked=asks_reader(each, of.reader))
        for each in found
    ]
    return _of_review_page(of, lines, words, BLOCKERS)


def _of_review_page(of: ReviewList, lines: Sequence[Line], words: Words, action: str) -> Page:
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
    """The line after the event: settled and without buttons, or open as before with what changed.

    `shown` is the line's mrkdwn as it was, `by` the person who looks at it.
    """
    today = local_date(event.recorded_at, zone)
    match event.change:
        case ActionChanged(action_id=number, what="slipped"):
            action = next(each for each in after.open_actions if each.id == number)
            found = AccountAction(after.account_id, after.name, action)
            return action_line(found, words, today=today, with_owner=action.owner != by)
        case ItemEdited(item_id=number, what=what, owner=owner, text=text):
            is_of_ask = what == "ask"
            edited = next(
                each
                for each in after.open_actions
                if each.id == number or (is_of_ask and (each.owner, each.text) == (owner, text))
            )
            line_of = AccountAction(after.account_id, after.name, edited)
            return action_line(line_of, words, today=today, with_owner=owner != by)
        case BlockerChanged(blocker_id=number, what="acknowledged" | "answered" as what):
            blocker = next(each for each in after.open_blockers if each.id == number)
            seen = AccountBlocker(after.account_id, after.name, blocker)
            # whoever took it can still answer, and say more
            line = blocker_line(seen, words, now=event.recorded_at, zone=zone, is_asked=True)
            sentence = words.say("open_items.settled", shown=shown, done=what, on=day_text(today))
            return replace(line, mrkdwn=sentence)
    return Text(words.say("open_items.settled", shown=shown, done=done_word(event), on=day_text(today)))


def refused_line(shown: Mrkdwn, sentence: str, words: Words) -> Text:
    return Text(words.say("open_items.refused", shown=shown, sentence=sentence))


def done_word(event: EventFacts) -> str:
    """What became of the item in a word: done, dropped, resolved, taken, answered, or still there."""
    change = event.change
    if isinstance(change, AskTaken):
        return "taken"
    if isinstance(change, NothingMoved):
        return "nothing moved"
    if isinstance(change, BlockerChanged) and change.what == "updated":
        return "still there"
    return change.what if isinstance(change, ActionChanged | BlockerChanged) else "answered"
