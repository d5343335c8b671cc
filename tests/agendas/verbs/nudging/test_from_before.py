"""Blockers and asks from before there were follow-ups: followed up after the upgrade, without a storm of messages."""

from datetime import date, timedelta

from sqlmodel import delete, update

from agendas.facts.events import Decided, DecisionKind
from agendas.verbs.updates import updates
from storage.nudging.follow_ups import NOT_YET
from storage.tables import FollowUp, Person
from tests.agendas.verbs.nudging.conftest import MONDAY
from tests.agendas.verbs.nudging.simulation import Simulation, days
from tests.builders import ANN, CLEO, DAN, EVE, WORKSPACE

OPENED = MONDAY - timedelta(days=40)
TEXTS = ("Liability cap", "No plant manager", "Their freeze")


def upgraded(simulation: Simulation) -> None:
    """Turn three blockers and an ask, open for forty days, into what the upgrade makes of them."""
    program, acme = simulation.program, simulation.program.accounts["acme"]
    opened = [
        program.did(updates.open_blocker, ANN, OPENED, acme, text=text, needs="executive").event.id for text in TEXTS
    ]
    asked = Decided(DecisionKind.INTERVENE, "Call their COO", ask_of=DAN, due_on=date(2026, 9, 1))
    asks = program.did(updates.decide, EVE, OPENED, acme, asked).event.id
    kinds = dict.fromkeys(opened, "blocker") | {asks: "ask"}
    with program.store.writing() as session:
        session.exec(delete(FollowUp))
        session.exec(update(Person).values(morning_at=None))
        for event_id, kind in kinds.items():
            row = {"workspace_id": WORKSPACE, "event_id": event_id, "account_id": acme, "kind": kind, "user_id": ""}
            session.add(FollowUp(**row, next_at=NOT_YET, followed_since=NOT_YET))


def test_after_an_upgrade_a_person_gets_all_of_them_in_the_digest_of_a_morning(simulation: Simulation) -> None:
    upgraded(simulation)
    simulation.runs(days=1)
    [digest] = [each for each in simulation.to(DAN) if each.at > MONDAY]
    assert digest.page == "digest"
    assert all(text in digest.words for text in (*TEXTS, "Call their COO"))
    assert not simulation.letters("escalated")


def test_they_are_escalated_once_after_the_limit_counted_from_then_in_two_messages(simulation: Simulation) -> None:
    upgraded(simulation)
    simulation.runs(days=20)
    assert [len(days(simulation, CLEO, page)) for page in ("escalated", "digest")] == [1, 1]
    told = [each for each in simulation.to(CLEO) if each.page in ("escalated", "digest")]
    assert [each.words.count("a blocker past its limit") for each in told] == [1, 2]
    assert told[0].at >= MONDAY + timedelta(days=14)
