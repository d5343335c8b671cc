import pytest

from agendas.errors import NotUnderstood, Outdated, UnknownAccount
from agendas.facts.account import ListStatus
from agendas.facts.events import Profile
from agendas.facts.found import AccountFilter
from agendas.facts.reviews import Bucket
from agendas.verbs import account_list as account_list_verbs
from agendas.verbs import reads
from agendas.verbs.reads import account_list
from storage.database import Store
from tests.builders import ANN, NOW, ZONE, profile
from tests.cases import cases
from tests.program import Program, stored_program

WHEN = {"now": NOW, "zone": ZONE}


def names(items) -> list[str]:
    return [item.facts.account.name for item in items]


@cases(
    ("typed", "short"),
    [
        ("acme", "acme"),
        ("ACME corp", "acme"),
        ("acme.example", "acme"),
        ("https://www.acme.example/about", "acme"),
        ("uf", "umber"),
        ("larch &amp; sons", "larch"),
        ("Pinewood", "pinewood"),
    ],
)
def test_an_account_is_found_by_name_alias_domain_or_beginning(store: Store, typed: str, short: str) -> None:
    program = stored_program(store)
    assert program.read(reads.split_account, typed) == (program.accounts[short], "")


@cases(
    ("text", "short", "rest"),
    [
        ("acme corp legal is stuck", "acme", "legal is stuck"),
        ("acme legal is stuck", "acme", "legal is stuck"),
        ('"Umber Foods": keen', "umber", "keen"),
        ("Larch &amp; Sons   two\nlines", "larch", "two\nlines"),
        ("globex", "globex", ""),
    ],
)
def test_the_account_is_split_from_the_words_after_it(store: Store, text: str, short: str, rest: str) -> None:
    program = stored_program(store)
    assert program.read(reads.split_account, text) == (program.accounts[short], rest)


def test_this_is_the_account_whose_own_channel_it_is_typed_in(program: Program) -> None:
    initrode = program.accounts["initrode"]
    program.did(account_list_verbs.edit, ANN, NOW, initrode, profile("Initrode", channel_id="C0INITROD"))
    assert program.read(reads.split_account, "This", channel_id="C0INITROD") == (initrode, "")
    assert program.read(reads.split_account, "this is stuck", channel_id="C0INITROD") == (initrode, "is stuck")
    for channel_id in ("", "C0WEEKLY1"):
        with pytest.raises(NotUnderstood, match="write the account's name"):
            program.read(reads.split_account, "this", channel_id=channel_id)
        with pytest.raises(NotUnderstood):
            program.read(reads.split_account, "this is stuck", channel_id=channel_id)


def test_an_account_in_the_possessive_is_found_with_any_apostrophe_and_one_called_so_by_its_own_name(
    program: Program,
) -> None:
    named = {
        name: program.did(account_list_verbs.nominate, ANN, NOW, Profile(name), because="Fits").event.account_id
        for name in ("Acme Ltd", "O'Neill Freight", "Macy's", "Levi's Jeans", "Levi Works")
    }
    for text, name in (
        ("Acme Ltd's lawyer signed", "Acme Ltd"),
        ("the CFO of Acme Ltd\u2019s parent wrote", "Acme Ltd"),
        ("O'Neill's CFO replied", "O'Neill Freight"),
        ("O\u2019Neill\u2019s CFO replied", "O'Neill Freight"),
        ("O\u2019Neill Freight\u02bcs CFO", "O'Neill Freight"),
        ("Macy\u2019s signed", "Macy's"),
        ("Levi's Jeans's plan", "Levi's Jeans"),
        ("Levi Works' plan", "Levi Works"),
    ):
        assert program.read(reads.find_in_text, text) == named[name], text
    with pytest.raises(UnknownAccount):
        program.read(reads.find_in_text, "Acme's lawyer signed")
    assert program.read(reads.find_in_text, "Initrode's lawyer signed") == program.accounts["initrode"]
    with pytest.raises(UnknownAccount):
        program.read(reads.find_in_text, "Macy's and Initrode's lawyers met")


def test_a_card_shows_the_account_against_its_last_held_review(program: Program) -> None:
    item = program.read(reads.account_card, program.accounts["initrode"], **WHEN)
    assert item.placement.bucket is Bucket.NEEDS_INTERVENTION
    assert item.facts.since is not None
    assert item.facts.before is not None
    with pytest.raises(Outdated):
        program.read(reads.account_card, 999, **WHEN)


def test_an_account_of_another_workspace_is_never_shown(program: Program) -> None:
    with pytest.raises(Outdated):
        program.store.read_now(reads.account_card, "T0OTHER01", program.accounts["acme"], **WHEN)
    with pytest.raises(UnknownAccount):
        program.store.read_now(reads.split_account, "T0OTHER01", "acme")
    assert program.store.read_now(account_list, "T0OTHER01", **WHEN).items == ()


def test_the_list_goes_by_tier_and_name_with_candidates_last(program: Program) -> None:
    items = program.read(account_list, **WHEN).items
    assert names(items) == ["Acme Corp", "Globex", "Initrode", "Umber Foods", "Larch & Sons", "Pinewood"]
    assert [item.facts.account.list_status for item in items][-2:] == [ListStatus.PAUSED, ListStatus.CANDIDATE]
    assert names(program.read(account_list, wanted=AccountFilter((2,)), **WHEN).items) == ["Initrode", "Umber Foods"]


def test_removed_and_rejected_accounts_leave_the_list_but_can_be_found(program: Program) -> None:
    program.did(account_list_verbs.remove, ANN, NOW, program.accounts["acme"], because="Acquired")
    assert "Acme Corp" not in names(program.read(account_list, **WHEN).items)
    assert program.read(reads.split_account, "acme") == (program.accounts["acme"], "")
