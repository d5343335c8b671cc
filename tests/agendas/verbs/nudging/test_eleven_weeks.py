"""Weeks in which nobody answers: exactly what each person gets."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from agendas.facts.events import Decided, DecisionKind
from agendas.verbs import updates
from tests.agendas.verbs.nudging.conftest import MONDAY
from tests.agendas.verbs.nudging.simulation import Got, Simulation
from tests.builders import ANN, BOB, CLEO, DAN, EVE, ZONE

END = MONDAY + timedelta(weeks=3)


def mornings(first: date, last: date, *, every_days: int = 1) -> list[date]:
    """Monday to Friday from the first to the last day."""
    days = (first + timedelta(days=number) for number in range(0, (last - first).days + 1, every_days))
    return [day for day in days if day.weekday() < 5]


def days(got: list[Got], zone: str) -> list[date]:
    """The local days of the messages, which all came at half past eight."""
    local = [each.at.astimezone(ZoneInfo(zone)) for each in got]
    assert {f"{each:%H:%M}" for each in local} == {"08:30"}
    return [each.date() for each in local]


def test_each_person_gets_exactly_what_the_rules_say_and_nothing_more(simulation: Simulation) -> None:
    program, acme = simulation.program, simulation.program.accounts["acme"]
    program.did(updates.open_blocker, ANN, MONDAY, acme, text="Liability cap", needs="executive")
    program.did(updates.add_action, EVE, MONDAY, acme, text="Call them", owner=BOB, due_on=date(2026, 10, 7))
    decided = Decided(DecisionKind.INTERVENE, "Call their COO", ask_of=CLEO, due_on=date(2026, 10, 14))
    program.did(updates.decide, EVE, MONDAY, acme, decided)
    simulation.runs_until(END)
    # all are told on the day itself; whoever opened the blocker or was asked nothing is told of the decision alone
    assert sorted(each.user_id for each in simulation.got if each.page == "told") == [ANN, BOB, CLEO, DAN]
    # the blocker's person each working day until the limit of 14 days
    assert days(simulation.to(DAN, "digest"), ZONE) == mornings(date(2026, 10, 6), date(2026, 10, 19))
    # then once the lead, who is not the person that has it
    [escalated] = [each for each in simulation.got if each.page == "escalated"]
    assert (escalated.user_id, escalated.at) == (CLEO, MONDAY + timedelta(days=14))
    assert "a blocker past its limit of 14 d. <@U0DAN0001> was asked and nudged on 10 mornings." in escalated.words
    # the ask on the day it is due, then weekly
    asked = mornings(date(2026, 10, 14), END.date(), every_days=7)
    assert days(simulation.to(CLEO, "digest"), ZONE) == asked
    # the overdue action on each working morning from the day after its date, in the owner's own zone
    overdue = mornings(date(2026, 10, 8), END.date())
    assert days(simulation.to(BOB, "digest"), "Europe/London") == overdue
    assert {each.page for each in simulation.to(ANN)} == {"told"}
    assert not simulation.to(EVE)
    assert len(simulation.got) == 4 + 10 + 1 + len(asked) + len(overdue)
