"""Nudges and escalations on the public holidays of a workspace: there are none."""

from datetime import date

from agendas.verbs.settings import change_settings
from tests.agendas.verbs.nudging.simulation import Simulation, days, opens
from tests.builders import CLEO, DAN, EVE

HOLIDAY = date(2026, 10, 12)
"""Columbus Day, a Monday."""


def test_nobody_is_nudged_or_gets_an_escalation_on_a_public_holiday(simulation: Simulation) -> None:
    simulation.program.did(
        change_settings, EVE, simulation.now, {"work.holidays": ("", "US"), "tier.1.blocker": (14, 7)}
    )
    opens(simulation)
    simulation.runs(days=9)
    assert HOLIDAY not in days(simulation, DAN)
    assert date(2026, 10, 9) in days(simulation, DAN)
    assert days(simulation, CLEO, "escalated") == [date(2026, 10, 13)]
