"""Input elements: initial state, state after input, and the checks of Slack's client."""

from typing import Any

import pytest

from sandbox.blocks import NotPossible, carry_over, entered, initial_state
from sandbox.client import field_errors
from sandbox.workspace import View
from tests.sandbox.block_kit import actions, container, field, modal, option, options, select, text_input

USERS = {"type": "multi_users_select"}
CHECKS = {"type": "checkboxes", "options": options(3)}


def drawn(element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return field(element | {"action_id": "a"}, block_id="b", **more)


@pytest.mark.parametrize(
    ("element", "state"),
    [
        (text_input(initial_value="x"), {"value": "x"}),
        (text_input(), {"value": None}),
        (select(initial_option=option(1)), {"selected_option": option(1)}),
        (select(), {"selected_option": None}),
        (select("users_select", initial_user="U1"), {"selected_user": "U1"}),
        (select("conversations_select"), {"selected_conversation": None}),
        (USERS, {"selected_users": []}),
        (CHECKS | {"initial_options": [option(2)]}, {"selected_options": [option(2)]}),
        (CHECKS, {"selected_options": []}),
        ({"type": "datepicker", "initial_date": "2026-12-04"}, {"selected_date": "2026-12-04"}),
        ({"type": "timepicker"}, {"selected_time": None}),
        ({"type": "file_input"}, {"files": []}),
    ],
)
def test_a_field_starts_with_its_initial_value_or_null(element: dict[str, Any], state: dict[str, Any]) -> None:
    assert initial_state([drawn(element)]) == {"b": {"a": {"type": element["type"], **state}}}


@pytest.mark.parametrize(
    ("element", "value", "state"),
    [
        (text_input(), "x", {"value": "x"}),
        (text_input(), "", {"value": None}),
        (select(), "1", {"selected_option": option(1)}),
        (select(), None, {"selected_option": None}),
        (CHECKS, ["0", "2"], {"selected_options": [option(0), option(2)]}),
        (USERS, ["U1", "U2"], {"selected_users": ["U1", "U2"]}),
        (USERS, None, {"selected_users": []}),
        ({"type": "datepicker"}, "2026-12-04", {"selected_date": "2026-12-04"}),
        ({"type": "timepicker"}, "09:30", {"selected_time": "09:30"}),
    ],
)
def test_input_is_stored_as_slack_sends_it(element: dict[str, Any], value: Any, state: dict[str, Any]) -> None:
    assert entered(element, value) == {"type": element["type"], **state}


@pytest.mark.parametrize(
    ("element", "value"),
    [
        (select(), "9"),
        (text_input(), ["a", "b"]),
        ({"type": "datepicker"}, "4 Dec"),
        ({"type": "timepicker"}, "25:00"),
        ({"type": "button"}, "x"),
    ],
)
def test_the_client_offers_nothing_else(element: dict[str, Any], value: Any) -> None:
    with pytest.raises(NotPossible):
        entered(element, value)


def test_an_update_keeps_what_was_entered_where_ids_and_types_are_the_same() -> None:
    old = {"b": {"a": {"type": "plain_text_input", "value": "mine"}}}
    assert carry_over(old, [drawn(text_input(initial_value="new"))])["b"]["a"]["value"] == "mine"
    assert carry_over(old, [drawn(select())])["b"]["a"] == {"type": "static_select", "selected_option": None}
    moved = drawn(text_input()) | {"block_id": "other"}
    assert carry_over(old, [moved])["other"]["a"]["value"] is None


def test_inputs_inside_containers_and_actions_keep_state_but_buttons_do_not() -> None:
    row = actions(select(action_id="s"), {"type": "button", "action_id": "go"}) | {"block_id": "row"}
    state = initial_state([container(drawn(text_input()), row)])
    assert {block_id: list(entries) for block_id, entries in state.items()} == {"b": ["a"], "row": ["s"]}


@pytest.mark.parametrize(
    ("element", "value", "sentence"),
    [
        (text_input(min_length=3), "ab", "Enter at least 3 characters; this has 2."),
        (text_input(max_length=1), "ab", "Enter at most 1 characters; this has 2."),
        (text_input(), "x" * 3001, "Enter at most 3000 characters; this has 3001."),
    ],
)
def test_the_client_refuses_a_value_of_the_wrong_form(element: dict[str, Any], value: str, sentence: str) -> None:
    block = drawn(element)
    view = View("V1", "U1", modal(block), "h", "V1")
    view.state = {"b": {"a": entered(block["element"], value)}}
    assert field_errors(view) == {"b": sentence}
