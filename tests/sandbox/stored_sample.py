"""The sample, stored once for all who read it, copy it or run a demo on it, as that takes seconds."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from agendas.facts.account import EventFacts
from agendas.facts.reviews import ReviewFacts
from agendas.verbs import reviews
from agendas.verbs.loading import event_facts
from agendas.verbs.review_reads import review_facts
from sandbox import seed
from storage import reviews as stored_reviews
from storage.database import Store
from storage.workspaces import Installation
from tests.rebuilding import recorded_until

WORKSPACE = "T0SB0000001"
USERS = {each.handle: f"U0SB{number:07X}" for number, each in enumerate(seed.members(), start=5)}
CHANNELS = {name: f"C0SB000000{digit}" for name, digit in zip(seed.sample_data()["channels"], "HIJKLMN", strict=True)}
CHANNEL = CHANNELS["abm-weekly"]
SAMPLE = seed.SampleWorkspace(
    Installation(
        WORKSPACE,
        "Tarnbrook Software (sample)",
        "https://tarnbrook-sample.slack.com/",
        bot_user_id="U0SB0000004",
        bot_id="B0SB0000003",
    ),
    USERS,
    CHANNELS,
)
"""The sample as the sandbox of a demo numbers it."""

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
FEW_SECONDS = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample in a database."""

    store: Store
    program: seed.SeededProgram
    calendar: seed.Calendar

    @property
    def opens_at(self) -> datetime:
        return self.calendar.review_at(seed.HELD_REVIEWS + 1) + FEW_SECONDS

    def opens(self) -> ReviewFacts:
        self.store.write_now(reviews.open_due, self.program.cadence_id, now=self.opens_at)
        review_id = self.store.read_now(stored_reviews.latest_in, WORKSPACE, CHANNEL, 1)[0].row_id
        return self.store.read_now(review_facts, WORKSPACE, review_id, now=self.opens_at)

    def events(self) -> list[EventFacts]:
        with self.store.reading() as session:
            ids = list(self.program.accounts.values())
            return [event_facts(row) for row in recorded_until(session, ids, self.opens_at)]


def seeded(store: Store, now: datetime = NOW) -> Sample:
    calendar = seed.calendar_before(now)
    return Sample(store, seed.store_program(store, SAMPLE, calendar), calendar)


def copied(sample: Sample, folder: Path) -> Sample:
    copy = Store(f"sqlite:///{folder / 'copy.db'}")
    copy_rows(sample.store, copy)
    return Sample(copy, sample.program, sample.calendar)


def copy_rows(source: Store, target: Store) -> None:
    paths = (urlsplit(store.url).path.removeprefix("/") for store in (source, target))
    with closing(sqlite3.connect(next(paths))) as read, closing(sqlite3.connect(next(paths))) as write:
        read.backup(write)
