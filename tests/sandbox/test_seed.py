"""The sample program of the demo: what it holds, that its past can be rebuilt, and that it fits any week."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agendas.changes import Decided, DecisionKind, Moved
from agendas.facts import ActionStatus, Bucket, EventFacts, Function, ListStatus, Movement, Right
from agendas.review_facts import AgendaItem, ReviewFacts
from agendas.rows import event_facts, states
from agendas.rules.running_plays import running
from agendas.subjects.opportunities import OpportunityChanged
from agendas.subjects.plays import PlayEnd
from agendas.verbs import look_up_reviews, manage_people, start_reviews
from agendas.verbs.rebuild import rebuild_review
from sandbox.seed.diary_deals import DEALS, IMPORTS
from sandbox.seed.people import MEMBERS
from sandbox.seed.program import ATTENDANCE, STORIES, Place, Written, steps_of, store_program
from sandbox.seed.steps import Meet, See
from sandbox.seed.when import HELD_REVIEWS, Calendar, calendar_before
from storage import accounts, events, leases, people, reviews
from storage.engine import Store
from storage.workspaces import Installation

WORKSPACE = "T0SAMPLE1"
CHANNEL = "C0WEEKLY1"
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
FEW_SECONDS = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Sample:
    """The sample in a database, its review of the coming Monday open."""

    store: Store
    written: Written
    calendar: Calendar

    @property
    def opens_at(self) -> datetime:
        return self.calendar.review_at(HELD_REVIEWS + 1) + FEW_SECONDS

    def opens(self) -> ReviewFacts:
        self.store.write_now(start_reviews.open_due, self.written.cadence_id, now=self.opens_at)
        review_id = self.store.read_now(reviews.latest_in, WORKSPACE, CHANNEL, 1)[0].row_id
        return self.store.read_now(look_up_reviews.review_facts, WORKSPACE, review_id, now=self.opens_at)

    def events(self) -> list[EventFacts]:
        with self.store.reading() as session:
            ids = list(self.written.accounts.values())
            return [event_facts(row) for row in events.of_accounts(session, ids, recorded_until=self.opens_at)]


def seeded(store: Store, now: datetime = NOW) -> Sample:
    place = Place(
        Installation(WORKSPACE, "Sample", "https://sample.example/", "U0BOT0001", "B0BOT0001"),
        {each.handle: f"U0{each.handle.upper()}" for each in MEMBERS},
        review_channel_id=CHANNEL,
        account_channel_id="C0DEAL001",
    )
    calendar = calendar_before(now)
    return Sample(store, store_program(store, place, calendar), calendar)


@pytest.fixture(scope="module")
def seeded_file(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Written, Calendar]:
    """A SQLite file with the sample in it, to copy."""
    path = tmp_path_factory.mktemp("seeded") / "cadence.db"
    shutil.copy(migrated_sqlite, path)
    store = Store(f"sqlite:///{path}")
    sample = seeded(store)
    store.close()
    return path, sample.written, sample.calendar


@pytest.fixture
def sample(seeded_file: tuple[Path, Written, Calendar], tmp_path: Path) -> Iterator[Sample]:
    """The sample on SQLite, for what does not depend on the database."""
    path, written, calendar = seeded_file
    store = Store(f"sqlite:///{shutil.copy(path, tmp_path / 'cadence.db')}")
    yield Sample(store, written, calendar)
    store.close()


@pytest.fixture
def empty_store(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
    """A database without rows, on SQLite alone."""
    store = Store(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'empty.db')}")
    yield store
    store.close()


def named(review: ReviewFacts) -> dict[str, AgendaItem]:
    return {item.facts.account.name: item for item in review.items}


def test_it_holds_twelve_named_accounts_over_three_tiers_and_four_that_are_not_on_the_list(sample: Sample) -> None:
    with sample.store.reading() as session:
        rows = accounts.some(session, WORKSPACE, sample.written.accounts.values())
        tiers = Counter(row.tier for row in rows if row.list_status == ListStatus.NAMED)
        others = sorted(row.list_status for row in rows if row.list_status != ListStatus.NAMED)
    assert tiers == {1: 4, 2: 5, 3: 3}
    assert others == ["candidate", "paused", "rejected", "removed"]


def test_people_of_every_function_have_functions_and_rights(sample: Sample) -> None:
    found = sample.store.read_now(manage_people.list_people, WORKSPACE, now=NOW)
    functions = Counter(person.function for person in found)
    assert functions == {
        Function.SALES: 3,
        Function.MARKETING: 2,
        Function.CUSTOMER_SUCCESS: 1,
        Function.PRODUCT: 1,
        Function.FINANCE: 1,
        Function.EXECUTIVE: 1,
    }
    assert Counter(person.right for person in found) == {Right.ADMIN: 2, Right.EDITOR: 6, Right.VIEWER: 1}


def test_ten_weekly_reviews_were_held_and_closed_with_those_who_were_there(sample: Sample) -> None:
    with sample.store.reading() as session:
        held = reviews.every(session, WORKSPACE)
        present = [set(row.attended) for row in held]
    assert [row.planned_at for row in held] == [sample.calendar.review_at(week) for week in range(1, 11)]
    assert all(row.state == "closed" and row.was_held for row in held)
    assert all(row.closed_at and row.closed_at - row.opened_at < timedelta(hours=1) for row in held)
    told = [{f"U0{handle.upper()}" for handle in ATTENDANCE[week]} for week in range(1, 11)]
    assert all(named_there <= there for named_there, there in zip(told, present, strict=True))


def test_every_past_review_is_rebuilt_exactly_from_its_cutoff(store: Store) -> None:
    sample = seeded(store)
    rebuilt = {}
    for review_id in sample.written.reviews:
        frozen = store.read_now(look_up_reviews.review_facts, WORKSPACE, review_id, now=NOW)
        rebuilt[review_id] = store.read_now(rebuild_review, WORKSPACE, review_id)
        assert rebuilt[review_id] == frozen
        opened = store.read_now(rebuild_review, WORKSPACE, review_id, moment="opened")
        stored = store.read_now(reviews.items, review_id)
        assert [item.facts.account for item in opened.items] == [
            states.validate_python(row.opened_state) for row in stored
        ]
        assert [(item.placement.bucket.value, item.position) for item in opened.items] == [
            (row.bucket, row.position) for row in stored
        ]
    sample.opens()
    for review_id, before in rebuilt.items():
        assert store.read_now(rebuild_review, WORKSPACE, review_id).items == before.items


def test_nothing_of_the_past_is_sent(sample: Sample) -> None:
    assert not sample.store.read_now(leases.is_any_claimable, sample.opens_at)


def test_each_step_was_recorded_when_it_happened_and_deals_have_the_dates_of_the_crm(sample: Sample) -> None:
    steps = [step for story in STORIES for step in steps_of(story) if not isinstance(step, See)]
    told = {sample.calendar.instant(step.when) for step in steps}
    imported = {sample.calendar.instant(when) for when in IMPORTS}
    deals = [event for event in sample.events() if isinstance(event.change, OpportunityChanged)]
    others = [event for event in sample.events() if not isinstance(event.change, OpportunityChanged)]
    assert {event.recorded_at for event in others} == told
    assert all(event.happened_at == event.recorded_at for event in others)
    assert {event.recorded_at for event in deals} == imported
    assert {event.happened_at for event in deals} == {
        sample.calendar.instant(said.when) for deal in DEALS for said in deal.said
    }


def test_every_name_is_marked_as_a_sample(sample: Sample) -> None:
    urls = {piece.url for event in sample.events() for piece in event.evidence if piece.url}
    assert urls
    assert all(url.split("/")[2].endswith(".example") for url in urls)
    assert all(story.domain.endswith(".example") for story in STORIES)
    met = [step for story in STORIES for step in steps_of(story) if isinstance(step, Meet)]
    assert all(step.name.endswith(" Sample") for step in met)
    assert all(step.email.endswith(".example") for step in met if step.email)


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 25, 12, tzinfo=UTC),
        datetime(2026, 11, 30, 13, 59, 59, tzinfo=UTC),  # a second before a review
        datetime(2026, 11, 30, 14, 0, tzinfo=UTC),  # the minute of a review: the next week's
        datetime(2027, 3, 12, 23, tzinfo=UTC),  # the clocks go forward before the review
        datetime(2027, 5, 3, 3, tzinfo=UTC),
        datetime(2028, 3, 1, 0, tzinfo=UTC),  # after a leap day
    ],
    ids=str,
)
def test_the_coming_review_is_the_same_in_any_week(empty_store: Store, now: datetime) -> None:
    sample = seeded(empty_store, now)
    assert now < sample.opens_at <= now + timedelta(days=7) + FEW_SECONDS
    assert [
        (item.facts.account.name, item.placement.bucket, item.part, item.minutes) for item in sample.opens().items
    ] == [
        ("Corvane Logistics", Bucket.NEEDS_INTERVENTION, "discussed", 8),
        ("Halden Pharma", Bucket.NEEDS_INTERVENTION, "discussed", 3),
        ("Osprey Gridworks", Bucket.STALLED, "discussed", 8),
        ("Tallow & Pine", Bucket.STALLED, "discussed", 3),
        ("Sable Hotels", Bucket.STALLED, "discussed", 2),
        ("Merrow Insurance", Bucket.EXPANDED, "discussed", 3),
        ("Brightwater Rail", Bucket.ADVANCED, "discussed", 8),
        ("Juniper Vale Health", Bucket.ADVANCED, "left_out", 8),
        ("Lindqvist Paper", Bucket.NEW, "discussed", 3),
        ("Vantor Mobility", Bucket.STEADY, "listed", 0),
        ("Fennimore Tools", Bucket.STEADY, "listed", 0),
        ("Kestrel Foods", Bucket.STEADY, "discussed", 2),
    ]


def test_the_coming_review_shows_every_kind_of_movement_and_stall(sample: Sample) -> None:
    items = named(sample.opens())
    moved = {name: item.placement.movement.movement for name, item in items.items()}
    assert moved["Brightwater Rail"] is Movement.ADVANCED
    assert moved["Kestrel Foods"] is Movement.ADVANCED_UNVERIFIED
    assert moved["Halden Pharma"] is Movement.REGRESSED
    assert moved["Lindqvist Paper"] is Movement.NEW
    assert "expanded" in items["Merrow Insurance"].placement.movement.flags
    causes = {name: [cause.kind for cause in item.placement.stall.causes] for name, item in items.items()}
    assert causes["Sable Hotels"] == ["aged"]
    assert causes["Tallow & Pine"] == ["quiet"]
    assert causes["Osprey Gridworks"] == ["aged", "quiet"]


def test_the_coming_review_shows_every_fate_of_an_action_and_old_and_resolved_blockers(sample: Sample) -> None:
    items = named(sample.opens())
    actions = [action for item in items.values() for action in item.facts.account.actions]
    today = sample.calendar.day("11 mon")
    assert {action.status for action in actions} == set(ActionStatus)
    assert any(action.slips > 1 for action in actions)
    assert any(action.status is ActionStatus.OPEN and action.due_on < today for action in actions)
    corvane = items["Corvane Logistics"]
    assert [code for code, _, _ in corvane.placement.reasons[:2]] == ["blocker_needs_executive", "asked_for"]
    assert any(days > 14 for _, days, _ in corvane.placement.reasons[:1])
    assert [blocker.resolution for blocker in items["Brightwater Rail"].facts.account.blockers] != [""]
    assert corvane.facts.account.profile.channel_id == "C0DEAL001"


def test_reviews_of_the_past_decided_everything_there_is_to_decide(sample: Sample) -> None:
    decided = [event for event in sample.events() if isinstance(event.change, Decided)]
    assert {event.change.decision for event in decided if isinstance(event.change, Decided)} == set(DecisionKind)
    assert all(event.review_id is not None for event in decided)


def test_steps_up_have_evidence_but_for_the_one_that_is_claimed(sample: Sample) -> None:
    steps = [event for event in sample.events() if isinstance(event.change, Moved)]
    without = [event.change.text for event in steps if isinstance(event.change, Moved) and not event.evidence]
    assert without == ["Plant manager sounded keen at the fair"]


def test_the_channels_are_known_by_name(sample: Sample) -> None:
    with sample.store.reading() as session:
        found = [people.find_channel(session, WORKSPACE, each) for each in (CHANNEL, "C0DEAL001")]
    assert [channel and channel.name for channel in found] == ["abm-weekly", "deal-corvane"]


def test_one_play_was_answered_by_the_buyer_one_runs_and_the_outcome_of_one_is_overdue(sample: Sample) -> None:
    found = named(sample.opens())
    today = sample.calendar.day("11 mon")
    runs = {name: running(item.facts.account, today) for name, item in found.items()}
    assert {
        name: [(each.run.play, len(each.open_steps), each.days_overdue) for each in of]
        for name, of in runs.items()
        if of
    } == {
        "Brightwater Rail": [("business_case", 4, 0)],
        "Halden Pharma": [("second_thread", 0, 4)],
    }
    [answered] = found["Corvane Logistics"].facts.account.plays
    assert (answered.play, answered.end) == ("reference_call", PlayEnd.OUTCOME)
