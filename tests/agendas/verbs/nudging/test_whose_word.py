"""Nudges about a blocker end by one word: that of the person whose help it needs, or of their stand-in."""

from collections.abc import Callable
from functools import partial

import pytest

from agendas.errors import Refused
from agendas.facts.reviews.preparing import Away
from agendas.verbs.people.days_away import say_away
from agendas.verbs.updates import updates
from tests.agendas.verbs.nudging.conftest import MONDAY
from tests.agendas.verbs.nudging.simulation import TUESDAY, WEDNESDAY, Simulation, days, did, opens
from tests.builders import ANN, BOB, CLEO, DAN


@pytest.mark.parametrize("verb", [updates.acknowledge_blocker, partial(updates.answer_blocker, text="They meet")])
def test_the_word_of_owner_opener_or_another_executive_ends_no_nudges(
    simulation: Simulation, verb: Callable[..., object]
) -> None:
    blocker_id = opens(simulation, owner=BOB)
    simulation.runs(days=1)
    for who in (ANN, BOB, CLEO):
        with pytest.raises(Refused, match="That blocker waits for Dan: they alone acknowledge or answer it"):
            did(simulation, verb, who, blocker_id)
    simulation.runs(days=1)
    assert days(simulation, DAN) == [TUESDAY, WEDNESDAY]
    did(simulation, verb, DAN, blocker_id)
    simulation.runs(days=3)
    assert days(simulation, DAN) == [TUESDAY, WEDNESDAY]


def test_a_stand_in_acknowledges_for_who_is_away(simulation: Simulation) -> None:
    simulation.program.did(say_away, DAN, MONDAY, Away(DAN, TUESDAY, WEDNESDAY, stand_in=CLEO))
    blocker_id = opens(simulation)
    simulation.runs(days=1)
    did(simulation, updates.acknowledge_blocker, CLEO, blocker_id)
    simulation.runs(days=5)
    assert (days(simulation, CLEO), days(simulation, DAN)) == ([TUESDAY], [])
