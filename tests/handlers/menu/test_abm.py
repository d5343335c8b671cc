"""/abm runs every other command behind one word, also after an account was picked among the nearest."""

import json
from dataclasses import replace
from typing import Any

from tests.builders import EVE
from tests.handlers.acts import Acts
from tests.handlers.local_bot import LocalBot, local_bot
from tests.program import Program


def typed(at: LocalBot, acts: Acts, text: str) -> dict[str, Any]:
    return replace(acts, actor=EVE, number=at.number()).of(("command", "/abm")) | {"text": text}


def buttons(answer: Any) -> list[dict[str, Any]]:
    """The buttons of an answer."""
    blocks = json.loads(answer.body)["blocks"]
    return [element for block in blocks for element in block.get("elements", ()) if element["type"] == "button"]


async def test_another_command_behind_abm_does_as_by_itself(program: Program, acts: Acts) -> None:
    async with local_bot(program.store) as at:
        assert "Recorded" in str((await at.takes(typed(at, acts, "move acme they called"))).body)
        assert "Acme Corp" in str((await at.takes(typed(at, acts, "account acme"))).body)
        assert "is not a word of this command" in str((await at.takes(typed(at, acts, "moove acme"))).body)


async def test_an_account_picked_for_a_command_behind_abm_runs_that_command(program: Program, acts: Acts) -> None:
    async with local_bot(program.store) as at:
        offered = await at.takes(typed(at, acts, "move globx they called"))
        value = next(each["value"] for each in buttons(offered) if each["action_id"].startswith("account.pick"))
        picking = replace(acts, actor=EVE, number=at.number(), values=acts.values | {"account.pick": value})
        await at.takes(picking.of(("button", "account.pick")))
        assert "Recorded" in at.slack.told()


async def test_a_second_account_that_is_not_known_either_is_asked_about_in_turn(program: Program, acts: Acts) -> None:
    async with local_bot(program.store) as at:
        offered = await at.takes(typed(at, acts, "review now globx, umbr foods"))
        value = next(each["value"] for each in buttons(offered) if each["action_id"].startswith("account.pick"))
        picking = replace(acts, actor=EVE, number=at.number(), values=acts.values | {"account.pick": value})
        await at.takes(picking.of(("button", "account.pick")))
        assert "Umber Foods" in at.slack.told()
