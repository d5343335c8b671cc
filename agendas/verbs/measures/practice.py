"""Habits of the team over the 100 days before the end of a period, by what was recorded until then."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from agendas.facts.account import EventFacts, Stage
from agendas.facts.events import Corrected
from agendas.facts.interventions.events import ExecutiveMet
from agendas.facts.measures.practice import Mark, Practice, ProgramMark
from agendas.facts.measures.program import Program
from agendas.facts.people import Function
from agendas.rules.audit.habits import HABIT_KINDS, buyer_acts, by_account, said_no, tiers_decided
from agendas.rules.audit.judging import WINDOW_DAYS, is_recent
from agendas.rules.audit.touches import of_executives, touches_of
from agendas.rules.history.corrections import taken_back
from agendas.rules.history.fold_changes import UPDATES
from agendas.rules.signals.engagement import BY_THE_PERSON
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.measures.mentioned import functions_of
from storage import people
from storage.measures import history
from storage.measures import practice as stored
from storage.tables import MarkRow

LOOKS_BACK = timedelta(days=WINDOW_DAYS + 1)
"""The window's first day counts whole, whatever the time of its last one."""

OF_PROGRAM = ("list_changed", "executive_met", "corrected")
"""Kinds of events that are read of all accounts, those that left the list too: they are few."""


def with_practice(session: Session, workspace_id: str, program: Program) -> Program:
    """Return the program with the habits of its team, by six statements more."""
    period = program.period
    after = period.ends_at - LOOKS_BACK
    read = history.of_kinds_between(session, workspace_id, OF_PROGRAM, after=after, at=period.ends_at)
    of_program = tuple(map(event_facts, read))
    wrote = stored.writers(session, [review.id for review in program.reviews if review.was_held], period.ends_at)
    marks = stored.marks(session, workspace_id, after, period.ends_at)
    who = {*(who for _, who in wrote), *_givers(marks), *_met(of_program)}
    known = functions_of(people.get_many(session, workspace_id, who))
    theirs = {each.account_id: each.facts.account.profile.our_executive for each in program.accounts}
    met = of_executives(of_program, known, theirs)
    with_play, became = _with_play(program), _became_mqa(program)
    told = stored.of_accounts_between(session, sorted(with_play), HABIT_KINDS, after=after, at=period.ends_at)
    signalled = stored.signalled(session, sorted(with_play), BY_THE_PERSON, after=after, at=period.ends_at)
    updates = stored.updates_between(session, sorted(became), UPDATES, after=after, at=period.ends_at)
    gone = taken_back((event.id, event.change.event_id) for event in of_program if isinstance(event.change, Corrected))
    found = Practice(
        said_no=said_no(of_program),
        tiers_decided=tiers_decided(of_program, program.reviews),
        writers=_writers(wrote, known),
        buyer_acts=buyer_acts(map(event_facts, told), signalled),
        updates=by_account((number, at) for event_id, number, at in updates if event_id not in gone),
        touches=touches_of(met, period.zone),
        marks=tuple(_mark(row, known) for row in marks),
    )
    return replace(program, practice=found)


def _with_play(program: Program) -> set[int]:
    """Return the accounts on which a play began in the window."""
    return {
        each.account_id
        for each in program.accounts
        if any(is_recent(program, run.started_at) for run in each.facts.account.plays)
    }


def _became_mqa(program: Program) -> set[int]:
    """Return the accounts that became MQA in the window."""
    stays = (stay for stay in program.stays if stay.stage is Stage.MQA and is_recent(program, stay.began_at))
    return {stay.account_id for stay in stays}


def _met(events: Iterable[EventFacts]) -> Iterator[str]:
    yield from (event.change.ours for event in events if isinstance(event.change, ExecutiveMet))


def _givers(marks: Iterable[MarkRow]) -> Iterator[str]:
    yield from (row.user_id for row in marks)


def _writers(wrote: Iterable[tuple[int, str]], functions: Mapping[str, Function]) -> Mapping[int, frozenset[Function]]:
    found: dict[int, set[Function]] = defaultdict(set)
    for review_id, who in wrote:
        if who in functions:
            found[review_id].add(functions[who])
    return {number: frozenset(those) for number, those in found.items()}


def _mark(row: MarkRow, functions: Mapping[str, Function]) -> ProgramMark:
    return ProgramMark(Mark(row.kind), row.user_id, row.month, row.at, functions.get(row.user_id))
