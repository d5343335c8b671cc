"""A program of many accounts with a long history, in a database: what the figures are measured on.

Every account has the same history, told at other instants and by other people: three years or so, an entry a day, and
the last review a week ago. The current state is the fold of the history, as the bot itself would have stored it. No
letter of that review is kept, so that what people report now queues none: sending has figures of its own.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts, Source
from agendas.facts.events import Change, changes, evidences
from agendas.rules.history.fold import fold, trim
from agendas.verbs.loading.item_rows import part_row
from agendas.verbs.loading.rows import states, write_state
from agendas.verbs.record.record import account_keys
from bench import loading
from bench.history import has_evidence, history, of_account, seen, shifted
from bench.slack import ASKER, PEOPLE, TEAM
from storage.tables import Account, AccountKey, Person, Review, ReviewItem, ReviewState, Workspace

SOURCES = tuple(Path(__file__).with_name(name) for name in ("program.py", "history.py", "loading.py"))
"""When one of them changes, another program is made."""
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
    """An SQLite file of such a program as of today, to be copied."""
    return loading.cached(f"{accounts}-{events}", SOURCES, partial(fill, accounts=accounts, events=events))


def fill(url: str, *, accounts: int, events: int) -> None:
    """Puts the program into an empty database."""
    store = loading.empty(url)
    try:
        today = datetime.combine(datetime.now(UTC).date(), time(), UTC)
        program = _Program(accounts, events // accounts, today)
        with store.writing() as session:
            program.write_state(session)
        loading.load(store, "event", EVENT_COLUMNS, program.event_rows())
        loading.finish(store, ("account", "review", "review_item", "event"))
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
        session.add_all(person(user_id, self.at(0)) for user_id in PEOPLE)
        held = len(self.history) - LAST_REVIEW_DAYS
        now = self.state(len(self.history))
        then = trim(self.state(held), self.at(held - LAST_REVIEW_DAYS))
        for number in range(self.accounts):
            if number % ACCOUNTS_IN_A_REVIEW == 0:
                session.add(held_review(number // ACCOUNTS_IN_A_REVIEW + 1, self.at(held)))
                session.flush()
            self._write_account(session, number, now, then)
        session.flush()

    def _write_account(self, session: Session, number: int, now: AccountState, then: AccountState) -> None:
        state, frozen = of_account(now, number), of_account(then, number)
        row = Account(id=number + 1, workspace_id=TEAM, name="", held_item_id=number + 1)
        write_state(row, state)
        session.add(row)
        session.flush()
        keys = account_keys(state.profile).items()
        session.add_all(AccountKey(workspace_id=TEAM, account_id=number + 1, key=key, kind=kind) for key, kind in keys)
        session.add_all(part_row(TEAM, number + 1, blocker) for blocker in state.blockers)
        session.add_all(part_row(TEAM, number + 1, action) for action in state.actions)
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
            instant = loading.stored_instant(at)
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


def held_review(review_id: int, at: datetime) -> Review:
    """A review that was opened, held and closed at that instant, in a channel of its own."""
    return Review(
        id=review_id,
        workspace_id=TEAM,
        channel_id=f"C0BENCH{review_id:03}",
        slot=f"bench:{review_id}",
        planned_on=at.date(),
        planned_at=at,
        opened_at=at,
        closed_at=at,
        state=ReviewState.CLOSED,
        was_held=True,
    )


def person(user_id: str, at: datetime) -> Person:
    """One of the people of the benchmarks' workspace; the one who asks is an admin."""
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
