"""The import of signals: planned, written in parts, and taken back."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlmodel import Session

from agendas.facts.account import ListStatus
from agendas.facts.people import Author
from agendas.facts.signals import SignalGiven
from agendas.rules.imports.reading.dates import ImportOptions
from agendas.rules.imports.reading.table import BadRow
from agendas.rules.imports.signals import KnownSignals, PlannedSignal, SignalRow, plan_of_signals
from agendas.rules.imports.verdicts import ImportPlan, Verdict
from agendas.rules.signals.engagement import BY_THE_PERSON
from agendas.text.account_names import normal_key
from agendas.verbs.imports.accounts import known_accounts
from agendas.verbs.imports.runs import count_down, going_on, parts_of
from agendas.verbs.imports.undo import Undone
from agendas.verbs.record.follow_signals import known_people, link
from agendas.verbs.record.show import SIGNALS_DELAY, refresh_accounts
from agendas.verbs.signals.ingest import accounts_called, brought_by, digest, store_matched
from storage import imports, signals


def plan_signals(
    session: Session, workspace_id: str, rows: Iterable[SignalRow | BadRow], _options: ImportOptions
) -> ImportPlan[PlannedSignal]:
    """Plan the import of these signals."""
    rows = list(rows)
    given = {row.given.id: row.given for row in rows if isinstance(row, SignalRow)}
    bodies: dict[str, str] = {}
    taken_back: set[str] = set()
    for ids in _chunks(list(given)):
        bodies |= signals.bodies(session, workspace_id, ids)
        taken_back |= signals.taken_back(session, workspace_id, ids)
    called = _named(session, workspace_id, given.values()) | accounts_called(session, workspace_id, given.values())
    known = KnownSignals(called, bodies, frozenset(taken_back))
    return plan_of_signals(rows, known, {number: digest(each) for number, each in given.items()})


def parts_of_signals(plan: ImportPlan[PlannedSignal]) -> Iterator[list[PlannedSignal]]:
    """The rows to write, so many at a time as one transaction takes."""
    return parts_of(plan)


def write_signals(session: Session, run_id: int, author: Author, part: Sequence[PlannedSignal]) -> list[PlannedSignal]:
    """Write these rows of the plan; return those left out, because they came another way meanwhile.

    Raises Outdated when the run was taken back meanwhile.
    """
    run = going_on(session, author, run_id)
    there = signals.bodies(session, author.workspace_id, [row.given.id for row in part if row.given])
    new = [row for row in part if row.verdict is Verdict.CREATE and row.given and row.given.id not in there]
    again = [row for row in part if row.verdict is Verdict.UPDATE]
    matched = [(row.given, row.account_id) for row in new if row.given and row.account_id is not None]
    store_matched(session, author, matched, import_run_id=run_id)
    brought = brought_by(author) | {"import_run_id": run_id}
    signals.count_again(session, [row.given.id for row in again if row.given], brought, kinds=BY_THE_PERSON)
    _link(session, author, [row.given.id for row in again if row.given])
    _refresh(session, author, {row.account_id for row in again if row.account_id is not None})
    return count_down(session, run, part, [*new, *again])


def signals_of_run(session: Session, run_id: int) -> list[int]:
    """The ids of the signals that the run brought."""
    return signals.of_import(session, run_id)


def undo_signals(session: Session, _run_id: int, author: Author, signal_ids: Sequence[int]) -> Undone:
    """Undo these signals: none of them counts any more."""
    removed = signals.take_back(session, author.workspace_id, signal_ids, author.at, kinds=BY_THE_PERSON)
    _refresh(session, author, signals.accounts_of(session, signal_ids))
    return Undone(removed=removed)


def _named(session: Session, workspace_id: str, given: Collection[SignalGiven]) -> dict[str, int]:
    """The accounts on the list that have exactly the name in a signal, by that name."""
    known = known_accounts(session, workspace_id)
    found = {each.account: known.by_key.get(normal_key(each.account), frozenset()) for each in given}
    return {
        name: next(iter(ids))
        for name, ids in found.items()
        if len(ids) == 1 and known.states[next(iter(ids))].list_status is ListStatus.NAMED
    }


def _link(session: Session, author: Author, source_ids: Sequence[str]) -> None:
    """Link those that count again to the people known by now."""
    rows = [row for row in signals.by_sources(session, author.workspace_id, source_ids) if row.person]
    link(session, rows, known_people(session, {(row.account_id, row.person) for row in rows}), author.at)


def _refresh(session: Session, author: Author, account_ids: Collection[int]) -> None:
    refresh_accounts(session, author, account_ids, delay=SIGNALS_DELAY)


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), imports.CHUNK_ROWS):
        yield ids[start : start + imports.CHUNK_ROWS]
