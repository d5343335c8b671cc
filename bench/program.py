"""A program of many accounts with a long history, in a database: what the figures are measured on.

Every account has the same history, told at other instants and by other people: three years or so, an entry a day, and
the last review a week ago. The current state is the fold of the history, as the bot itself would have stored it. No
letter of that review is kept, so that what people report now queues none: sending has figures of its own.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text
from sqlmodel import Session, SQLModel

from agendas.changes import Change, changes, evidences
from agendas.facts import AccountState, EventFacts, Source
from agendas.part_rows import part_row
from agendas.rows import states, write_state
from agendas.rules.fold import fold, trim
from agendas.verbs.record import account_keys
from bench.history import has_evidence, history, of_account, seen, shifted
from bench.slack import ASKER, PEOPLE, TEAM
from storage.engine import Store
from storage.migrate import revisions, upgrade
from storage.tables import Account, AccountKey, Person, Review, ReviewItem, Workspace

SOURCES = tuple(Path(__file__).with_name(name) for name in ("program.py", "history.py"))
"""When one of them changes, another program is made."""
CACHE = Path(__file__).parent / ".cache"
LAST_REVIEW_DAYS = 7
ACCOUNTS_IN_A_REVIEW = 25
EVENT_COLUMNS = (
    "id",
    "workspace_id",
    "account_id",
    "kind",
    "change",
    "evidence",
    "happened_at",
    "recorded_at",
    "actor",
    "source",
)


def cached(*, accounts: int = 1_000, events: int = 1_000_000) -> Path:
    """An SQLite file of such a program as of today, made once a day and to be copied."""
    source = hashlib.sha256(b"".join(file.read_bytes() for file in SOURCES)).hexdigest()[:8]
    today = datetime.now(UTC).date()
    path = CACHE / f"{today}-{revisions()[-1]}-{source}-{accounts}-{events}.db"
    if path.exists():
        return path
    CACHE.mkdir(exist_ok=True)
    for old in CACHE.glob("*.db*"):
        if not old.name.startswith(f"{today}-{revisions()[-1]}-{source}"):
            old.unlink()
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    fill(f"sqlite:///{partial}", accounts=accounts, events=events)
    return partial.replace(path)


def fill(url: str, *, accounts: int, events: int) -> None:
    """Puts the program into an empty database."""
    store = Store(url)
    try:
        upgrade(store)
        today = datetime.combine(datetime.now(UTC).date(), time(), UTC)
        program = _Program(accounts, events // accounts, today)
        with store.writing() as session:
            program.write_state(session)
        _load_events(store, program.event_rows())
        _finish(store)
    finally:
        store.close()


class _Program:
    """The rows of the program. An event's id is its place in time: all accounts' first entries, all second ones, ..."""

    def __init__(self, accounts: int, entries: int, now: datetime) -> None:
        self.accounts = accounts
        self.now = now
        self.history = [(change, entry) for entry, change in enumerate(history(entries, accounts, now))]

    def at(self, entry: int) -> datetime:
        return self.now - timedelta(days=len(self.history) - entry, hours=-3)

    def state(self, entries: int) -> AccountState:
        """The first account after so many entries."""
        found = fold(self._facts(change, entry) for change, entry in self.history[:entries])
        assert found is not None
        return found

    def _facts(self, change: Change, entry: int) -> EventFacts:
        at = self.at(entry)
        evidence = (seen(entry, at),) if has_evidence(change, entry) else ()
        return EventFacts(entry * self.accounts + 1, 1, change, at, at, PEOPLE[entry % 8], Source.COMMAND, evidence)

    def write_state(self, session: Session) -> None:
        """Everything but the events: people, accounts as they stand, and the last review of each."""
        session.add(Workspace(id=TEAM, name="Bench", installed_at=self.at(0)))
        session.add_all(_person(user_id, self.at(0)) for user_id in PEOPLE)
        held = len(self.history) - LAST_REVIEW_DAYS
        now = self.state(len(self.history))
        then = trim(self.state(held), self.at(held - LAST_REVIEW_DAYS))
        for number in range(self.accounts):
            if number % ACCOUNTS_IN_A_REVIEW == 0:
                self._write_review(session, number // ACCOUNTS_IN_A_REVIEW + 1, self.at(held))
            self._write_account(session, number, now, then)
        session.flush()

    def _write_review(self, session: Session, review_id: int, at: datetime) -> None:
        review = Review(
            id=review_id,
            workspace_id=TEAM,
            channel_id=f"C0BENCH{review_id:03}",
            slot=f"bench:{review_id}",
            planned_on=at.date(),
            planned_at=at,
            opened_at=at,
            closed_at=at,
            state="closed",
            was_held=True,
        )
        session.add(review)
        session.flush()

    def _write_account(self, session: Session, number: int, now: AccountState, then: AccountState) -> None:
        state, frozen = of_account(now, number), of_account(then, number)
        row = Account(id=number + 1, workspace_id=TEAM, name="", held_item_id=number + 1)
        write_state(row, state)
        session.add(row)
        session.flush()
        keys = account_keys(state.profile).items()
        session.add_all(AccountKey(workspace_id=TEAM, account_id=number + 1, key=key, kind=kind) for key, kind in keys)
        session.add_all(part_row(TEAM, number + 1, part) for part in (*state.blockers, *state.actions))
        review_id = number // ACCOUNTS_IN_A_REVIEW + 1
        item = ReviewItem(
            id=number + 1,
            workspace_id=TEAM,
            review_id=review_id,
            account_id=number + 1,
            position=number % ACCOUNTS_IN_A_REVIEW,
            part="discussed",
            bucket="steady",
            closed_state=states.dump_python(frozen, mode="json"),
        )
        session.add(item)

    def event_rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows of all events in the order of their ids, by EVENT_COLUMNS."""
        for change, entry in self.history:
            at = self.at(entry)
            facts = self._facts(change, entry)
            dumped = changes.dump_python(change, mode="json")
            evidence = evidences.dump_json(facts.evidence).decode()
            instant = f"{at:%Y-%m-%d %H:%M:%S.%f}"
            for number in range(self.accounts):
                yield (
                    facts.id + number,
                    TEAM,
                    number + 1,
                    change.kind,
                    json.dumps(shifted(dumped, number)),
                    evidence,
                    instant,
                    instant,
                    facts.actor,
                    "command",
                )


