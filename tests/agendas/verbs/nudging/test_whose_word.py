"""Nudges about a blocker end by one word: that of the person whose help it needs, or of their stand-in."""

from datetime import timedelta

from sqlmodel import Session, col, select, update

from agendas.facts.answers import AccountBlocker
from agendas.rules.nudging import blocker_of
from agendas.verbs.card import full_card
from agendas.verbs.home import blockers_for
from agendas.verbs.loading import person_facts
from storage import people, privacy
from storage.models.accounts import Account
from storage.models.delivery import Letter
from storage.models.following import FollowUp
from tests.agendas.verbs.nudging.conftest import MONDAY
from tests.agendas.verbs.nudging.simulation import TUESDAY, Simulation, days, opens
from tests.builders import ANN, CLEO, DAN, WORKSPACE


def test_of_a_private_account_those_are_asked_who_may_see_it(simulation: Simulation) -> None:
    acme, secret = simulation.program.accounts["acme"], "C0SECRET1"
    with simulation.program.store.writing() as session:
        session.exec(update(Account).where(col(Account.id) == acme).values(private_channel=secret))
        privacy.set_members(session, WORKSPACE, secret, [ANN, CLEO], read_at=MONDAY)
    opens(simulation)
    simulation.looks()
    query = select(FollowUp.user_id)
    assert simulation.program.store.read_now(lambda session: list(session.exec(query))) == [CLEO]


def test_a_blocker_of_a_private_account_is_escalated_to_no_admin_who_may_not_see_it(simulation: Simulation) -> None:
    acme, secret = simulation.program.accounts["acme"], "C0SECRET1"
    with simulation.program.store.writing() as session:
        session.exec(update(Account).where(col(Account.id) == acme).values(private_channel=secret))
        privacy.set_members(session, WORKSPACE, secret, [ANN], read_at=MONDAY + timedelta(days=30))
    opens(simulation)
    simulation.runs(days=21)
    letters, escalated = select(Letter.user_id).where(col(Letter.page) == "escalated"), select(FollowUp.escalated_at)
    assert simulation.program.store.read_now(lambda session: list(session.exec(letters))) == []
    assert simulation.program.store.read_now(lambda session: list(session.exec(escalated))) == [None]


def test_who_is_asked_instead_of_our_executive_who_left_acknowledges_in_home_and_card_as_in_the_digest(
    simulation: Simulation,
) -> None:
    program, acme = simulation.program, simulation.program.accounts["acme"]
    opens(simulation)
    with program.store.writing() as session:
        people.deactivate(session, WORKSPACE, DAN, MONDAY)
    simulation.runs(days=1)
    assert days(simulation, CLEO) == [TUESDAY]

    def shown(session: Session) -> list[AccountBlocker]:
        cleo = people.get_many(session, WORKSPACE, [CLEO])[0]
        facts = full_card(session, WORKSPACE, acme, now=simulation.now, zone="UTC").item.facts
        return [
            *blockers_for(session, WORKSPACE, person_facts(cleo)),
            blocker_of(facts.account, facts.account.open_blockers[0], facts.leads),
        ]

    assert [each.helper for each in program.store.read_now(shown)] == [CLEO, CLEO]
