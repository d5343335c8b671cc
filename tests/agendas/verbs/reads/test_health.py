"""How the bot is in a workspace, from what is stored."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from agendas.facts.program import SlotEnd
from agendas.rules.access import NOT_IN_TIME, PERMISSIONS
from agendas.verbs.reads import workspace_health
from storage import diagnostics, outbox, reviews, workspaces
from storage.database import Store
from storage.models.delivery import Letter, LetterKind
from storage.models.reviews import Cadence, Review
from storage.models.workspaces import Channel
from storage.workspaces import Installation
from tests.builders import CHANNEL, NOW, WORKSPACE
from tests.program import stored_program

HOUR = timedelta(hours=1)


@pytest.fixture
def in_trouble(store: Store) -> Store:
    """The sample program, installed without some permissions, with letters in every state and a channel in trouble."""
    stored_program(store)
    installation = Installation(WORKSPACE, "Sample", "", "U1", "B1", scopes=",".join([*PERMISSIONS][1:]))

    def trouble(session: Session) -> None:
        workspaces.save_installation(session, installation, time_zone="UTC", now=NOW)
        for letter in session.exec(select(Letter)).all():
            session.delete(letter)
        session.add(Channel(workspace_id=WORKSPACE, channel_id="C0OLD", trouble="is_archived", trouble_at=NOW - HOUR))
        for number, (state, channel_id, age) in enumerate(LETTERS):
            session.add(letter_of(f"sample:{number}", state, channel_id, age))
        session.add(letter_of("sample:elsewhere", "waiting", CHANNEL, HOUR, workspace_id="T0OTHER"))

    store.write_now(trouble)
    return store


LETTERS = (
    ("waiting", CHANNEL, 2 * HOUR),
    ("leased", CHANNEL, HOUR),
    ("waiting", CHANNEL, timedelta(minutes=1)),
    ("waiting", "C0OLD", 3 * HOUR),
    ("waiting", "C0OLD", timedelta(days=9)),
    ("waiting", CHANNEL, -HOUR),
    ("refused", CHANNEL, HOUR),
    ("refused", CHANNEL, timedelta(days=8)),
    ("unsure", CHANNEL, HOUR),
    ("sent", CHANNEL, HOUR),
)


def letter_of(key: str, state: str, channel_id: str, age: timedelta, workspace_id: str = WORKSPACE) -> Letter:
    at = NOW - age
    return Letter(
        workspace_id=workspace_id,
        key=key,
        kind=LetterKind.POST,
        page="recap",
        channel_id=channel_id,
        created_at=at,
        due_at=at,
        state=state,
    )


def test_what_waits_is_late_refused_or_held_back_is_told(in_trouble: Store) -> None:
    facts = in_trouble.read_now(workspace_health, WORKSPACE, now=NOW)
    assert facts.database == ("SQLite" if in_trouble.is_sqlite else "PostgreSQL")
    assert (facts.waiting, facts.overdue, facts.refused, facts.doubts.count) == (6, 2, 1, 1)
    assert facts.overdue_since == NOW - 2 * HOUR
    assert facts.waiting_since == NOW - timedelta(days=9)
    assert [(each.channel_id, each.since) for each in facts.paused] == [("C0OLD", NOW - HOUR)]
    assert facts.missing_permissions == (next(iter(PERMISSIONS)),)
    assert facts.admins == 1


def test_what_could_not_be_sent_in_time_is_counted_for_a_week(in_trouble: Store) -> None:
    def drop(session: Session) -> None:
        for number, age in enumerate((HOUR, timedelta(days=8), 2 * HOUR)):
            letter = letter_of(f"late:{number}", "dropped", CHANNEL, age)
            letter.last_error = NOT_IN_TIME if number < 2 else "a later review followed"
            session.add(letter)

    in_trouble.write_now(drop)
    assert in_trouble.read_now(workspace_health, WORKSPACE, now=NOW).dropped == 1


def test_the_last_review_posted_is_the_one_whose_header_was_sent_last(store: Store) -> None:
    program = stored_program(store)

    def posted(review_id: int, at: datetime) -> None:
        with store.writing() as session:
            header = next(each for each in outbox.of_review(session, review_id) if each.page == "review_header")
            outbox.record_sent(session, header, channel_id=CHANNEL, ts="17.1", at=at)

    def told() -> tuple[datetime | None, str]:
        facts = store.read_now(workspace_health, WORKSPACE, now=NOW)
        return facts.last_posted_at, facts.last_posted_in

    assert told() == (None, "")
    posted(program.reviews[1], NOW - HOUR)
    assert told() == (NOW - HOUR, CHANNEL)
    posted(program.reviews[0], NOW)
    assert told() == (NOW, CHANNEL)


def test_each_cadence_is_told_with_its_last_and_next_date_and_how_many_accounts_are_reviewed_on_time(
    store: Store,
) -> None:
    program = stored_program(store)
    found = store.read_now(workspace_health, WORKSPACE, now=NOW)
    last = store.read_now(reviews.by_id, program.reviews[-1])
    assert last is not None
    (cadence,) = found.cadences
    assert (cadence.channel_id, cadence.last_at, cadence.last_end) == (CHANNEL, last.planned_at, SlotEnd.OPEN)
    assert cadence.next_at is not None
    assert cadence.next_at > NOW
    tiers = {each.tier: (each.on_time, each.accounts) for each in found.coverage}
    much_later = store.read_now(workspace_health, WORKSPACE, now=NOW + timedelta(days=60))
    assert sum(accounts for _, accounts in tiers.values()) > 0
    assert {each.tier: (each.on_time, each.accounts) for each in much_later.coverage} == {
        tier: (0, accounts) for tier, (_, accounts) in tiers.items()
    }
    assert any(on_time for on_time, _ in tiers.values())


def test_work_that_stopped_is_told(in_trouble: Store) -> None:
    assert not in_trouble.read_now(workspace_health, WORKSPACE, now=NOW).has_stopped
    in_trouble.write_now(workspaces.deactivate, WORKSPACE, gone_at=NOW)
    assert in_trouble.read_now(workspace_health, WORKSPACE, now=NOW).has_stopped


def test_a_workspace_of_which_nothing_is_known_has_nothing_wrong_but_its_admins(store: Store) -> None:
    facts = store.read_now(workspace_health, WORKSPACE, now=NOW)
    assert (facts.last_posted_at, facts.waiting, facts.missing_permissions, facts.admins) == (None, 0, (), 0)


def test_what_is_not_meant_to_go_is_not_late(in_trouble: Store) -> None:
    """Messages behind an unconfirmed one, and those of a workspace that has stopped, are held on purpose."""

    def more(session: Session) -> None:
        doubtful = session.exec(select(Letter).where(Letter.state == "unsure")).one()
        for number, (kind, hangs_on) in enumerate((("post", "parent"), ("edit", "target"))):
            letter = letter_of(f"sample:hangs:{number}", "waiting", CHANNEL, 5 * HOUR)
            letter.kind = kind
            setattr(letter, hangs_on, doubtful.id)
            session.add(letter)
        session.add(letter_of("sample:stopped", "waiting", CHANNEL, 6 * HOUR, workspace_id="T0STOPPED"))
        stopped = Installation("T0STOPPED", "Stopped", "", "U1", "B1", "sealed")
        workspaces.save_installation(session, stopped, time_zone="UTC", now=NOW)
        workspaces.deactivate(session, "T0STOPPED", gone_at=NOW)

    before = in_trouble.read_now(diagnostics.backlog, due_before=NOW)
    in_trouble.write_now(more)
    assert in_trouble.read_now(diagnostics.backlog, due_before=NOW) == before
    assert in_trouble.read_now(diagnostics.backlog, due_before=NOW, workspace_id="T0STOPPED").count == 0


def test_of_all_workspaces_together_slots_and_letters_are_counted(in_trouble: Store) -> None:
    patience = timedelta(minutes=2)
    before = in_trouble.read_now(diagnostics.slots, now=NOW, allowed=patience)

    def more(session: Session) -> None:
        for number, (state, late_minutes) in enumerate((("missed", 0), ("closed", 7))):
            session.add(
                Review(
                    workspace_id=WORKSPACE,
                    channel_id=CHANNEL,
                    slot=f"sample:{number}",
                    planned_on=date(2026, 11, 1),
                    planned_at=NOW,
                    opened_at=NOW,
                    state=state,
                    late_minutes=late_minutes,
                )
            )
        for cadence in session.exec(select(Cadence)).all():
            cadence.next_at = NOW - HOUR

    in_trouble.write_now(more)
    after = in_trouble.read_now(diagnostics.slots, now=NOW, allowed=patience)
    assert (after.late - before.late, after.missed - before.missed, after.overdue) == (1, 1, 1)
    backlog = in_trouble.read_now(diagnostics.backlog, due_before=NOW)
    assert (backlog.count, backlog.oldest_due_at) == (4, NOW - 2 * HOUR)
