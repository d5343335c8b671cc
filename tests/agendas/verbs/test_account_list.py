from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from agendas.errors import FieldProblems, Outdated, Refused
from agendas.facts.account import ListStatus
from agendas.rules.account_list import Full, NoRoom
from agendas.verbs import account_list, corrections, reads
from agendas.verbs.account_list import Swap, edit, find_leavers, nominate, pause, put_on_list, reject, remove, swap
from storage.database import Store
from storage.models.workspaces import Workspace
from tests.agendas.verbs.test_fit import state
from tests.builders import ANN, BOB, EVE, NOW, WORKSPACE, profile
from tests.cases import cases
from tests.program import Program, learn_people, people_alone

# The named list: each way on, off and back, with its reason, and what is refused.

VERBS = {
    "name": (put_on_list, {"tier": 1}),
    "pause": (pause, {}),
    "remove": (remove, {}),
    "reject": (reject, {}),
    "restore": (account_list.restore, {}),
}
ALLOWED = {
    "candidate": {"name": "named", "remove": "removed", "reject": "rejected"},
    "named": {"pause": "paused", "remove": "removed"},
    "paused": {"name": "named", "remove": "removed", "restore": "named"},
    "removed": {"restore": "candidate"},
    "rejected": {"restore": "candidate"},
}
WAY_TO = {
    "candidate": (),
    "named": ("name",),
    "paused": ("name", "pause"),
    "removed": ("name", "remove"),
    "rejected": ("reject",),
}


@pytest.fixture
def program(store: Store) -> Program:
    return people_alone(store)


def nominated(program: Program, name: str = "Acme Corp", **values: Any) -> int:
    number: int = program.did(nominate, ANN, NOW, profile(name, **values), because="x").event.account_id
    return number


def change(program: Program, word: str, account_id: int) -> ListStatus:
    verb, values = VERBS[word]
    status: ListStatus = program.did(verb, EVE, NOW, account_id, because="x", **values).after.list_status
    return status


@pytest.mark.parametrize("status", ALLOWED)
def test_each_status_can_be_left_only_in_its_ways(program: Program, status: str) -> None:
    for word in VERBS:
        number = nominated(program, f"Company {word}", domain="")
        for step in WAY_TO[status]:
            change(program, step, number)
        if word in ALLOWED[status]:
            assert change(program, word, number) == ALLOWED[status][word]
        else:
            with pytest.raises(Refused):
                change(program, word, number)


def test_a_tier_is_changed_and_not_to_itself(program: Program) -> None:
    number = nominated(program)
    change(program, "name", number)
    with pytest.raises(Refused, match="named in tier 1 already"):
        change(program, "name", number)
    moved = program.did(put_on_list, EVE, NOW, number, tier=3, because="Smaller")
    assert (moved.before.tier, moved.after.tier) == (1, 3)
    assert moved.after.named_at == moved.before.named_at


@pytest.fixture
def with_acme(program: Program) -> Program:
    nominated(program, aliases=("AC",))
    return program


@cases(
    "taken",
    [
        {"name": "Acme Corp"},
        {"name": "ACME  corp."},
        {"name": "“Acme Corp”"},
        {"name": "Other", "domain": "www.acme.example"},
        {"name": "Other", "aliases": ("AC",)},
        {"name": "ac"},
    ],
)
def test_a_name_domain_or_alias_that_is_taken_is_refused(with_acme: Program, taken: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="Acme Corp already answers to"):
        with_acme.did(nominate, ANN, NOW, profile(**({"domain": ""} | taken)), because="x")


@cases("name", ["", "  ", "\u200b", '"', "<>", ", '"])
def test_a_name_that_nobody_can_type_is_refused(program: Program, name: str) -> None:
    with pytest.raises(Refused, match="Give a name with letters or digits"):
        program.did(nominate, ANN, NOW, profile("Foo", domain="", aliases=(name,)), because="x")


@pytest.mark.parametrize("name", ["x" * 120, "株" * 120, "🚀" * 120])
def test_a_name_of_120_characters_is_kept_and_a_longer_one_refused(program: Program, name: str) -> None:
    number = nominated(program, name, domain="")
    assert program.read(reads.find_exact, name) == number
    with pytest.raises(Refused, match="The name has 121 characters; write at most 120"):
        nominated(program, name + "y", domain="")


def test_an_account_that_does_not_exist_is_outdated(program: Program) -> None:
    for word in VERBS:
        with pytest.raises(Outdated):
            change(program, word, 9_999)


def test_the_same_name_nominated_by_two_at_once_is_one_account(program: Program) -> None:
    with ThreadPoolExecutor(4) as threads:
        done = [threads.submit(nominated, program) for _ in range(4)]
        refused = [each for each in done if isinstance(each.exception(), Refused)]
    assert len(refused) == 3


def test_edits_and_nominations_at_once_wait_for_each_other_without_a_deadlock(program: Program) -> None:
    number = nominated(program, domain="")

    def edited(turn: int) -> None:
        program.did(edit, ANN, NOW, number, profile(segment=f"Segment {turn}", domain=""))

    with ThreadPoolExecutor(8) as threads:
        edits = [threads.submit(edited, turn) for turn in range(12)]
        again = [threads.submit(nominated, program, domain="") for _ in range(12)]
        assert all(each.exception() is None for each in edits)
        assert all(isinstance(each.exception(), Refused) for each in again)


