"""Load the whole program over a period, as its reader may see it, with a constant number of statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import EventFacts, ListStatus
from agendas.facts.events import Decided
from agendas.facts.measures.program import Period, Program, ProgramAccount
from agendas.facts.program.settings import ProgramSettings
from agendas.facts.reviews.review import Bucket
from agendas.rules.measures.decided import decisions_of, later_of
from agendas.rules.measures.periods import month_before
from agendas.text.days import local_date
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.measures.list_moves import list_moves
from agendas.verbs.measures.mentioned import functions_of, mentioned, names_of
from agendas.verbs.measures.places import kept_buckets, kept_places
from agendas.verbs.measures.placing import Placed, placed_over
from agendas.verbs.measures.reviews import planned_reviews, with_functions
from agendas.verbs.measures.settings import settings_at
from agendas.verbs.measures.states import KEPT_FOR, States, fold_until, states_at, states_now
from agendas.verbs.measures.stays import stays_at
from agendas.verbs.measures.trend import trend_before
from storage import people
from storage.measures import history

TOLD_KINDS = ("decided", "ask_answered", "ask_taken", "item_edited", "list_changed", "corrected")
"""Kinds of events that decisions and changes of the list are told by, with what takes them back."""

Before = dict[int, Bucket]
"""Tier and bucket by account id."""


def program(session: Session, workspace_id: str, period: Period, *, now: datetime) -> Program:
    """Return the program over the period, by what was recorded until its end.

    The accounts that the session hides are in no part of it. Habits of the team have a read of their own. Names and
    functions of people are those of now.
    """
    settings = _settings(session, workspace_id, period)
    begins = states_at(session, workspace_id, period.begins_at)
    ends = _ends(session, workspace_id, period)
    kept = kept_places(session, workspace_id, period)
    placed = placed_over(session, workspace_id, period, before=begins, after=ends, settings=settings, kept=kept)
    earlier = month_before(period)
    before = _before(session, workspace_id, earlier, begins) if earlier.ends_at == period.begins_at else {}
    told = _told(session, workspace_id, period)
    reviews = planned_reviews(session, workspace_id, _looks_back(period), period.ends_at)
    known = people.get_many(session, workspace_id, mentioned(placed.values(), told, reviews))
    began_at = history.first_recorded_at(session, workspace_id)
    found = Program(
        period=period,
        settings=settings,
        accounts=_accounts(placed, begins, _recorded_later(session, placed, period, now)),
        stays=stays_at(session, workspace_id, ends, period.ends_at),
        reviews=with_functions(reviews, functions_of(known)),
        trend=trend_before(session, workspace_id, period.ends_at),
        before=before,
        history_since=local_date(began_at, period.zone) if began_at else None,
        people=names_of(known),
        functions=functions_of(known),
    )
    return _with_decisions(session, found, told)


def _settings(session: Session, workspace_id: str, period: Period) -> ProgramSettings:
    if period.is_running:
        return settings_of(session, workspace_id)
    return settings_at(session, workspace_id, period.ends_at)


def _ends(session: Session, workspace_id: str, period: Period) -> States:
    if period.is_running:
        return states_now(session, workspace_id, period.ends_at)
    return states_at(session, workspace_id, period.ends_at)


def _before(session: Session, workspace_id: str, period: Period, ends: States) -> Before:
    """Return the buckets over a month of the accounts named at its end, as kept or worked out anew."""
    if kept := kept_buckets(session, workspace_id, period):
        return kept
    begins = states_at(session, workspace_id, period.begins_at)
    settings = settings_at(session, workspace_id, period.ends_at)
    placed = placed_over(session, workspace_id, period, before=begins, after=ends, settings=settings)
    named = ((number, one) for number, one in placed.items() if one.facts.account.list_status is ListStatus.NAMED)
    return {number: one.placement.bucket for number, one in named}


def _looks_back(period: Period) -> datetime:
    return min(period.begins_at, period.ends_at - KEPT_FOR)


def _told(session: Session, workspace_id: str, period: Period) -> tuple[EventFacts, ...]:
    """Return decisions, their answers and changes of the list, of the period and of the month before it."""
    after = month_before(period).begins_at
    rows = history.of_kinds_between(session, workspace_id, TOLD_KINDS, after=after, at=period.ends_at)
    return tuple(map(event_facts, rows))


def _with_decisions(session: Session, found: Program, told: tuple[EventFacts, ...]) -> Program:
    period, states = found.period, {each.account_id: each.facts.account for each in found.accounts}
    earlier = month_before(period)
    of_period = tuple(event for event in told if event.recorded_at > period.begins_at)
    names = history.names(session, {event.account_id for event in told})
    known = states | fold_until(session, _asked_and_gone(told, states), period.ends_at)
    return replace(
        found,
        decisions=decisions_of(told, known, after=earlier.begins_at, until=earlier.ends_at),
        decided=decisions_of(told, known, after=period.begins_at, until=period.ends_at),
        list_moves=list_moves(of_period, names),
        names={number: name for number, name in names.items() if number not in states},
    )


def _asked_and_gone(told: Iterable[EventFacts], states: States) -> set[int]:
    """The accounts that left the list since something was asked for them; their actions say whether it was done."""
    asked = (event for event in told if isinstance(event.change, Decided) and event.change.ask_of)
    return {event.account_id for event in asked} - states.keys()


def _accounts(
    placed: Mapping[int, Placed], begins: States, later: Mapping[int, tuple[EventFacts, ...]]
) -> tuple[ProgramAccount, ...]:
    return tuple(
        ProgramAccount(
            facts=one.facts,
            placement=one.placement,
            was_named=number in begins and begins[number].list_status is ListStatus.NAMED,
            recorded_later=later.get(number, ()),
        )
        for number, one in placed.items()
    )


def _recorded_later(
    session: Session, placed: Mapping[int, Placed], period: Period, now: datetime
) -> dict[int, tuple[EventFacts, ...]]:
    """Return, for a period that is past, its entries that were recorded or corrected after it, by account id.

    One recorded in the period and corrected later is the entry itself.
    """
    if period.is_running or not placed:
        return {}
    rows = history.told_later(session, list(placed), period.begins_at, period.ends_at, now=now)
    known = {event.id: event for one in placed.values() for event in one.facts.events}
    found: dict[int, list[EventFacts]] = defaultdict(list)
    for event in later_of(map(event_facts, rows), known):
        found[event.account_id].append(event)
    return {number: tuple(events) for number, events in found.items()}
