from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from agendas.errors import FieldProblems
from agendas.facts.account import Stage
from agendas.facts.program import SETTINGS, CalibratedLimit, LimitFrom, ProgramSettings, Value
from agendas.pages.admin import SettingChange
from agendas.rules.deals import stall
from agendas.verbs import updates
from agendas.verbs.loading import settings_of
from agendas.verbs.settings import change_settings, due_workspaces, renew, work_out
from bot.clock import ShiftedClock
from bot.scheduler import Daily
from storage.database import Store
from storage.models.accounts import Account
from storage.models.events import Event
from storage.models.workspaces import AuditEntry, Workspace
from tests.builders import ANN, BOB, EVE, NOW, WORKSPACE, account
from tests.program import Program, people_alone, stored_program
from tests.stories.beginning import Beginning


@pytest.fixture
def program(store: Store) -> Program:
    return people_alone(store)


def change(program: Program, user_id: str = EVE, **wanted: tuple[Value, Value]) -> tuple[SettingChange, ...]:
    found = {key.replace("__", "."): pair for key, pair in wanted.items()}
    return program.did(change_settings, user_id, NOW, found)


def own(program: Program) -> dict[str, object]:
    return program.read(settings_of).to_store()


def audit(program: Program) -> list[tuple[str, object, object]]:
    def read(session: Session) -> list[tuple[str, object, object]]:
        query = select(AuditEntry).where(AuditEntry.subject == "settings").order_by(col(AuditEntry.id))
        return [(each.actor, each.before, each.after) for each in session.exec(query)]

    return program.store.read_now(read)


def test_only_what_differs_from_the_default_is_kept_and_every_change_is_in_the_audit_trail(program: Program) -> None:
    changes = change(program, list__overdue=(7, 10), list__pushes=(2, 2))
    assert changes == (SettingChange(SETTINGS["list.overdue"], 7, 10),)
    assert own(program) == {"list.overdue": 10}
    change(program, BOB, list__overdue=(10, 7))
    assert own(program) == {}
    assert audit(program) == [
        (EVE, {"list.overdue": 7}, {"list.overdue": 10}),
        (BOB, {"list.overdue": 10}, {"list.overdue": 7}),
    ]


def test_saving_what_was_shown_changes_nothing_even_if_somebody_else_changed_it_meanwhile(program: Program) -> None:
    change(program, list__overdue=(7, 10))
    assert change(program, BOB, list__overdue=(7, 7), list__pushes=(2, 3)) == (
        SettingChange(SETTINGS["list.pushes"], 2, 3),
    )
    assert own(program) == {"list.overdue": 10, "list.pushes": 3}


def test_a_higher_tier_may_not_ask_for_less_fit_than_the_one_below(program: Program) -> None:
    with pytest.raises(FieldProblems) as told:
        change(program, fit__tier__1=(80, 50), list__pushes=(2, 3))
    assert told.value.fields == {"fit.tier.1": "50 is less than the 60 of tier 2. Write 60 or more, or lower that."}
    with pytest.raises(FieldProblems) as told:
        change(program, fit__tier__3=(40, 61))
    assert told.value.fields == {"fit.tier.3": "61 is more than the 60 of tier 2. Write 60 or less, or raise that."}
    assert own(program) == {}
    change(program, fit__tier__1=(80, 50), fit__tier__2=(60, 50))
    assert own(program) == {"fit.tier.1": 50, "fit.tier.2": 50}


# Calibrated limits: worked out from stored stays, kept once a month, in force for every reader, and as of a day.

ENGAGED = "tier.1.aged.engaged"
DAYS_OF_A_STAY = 28


def at(days: float) -> datetime:
    return NOW + timedelta(days=days)


END = at(10 * (DAYS_OF_A_STAY + 1))
"""After ten more stays."""


@pytest.fixture
def calibrated(store: Store) -> Program:
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
    program.store.write_now(renew, WORKSPACE, program.read(work_out, now), now)
    return program.read(settings_of)


def trail(program: Program) -> list[AuditEntry]:
    def read(session: Session) -> list[AuditEntry]:
        of_settings = select(AuditEntry).where(col(AuditEntry.subject) == "settings")
        return list(session.exec(of_settings.order_by(col(AuditEntry.id))))

    return program.store.read_now(read)


def test_ten_stays_of_28_days_make_a_limit_of_42_for_whoever_set_none(calibrated: Program) -> None:
    assert calibrated.read(settings_of).limit(ENGAGED) == 30
    settings = renewed(calibrated, END)
    # the eleventh stay is that of five days before the others
    assert settings.calibration.limits[0] == CalibratedLimit(ENGAGED, 42, 11)
    assert (settings.limit(ENGAGED), settings.origin(ENGAGED)) == (42, LimitFrom.CALIBRATED)
    waiting = account(stage_since=NOW - timedelta(days=40), last_buyer_touch_at=NOW)
    assert stall(waiting, now=NOW, zone="UTC").is_stalled
    assert not stall(waiting, now=NOW, zone="UTC", settings=settings).is_stalled


def test_limits_are_renewed_once_in_a_month_and_the_trail_tells_what_changed(calibrated: Program) -> None:
    assert calibrated.store.read_now(due_workspaces, END) == (WORKSPACE,)
    settings = renewed(calibrated, END)
    assert calibrated.store.read_now(due_workspaces, END) == ()
    (entry,) = trail(calibrated)
    assert (entry.actor, entry.at) == ("", END)
    assert entry.after == {"calibrated": settings.calibration.to_store()}
    # 300 days later nine of the eleven stays are more than a year ago
    later = END + timedelta(days=300)
    assert calibrated.store.read_now(due_workspaces, later) == (WORKSPACE,)
    assert renewed(calibrated, later).limit(ENGAGED) == 30
    assert [each.at for each in trail(calibrated)] == [END, later]


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


async def test_the_daily_maintenance_renews_them(calibrated: Program) -> None:
    await run_daily(calibrated)
    assert calibrated.read(settings_of).limit(ENGAGED) == 42


async def test_a_workspace_that_fails_stops_no_other_and_is_due_again(calibrated: Program, caplog):
    with calibrated.store.writing() as session:
        session.add(Workspace(id="T0BROKEN", name="A first one", url="https://first.example/", installed_at=NOW))
        broken = Account(workspace_id="T0BROKEN", name="Unreadable", created_at=NOW)
        session.add(broken)
        session.flush()
        told = {"kind": "list_changed", "change": {"kind": "list_changed"}, "actor": "U1", "source": "slack"}
        session.add(Event(workspace_id="T0BROKEN", account_id=broken.row_id, happened_at=NOW, recorded_at=NOW, **told))
    assert calibrated.store.read_now(due_workspaces, END) == ("T0BROKEN", WORKSPACE)
    await run_daily(calibrated)
    assert calibrated.read(settings_of).limit(ENGAGED) == 42
    assert calibrated.store.read_now(due_workspaces, END) == ("T0BROKEN",)
    [logged] = [each for each in caplog.records if each.message == "not_calibrated"]
    assert logged.__dict__["workspace"] == "T0BROKEN"
