from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import AccountState, Movement, Stage
from agendas.facts.deals import Opportunity, OpportunityProfile, Phase
from agendas.facts.events import Moved
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor
from agendas.facts.group import BuyingRole, Contact
from agendas.facts.reviews import AgendaFacts
from agendas.rules.group import departure_reasons, newly_engaged, weaknesses
from agendas.rules.movement import movement
from tests.builders import account, agenda_facts, ago, contact, event
from tests.cases import cases

CHAMPION, BUYER, EVALUATOR = BuyingRole.CHAMPION, BuyingRole.ECONOMIC_BUYER, BuyingRole.TECHNICAL_EVALUATOR
TODAY = ago(0).date()


def facts(*contacts: Contact, before: tuple[Contact, ...] = (), **values) -> AgendaFacts:
    state: AccountState = account(contacts=contacts, **values)
    return agenda_facts(account=state, before=replace(state, contacts=before))


def in_middle(*contacts: Contact) -> AgendaFacts:
    profile = OpportunityProfile("crm:1", "Pilot", "Proposal", Phase.MIDDLE)
    return facts(*contacts, stage=Stage.OPPORTUNITY, opportunities=(Opportunity(profile, ago(30), ago(10)),))


def left(role: BuyingRole, days: int = 2) -> Contact:
    return contact(roles=(role,), left_on=TODAY - timedelta(days=days))


def test_a_departure_before_the_review_that_was_recorded_after_it_counts() -> None:
    assert departure_reasons(facts(left(CHAMPION, 20), before=(contact(roles=(CHAMPION,)),))) == (
        ("champion_left", 20, 0),
    )


def test_a_suggested_champion_or_another_role_may_leave() -> None:
    suggested = contact(suggested_roles=(CHAMPION,), left_on=TODAY)
    before = (contact(suggested_roles=(CHAMPION,)), contact(2, roles=(EVALUATOR,)))
    assert departure_reasons(facts(suggested, replace(left(EVALUATOR), id=2), before=before)) == ()


def test_a_suggested_economic_buyer_is_not_identified() -> None:
    people = (contact(1, touched_on=TODAY, suggested_roles=(BUYER,)), contact(2, "Tom Sample", touched_on=TODAY))
    assert weaknesses(in_middle(*people)) == (("no_economic_buyer", 0, 0),)


def test_a_required_role_that_became_engaged_is_momentum() -> None:
    before = contact(roles=(CHAMPION,), touched_on=TODAY - timedelta(days=100))
    now = contact(roles=(CHAMPION,), touched_on=TODAY - timedelta(days=2))
    found = facts(now, before=(before,))
    assert newly_engaged(found) == (CHAMPION,)
    answer = movement(found)
    assert (answer.movement, answer.reason) == (Movement.UNCHANGED, "role_engaged")
    assert "momentum" in answer.flags


def test_a_role_engaged_then_and_now_or_not_required_is_no_momentum() -> None:
    then = contact(roles=(CHAMPION,), touched_on=TODAY - timedelta(days=20))
    now = contact(roles=(CHAMPION,), touched_on=TODAY)
    assert newly_engaged(facts(now, before=(then,))) == ()
    assert newly_engaged(facts(now, before=(), stage=Stage.TARGET)) == ()
    assert movement(facts(now, before=(), stage=Stage.TARGET)).flags == frozenset()


SPONSOR = BuyingRole.EXECUTIVE_SPONSOR
OLD_TOUCH = TODAY - timedelta(days=20)


def met(days: float = 2, *, of: int = 1, actor: EvidenceActor = EvidenceActor.BUYER, act: BuyerAct = BuyerAct.MEETING):
    piece = Evidence("Minutes", ago(days), "https://notes.example/m", "meeting", actor, act, contact_ids=(of,))
    return event(Moved("They came to the demo"), evidence=(piece,))


def after(told, *people: Contact) -> AgendaFacts:
    """The account that stands as it stood, with this told since the last review a week ago."""
    state = account(contacts=people)
    return agenda_facts(account=state, events=(told,))


@cases("role", [BUYER, SPONSOR])
def test_a_meeting_held_with_the_economic_buyer_or_executive_sponsor_is_momentum(role: BuyingRole) -> None:
    answer = movement(after(met(), contact(1, roles=(role,), touched_on=OLD_TOUCH)))
    assert answer.movement is Movement.UNCHANGED
    assert answer.flags == {"momentum", "meeting_held"}


@cases(
    ("told", "values"),
    [
        (met(), {"roles": (CHAMPION,)}),
        (met(), {"suggested_roles": (BUYER,)}),
        (met(), {"roles": (BUYER,), "left_on": TODAY}),
        (met(of=2), {"roles": (BUYER,)}),
        (met(actor=EvidenceActor.US), {"roles": (BUYER,)}),
        (met(actor=EvidenceActor.IN_DOUBT), {"roles": (BUYER,)}),
        (met(act=BuyerAct.CALL), {"roles": (BUYER,)}),
        (met(7), {"roles": (BUYER,)}),
        (met(-1), {"roles": (BUYER,)}),
    ],
    ids=["champion", "suggested", "left", "somebody else", "ours", "in doubt", "call", "before the review", "to come"],
)
def test_no_other_meeting_is_momentum(told, values) -> None:
    assert "meeting_held" not in movement(after(told, contact(1, touched_on=OLD_TOUCH, **values))).flags


def test_a_meeting_gives_no_momentum_to_an_advance() -> None:
    found = after(met(), contact(1, roles=(BUYER,), touched_on=OLD_TOUCH))
    [told] = found.events
    step = replace(told, change=Moved("They came", "mqa"))
    advanced = replace(found, account=replace(found.account, stage=Stage.MQA), events=(step,))
    assert movement(advanced).flags == frozenset()
