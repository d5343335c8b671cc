"""Signals of a CSV file, read, and what importing each would do."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from agendas.errors import NotUnderstood
from agendas.facts.signals import SignalGiven, SignalRefused
from agendas.rules.import_tables import (
    BadRow,
    Cells,
    Dates,
    ExportKind,
    ImportFile,
    ImportOptions,
    ImportPlan,
    SkipCause,
    Table,
    Verdict,
    as_own_headers,
    folded,
    locate,
    not_after,
    order_of,
    read_rows,
)
from agendas.rules.signals import read_signal
from agendas.rules.update_words import KIND_WORDS

FIELDS: Mapping[str, tuple[str, ...]] = {
    "account": ("account", "domain", "company_domain_name", "account_id", "crm_id"),
    "kind": ("kind", "signal"),
    "strength": ("strength",),
    "text": ("text",),
    "url": ("url", "link"),
    "occurred_at": ("occurred_at", "date"),
    "id": ("id", "signal_id"),
    "person": ("person", "email", "e-mail"),
}
NEEDED = ("account", "kind", "occurred_at")


@dataclass(frozen=True, slots=True)
class PlannedSignal:
    """One row of the file and what becomes of it; `account_id` and `given` are there unless it is skipped."""

    line: int
    name: str
    verdict: Verdict
    reason: str = ""
    cause: SkipCause | None = None
    given: SignalGiven | None = None
    account_id: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownSignals:
    """The accounts on the list by what signals call them, and the signals that came before.

    `bodies` are their digests by id, `taken_back` the ids of those that do not count any more.
    """

    accounts: Mapping[str, int]
    bodies: Mapping[str, str]
    taken_back: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SignalRow:
    line: int
    given: SignalGiven
    notes: tuple[str, ...] = ()


def has_signals(headers: frozenset[str]) -> bool:
    return all(as_own_headers(headers) & set(FIELDS[name]) for name in NEEDED)


def read_signal_rows(table: Table, options: ImportOptions) -> ImportFile[SignalRow]:
    """The signals in the table. Raises NotUnderstood without an account, a kind or a date, or for unclear dates."""
    if not has_signals(frozenset(folded(table.headers))):
        raise NotUnderstood(
            "A file of signals needs the columns account, kind and occurred_at; it may have strength, text, url, id "
            "and person."
        )
    columns = locate(ExportKind.CADENCE_SIGNALS, FIELDS, table.headers)
    [place, *_] = columns.places["occurred_at"]
    dates = Dates(order_of(table, place, options), options.zone)
    return read_rows(table, columns, lambda cells: _signal(cells, options), {"occurred_at": dates})


def plan_of_signals(
    rows: Iterable[SignalRow | BadRow], known: KnownSignals, digest_of: Mapping[str, str]
) -> ImportPlan[PlannedSignal]:
    """Plan each row; `digest_of` are the rows' own digests by id."""
    earlier: dict[str, int] = {}
    planned = [_planned(row, known, digest_of, earlier) for row in rows]
    return ImportPlan(tuple(planned))


def _planned(
    row: SignalRow | BadRow, known: KnownSignals, digest_of: Mapping[str, str], earlier: dict[str, int]
) -> PlannedSignal:
    if isinstance(row, BadRow):
        return PlannedSignal(row.line, "", Verdict.SKIP, row.reason, row.cause)
    given = row.given
    name = f"{given.account} {given.signal.value.replace('_', ' ')}"
    account_id = known.accounts.get(given.account)
    reason, cause = "", SkipCause.NOT_LISTED
    if account_id is None:
        reason = f"no account on the list has {given.account} for its name, domain or CRM id"
    elif given.id in earlier:
        reason, cause = f"the same signal as line {earlier[given.id]}", SkipCause.REPEATED
    elif known.bodies.get(given.id) not in (None, digest_of[given.id]):
        reason, cause = "its id came before with other content", SkipCause.OTHER_CONTENT
    earlier.setdefault(given.id, row.line)
    if reason:
        return PlannedSignal(row.line, name, Verdict.SKIP, reason, cause, notes=row.notes)
    verdict = Verdict.CREATE
    if given.id in known.bodies:
        verdict = Verdict.UPDATE if given.id in known.taken_back else Verdict.UNCHANGED
    return PlannedSignal(row.line, name, verdict, given=given, account_id=account_id, notes=row.notes)


def _signal(cells: Cells, options: ImportOptions) -> SignalRow | BadRow:
    said = {name: cells.text(name) for name in FIELDS}
    if not said["account"]:
        return BadRow(cells.line, "its account is empty", SkipCause.INCOMPLETE)
    occurred_at = cells.instant("occurred_at")
    if said["occurred_at"] and occurred_at is None:
        return BadRow(cells.line, f"has a date that cannot be read: {said['occurred_at'][:40]}")
    kind = KIND_WORDS.get(said["kind"].casefold().replace("_", " "))
    found = read_signal(
        said
        | {
            "kind": kind.value if kind else said["kind"],
            "strength": said["strength"].casefold(),
            "occurred_at": occurred_at.isoformat() if occurred_at else "",
            "id": said["id"] or _own_id(list(said.values())),
        },
        # a day alone is its last second: that of today is no future
        now=occurred_at if occurred_at and not_after(occurred_at, options) == options.now else options.now,
    )
    if isinstance(found, SignalRefused):
        return BadRow(cells.line, found.why)
    return SignalRow(cells.line, found, tuple(cells.notes))


def _own_id(values: Sequence[str]) -> str:
    """An id made from the row's fields, so that it counts once whatever the file or the order of columns."""
    return f"row:{hashlib.sha256(repr(tuple(values)).encode()).hexdigest()[:40]}"
