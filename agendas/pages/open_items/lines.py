"""A line of an open action, blocker or ask, with the buttons that settle it."""

from datetime import date, datetime

from agendas.facts.account import Decision
from agendas.facts.answers import AccountAction, AccountBlocker
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Line
from agendas.rendering.words import Words
from agendas.text.days import days_between


def action_line(found: AccountAction, words: Words, *, today: date, with_owner: bool = False) -> Line:
    """An open next action: Done, Move to, Edit and Drop, with Answer for one that stands for an ask."""
    value = f"{found.account_id} {found.action.id}"
    said = words.say("open_items.action", found=found, today=today, with_owner=with_owner)
    answer = (labelled(words, "ask.answer", str(found.ask_id)),) if found.ask_id is not None else ()
    others = (*answer, *(labelled(words, act, value) for act in ("action.move", "action.edit", "action.drop")))
    return Line(said, labelled(words, "action.done", value), others)


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
    said = words.say("open_items.blocker", found=found, days_open=days_open, with_owner=with_owner, reader=reader)
    acts = ["blocker.acknowledge"] if is_asked and blocker.acknowledged_at is None else []
    acts += ["blocker.answer"] if is_asked else []
    # whoever is asked for help takes it or answers first
    first, *others = (labelled(words, act, value) for act in (*acts, "blocker.resolve"))
    return Line(said, first, tuple(others))


def ask_line(account_name: str, ask: Decision, words: Words, *, today: date, with_person: bool = False) -> Line:
    """An open ask of an intervention: Answer."""
    said = words.say("open_items.ask", name=account_name, ask=ask, today=today, with_person=with_person)
    return Line(said, labelled(words, "ask.answer", str(ask.event_id)))
