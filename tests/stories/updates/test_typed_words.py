"""Typed words do what they say, and what is not clear is asked about by buttons that keep what was typed."""

import pytest

from sandbox.testing.person import Seen
from tests.stories.team import CHANNEL, Team


def actions(team: Team, name: str = "Initech") -> dict[str, str]:
    """The open next actions of the account, by text, with the day each is due."""
    return {action.text: f"{action.due_on:%-d %b}" for action in team.state(name).open_actions}


async def two_actions(team: Team) -> int:
    """Initech with two open next actions of Ann's; today is Tuesday 24 November."""
    number = await team.knows("Initech")
    await team.ann.types("/next initech Call the CFO by fri", in_=CHANNEL)
    await team.ann.types("/next initech Send the deck 4 dec", in_=CHANNEL)
    assert actions(team) == {"Call the CFO": "27 Nov", "Send the deck": "4 Dec"}
    return number


@pytest.mark.parametrize("setting", ["sqlite socket", "postgres http"], indirect=True)
async def test_the_one_open_action_is_done_slipped_or_dropped_in_words(team: Team) -> None:
    await team.knows("Initech")
    for command, said, left in (
        ("/next initech slipped to 4.12. because legal is slow", "slipped", {"Call": "4 Dec"}),
        ("/abm next initech done They signed https://notes.example/1", "They signed", {}),
    ):
        if not actions(team):
            await team.ann.types("/next initech Call by fri", in_=CHANNEL)
        assert said in await team.ann.types(command, in_=CHANNEL)
        assert actions(team) == left
    await team.ann.types("/next initech Call by fri", in_=CHANNEL)
    assert "they bought elsewhere" in await team.ann.types(
        "/next initech dropped because they bought elsewhere", in_=CHANNEL
    )
    assert actions(team) == {}
    assert [event.kind for event in team.recorded()][-5:] == [
        *("action_added", "action_changed", "action_changed", "action_added", "action_changed"),
    ]


async def test_of_several_open_actions_each_has_a_button_that_keeps_text_and_date(team: Team) -> None:
    await two_actions(team)
    before = len(team.recorded())
    seen = await team.ann.types("/next initech slipped to 18 dec because legal is slow", in_=CHANNEL)
    assert seen.startswith("Initech has 2 open next actions. Which one slipped?")
    assert "Move to Fri 18 Dec" in seen
    assert len(team.recorded()) == before
    number = next(action.id for action in team.state("Initech").open_actions if action.text == "Call the CFO")
    await team.presses(team.ann, f"account.pick/{number}", button_value(seen, number), on=seen)
    await team.ann.sees("slipped to 18 Dec (Call the CFO): legal is slow", in_=CHANNEL)
    assert actions(team) == {"Call the CFO": "18 Dec", "Send the deck": "4 Dec"}


def button_value(seen: Seen, number: int) -> str:
    assert seen.message is not None
    elements = [each for block in seen.message.blocks for each in block.get("elements", ())]
    accessories = [block["accessory"] for block in seen.message.blocks if "accessory" in block]
    return next(each["value"] for each in (*elements, *accessories) if each["action_id"] == f"account.pick/{number}")
