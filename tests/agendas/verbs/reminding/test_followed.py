"""Reminders that follow what changes after people were asked: where they are, the end of updates, and the profile."""

from datetime import datetime

import pytest

from agendas.verbs import cadences
from storage import people
from storage.people import SlackUser
from tests.agendas.verbs.reminding.test_remind import (
    program,
    rows,
    sent,
    tick,
)
from tests.builders import ANN, CHANNEL, EVE, NOW, WORKSPACE
from tests.program import Program

__all__ = ["program"]


@pytest.mark.parametrize("is_elsewhere", [False, True])
def test_what_would_come_outside_working_hours_by_now_waits_for_them_or_is_left_out(
    program: Program, is_elsewhere: bool
) -> None:
    program.did(cadences.move_one, EVE, NOW, CHANNEL, moved_to=datetime.fromisoformat("2026-12-02T15:00-05:00"))
    due_at = datetime.fromisoformat("2026-12-02T12:00-05:00")
    assert {each.remind_at for each in rows(program, ANN)} == {due_at}
    at = datetime.fromisoformat("2026-12-02T08:30-05:00")
    if is_elsewhere:
        with program.store.writing() as session:
            people.save_users(session, WORKSPACE, [SlackUser(ANN, WORKSPACE, "Ann", time_zone="Asia/Kolkata")], at)
    tick(program, due_at)
    assert len(sent(program)) == (0 if is_elsewhere else 1)
