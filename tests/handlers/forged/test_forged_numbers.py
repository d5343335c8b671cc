"""Numbers that no button or form here carries, other workspaces' among them: nothing is found or recorded."""

from dataclasses import replace
from itertools import cycle, product

import pytest

from agendas.pages.accounts import pick_value
from tests.builders import EVE
from tests.cases import cases
from tests.handlers import payloads
from tests.handlers.acts import Acts, Route
from tests.handlers.forged.forging import GONE, OTHER_VERSION, entered, opened, said_to
from tests.handlers.local_bot import ZED, LocalBot
from tests.handlers.mutations import Foreign

pytestmark = pytest.mark.asyncio(loop_scope="module")


NUMBERED = (
    "agenda.move",
    "agenda.no_change",
    "account.move",
    "account.details",
    "agenda.details",
    "account.history",
    "account.share",
    "review.close",
    "undo",
)


WORDS = [*NUMBERED, "account.pick", "ask.pick", "abm.list_more", "abm.people_more", "corrections.choose"]
ODD = ["x", "-1", "1e3", "9" * 30, "\u0661", "[" * 5_000, '{"account_id": "7", "text": "x"}']


@cases(("word", "value"), [*zip(WORDS, cycle(ODD), strict=False), *product(("account.details", "account.pick"), ODD)])
async def test_a_button_that_carries_something_else_is_of_another_version(
    at: LocalBot, acts: Acts, caplog: pytest.LogCaptureFixture, word: str, value: str
) -> None:
    said = await said_to(at, _pressed(acts, at, ("button", word), value), caplog)
    assert OTHER_VERSION in said


def _pressed(acts: Acts, at: LocalBot, route: Route, value: str) -> payloads.Payload:
    payload = replace(acts, actor=EVE, number=at.number()).of(route)
    payload["actions"] = [payload["actions"][0] | {"value": value}]
    return payload


@cases("word", [*NUMBERED, "account.pick", "people.edit", "corrections.choose"])
async def test_a_button_with_the_number_of_another_workspace_finds_nothing(
    at: LocalBot, acts: Acts, caplog: pytest.LogCaptureFixture, foreign: Foreign, word: str
) -> None:
    number = {"agenda": foreign.item_id, "account": foreign.account_id, "undo": foreign.event_id}
    number |= {"review": foreign.review_id}
    values = {"account.pick": pick_value(foreign.account_id, "/move "), "people.edit": ZED}
    values["corrections.choose"] = f"{foreign.account_id} 0"
    value = values.get(word) or str(number[word.split(".", maxsplit=1)[0]])
    said = await said_to(at, _pressed(acts, at, ("button", word), value), caplog)
    assert "Zenith" not in said
    assert "views.open" not in said
    assert any(
        each in said
        for each in (GONE, "not kept any more", "not in the history", "not known here", "is closed already")
    ), said


@cases("form", ["movement", "blocker", "next_action", "decision", "edit_account", "list_change"])
async def test_a_form_about_an_account_of_another_workspace_finds_none(
    at: LocalBot, acts: Acts, caplog: pytest.LogCaptureFixture, foreign: Foreign, form: str
) -> None:
    said = await said_to(at, opened(acts, at, form, account_id=foreign.account_id), caplog)
    assert GONE in said


async def test_a_blocker_and_an_action_of_another_workspace_cannot_be_closed(
    at: LocalBot, acts: Acts, caplog: pytest.LogCaptureFixture, foreign: Foreign
) -> None:
    for number in foreign.numbers:
        said = await said_to(at, entered(acts, at, "blocker", **{f"open/{number}": "resolved"}), caplog)
        assert "That blocker is resolved already." in said
        said = await said_to(at, entered(acts, at, "next_action", **{f"was/{number}": "done"}), caplog)
        assert "That next action is closed already." in said
