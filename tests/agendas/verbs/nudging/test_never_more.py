"""Whatever happens and wherever the process dies: one digest a working day, one escalation, an ask once a week."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from agendas.errors import Outdated, Refused
from agendas.facts.events import Decided, DecisionKind
from agendas.facts.reviews import Away
from agendas.verbs import account_list, updates
from agendas.verbs.people import say_away
from agendas.verbs.updates import answer_ask, take_ask
from storage import backups, people
from storage.people import SlackUser
from tests.agendas.verbs.nudging.simulation import Simulation
from tests.builders import ANN, BOB, CLEO, DAN, EVE, WORKSPACE

ZONES = ("America/New_York", "Europe/London", "Asia/Tokyo", "Pacific/Auckland")


def begins(simulation: Simulation) -> tuple[int, int]:
    """The ids of a blocker that needs an executive and of an ask of Cleo; Bob owes an action."""
    did, acme = simulation.program.did, simulation.program.accounts["acme"]
    blocker = did(updates.open_blocker, ANN, simulation.now, acme, text="Liability cap", needs="executive")
    did(updates.add_action, EVE, simulation.now, acme, text="Call them", owner=BOB, due_on=date(2026, 10, 7))
    decided = Decided(DecisionKind.INTERVENE, "Call their COO", ask_of=CLEO, due_on=date(2026, 10, 8))
    return blocker.event.id, did(updates.decide, EVE, simulation.now, acme, decided).event.id


def happens(simulation: Simulation, random: Random) -> None:
    """Something at random that changes who is nudged, and when."""
    program, now, who = simulation.program, simulation.now, random.choice((ANN, BOB, CLEO, DAN))
    acme, today = program.accounts["acme"], simulation.now.date()
    match random.randrange(5):
        case 0:
            program.did(account_list.pause, EVE, now, acme, because="Merger")
            simulation.runs(days=random.randrange(3))
            program.did(account_list.restore, EVE, simulation.now, acme, because="Merged")
        case 1:
            program.did(say_away, who, now, Away(who, today, today + timedelta(days=2), stand_in=EVE))
        case 2:
            with program.store.writing() as session:
                moved = SlackUser(who, WORKSPACE, who, time_zone=random.choice(ZONES))
                people.save_users(session, WORKSPACE, [moved], now)
        case 3:
            with program.store.writing() as session:
                backups.settle(session)
        case 4:
            action = program.did(updates.add_action, EVE, now, acme, text="More", owner=who, due_on=today)
            assert action.event.id


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.proof) for seed in (2, 3))])
def test_nobody_gets_more_than_one_digest_a_working_day_and_each_blocker_goes_up_once(
    simulation: Simulation, seed: int
) -> None:
    random = Random(seed)
    simulation.crashes = lambda: random.random() < 0.3
    begins(simulation)
    for _ in range(3):
        simulation.runs(hours=random.randrange(1, 60))
        happens(simulation, random)
    simulation.runs(days=14)
    # a digest begins with its local day
    digests = Counter((each.user_id, each.words.splitlines()[0]) for each in simulation.got if each.page == "digest")
    assert digests
    assert max(digests.values()) == 1
    assert not [said for _, said in digests if "· Sat" in said or "· Sun" in said]
    assert len({(each.user_id, each.words) for each in simulation.got if each.page == "escalated"}) <= 1
    shown = [each.at for each in simulation.got if each.page == "digest" and "Call their COO" in each.words]
    assert all(later - earlier > timedelta(days=6) for earlier, later in pairwise(shown))


def test_an_answered_ask_is_told_to_who_decided_and_the_owner_and_shown_no_more(simulation: Simulation) -> None:
    _, ask = begins(simulation)
    simulation.runs(days=4)
    simulation.program.did(answer_ask, CLEO, simulation.now, ask, answer="She calls on Friday")
    simulation.runs(days=9)
    for who in (ANN, EVE):
        assert (
            "what was asked is answered: Call their COO · She calls on Friday" in simulation.to(who, "told")[-1].words
        )
    assert len(simulation.to(CLEO, "digest")) == 1
    with pytest.raises((Outdated, Refused)):
        simulation.program.did(answer_ask, CLEO, simulation.now, ask)


def test_whoever_takes_an_ask_is_shown_it_in_the_place_of_who_was_asked(simulation: Simulation) -> None:
    _, ask = begins(simulation)
    simulation.runs(days=1)
    simulation.program.did(take_ask, DAN, simulation.now, ask)
    simulation.runs(days=10)
    assert not simulation.to(CLEO, "digest")
    assert [each.at.weekday() for each in simulation.to(DAN, "digest") if "Call their COO" in each.words] == [3, 3]
