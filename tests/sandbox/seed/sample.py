"""The sample program of the demo in a database."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from agendas.facts.account import EventFacts
from agendas.facts.reviews.review import AgendaItem, ReviewFacts
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.reads.reviews.facts import review_facts
from agendas.verbs.reviews import start
from sandbox.seed.calendar import HELD_REVIEWS, Calendar, calendar_before
from sandbox.seed.people import MEMBERS
from sandbox.seed.program import (
    SampleWorkspace,
    SeededProgram,
    store_program,
)
from storage import reviews
from storage.database.engine import Store
from storage.workspaces import Installation
from tests.rebuilding import recorded_until

WORKSPACE = "T0SAMPLE1"
CHANNEL = "C0WEEKLY1"
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
FEW_SECONDS = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample in a database, its review of the coming Monday open."""

    store: Store
    program: SeededProgram
    calendar: Calendar

    @property
    def opens_at(self) -> datetime:
        """The instant at which the coming review opens."""
        return self.calendar.review_at(HELD_REVIEWS + 1) + FEW_SECONDS

    def opens(self) -> ReviewFacts:
        """Open the coming review and return it."""
        self.store.write_now(start.open_due, self.program.cadence_id, now=self.opens_at)
        review_id = self.store.read_now(reviews.latest_in, WORKSPACE, CHANNEL, 1)[0].row_id
        return self.store.read_now(review_facts, WORKSPACE, review_id, now=self.opens_at)

    def events(self) -> list[EventFacts]:
        """Return all recorded events of the accounts."""
        with self.store.reading() as session:
            ids = list(self.program.accounts.values())
            return [event_facts(row) for row in recorded_until(session, ids, self.opens_at)]


def seeded(store: Store, now: datetime = NOW) -> Sample:
    """Write the sample into an empty database as the demo does."""
    sample_workspace = SampleWorkspace(
        Installation(WORKSPACE, "Sample", "https://sample.example/", "U0BOT0001", "B0BOT0001"),
        {each.handle: f"U0{each.handle.upper()}" for each in MEMBERS},
        review_channel_id=CHANNEL,
        account_channel_id="C0DEAL001",
        segment_channel_id="C0SEGM001",
    )
    calendar = calendar_before(now)
    return Sample(store, store_program(store, sample_workspace, calendar), calendar)


def named(review: ReviewFacts) -> dict[str, AgendaItem]:
    """Return the accounts on the agenda by name."""
    return {item.facts.account.name: item for item in review.items}