# A finite list: one account too many is refused, and swapped for another in one step.

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def full_list(store: Store) -> Program:
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


def test_one_account_too_many_is_refused_with_who_could_leave(full_list: Program) -> None:
    with pytest.raises(NoRoom) as none:
        put(full_list, "Initrode", 1)
    assert none.value.full == Full(1, 2, 2)
    assert none.value.leavers == (), "ranked in the write"
    leavers = full_list.read(find_leavers, none.value, now=NOW, zone="UTC")
    assert [each.name for each in leavers] == ["Globex", "Acme"]
    assert leavers[0].reasons == (("no_owner", 0, 0),)
    assert standing(full_list) == {"Acme": ("named", 1), "Globex": ("named", 1)}


def test_an_owner_has_a_cap_of_their_own_and_only_theirs_could_leave(full_list: Program) -> None:
    set_caps(full_list.store, {"tier.1.owner_cap": 1})
    with pytest.raises(NoRoom) as none:
        put(full_list, "Vandelay", 1)
    assert none.value.full == Full(1, 1, 1, ANN)
    assert [each.name for each in full_list.read(find_leavers, none.value, now=NOW, zone="UTC")] == ["Acme"]
    put(full_list, "Initrode", 1)


def test_a_paused_account_comes_back_only_when_there_is_room_and_a_tier_is_changed_only_then(full_list: Program):
    full_list.did(account_list.pause, EVE, NOW, full_list.accounts["Acme"], because="Merger")
    put(full_list, "Initrode", 1)
    with pytest.raises(NoRoom):
        full_list.did(account_list.restore, EVE, NOW, full_list.accounts["Acme"], because="Done")
    put(full_list, "Umbra", 2)
    with pytest.raises(NoRoom):
        put(full_list, "Umbra", 1)
    with pytest.raises(NoRoom):
        put(full_list, "Initrode", 2)


def test_taking_back_a_departure_whose_place_is_taken_is_refused(full_list: Program) -> None:
    paused = full_list.did(account_list.pause, EVE, NOW, full_list.accounts["Acme"], because="Merger")
    put(full_list, "Initrode", 1)
    with pytest.raises(Refused, match="Acme would be in tier 1 again, which is full by now with 2 accounts") as refused:
        full_list.did(corrections.take_back, EVE, LATER, paused.event.id)
    assert state(full_list, "Acme").list_status is ListStatus.PAUSED
    assert str(refused.value).endswith("To swap it for another one: /account restore Acme because TEXT.")
    with pytest.raises(NoRoom):
        full_list.did(account_list.restore, EVE, LATER, full_list.accounts["Acme"], because="Back")


def test_a_swap_into_a_tier_below_that_is_full_changes_nothing(full_list: Program) -> None:
    put(full_list, "Umbra", 2)
    before = standing(full_list)
    with pytest.raises(FieldProblems, match="Tier 2 is full too, with 1 accounts"):
        full_list.did(swap, EVE, NOW, wanted(full_list, becomes="next_tier"))
    assert standing(full_list) == before


def test_two_accounts_change_places_between_full_tiers(full_list: Program) -> None:
    put(full_list, "Umbra", 2)
    full_list.did(swap, EVE, NOW, wanted(full_list, comes="Umbra", becomes="next_tier"))
    assert standing(full_list) == {"Acme": ("named", 1), "Globex": ("named", 2), "Umbra": ("named", 1)}


def test_of_two_editors_who_swap_the_same_account_at_once_one_wins_and_the_other_is_told(full_list: Program) -> None:
    wishes = [wanted(full_list, comes) for comes in ("Initrode", "Umbra")]
    with ThreadPoolExecutor(2) as threads:
        done = [
            threads.submit(full_list.did, swap, who, NOW, each) for who, each in zip((EVE, BOB), wishes, strict=True)
        ]
    (told,) = [error for each in done if (error := each.exception()) is not None]
    assert isinstance(told, Outdated)
    assert str(told).startswith("Globex is paused since 24 Nov: somebody was quicker, so nothing was swapped.")
    assert sum(status == ("named", 1) for status in standing(full_list).values()) == 2


def test_two_who_name_accounts_at_once_do_not_both_get_the_last_place(full_list: Program) -> None:
    full_list.did(account_list.remove, EVE, NOW, full_list.accounts["Globex"], because="Acquired")
    with ThreadPoolExecutor(3) as threads:
        done = [threads.submit(put, full_list, name, 1) for name in ("Initrode", "Umbra", "Vandelay")]
    assert sorted(isinstance(each.exception(), NoRoom) for each in done) == [False, True, True]


def test_an_account_is_not_swapped_with_itself_or_with_none(full_list: Program) -> None:
    for other in (full_list.accounts["Initrode"], 9_999):
        with pytest.raises(Outdated):
            full_list.did(swap, EVE, NOW, replace(wanted(full_list), leaver_id=other))
