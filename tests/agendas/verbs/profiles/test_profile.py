"""A profile is changed from the one that stands, and only full members are put in charge."""

from dataclasses import replace

import pytest

from agendas.errors import NotAMember, Refused
from agendas.facts.events import IN_CHARGE, Profile
from agendas.verbs.account_list import ListWord, change_list
from agendas.verbs.profiles import change_profile, nominate
from storage.database import Store
from tests.builders import ANN, BOB, EVE, NOW
from tests.program import Program, stored_program


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


def test_a_change_begins_with_the_profile_that_stands(program: Program) -> None:
    acme = program.accounts["acme"]
    program.did(change_profile, ANN, NOW, acme, lambda had: replace(had, segment="Banks"))
    done = program.did(change_profile, BOB, NOW, acme, lambda had: replace(had, domain="acme.test"))
    assert (done.after.profile.segment, done.after.profile.domain) == ("Banks", "acme.test")
    with pytest.raises(Refused, match="Nothing differs"):
        program.did(change_profile, ANN, NOW, acme, lambda had: had)


@pytest.mark.parametrize("role", IN_CHARGE)
def test_nobody_but_a_full_member_is_put_in_charge(program: Program, role: str) -> None:
    with pytest.raises(NotAMember):
        program.did(change_profile, ANN, NOW, program.accounts["acme"], lambda had: replace(had, **{role: "U0NOBODY1"}))
    with pytest.raises(NotAMember):
        program.did(nominate, ANN, NOW, Profile("Corvus", **{role: "U0NOBODY1"}), because="They grew")
    done = program.did(nominate, ANN, NOW, Profile("Corvus", **{role: BOB}), because="They grew")
    assert getattr(done.after.profile, role) == BOB


def test_each_word_of_the_list_changes_it(program: Program) -> None:
    def changed(word: ListWord, name: str, tier: int | None = None) -> tuple[str, int | None]:
        after = program.did(change_list, EVE, NOW, program.accounts[name], word, tier=tier, because="Agreed").after
        return after.list_status.value, after.tier

    assert changed(ListWord.REJECT, "pinewood") == ("rejected", None)
    assert changed(ListWord.RESTORE, "pinewood") == ("candidate", None)
    assert changed(ListWord.NAME, "pinewood", 2) == ("named", 2)
    assert changed(ListWord.TIER, "pinewood", 3) == ("named", 3)
    assert changed(ListWord.PAUSE, "pinewood") == ("paused", 3)
    assert changed(ListWord.REMOVE, "acme") == ("removed", None)
