"""A reminder that cannot be sent for a while is sent until its reader's day ends, or updates do, whatever is first."""

from datetime import datetime, timedelta

import pytest

from agendas.rules.access import NOT_IN_TIME
from agendas.rules.notices import Snooze
from agendas.verbs import reminding
from tests.agendas.verbs.delivery.test_expiry import dropped
from tests.agendas.verbs.reminding.test_remind import (
    DUE_AT,
    program,
    rows,
    sent,
    tick,
)
from tests.builders import ANN
from tests.program import Program

__all__ = ["program"]

HOUR = timedelta(hours=1)
CUTOFF = datetime.fromisoformat("2026-11-30T08:00-05:00")


@pytest.mark.parametrize(("waited", "reason"), [(HOUR, ""), (2 * HOUR, NOT_IN_TIME), (20 * HOUR, NOT_IN_TIME)])
def test_after_its_readers_working_hours_it_is_dropped(program: Program, waited: timedelta, reason: str) -> None:
    tick(program, DUE_AT)
    [letter] = sent(program)
    assert dropped(program, letter, DUE_AT + waited) == reason


def test_one_that_its_reader_chose_to_get_after_work_is_sent_until_updates_end(program: Program) -> None:
    tick(program, DUE_AT)
    at = DUE_AT + HOUR / 2
    program.did(reminding.snooze, ANN, at, [each.row_id for each in rows(program, ANN)], Snooze.HOUR)
    tick(program, at + HOUR)
    assert [each.not_after for each in sent(program)] == [DUE_AT + HOUR, CUTOFF]
