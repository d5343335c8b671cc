from dataclasses import replace

import pytest

from agendas.errors import FieldProblems
from agendas.facts.events import Profile
from agendas.facts.narrative import Justification
from agendas.rendering.words import Words
from agendas.verbs.account_list import ListWord, Swap
from handlers import account_list
from handlers.edge.incoming import inputs_of
from tests.builders import BOB, account
from tests.cases import cases
from tests.handlers.filling import filled
from tests.handlers.form_samples import ORIGIN, facts, no_room


def test_a_profile_reads_back_as_it_was() -> None:
    had = account().profile
    had = replace(had, value_cents=12_345_67, currency="EUR", aliases=("AC", "Acme"), our_executive=BOB, crm_id="77")
    view = account_list.build_edit(facts(account(profile=had)))
    assert account_list.read_profile(filled(view), had) == had
    why = account().justification
    assert account_list.read_justification(filled(view), why) == why


def test_a_field_that_does_not_come_back_empties_nothing_and_one_that_was_emptied_does() -> None:
    had = replace(account().profile, segment="Retail", our_executive=BOB, value_cents=100_00, currency="EUR")
    view = filled(account_list.build_edit(facts(account(profile=had))))
    for name in ("segment", "our_executive", "value", "aliases", "channel", "posts_agenda"):
        del view["state"]["values"][name]
    assert account_list.read_profile(view, had) == had
    emptied = filled(account_list.build_edit(facts(account(profile=had))), segment="", value="")
    assert account_list.read_profile(emptied, had) == replace(had, segment="", value_cents=None, currency="")


@cases(
    ("typed", "cents", "currency"),
    [
        ("", None, ""),
        ("250k EUR", 25_000_000, "EUR"),
        ("EUR 250 000", 25_000_000, "EUR"),
        ("1.5m usd", 150_000_000, "USD"),
        ("1250.50", 125_050, ""),
        ("1'250", 125_000, ""),
        ("1,250.50 USD", 125_050, "USD"),
        ("1,5", 150, ""),
        ("1,5m EUR", 150_000_000, "EUR"),
        ("1.2345M", 123_450_000, ""),
        ("€ 12k", 1_200_000, "EUR"),
        ("5 MXN", 500, "MXN"),
    ],
)
def test_a_value_is_read_in_the_ways_people_write_it(typed: str, cents: int | None, currency: str) -> None:
    view = account_list.build_nomination(ORIGIN, {})
    read = account_list.read_profile(filled(view, name="Foo", value=typed), Profile(name=""))
    assert (read.value_cents, read.currency) == (cents, currency)


@cases(
    "typed",
    ["lots", "12 zorkmids", "1.2.3", "-5", "EUR", "9" * 40, "9" * 12 + "k", "12.500", "250k lots of money", "k"],
)
def test_a_value_that_cannot_be_read_is_refused(typed: str) -> None:
    view = account_list.build_nomination(ORIGIN, {})
    with pytest.raises(FieldProblems) as problems:
        account_list.read_profile(filled(view, name="Foo", value=typed), Profile(name=""))
    assert list(problems.value.fields) == ["value"]


def test_a_list_change_needs_its_tier_and_its_reason() -> None:
    for word in ListWord:
        view = account_list.build_change(facts(account(), replace(ORIGIN, subject=word), {}))
        with pytest.raises(FieldProblems) as problems:
            account_list.read_change(filled(view), word)
        assert set(problems.value.fields) == ({"tier", "because"} if word in ("name", "tier") else {"because"})


def test_the_forms_that_give_a_tier_ask_for_the_further_parts_with_those_that_stand_and_no_other_does() -> None:
    state = account(justification=Justification("400 seats", "Renews in April"))
    for word in ListWord:
        view = account_list.build_change(facts(state, replace(ORIGIN, subject=word), {}))
        asked = {block["block_id"]: block["element"].get("initial_value") for block in inputs_of(view)}
        if word not in (ListWord.NAME, ListWord.TIER):
            assert asked.keys() == {"because"}
            continue
        assert (asked["why_now"], asked["motion"]) == ("Renews in April", None)
        _, read = account_list.read_change(filled(view, tier="1", because="They grew", motion=" Our CFO calls "), word)
        assert read == {"because": "They grew", "why_now": "Renews in April", "motion": "Our CFO calls"}


def test_a_nomination_needs_why_this_account_and_takes_why_now_and_the_motion() -> None:
    view = account_list.build_nomination(ORIGIN, {})
    with pytest.raises(FieldProblems) as problems:
        account_list.read_nomination(filled(view, name="Foo", why_now="Their lease ends"))
    assert problems.value.fields == {"because": "Say in a sentence why this account."}
    entered = {"because": "400 seats", "why_now": "Their lease ends", "motion": ""}
    assert account_list.read_nomination(filled(view, name="Foo", **entered)) == (Profile("Foo"), entered)


def test_the_form_of_the_justification_keeps_what_others_wrote_and_refuses_an_empty_reason() -> None:
    had = Justification("400 seats", "Renews in April")
    view = account_list.build_justification(facts(account(justification=had)))
    meanwhile = replace(had, why_account="450 seats")
    entered = account_list.read_justification(filled(view, motion="Our CFO calls theirs"), meanwhile)
    assert entered == Justification("450 seats", "Renews in April", "Our CFO calls theirs")
    with pytest.raises(FieldProblems) as problems:
        account_list.read_justification(filled(view, why_now="In May"), replace(had, why_now="In June"))
    assert list(problems.value.fields) == ["why_now"]
    with pytest.raises(FieldProblems) as problems:
        account_list.read_justification(filled(view, why_account=" "), had)
    assert problems.value.fields == {"why_account": account_list.NO_REASON}


def test_a_swap_reads_back_and_tier_3_has_no_next_tier() -> None:
    view = account_list.build_swap(no_room("Acme Corp"), Words(), ORIGIN)
    read = account_list.read_swap_form(
        filled(view, leaver="9", becomes="next_tier", leaver_because="Cut", because=" They grew ")
    )
    assert read == Swap(7, 1, "They grew", 9, "next_tier", "Cut")
    further = {"leaver_because": "Cut", "because": "They grew", "why_now": "In April", "motion": "Our CFO calls"}
    assert account_list.read_swap_form(filled(view, leaver="9", becomes="paused", **further)).motion == "Our CFO calls"
    (becomes,) = [
        each
        for each in account_list.build_swap(no_room("Acme", 3), Words(), ORIGIN)["blocks"]
        if each.get("block_id") == "becomes"
    ]
    assert [each["value"] for each in becomes["element"]["options"]] == ["paused", "removed"]


def test_a_swap_wants_both_accounts_reasons() -> None:
    view = account_list.build_swap(no_room("Acme Corp"), Words(), ORIGIN)
    with pytest.raises(FieldProblems) as wrong:
        account_list.read_swap_form(filled(view, leaver="", leaver_because=" ", because=""))
    assert set(wrong.value.fields) == {"leaver", "leaver_because", "because"}
