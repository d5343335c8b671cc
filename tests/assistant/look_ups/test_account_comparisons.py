"""Accounts of the stored world side by side, and their cards."""

import pytest

from agendas.errors import NoAccount, NotUnderstood
from agendas.facts.account import ListStatus
from assistant.query import Field, Form
from storage.database import Store
from tests.assistant.look_ups.looking import ask
from tests.assistant.world import ACCOUNTS, PEOPLE
from tests.cases import cases

NORA, TOMAS = PEOPLE["nora"].user_id, PEOPLE["tomas"].user_id


def test_a_comparison_says_which_is_ahead_first_and_then_each_fact_side_by_side(world: Store) -> None:
    first, header, *rows = ask(world, Form.COMPARE, "corvane", "maple-insurance").splitlines()
    assert first == "Corvane Logistics is bigger: USD 420,000 against USD 310,000."
    assert header.split("  ")[-1].strip() == "Maple Insurance"
    assert [row.split("  ")[0] for row in rows][:4] == ["Tier", "Stage", "State", "Owner"]
    of_stage = ask(world, Form.COMPARE, "brightwater", "maple", fields=(Field.STAGE,)).splitlines()
    assert of_stage[0] == "Brightwater Energy is further: MQA, claimed, no evidence, 6/14 d against engaged, 45/45 d."
    assert len(of_stage) == 3
    of_days = ask(world, Form.COMPARE, "fennimore", "corvane", fields=(Field.CLOSE_DATE,)).splitlines()
    assert of_days[0] == "Corvane Logistics closes first: 25 Dec against 29 Jan 2027."
    smaller = ask(world, Form.COMPARE, "corvane", "maple", fields=(Field.VALUE,), is_lowest=True).splitlines()
    assert smaller[0] == "Maple is smaller: USD 90,000 against USD 420,000."
    equal = ask(world, Form.COMPARE, "vantor", "etoile", fields=(Field.STAGE,)).splitlines()
    assert equal[0] == "Equal: engaged, 8/45 d and engaged, 17/45 d."


def test_amounts_of_two_currencies_are_not_called_bigger(world: Store) -> None:
    first = ask(world, Form.COMPARE, "corvane", "kestrel", fields=(Field.VALUE,)).splitlines()[0]
    assert first == "Corvane Logistics: value USD 420,000 · Kestrel Airways: value EUR 390,000"
    assert ask(world, Form.COMPARE, "corvane", "kestrel").startswith("Corvane Logistics is further: opportunity, ")


def test_groups_are_compared_by_their_numbers_and_amounts(world: Store) -> None:
    first, header, accounts, *_ = ask(world, Form.COMPARE, tiers=(1, 2)).splitlines()
    assert first.startswith("Tier 1: 6 accounts, USD 1,520,000 and EUR 390,000 · Tier 2: 9 accounts, ")
    assert header.split() == ["Tier", "1", "Tier", "2"]
    assert accounts.split() == ["Accounts", "6", "9"]
    by_pipeline = ask(world, Form.COMPARE, tiers=(1, 2), fields=(Field.PIPELINE, Field.FIT)).splitlines()
    assert by_pipeline[-1] == "Not looked at for accounts: fit."
    assert ask(world, Form.COMPARE, owners=(NORA, TOMAS)).startswith("Yours: 4 accounts, USD 820,000 · @Tomas's: 6")


def test_one_account_is_compared_with_none(world: Store) -> None:
    with pytest.raises(NotUnderstood, match="Name two accounts"):
        ask(world, Form.COMPARE, "corvane")


def test_a_card_of_one_account_is_short_and_of_several_a_line_each_in_the_order_asked(world: Store) -> None:
    first, *lines = ask(world, Form.CARD, "corvane").splitlines()
    assert first == ":red_circle: *Corvane Logistics* needs intervention · Tier 1 · USD 420k · @Nora, @Inês"
    assert (
        "Contract 6/21 d · buyer silent 2/10 d · closes 25 Dec (pushed twice) · engagement 3 (was 0, no trend)" in lines
    )
    assert len(lines) < 14
    assert "Paused 16 Nov: Merger until spring" in ask(world, Form.CARD, "sable")
    assert "claimed" in ask(world, Form.CARD, "brightwater")
    said = ask(world, Form.CARD, "maple-insurance", "corvane").splitlines()
    assert [line.split(" ")[1] for line in said] == ["Maple", "Corvane"]


@cases("key", ["corvane", "brightwater", "sable", "juniper", "rusk", "pilot-grove", "next-labs"])
def test_an_account_of_any_status_is_answered_about_in_every_form(key: str, world: Store) -> None:
    for form in (Form.CARD, Form.LIST, Form.COUNT, Form.YES_NO, Form.WHY, Form.WHEN, Form.WHO):
        assert ACCOUNTS[key].name in ask(world, form, key)


@cases("form", [Form.CARD, Form.FIELD, Form.LIST, Form.YES_NO, Form.WHY, Form.WHEN, Form.WHO])
def test_an_account_that_the_asker_may_not_see_is_none(form: Form, world: Store) -> None:
    with pytest.raises(NoAccount):
        ask(world, form, "orrin", asker="nora")
    assert "Orrin Rail" in ask(world, form, "orrin", asker="priya")


def test_an_account_that_the_asker_may_not_see_is_in_no_list_number_or_sum(world: Store) -> None:
    asked = {"segments": ("Transport",), "tiers": (2,), "statuses": (ListStatus.NAMED,)}
    for form, seen, hidden in ((Form.COUNT, "2 accounts", "1 account"), (Form.LIST, "Orrin", "1 account")):
        assert seen in ask(world, form, asker="priya", **asked)
        assert hidden in ask(world, form, asker="nora", **asked)
        assert "Orrin" not in ask(world, form, asker="nora", **asked)
