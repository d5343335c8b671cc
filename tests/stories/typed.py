"""Open actions that are typed, read back, and chosen by their buttons."""

from sandbox.blocks import elements_of
from sandbox.testing import Seen
from tests.stories.team import CHANNEL, Team


def actions(team: Team, name: str = "Initech") -> dict[str, str]:
    """The open next actions of the account, by text, with the day each is due."""
    return {action.text: f"{action.due_on:%-d %b}" for action in team.state(name).open_actions}


async def two_actions(team: Team) -> dict[str, int]:
    """Initech with two open next actions of Ann's, their ids by text; today is Tuesday 24 November."""
    await team.knows("Initech")
    await team.ann.types("/next initech Call the CFO by fri", in_=CHANNEL)
    await team.ann.types("/next initech Send the deck 4 dec", in_=CHANNEL)
    assert actions(team) == {"Call the CFO": "27 Nov", "Send the deck": "4 Dec"}
    return {action.text: action.id for action in team.state("Initech").open_actions}


async def picks(team: Team, number: int, *, on: Seen) -> None:
    assert on.message is not None
    action = f"account.pick/{number}"
    elements = [each for block in on.message.blocks for each in elements_of(block)]
    value = next(each["value"] for each in elements if each.get("action_id") == action)
    await team.presses(team.ann, action, value, on=on)
    await team.quiet()