def _person(user_id: str, at: datetime) -> Person:
    name = f"Person {user_id[-2:]}"
    right = "admin" if user_id == ASKER else "editor"
    return Person(
        workspace_id=TEAM,
        user_id=user_id,
        home_team_id=TEAM,
        name=name,
        right=right,
        time_zone="Europe/Berlin",
        seen_at=at,
    )


def _load_events(store: Store, rows: Iterator[tuple[Any, ...]]) -> None:
    """Writes the rows the quickest way the database has; their indexes are made afterwards."""
    indexes = list(SQLModel.metadata.tables["event"].indexes)
    with store.engine.begin() as connection:
        for index in indexes:
            index.drop(connection)
    if store.is_sqlite:
        _insert(store.url.removeprefix("sqlite:///"), rows)
    else:
        _copy(store.engine, rows)
    with store.engine.begin() as connection:
        for index in indexes:
            index.create(connection)


def _insert(path: str, rows: Iterator[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(EVENT_COLUMNS))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("pragma synchronous=off")
        connection.executemany(f"insert into event ({', '.join(EVENT_COLUMNS)}) values ({marks})", rows)


def _copy(engine: Engine, rows: Iterator[tuple[Any, ...]]) -> None:
    with closing(engine.raw_connection()) as raw:
        connection: Any = raw.driver_connection
        connection.execute("set time zone 'UTC'")
        with connection.cursor().copy(f"copy event ({', '.join(EVENT_COLUMNS)}) from stdin") as copying:
            for row in rows:
                copying.write_row(row)
        connection.commit()


def _finish(store: Store) -> None:
    """Lets the database count on from the ids given, and know its tables."""
    tables: Sequence[str] = ("account", "review", "review_item", "event")
    with store.engine.begin() as connection:
        if not store.is_sqlite:
            for table in tables:
                sequence = f"pg_get_serial_sequence('{table}', 'id')"
                connection.execute(text(f"select setval({sequence}, (select max(id) from {table}))"))
        connection.execute(text("analyze"))
