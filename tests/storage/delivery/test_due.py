"""Due rows are found by an index, however many are not due."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, text
from sqlmodel import Session, select

from agendas.verbs.jobs import DUE_JOBS
from storage.database import Store
from storage.models.accounts import Account
from storage.models.delivery import AnswerUnderWay, Letter
from storage.models.events import Event
from storage.models.following import Asked, FollowUp
from storage.models.measures import ProgramFigures, ProgramMonth, Progress
from storage.models.reviews import Cadence, Review
from storage.models.subjects import FitRequest
from storage.models.workspaces import Channel, Person
from tests.builders import NOW, WORKSPACE, ZONE
from tests.program import learn_people

ROWS = 2_000
LATER = NOW + timedelta(days=2)
NEXT_MONTH = NOW + timedelta(days=40)
"""No cadence is prepared so long before: how many people it asks is looked at some weeks before it meets."""


@pytest.fixture
def crowded(store: Store) -> Store:
    """Thousands of cadences, open reviews, past months and questions that were just asked, none of which is due."""
    learn_people(store)
    weekly = {"rhythm": "weekly", "anchor_on": date(2026, 11, 23), "local_time": time(10), "zone": ZONE}
    planned = {"planned_on": LATER.date(), "planned_at": NOW, "opened_at": NOW, "closes_at": LATER}
    channels = [{"workspace_id": WORKSPACE, "channel_id": f"C{number:08}"} for number in range(ROWS)]
    with store.writing() as session:
        planned_at = {"next_at": NEXT_MONTH, "next_on": NEXT_MONTH.date(), "prepare_at": NEXT_MONTH, "created_at": NOW}
        session.execute(insert(Cadence), [each | weekly | planned_at for each in channels])
        session.execute(insert(Review), [each | planned | {"slot": each["channel_id"]} for each in channels])
        session.add_all(Account(id=number, workspace_id=WORKSPACE, name="Sample") for number in range(1, ROWS))
        session.flush()
        asked = {"workspace_id": WORKSPACE, "account_id": 1, "function": "sales", "asked_at": NOW, "is_open": True}
        session.execute(insert(FitRequest), [asked | {"user_id": f"U{number:08}"} for number in range(ROWS)])
        session.execute(insert(Channel), channels)
        nudge_nobody(session)
        sent = {"kind": "post", "page": "agenda", "state": "sent", "created_at": NOW, "due_at": NOW}
        session.execute(insert(Letter), [each | sent | {"key": each["channel_id"]} for each in channels])
        under_way = {"workspace_id": WORKSPACE, "events": [1], "signals": [], "until": LATER}
        session.execute(insert(AnswerUnderWay), [under_way | {"user_id": f"U{number:08}"} for number in range(ROWS)])
        ended = [{"workspace_id": WORKSPACE, "ended_at": NOW - timedelta(hours=number)} for number in range(ROWS)]
        month = {"zone": ZONE, "began_at": NOW, "progress": Progress.DONE}
        days = {"first": NOW.date(), "last": NOW.date(), "due_at": NOW}
        session.execute(insert(ProgramMonth), [each | month | days for each in ended])
        figures = month | {"kind": "month", "on": NOW.date(), "figures": {}, "others": {}}
        session.execute(insert(ProgramFigures), [each | figures for each in ended])
        session.execute(text("analyze"))
    return store


def nudge_nobody(session: Session) -> None:
    """Thousands of people asked to prepare, of blockers to look after and of digests, none of which is due."""
    numbers, ours = range(1, ROWS), {"workspace_id": WORKSPACE}
    people = [ours | {"user_id": f"U{number:08}", "seen_at": NOW, "morning_at": LATER} for number in numbers]
    session.execute(insert(Person), people)
    cadence_ids = session.exec(select(Cadence.id)).all()
    asked = ours | {"planned_on": NEXT_MONTH.date(), "user_id": "U00000001", "asked_at": NOW, "remind_at": LATER}
    session.execute(insert(Asked), [asked | {"cadence_id": number} for number in cadence_ids])
    told = ours | {
        "account_id": 1,
        "kind": "blocked",
        "change": {},
        "happened_at": NOW,
        "recorded_at": NOW,
        "source": "command",
    }
    session.execute(insert(Event), [told | {"id": number, "actor": "U00000001"} for number in numbers])
    blocker = ours | {"account_id": 1, "kind": "blocker", "user_id": "U00000001", "next_at": LATER}
    session.execute(insert(FollowUp), [blocker | {"event_id": number} for number in numbers])


def plan_of(session: Session, find: Callable[[Session, datetime], list[int]]) -> str:
    """How the database finds what is due, in its own words."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        sent.append((statement, parameters))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    assert find(session, NOW) == []
    event.remove(engine, "before_cursor_execute", note)
    statement, parameters = sent[-1]
    explain = "explain query plan" if engine.dialect.name == "sqlite" else "explain"
    rows = session.connection().exec_driver_sql(f"{explain} {statement}", parameters)
    return "\n".join(str(row[-1]) for row in rows)


def reads_all(plan: str) -> bool:
    """Return whether the plan scans a whole table, on either database."""
    return "Seq Scan" in plan or "SCAN" in plan


def without_an_index(session: Session, _now: datetime) -> list[int]:
    """A search that no index helps."""
    return [row_id for row_id in session.exec(select(Review.id).where(Review.reason == "none")) if row_id is not None]


def test_a_tick_finds_what_is_due_by_an_index(crowded: Store) -> None:
    with crowded.reading() as session:
        plans = {job.name: plan_of(session, job.find) for job in DUE_JOBS}
        assert reads_all(plan_of(session, without_an_index))
    assert {name for name, plan in plans.items() if reads_all(plan)} == set()
    assert "ix_program_month_open" in plans["keep_month"]
    assert "ix_program_figures_open" in plans["keep_figures"]
    assert "ix_account_elsewhere" in plans["bring_home"]
    assert "ix_cadence_next_at" in plans["open_review"]
    assert "ix_cadence_prepare_at" in plans["prepare_review"]
    assert "ix_asked_remind_at" in plans["remind_to_prepare"]
    assert "ix_follow_up_next_at" in plans["follow_up"]
    assert "ix_person_morning_at" in plans["morning_digest"]
    assert "ix_review_closing" in plans["close_review"]
    assert "ix_fit_request_due" in plans["remind_of_scores"]
    assert "ix_channel_try_at" in plans["try_channel"]
    assert "ix_answer_under_way_until" in plans["tell_unanswered"]
