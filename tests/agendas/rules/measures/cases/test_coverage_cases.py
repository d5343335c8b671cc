"""Hand-worked cases of the buying groups' coverage over the program, on 23 March 2026.

Tier 1 asks for an economic buyer, a technical evaluator and a champion from engaged on, and for procurement and an
executive sponsor once there is an opportunity; tier 2 for a buyer and a champion from MQA on; tier 3 for a champion.
"""

from typing import Any

from agendas.facts.account import AccountState, ListStatus, Stage
from agendas.facts.group import BuyingRole, Contact
from agendas.rules.measures import coverage, coverage_of
from agendas.rules.pipeline import Share
from tests.agendas.rules.measures.cases.test_quality_cases import of
from tests.agendas.rules.measures.cases.test_seven_test_cases import person
from tests.builders import account
from tests.cases import cases

EB, TE, CH = BuyingRole.ECONOMIC_BUYER, BuyingRole.TECHNICAL_EVALUATOR, BuyingRole.CHAMPION


def group(tier: int, stage: str, *contacts: Contact, **values: Any) -> AccountState:
    return account(tier=tier, stage=Stage(stage), contacts=contacts, **values)


ALL_OF_TIER_1 = (person(1, 5, EB), person(2, 5, TE), person(3, 5, CH))

# (accounts, roles required, identified, engaged, accounts with a full group, accounts of which roles are required)
CASES: list[tuple[str, list[AccountState], tuple[int, int, int, int, int]]] = [
    ("nobody", [], (0, 0, 0, 0, 0)),
    # nobody is asked for at a target: coverage is not required, which is not full
    ("a target", [group(1, "target")], (0, 0, 0, 0, 0)),
    # three roles and nobody known
    ("nobody known", [group(1, "engaged")], (3, 0, 0, 0, 1)),
    # one person in two roles fills both
    ("one person in two roles", [group(1, "engaged", person(1, 5, EB, CH))], (3, 2, 2, 0, 1)),
    ("everybody", [group(1, "engaged", *ALL_OF_TIER_1)], (3, 3, 3, 1, 1)),
    # heard of 90 days ago still counts as engaged, 91 only as identified
    ("heard 90 days ago", [group(3, "mqa", person(1, 90, CH))], (1, 1, 1, 1, 1)),
    ("heard 91 days ago", [group(3, "mqa", person(1, 91, CH))], (1, 1, 0, 0, 1)),
    # never heard of
    ("never heard", [group(3, "mqa", person(1, None, CH))], (1, 1, 0, 0, 1)),
    # who left fills nothing
    ("left", [group(3, "mqa", person(1, 5, CH, left=True))], (1, 0, 0, 0, 1)),
    # a role that nobody asks for fills nothing
    ("another role", [group(3, "mqa", person(1, 5, BuyingRole.END_USER))], (1, 0, 0, 0, 1)),
    # an opportunity of tier 1 asks for two more
    ("an opportunity", [group(1, "opportunity", *ALL_OF_TIER_1)], (5, 3, 3, 0, 1)),
    # tier 2 asks for nobody before MQA
    ("tier 2, engaged", [group(2, "engaged", *ALL_OF_TIER_1)], (0, 0, 0, 0, 0)),
    # roles add up, accounts are counted one by one: 3 + 1 required, 3 + 0 engaged, 1 of 2 full
    ("two", [group(1, "engaged", *ALL_OF_TIER_1), group(3, "mqa")], (4, 3, 3, 1, 2)),
    # paused accounts are left out
    ("paused", [group(1, "engaged", *ALL_OF_TIER_1, list_status=ListStatus.PAUSED)], (0, 0, 0, 0, 0)),
]


@cases(("states", "numbers"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_coverage_is_as_worked_out_by_hand(states: list[AccountState], numbers: tuple[int, int, int, int, int]) -> None:
    found = coverage_of(of(*states))
    told = (found.required, found.identified, found.engaged, len(found.full), len(found.accounts))
    assert told == numbers
    assert (found.roles, found.share) == (Share(numbers[2], numbers[0]), Share(numbers[3], numbers[4]))


def test_gaps_are_told_by_role_those_of_most_accounts_first_and_tiers_apart() -> None:
    program = of(
        group(1, "engaged", person(1, 5, EB)), group(1, "engaged", person(1, 5, CH), person(2, 5, EB)), group(3, "mqa")
    )
    assert coverage_of(program, 1).gaps == ((TE, (1, 2)), (CH, (1,)))
    assert coverage_of(program).gaps == ((TE, (1, 2)), (CH, (1, 3)))
    # tier 1 expects three active roles; of tier 3 none are expected
    assert coverage_of(program).too_few_active == (1, 2)
    assert [each.tier for each in coverage(program)] == [1, 3]
