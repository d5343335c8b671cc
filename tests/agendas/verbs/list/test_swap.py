"""A finite list: one account too many is refused, and swapped for another in one step."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from agendas.errors import FieldProblems, Outdated, Refused
from agendas.facts.account import ListStatus
from agendas.rules.account_list import Full, NoRoom
from agendas.verbs import account_list, corrections
from agendas.verbs.account_list import Swap, find_leavers, swap
from storage.database import Store
from storage.models.workspaces import Workspace
from tests.agendas.verbs.asking import state
from tests.builders import ANN, BOB, EVE, NOW, WORKSPACE, profile
from tests.program import Program, learn_people

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def program(store: Store) -> Program:
    """Three candidates and tier 1 full with two: Globex, which nobody owns, and Acme."""
    learn_people(store)
    set_caps(store, {"tier.1.cap": 2, "tier.2.cap": 1})
    program = Program(store)
    for name, owner in (("Acme", ANN), ("Globex", None), ("Initrode", BOB), ("Umbra", BOB), ("Vandelay", ANN)):
        wanted = profile(name, owner=owner)
        program.accounts[name] = program.did(account_list.nominate, ANN, NOW, wanted, because="x").event.account_id
    for name in ("Acme", "Globex"):
        put(program, name, 1)
    return program


def set_caps(store: Store, caps: dict[str, int]) -> None:
    with store.writing() as session:
        session.get_one(Workspace, WORKSPACE).settings = caps


def put(program: Program, name: str, tier: int) -> Any:
    return program.did(account_list.put_on_list, EVE, NOW, program.accounts[name], tier=tier, because="Agreed")


def standing(program: Program) -> dict[str, tuple[str, int | None]]:
    states = {name: state(program, name) for name in program.accounts}
    return {
        name: (each.list_status.value, each.tier) for name, each in states.items() if each.list_status != "candidate"
    }


def wanted(program: Program, comes: str = "Initrode", leaves: str = "Globex", becomes: str = "paused") -> Swap:
    return Swap(program.accounts[comes], 1, "They grew", program.accounts[leaves], becomes, "Their freeze goes on")


def test_one_account_too_many_is_refused_with_who_could_leave(program: Program) -> None:
    with pytest.raises(NoRoom) as none:
        put(program, "Initrode", 1)
    assert none.value.full == Full(1, 2, 2)
    assert none.value.leavers == (), "ranked in the write"
    leavers = program.read(find_leavers, none.value, now=NOW, zone="UTC")
    assert [each.name for each in leavers] == ["Globex", "Acme"]
    assert leavers[0].reasons == (("no_owner", 0, 0),)
    assert standing(program) == {"Acme": ("named", 1), "Globex": ("named", 1)}


def test_an_owner_has_a_cap_of_their_own_and_only_theirs_could_leave(program: Program) -> None:
    set_caps(program.store, {"tier.1.owner_cap": 1})
    with pytest.raises(NoRoom) as none:
        put(program, "Vandelay", 1)
    assert none.value.full == Full(1, 1, 1, ANN)
    assert [each.name for each in program.read(find_leavers, none.value, now=NOW, zone="UTC")] == ["Acme"]
    put(program, "Initrode", 1)


def test_a_paused_account_comes_back_only_when_there_is_room_and_a_tier_is_changed_only_then(program: Program) -> None:
    program.did(account_list.pause, EVE, NOW, program.accounts["Acme"], because="Merger")
    put(program, "Initrode", 1)
    with pytest.raises(NoRoom):
        program.did(account_list.restore, EVE, NOW, program.accounts["Acme"], because="Done")
    put(program, "Umbra", 2)
    with pytest.raises(NoRoom):
        put(program, "Umbra", 1)
    with pytest.raises(NoRoom):
        put(program, "Initrode", 2)


def test_taking_back_a_departure_whose_place_is_taken_is_refused(program: Program) -> None:
    paused = program.did(account_list.pause, EVE, NOW, program.accounts["Acme"], because="Merger")
    put(program, "Initrode", 1)
    with pytest.raises(Refused, match="Acme would be in tier 1 again, which is full by now with 2 accounts") as refused:
        program.did(corrections.take_back, EVE, LATER, paused.event.id)
    assert state(program, "Acme").list_status is ListStatus.PAUSED
    assert str(refused.value).endswith("To swap it for another one: /account restore Acme because TEXT.")
    with pytest.raises(NoRoom):
        program.did(account_list.restore, EVE, LATER, program.accounts["Acme"], because="Back")


def test_a_swap_into_a_tier_below_that_is_full_changes_nothing(program: Program) -> None:
    put(program, "Umbra", 2)
    before = standing(program)
    with pytest.raises(FieldProblems, match="Tier 2 is full too, with 1 accounts"):
        program.did(swap, EVE, NOW, wanted(program, becomes="next_tier"))
    assert standing(program) == before


def test_two_accounts_change_places_between_full_tiers(program: Program) -> None:
    put(program, "Umbra", 2)
    program.did(swap, EVE, NOW, wanted(program, comes="Umbra", becomes="next_tier"))
    assert standing(program) == {"Acme": ("named", 1), "Globex": ("named", 2), "Umbra": ("named", 1)}


def test_of_two_editors_who_swap_the_same_account_at_once_one_wins_and_the_other_is_told(program: Program) -> None:
    wishes = [wanted(program, comes) for comes in ("Initrode", "Umbra")]
    with ThreadPoolExecutor(2) as threads:
        done = [threads.submit(program.did, swap, who, NOW, each) for who, each in zip((EVE, BOB), wishes, strict=True)]
    (told,) = [error for each in done if (error := each.exception()) is not None]
    assert isinstance(told, Outdated)
    assert str(told).startswith("Globex is paused since 24 Nov: somebody was quicker, so nothing was swapped.")
    assert sum(status == ("named", 1) for status in standing(program).values()) == 2


def test_two_who_name_accounts_at_once_do_not_both_get_the_last_place(program: Program) -> None:
    program.did(account_list.remove, EVE, NOW, program.accounts["Globex"], because="Acquired")
    with ThreadPoolExecutor(3) as threads:
        done = [threads.submit(put, program, name, 1) for name in ("Initrode", "Umbra", "Vandelay")]
    assert sorted(isinstance(each.exception(), NoRoom) for each in done) == [False, True, True]


def test_an_account_is_not_swapped_with_itself_or_with_none(program: Program) -> None:
    for other in (program.accounts["Initrode"], 9_999):
        with pytest.raises(Outdated):
            program.did(swap, EVE, NOW, replace(wanted(program), leaver_id=other))
