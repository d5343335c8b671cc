"""The forms of an account's profile, place on the list, narrative and product input read back what was entered."""

from dataclasses import replace

import pytest

from agendas.errors import FieldProblems, Outdated
from agendas.facts.events import Profile
from agendas.facts.group import BuyingRole
from agendas.facts.narrative import Narrative, NarrativeVersion
from agendas.facts.product import ProductField, ProductInputGiven
from agendas.rendering.words import Words
from agendas.verbs.list.swap import Swap
from handlers.modals import list_change, narrative, product, profile, swap
from handlers.modals.fields import origin_of
from tests.builders import ANN, BOB, NOW, account
from tests.handlers.filling import filled
from tests.handlers.form_samples import ORIGIN, no_room


def test_a_profile_reads_back_as_it_was() -> None:
    had = account().profile
    had = replace(had, value_cents=12_345_67, currency="EUR", aliases=("AC", "Acme"), our_executive=BOB, crm_id="77")
    view = profile.build_edit(account(profile=had), ORIGIN, {})
    assert profile.read(filled(view), had) == (had, "")


@pytest.mark.parametrize(
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
    view = profile.build_nomination(ORIGIN, {})
    read, _ = profile.read(filled(view, name="Foo", value=typed), Profile(name=""))
    assert (read.value_cents, read.currency) == (cents, currency)


@pytest.mark.parametrize(
    "typed",
    ["lots", "12 zorkmids", "1.2.3", "-5", "EUR", "9" * 40, "9" * 12 + "k", "12.500", "250k lots of money", "k"],
)
def test_a_value_that_cannot_be_read_is_refused(typed: str) -> None:
    view = profile.build_nomination(ORIGIN, {})
    with pytest.raises(FieldProblems) as problems:
        profile.read(filled(view, name="Foo", value=typed), Profile(name=""))
    assert list(problems.value.fields) == ["value"]


def test_a_list_change_needs_its_tier_and_its_reason() -> None:
    for word in list_change.WORDS:
        view = list_change.build(account(), replace(ORIGIN, subject=word), {})
        with pytest.raises(FieldProblems) as problems:
            list_change.read(filled(view), word)
        assert set(problems.value.fields) == ({"tier", "because"} if word in ("name", "tier") else {"because"})


def test_a_swap_reads_back_and_tier_3_has_no_next_tier() -> None:
    view = swap.build(no_room("Acme Corp"), Words(), ORIGIN)
    read = swap.read(filled(view, leaver="9", becomes="next_tier", leaver_because="Cut", because=" They grew "))
    assert read == Swap(7, 1, "They grew", 9, "next_tier", "Cut")
    (becomes,) = [
        each for each in swap.build(no_room("Acme", 3), Words(), ORIGIN)["blocks"] if each.get("block_id") == "becomes"
    ]
    assert [each["value"] for each in becomes["element"]["options"]] == ["paused", "removed"]


def test_a_swap_wants_both_accounts_reasons() -> None:
    view = swap.build(no_room("Acme Corp"), Words(), ORIGIN)
    with pytest.raises(FieldProblems) as wrong:
        swap.read(filled(view, leaver="", becomes="sold", leaver_because=" ", because=""))
    assert set(wrong.value.fields) == {"leaver", "becomes", "leaver_because", "because"}


def test_a_narrative_reads_back_as_it_was_and_what_was_typed_and_not_saved_comes_first() -> None:
    told = Narrative("Their lease ends in March", "Two sites", "", "A day", (BuyingRole.CHAMPION,))
    state = account(narrative=NarrativeVersion(told, 3, NOW, ANN))
    view = narrative.build(state, ORIGIN, {})
    assert narrative.read(filled(view)) == told
    assert origin_of(view).account_id == 7
    assert narrative.read(filled(narrative.build(state, ORIGIN, {"ask": "An hour"}))) == replace(told, ask="An hour")
    assert narrative.shown_in(view) == NOW
    assert narrative.shown_in(narrative.build(account(), ORIGIN, {})) is None
    for subject in ("3", "2026-11-24T15:00:00"):
        with pytest.raises(Outdated):
            narrative.shown_in(view | {"private_metadata": f'{{"subject": "{subject}"}}'})


def test_what_product_adds_reads_back_with_its_link_as_evidence() -> None:
    view = product.build(account(), ORIGIN, {})
    entry = product.read(
        filled(view, field="proof", text=" Nine weeks ", reference=" Globex  Ltd ", link="https://a.example/1"), NOW
    )
    assert entry.given == ProductInputGiven(ProductField.PROOF, "Nine weeks", "Globex Ltd")
    assert entry.link is not None
    assert (entry.link.url, entry.link.dated_at) == ("https://a.example/1", NOW)
    assert product.read(filled(view, field="feedback", text="Offline mode"), NOW).link is None


@pytest.mark.parametrize(
    "link", ["a.example/1", "see https://a.example/1", "https://a.example https://b.example", "no"]
)
def test_what_is_no_link_is_refused_beside_its_field_and_a_field_has_to_be_chosen(link: str) -> None:
    with pytest.raises(FieldProblems) as refused:
        product.read(filled(product.build(account(), ORIGIN, {}), text="x", link=link), NOW)
    assert refused.value.fields == {
        "field": "Choose what it is.",
        "link": "Write one whole address that begins with https://, or leave it empty.",
    }
