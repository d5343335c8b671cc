"""A long list in a database: 10,000 accounts with 100,000 people and 1,000,000 signals.

Named accounts of three tiers and candidates, invented. All of one tier have the same history: nominated, ten people,
scored, named, what moved; the last held review of the named ones was a week ago. A hundred signals of each account lie
over the last 200 days.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts, Source
from agendas.facts.events import Change, Moved, changes, evidences
from agendas.rules.history.fold import fold, trim
from agendas.verbs.loading.item_rows import part_rows
from agendas.verbs.loading.rows import state_values, states
from agendas.verbs.record.record import account_keys
from bench import loading
from bench.history import seen
from bench.list_history import PEOPLE_EACH, list_history, of_account, shifted
from bench.program import ACCOUNTS_IN_A_REVIEW, EVENT_COLUMNS, held_review, person
from bench.slack import PEOPLE, SIGNING_SECRET, TEAM
from storage.account_items import KINDS
from storage.tables import Account, AccountKey, ReviewItem, Workspace

NAMES = ("list_program.py", "list_history.py", "loading.py", "program.py", "history.py")
SOURCES = tuple(Path(__file__).with_name(name) for name in NAMES)
ACCOUNTS = 10_000
SIGNALS_EACH = 100
SIGNAL_EVERY_DAYS = 2
FIRST_OF = {1: 0, 2: 50, 3: 500, None: 3_000}
"""The number of each tier's first account; those without one are candidates."""
HELD_DAYS_AGO = 7
SIGNAL_COLUMNS = (
    "id",
    "workspace_id",
    "account_id",
    "source_id",
    "kind",
    "strength",
    "text",
    "url",
    "contact_id",
    "points",
    "happened_at",
    "recorded_at",
    "counts_since",
    "actor",
    "source",
    "body",
)


def cached() -> Path:
    """An SQLite file of the list as of today, to be copied."""
    return loading.cached("list", SOURCES, fill)


def fill(url: str) -> None:
    """Puts the list into an empty database."""
    store = loading.empty(url)
    today = datetime.combine(datetime.now(UTC).date(), time(), UTC)
    tiers = {tier: _Tier(tier, today) for tier in FIRST_OF}
    try:
        with store.writing() as session:
            _write_workspace(session, today)
            for tier in tiers.values():
                tier.write_state(session)
        rows = (row for tier in tiers.values() for row in tier.event_rows())
        loading.load(store, "event", EVENT_COLUMNS, rows)
        loading.load(store, "signal", SIGNAL_COLUMNS, _signal_rows(today))
        loading.finish(store, ("account", "review", "review_item", "event", "signal"))
    finally:
        store.close()


class _Tier:
    """The rows of one tier's accounts. An event's id is its place: all accounts' first entries, all second ones, ..."""

    def __init__(self, tier: int | None, today: datetime) -> None:
        later = [first for first in FIRST_OF.values() if first > FIRST_OF[tier]]
        self.numbers = range(FIRST_OF[tier], min(later, default=ACCOUNTS))
        self.is_named = tier is not None
        self.today = today
        self.held_at = today - timedelta(days=HELD_DAYS_AGO)
        self.events = [
            _event(entry, change, today - timedelta(days=days_ago))
            for entry, (days_ago, change) in enumerate(list_history(tier, today))
        ]

    def write_state(self, session: Session) -> None:
        """Everything but the events: accounts as they stand with their parts, and the last review of each."""
        now, then = _fold(self.events), _fold([each for each in self.events if each.recorded_at <= self.held_at])
        then = trim(then, self.held_at - timedelta(days=HELD_DAYS_AGO))
        signalled = (
            replace(each, signalled_on=_signal_at(self.today, n).date()) for n, each in enumerate(now.contacts)
        )
        now = replace(now, contacts=tuple(signalled))
        states_now = [of_account(now, number) for number in self.numbers]
        session.execute(insert(Account), [self._account_values(state) for state in states_now])
        keys = [(state.account_id, *key) for state in states_now for key in account_keys(state.profile).items()]
        session.execute(insert(AccountKey), [_of(number, key=key, kind=kind) for number, key, kind in keys])
        for name, kind in KINDS.items():
            rows = [row for each in states_now for row in getattr(part_rows(TEAM, each.account_id, each), name)]
            if rows:
                session.execute(insert(kind), [row.model_dump() for row in rows])
        if self.is_named:
            self._write_reviews(session, then)

    def event_rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows of all events, by EVENT_COLUMNS."""
        for event in self.events:
            change, at = changes.dump_python(event.change, mode="json"), loading.stored_instant(event.happened_at)
            evidence = evidences.dump_json(event.evidence).decode()
            for number in self.numbers:
                told = json.dumps(shifted(change, number))
                of_event = (event.id + number, TEAM, number + 1, event.change.kind, told, evidence)
                yield (*of_event, at, at, event.actor, "command")

    def _account_values(self, state: AccountState) -> dict[str, Any]:
        held = state.account_id if self.is_named else None
        return {"id": state.account_id, "workspace_id": TEAM, "held_item_id": held} | state_values(state)

    def _write_reviews(self, session: Session, then: AccountState) -> None:
        reviews = sorted({number // ACCOUNTS_IN_A_REVIEW + 1 for number in self.numbers})
        session.add_all(held_review(review_id, self.held_at) for review_id in reviews)
        session.flush()
        items = [
            _of(
                number + 1,
                id=number + 1,
                review_id=number // ACCOUNTS_IN_A_REVIEW + 1,
                position=number % ACCOUNTS_IN_A_REVIEW,
                part="discussed",
                bucket="steady",
                opened_state={},
                closed_state=states.dump_python(of_account(then, number), mode="json"),
            )
            for number in self.numbers
        ]
        session.execute(insert(ReviewItem), items)


def _write_workspace(session: Session, at: datetime) -> None:
    session.add(Workspace(id=TEAM, name="Bench", installed_at=at, signals_secret=SIGNING_SECRET))
    session.add_all(person(user_id, at) for user_id in PEOPLE)
    session.flush()


def _of(account_id: int, **values: Any) -> dict[str, Any]:
    return {"workspace_id": TEAM, "account_id": account_id} | values


def _event(entry: int, change: Change, at: datetime) -> EventFacts:
    shown = (seen(entry, at),) if isinstance(change, Moved) else ()
    return EventFacts(entry * ACCOUNTS + 1, 1, change, at, at, PEOPLE[entry % 8], Source.COMMAND, shown)


def _fold(events: Iterable[EventFacts]) -> AccountState:
    found = fold(events)
    assert found is not None
    return found


def _signal_rows(today: datetime) -> Iterator[tuple[Any, ...]]:
    """The rows of all signals, by SIGNAL_COLUMNS: of each account's people in turn, one account after another."""
    for position in range(SIGNALS_EACH):
        at = loading.stored_instant(_signal_at(today, position))
        contact = (1 + position % PEOPLE_EACH) * ACCOUNTS + 1
        for number in range(ACCOUNTS):
            name = f"{position}-{number}"
            told = ("content", "high", "Read the page about prices", "https://www.vendor.example/prices")
            yield (
                position * ACCOUNTS + number + 1,
                TEAM,
                number + 1,
                name,
                *told,
                contact + number,
                3.0,
                at,
                at,
                at,
                "signals webhook",
                "webhook",
                hashlib.sha256(name.encode()).hexdigest(),
            )


def _signal_at(today: datetime, position: int) -> datetime:
    return today - timedelta(days=position * SIGNAL_EVERY_DAYS, hours=1)
