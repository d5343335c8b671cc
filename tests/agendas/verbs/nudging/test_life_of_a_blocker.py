"""A blocker's follow-up from its opening to its end, whatever happens to it and to the people around it."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlmodel import col, select

from agendas.errors import Refused
from agendas.facts.account import Rhythm
from agendas.facts.people import Right
from agendas.facts.reviews import Away, CadenceWish, Plan
from agendas.verbs import account_list, people, updates
from agendas.verbs.cadences import pause, resume, schedule
from agendas.verbs.corrections import correct, take_back
from agendas.verbs.people import say_away
from storage import backups
from storage import people as stored_people
from storage.models.following import FollowUp
from tests.agendas.verbs.nudging.conftest import MONDAY
from tests.agendas.verbs.nudging.simulation import TUESDAY, WEDNESDAY, Simulation, days, did, opens
from tests.builders import ANN, BOB, CHANNEL, CLEO, DAN, EVE, WORKSPACE, ZONE, author

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


def test_one_taken_back_nudges_nobody_and_one_that_is_open_again_is_followed_again(simulation: Simulation) -> None:
    blocker_id = opens(simulation)
    resolved = simulation.program.did(
        updates.resolve_blocker, EVE, simulation.now, simulation.program.accounts["acme"], blocker_id, text="Signed"
    )
    assert not follow_ups(simulation)
    simulation.program.did(take_back, EVE, simulation.now, resolved.event.id)
    assert [each.event_id for each in follow_ups(simulation)] == [blocker_id]
    simulation.runs(days=1)
    assert days(simulation, DAN) == [TUESDAY]
    simulation.program.did(correct, ANN, simulation.now, blocker_id, "By mistake", is_editor=True)
    simulation.runs(days=30)
    assert days(simulation, DAN) == [TUESDAY]


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


def test_who_left_or_may_not_record_any_more_is_followed_by_the_next_who_can_be_asked(simulation: Simulation) -> None:
    opens(simulation)
    simulation.runs(days=1)
    with simulation.program.store.writing() as session:
        stored_people.deactivate(session, WORKSPACE, DAN, simulation.now)
    simulation.runs(days=3)
    assert days(simulation, DAN) == [TUESDAY]
    assert days(simulation, CLEO) == [date(2026, 10, 8), date(2026, 10, 9)]
    with simulation.program.store.writing() as session:
        people.give(session, author(EVE, simulation.now), CLEO, function=None, right=Right.OBSERVER, leads=())
    simulation.runs(days=4)
    assert len(days(simulation, CLEO)) == 2
    # the owner opened it and knows it; nobody is left, so it goes to the admin
    simulation.runs(days=14)
    assert days(simulation, EVE, "escalated") == [date(2026, 10, 19)]
    assert (
        "Set who leads executives with `/abm people`, or our executive in the account's form."
        in simulation.to(EVE, "escalated")[0].words
    )


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


def test_nothing_is_nudged_nor_escalated_while_the_only_cadence_of_an_account_is_paused(simulation: Simulation) -> None:
    program, acme = simulation.program, simulation.program.accounts["acme"]
    wish = CadenceWish(Plan(Rhythm.WEEKLY, TUESDAY, time(10), ZONE), minutes=45, facilitator=EVE)
    program.did(schedule, EVE, MONDAY, CHANNEL, wish)
    program.did(schedule, EVE, MONDAY, "C0OTHER01", replace(wish, tiers=(2,)))
    opens(simulation)
    program.did(updates.add_action, EVE, MONDAY, acme, text="Call them", owner=BOB, due_on=MONDAY.date())
    simulation.runs(days=1)
    program.did(pause, EVE, simulation.now, CHANNEL)
    simulation.runs(days=20)
    assert (days(simulation, DAN), days(simulation, BOB)) == ([TUESDAY], [TUESDAY])
    assert not days(simulation, CLEO, "escalated")
    program.did(resume, EVE, simulation.now, CHANNEL)
    simulation.runs(days=3)
    assert days(simulation, CLEO, "escalated") == [date(2026, 10, 27)]
    assert days(simulation, BOB)[1:] == [date(2026, 10, day) for day in (27, 28, 29)]


def test_one_that_may_have_been_escalated_before_a_restore_is_looked_for_in_slack(simulation: Simulation) -> None:
    opens(simulation)
    simulation.runs(days=13)
    with simulation.program.store.writing() as session:
        backups.settle(session)
    simulation.now += 2 * DAY
    simulation.looks()
    letter = simulation.letters("escalated")[0]
    assert (letter.first_tried_at, letter.tried_until) == (MONDAY + 14 * DAY, simulation.now)
