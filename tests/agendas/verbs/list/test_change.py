"""The named list: each way on, off and back, with its reason, and what is refused."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from agendas.errors import Outdated, Refused
from agendas.facts.account import ListStatus
from agendas.verbs import reads
from agendas.verbs.account_list import edit, nominate, pause, put_on_list, reject, remove, restore
from storage.database import Store
from tests.builders import ANN, EVE, NOW, profile
from tests.cases import cases
from tests.program import Program, learn_people

VERBS = {
    "name": (put_on_list, {"tier": 1}),
    "pause": (pause, {}),
    "remove": (remove, {}),
    "reject": (reject, {}),
    "restore": (restore, {}),
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
    """A workspace with people and no account."""
    learn_people(store)
    return Program(store)


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
