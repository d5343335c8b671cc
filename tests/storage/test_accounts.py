from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agendas.rules.reviews import in_scope
from agendas.verbs.loading import account_state
from storage import account_items, accounts, imports
from storage.database import Store
from storage.models.accounts import BlockerRow
from tests.builders import ANN, BOB, CLEO, WORKSPACE
from tests.program import Program, stored_program

SCOPES: tuple[dict[str, list[Any]], ...] = (
    {},
    {"tiers": [], "owners": [], "segments": [], "account_ids": []},
    {"tiers": [1]},
    {"tiers": [1, 2], "owners": [ANN]},
    {"owners": [BOB, CLEO]},
    {"segments": ["Retail"]},
    {"segments": ["Retail"], "tiers": [3]},
    {"account_ids": [1, 3, 5, 6]},
    {"account_ids": [1, 2], "owners": [BOB]},
)


@pytest.fixture
def program(store: Store) -> Program:
    """Accounts of three tiers, three owners and two segments; one is paused, one a candidate."""
    return stored_program(store)


def test_the_query_for_a_scope_finds_the_accounts_that_the_rule_takes(program: Program) -> None:
    states = [account_state(row) for row in program.read(imports.every_account)]
    by_query = [{row.row_id for row in program.read(accounts.in_scope, **scope)} for scope in SCOPES]
    assert by_query == [{state.account_id for state in states if in_scope(state, scope)} for scope in SCOPES]
    assert 0 < len(by_query[2]) < len(by_query[0])


def test_what_was_closed_at_the_close_of_a_review_is_not_what_was_closed_after_it(program: Program) -> None:
    account_id, closed_at = program.accounts["acme"], datetime(2026, 11, 24, 15, tzinfo=UTC)
    with program.store.writing() as session:
        session.add(
            BlockerRow(
                id=900,
                account_id=account_id,
                text="No budget",
                opened_at=closed_at,
                resolved_at=closed_at,
                workspace_id=WORKSPACE,
            )
        )
    at_once = program.store.read_now(account_items.of_accounts, [account_id], closed_at)
    before = program.store.read_now(account_items.of_accounts, [account_id], closed_at - timedelta(seconds=1))
    assert [900 in {row.id for row in found[account_id].blockers} for found in (at_once, before)] == [False, True]


def test_the_query_for_a_scope_finds_no_account_of_another_workspace(program: Program) -> None:
    assert program.store.read_now(accounts.in_scope, "T0OTHER") == []
    assert program.read(accounts.in_scope)
