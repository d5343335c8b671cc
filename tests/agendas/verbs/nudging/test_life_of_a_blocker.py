"""A blocker's follow-up from its opening to its end, whatever happens to it and to the people around it."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from agendas.errors import Refused
from agendas.facts.reviews import Away
from agendas.verbs import account_list, updates
from agendas.verbs.people import say_away
from storage import backups
from storage.models.following import FollowUp
from tests.agendas.verbs.nudging.conftest import MONDAY
from tests.agendas.verbs.nudging.simulation import TUESDAY, WEDNESDAY, Simulation, days, did, opens
from tests.builders import ANN, BOB, CLEO, DAN, EVE

DAY = timedelta(days=1)


def follow_ups(simulation: Simulation) -> list[FollowUp]:
    read = simulation.program.store.read_now
    return read(lambda session: list(session.exec(select(FollowUp).order_by(col(FollowUp.id)))))


def test_who_acknowledges_is_nudged_no_more_and_it_is_escalated_all_the_same(simulation: Simulation) -> None:
    blocker_id = opens(simulation)
    simulation.runs(days=2)
    did(simulation, updates.acknowledge_blocker, DAN, blocker_id)
    simulation.runs(days=30)
    assert days(simulation, DAN) == [TUESDAY, WEDNESDAY]
    assert days(simulation, CLEO, "escalated") == [date(2026, 10, 19)]


def test_an_answer_is_told_to_who_waits_and_counts_as_seen(simulation: Simulation) -> None:
    blocker_id = opens(simulation)
    simulation.runs(days=1)
    did(simulation, updates.answer_blocker, DAN, blocker_id, text="Their board meets on Friday")
    simulation.runs(days=3)
    assert days(simulation, DAN) == [TUESDAY]
    [told] = simulation.to(ANN, "told")
    assert "*Acme Corp*: blocker answered (Liability cap): Their board meets on Friday" in told.words


def test_a_resolved_one_tells_opener_owner_and_whose_help_it_needed_how(simulation: Simulation) -> None:
    blocker_id = opens(simulation, owner=BOB)
    simulation.runs(days=1)
    with pytest.raises(Refused, match="Say how it was resolved"):
        did(simulation, updates.resolve_blocker, DAN, blocker_id)
    did(simulation, updates.resolve_blocker, EVE, blocker_id, text="Two yearly fees")
    simulation.runs(days=30)
    for who in (ANN, BOB, DAN):
        assert "blocker resolved (Liability cap): Two yearly fees" in simulation.to(who, "told")[-1].words
    assert not follow_ups(simulation)
    assert not [each for each in simulation.got if each.page == "escalated"]


@pytest.mark.parametrize("is_away_too", [False, True])
def test_a_stand_in_gets_it_while_somebody_is_away_and_it_waits_where_that_one_is_away_too(
    simulation: Simulation, is_away_too: bool
) -> None:
    simulation.program.did(say_away, DAN, MONDAY, Away(DAN, TUESDAY, WEDNESDAY, stand_in=CLEO))
    if is_away_too:
        simulation.program.did(say_away, CLEO, MONDAY, Away(CLEO, TUESDAY, WEDNESDAY))
    opens(simulation)
    simulation.runs(days=4)
    assert days(simulation, CLEO) == ([] if is_away_too else [TUESDAY, WEDNESDAY])
    assert days(simulation, DAN) == [date(2026, 10, 8), date(2026, 10, 9)]
    if not is_away_too:
        assert "You stand in for <@U0DAN0001>, away until Wed 7 Oct." in simulation.to(CLEO)[0].words


def test_one_past_its_limit_goes_to_who_stands_in_for_whoever_gets_it(simulation: Simulation) -> None:
    simulation.program.did(say_away, CLEO, MONDAY, Away(CLEO, date(2026, 10, 12), date(2026, 10, 23), stand_in=EVE))
    opens(simulation)
    simulation.runs(days=21)
    assert not days(simulation, CLEO, "escalated")
    [escalated] = simulation.to(EVE, "escalated")
    assert "You stand in for <@U0CLEO001>.\n*Escalated to you*" in escalated.words


def test_a_paused_account_waits_and_one_that_left_the_list_ends_it(simulation: Simulation) -> None:
    program, acme = simulation.program, simulation.program.accounts["acme"]
    opens(simulation)
    simulation.runs(days=1)
    program.did(account_list.pause, EVE, simulation.now, acme, because="Merger")
    simulation.runs(days=27)
    assert days(simulation, DAN) == [TUESDAY]
    program.did(account_list.restore, EVE, simulation.now, acme, because="Merged")
    simulation.runs(days=2)
    assert days(simulation, CLEO, "escalated") == [date(2026, 11, 2)]
    program.did(account_list.remove, EVE, simulation.now, acme, because="Sold")
    assert not follow_ups(simulation)


def test_one_that_may_have_been_escalated_before_a_restore_is_looked_for_in_slack(simulation: Simulation) -> None:
    opens(simulation)
    simulation.runs(days=13)
    with simulation.program.store.writing() as session:
        backups.settle(session)
    simulation.now += 2 * DAY
    simulation.looks()
    letter = simulation.letters("escalated")[0]
    assert (letter.first_tried_at, letter.tried_until) == (MONDAY + 14 * DAY, simulation.now)
