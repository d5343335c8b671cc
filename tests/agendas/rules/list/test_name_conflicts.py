"""Which accounts cannot have the names that they would get."""

from agendas.rules.account_list import names_taken
from tests.cases import cases


@cases(
    ("wanted", "holders", "taken"),
    [
        ({}, {}, set()),
        ({1: {"a"}}, {}, set()),
        ({1: {"a"}}, {"a": {1}}, set()),
        ({1: {"a"}}, {"a": {2}}, {1}),
        ({1: {"a"}}, {"a": {1, 2}}, set()),
        ({1: {"a"}, 2: {"b"}}, {"a": {2}, "b": {1}}, set()),
        ({1: {"a"}, 2: {"a"}}, {"a": {2}}, {1}),
        ({1: {"a"}, 2: {"b"}}, {"a": {2}, "b": {3}}, {1, 2}),
        ({1: {"a"}, 2: {"b"}, 3: {"c"}}, {"a": {2}, "b": {3}, "c": {4}}, {1, 2, 3}),
    ],
    ids=[
        "nobody",
        "free",
        "its own",
        "of another",
        "shared already",
        "two that swap",
        "kept by its holder",
        "of one that must keep it",
        "of one that must keep it, and so on",
    ],
)
def test_a_name_is_taken_that_another_account_has_and_keeps(
    wanted: dict[int, set[str]], holders: dict[str, set[int]], taken: set[int]
) -> None:
    assert names_taken(wanted, holders) == taken
