"""Calibrated limits: worked out from stored stays, kept once a month, in force for every reader, and as of a day."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from agendas.facts.account import Stage
from agendas.facts.program import CalibratedLimit, LimitFrom, ProgramSettings
from agendas.rules.deals import stall
from agendas.verbs import updates
from agendas.verbs.loading import settings_of
from agendas.verbs.settings import due_workspaces, renew, work_out
from bot.clock import ShiftedClock
from bot.scheduler import Daily
from storage.database import Store
from storage.models.accounts import Account
from storage.models.events import Event
from storage.models.workspaces import AuditEntry, Workspace
from tests.builders import ANN, NOW, WORKSPACE, account
from tests.program import Program, stored_program
from tests.stories.beginning import Beginning

ENGAGED = "tier.1.aged.engaged"
DAYS_OF_A_STAY = 28


def at(days: float) -> datetime:
    return NOW + timedelta(days=days)


END = at(10 * (DAYS_OF_A_STAY + 1))
"""After ten more stays."""


@pytest.fixture
def program(store: Store) -> Program:
    """The sample program, of which Acme is engaged ten times for 28 days each and MQA for a day between."""
    stored = stored_program(store)
    stored.did(updates.move, ANN, at(0), stored.accounts["acme"], text="Their CFO asked for terms", to_stage=Stage.MQA)
    for number in range(10):
        day = 1 + number * (DAYS_OF_A_STAY + 1)
        for after, stage in ((0, Stage.ENGAGED), (DAYS_OF_A_STAY, Stage.MQA)):
            said = f"Round {number}: {stage}"
            stored.did(updates.move, ANN, at(day + after), stored.accounts["acme"], text=said, to_stage=stage)
    return stored


def renewed(program: Program, now: datetime) -> ProgramSettings:
    found = program.read(work_out, now)
    program.store.write_now(renew, WORKSPACE, found, now)
    return program.read(settings_of)


def trail(program: Program) -> list[AuditEntry]:
    def read(session: Session) -> list[AuditEntry]:
        return list(session.exec(select(AuditEntry).where(col(AuditEntry.subject) == "settings")))

    return program.store.read_now(read)


def test_ten_stays_of_28_days_make_a_limit_of_42_for_whoever_set_none(program: Program) -> None:
    assert program.read(settings_of).limit(ENGAGED) == 30
    settings = renewed(program, END)
    # the eleventh stay is that of five days before the others
    assert settings.calibration.limits[0] == CalibratedLimit(ENGAGED, 42, 11)
    assert (settings.limit(ENGAGED), settings.origin(ENGAGED)) == (42, LimitFrom.CALIBRATED)
    waiting = account(stage_since=NOW - timedelta(days=40), last_buyer_touch_at=NOW)
    assert stall(waiting, now=NOW, zone="UTC").is_stalled
    assert not stall(waiting, now=NOW, zone="UTC", settings=settings).is_stalled


def test_limits_are_renewed_once_in_a_month_and_the_trail_tells_what_changed(program: Program) -> None:
    assert program.store.read_now(due_workspaces, END) == (WORKSPACE,)
    settings = renewed(program, END)
    assert program.store.read_now(due_workspaces, END) == ()
    (entry,) = trail(program)
    assert (entry.actor, entry.at) == ("", END)
    assert entry.after == {"calibrated": settings.calibration.to_store()}
    # 300 days later nine of the eleven stays are more than a year ago
    later = END + timedelta(days=300)
    assert program.store.read_now(due_workspaces, later) == (WORKSPACE,)
    assert renewed(program, later).limit(ENGAGED) == 30
    assert [each.at for each in trail(program)] == [END, later]


def test_too_few_stays_change_nothing_and_leave_no_trace_in_the_trail(store: Store) -> None:
    program = stored_program(store)
    settings = renewed(program, NOW)
    assert (settings.own, settings.calibration.limits) == ((), ())
    assert trail(program) == []
    assert program.store.read_now(due_workspaces, NOW) == ()


async def run_daily(program: Program) -> None:
    clock = ShiftedClock(Beginning())
    clock.shift_to(END)

    async def nobody() -> None:
        """Refresh nobody."""

    await Daily(program.store, clock, nobody).run_if_due()


async def test_the_daily_maintenance_renews_them(program: Program) -> None:
    await run_daily(program)
    assert program.read(settings_of).limit(ENGAGED) == 42


async def test_a_workspace_that_fails_stops_no_other_and_is_due_again(
    program: Program, caplog: pytest.LogCaptureFixture
) -> None:
    with program.store.writing() as session:
        session.add(Workspace(id="T0BROKEN", name="A first one", url="https://first.example/", installed_at=NOW))
        broken = Account(workspace_id="T0BROKEN", name="Unreadable", created_at=NOW)
        session.add(broken)
        session.flush()
        told = {"kind": "list_changed", "change": {"kind": "list_changed"}, "actor": "U1", "source": "slack"}
        session.add(Event(workspace_id="T0BROKEN", account_id=broken.row_id, happened_at=NOW, recorded_at=NOW, **told))
    assert program.store.read_now(due_workspaces, END) == ("T0BROKEN", WORKSPACE)
    await run_daily(program)
    assert program.read(settings_of).limit(ENGAGED) == 42
    assert program.store.read_now(due_workspaces, END) == ("T0BROKEN",)
    [logged] = [each for each in caplog.records if each.message == "not_calibrated"]
    assert logged.__dict__["workspace"] == "T0BROKEN"
