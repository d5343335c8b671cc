from datetime import date, timedelta

from agendas.facts.account import AccountState, Stage
from agendas.facts.deals import Opportunity, OpportunityProfile, OpportunityType, Phase
from agendas.facts.group import BuyingRole, Contact
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.rules.group import GroupAnswer, RoleState, buying_group, furthest_phase, required_roles
from tests.builders import account, ago, contact
from tests.cases import cases

TODAY = date(2026, 11, 24)
CHAMPION, BUYER, EVALUATOR = BuyingRole.CHAMPION, BuyingRole.ECONOMIC_BUYER, BuyingRole.TECHNICAL_EVALUATOR
PROCUREMENT, SPONSOR = BuyingRole.PROCUREMENT, BuyingRole.EXECUTIVE_SPONSOR


def deal(phase: Phase, key: str = "crm:1") -> Opportunity:
    more = OpportunityType.EXISTING_BUSINESS
    return Opportunity(OpportunityProfile(key, "Pilot", phase.value, phase, more), ago(30), ago(10))


def at(stage: Stage, tier: int | None = 1, **values) -> AccountState:
    return account(stage=stage, tier=tier, **values)


def group(*contacts: Contact, stage: Stage = Stage.ENGAGED, settings: ProgramSettings = DEFAULTS) -> GroupAnswer:
    return buying_group(at(stage, contacts=contacts), settings, today=TODAY)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@cases(
    ("tier", "stage", "phase", "roles"),
    [
        (1, Stage.AWARE, None, set()),
        (1, Stage.ENGAGED, None, {CHAMPION, BUYER, EVALUATOR}),
        (1, Stage.MQA, None, {CHAMPION, BUYER, EVALUATOR}),
        (1, Stage.OPPORTUNITY, None, {CHAMPION, BUYER, EVALUATOR, PROCUREMENT, SPONSOR}),
        (1, Stage.CUSTOMER, None, {CHAMPION, BUYER, EVALUATOR, PROCUREMENT, SPONSOR}),
        (2, Stage.ENGAGED, None, set()),
        (2, Stage.MQA, None, {CHAMPION, BUYER}),
        (2, Stage.OPPORTUNITY, Phase.MIDDLE, {CHAMPION, BUYER, EVALUATOR}),
        (2, Stage.OPPORTUNITY, Phase.LATE, {CHAMPION, BUYER, EVALUATOR, PROCUREMENT}),
        (2, Stage.MQA, Phase.LATE, {CHAMPION, BUYER}),
        (3, Stage.ENGAGED, None, set()),
        (3, Stage.OPPORTUNITY, Phase.LATE, {CHAMPION}),
        (None, Stage.MQA, None, {CHAMPION}),
    ],
)
def test_each_tier_asks_for_its_roles_from_its_stages_on(tier, stage, phase, roles) -> None:
    state = at(stage, tier, opportunities=(deal(phase),) if phase else ())
    assert set(required_roles(state, DEFAULTS)) == roles


def test_where_no_role_is_required_coverage_is_not_required_rather_than_full() -> None:
    answer = group(contact(roles=(CHAMPION,), touched_on=TODAY), stage=Stage.TARGET)
    assert (answer.required, answer.identified, answer.engaged) == (0, 0, 0)
    assert not answer.is_single_threaded
    assert [each.id for each in answer.others] == [1]


def test_coverage_counts_confirmed_people_who_are_there_and_those_who_did_something_in_the_window() -> None:
    answer = group(
        contact(1, "Rita Sample", roles=(CHAMPION,), touched_on=days_ago(90)),
        contact(2, "Tom Sample", roles=(BUYER, PROCUREMENT), touched_on=days_ago(91)),
        contact(3, "Una Sample", roles=(EVALUATOR,), touched_on=days_ago(1), left_on=days_ago(1)),
        stage=Stage.OPPORTUNITY,
    )
    assert (answer.required, answer.identified, answer.engaged) == (5, 3, 1)
    assert {line.role: (line.state, line.quiet_days) for line in answer.lines} == {
        BUYER: (RoleState.QUIET, 91),
        EVALUATOR: (RoleState.LEFT, None),
        CHAMPION: (RoleState.ENGAGED, 90),
        PROCUREMENT: (RoleState.QUIET, 91),
        SPONSOR: (RoleState.MISSING, None),
    }
    assert [line.people[0].id for line in answer.of(RoleState.LEFT)] == [3]


def test_suggested_roles_never_count() -> None:
    answer = group(contact(suggested_roles=(CHAMPION, BUYER), touched_on=TODAY))
    assert answer.identified == answer.engaged == 0
    assert [each.id for each in answer.suggested] == [1]


def test_the_role_has_the_one_who_was_heard_of_last() -> None:
    answer = group(
        contact(1, "Rita Sample", roles=(CHAMPION,), touched_on=days_ago(100)),
        contact(2, "Tom Sample", roles=(CHAMPION,), touched_on=days_ago(5)),
    )
    (line,) = answer.of(RoleState.ENGAGED)
    assert [each.id for each in line.people] == [2, 1]


def test_a_role_that_was_left_and_taken_by_somebody_else_is_filled() -> None:
    answer = group(
        contact(1, "Rita Sample", roles=(CHAMPION,), left_on=days_ago(5)),
        contact(2, "Tom Sample", roles=(CHAMPION,), touched_on=days_ago(5)),
    )
    assert [line.role for line in answer.of(RoleState.ENGAGED)] == [CHAMPION]
    assert not answer.of(RoleState.LEFT)


def test_one_active_person_is_a_single_thread_and_two_are_not() -> None:
    one = contact(1, roles=(CHAMPION,), touched_on=days_ago(30))
    late = contact(2, "Tom Sample", roles=(BUYER,), touched_on=days_ago(31))
    gone = contact(3, "Una Sample", touched_on=TODAY, left_on=TODAY)
    unconfirmed = contact(4, "Vera Sample", touched_on=TODAY)
    assert [each.id for each in group(one, late, gone).active] == [1]
    assert group(one, late, gone).is_single_threaded
    assert not group(one, late, gone, unconfirmed).is_single_threaded


def test_the_furthest_open_deal_tells_the_phase() -> None:
    late, won = deal(Phase.LATE), deal(Phase.WON, "crm:2")
    assert furthest_phase(at(Stage.OPPORTUNITY, opportunities=(deal(Phase.EARLY, "crm:3"), late, won))) is Phase.LATE
    assert furthest_phase(at(Stage.OPPORTUNITY, opportunities=(won,))) is Phase.EARLY
    assert furthest_phase(at(Stage.ENGAGED)) is None


def test_the_tier_expects_roles_to_be_active_where_roles_are_required() -> None:
    one = contact(1, roles=(CHAMPION, EVALUATOR), touched_on=TODAY)
    late = contact(2, "Tom Sample", roles=(BUYER,), touched_on=days_ago(31))
    assert (group(one, late).roles_active, group(one, late).roles_expected) == (2, 3)
    assert group(one, late).lacks_active_roles
    assert not group(one, late, stage=Stage.TARGET).lacks_active_roles
    assert not group(one, late, settings=ProgramSettings((("tier.1.roles_active", 0),))).lacks_active_roles
    assert not group(one, contact(2, "Tom Sample", roles=(BUYER,), touched_on=days_ago(30))).lacks_active_roles
