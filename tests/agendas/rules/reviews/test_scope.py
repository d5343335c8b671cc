from dataclasses import replace

from agendas.facts.account import ListStatus
from agendas.rules.reviews import in_scope
from tests.builders import ANN, BOB, account, profile
from tests.cases import cases

ACME = account(account_id=7, tier=1, profile=profile(segment="Retail"))


@cases(
    ("scope", "expected"),
    [
        ({}, True),
        ({"tiers": [], "owners": [], "segments": [], "account_ids": []}, True),
        ({"tiers": [1, 2]}, True),
        ({"tiers": [2]}, False),
        ({"owners": [ANN]}, True),
        ({"owners": [BOB]}, False),
        ({"segments": ["Retail"]}, True),
        ({"segments": ["Banks"]}, False),
        ({"account_ids": [7]}, True),
        ({"account_ids": [8]}, False),
        ({"tiers": [1], "owners": [BOB]}, False),
    ],
)
def test_an_account_is_in_scope_when_it_fits_every_part_that_is_given(scope: dict, expected: bool) -> None:
    assert in_scope(ACME, scope) is expected


@cases("status", [status for status in ListStatus if status is not ListStatus.NAMED])
def test_only_named_accounts_are_in_scope(status: ListStatus) -> None:
    assert not in_scope(replace(ACME, list_status=status), {})
