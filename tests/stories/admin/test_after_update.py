"""After an update that needs more of Slack, admins get one message; a restart brings no other."""

from sqlmodel import Session

from bot.clock import ShiftedClock, SystemClock
from sandbox.server import Sandbox
from storage import workspaces
from tests.stories.team import Team, team_at_work

UPDATED = "Cadence was updated, and asks Slack for more than before."


def told(team: Team) -> list[str]:
    return [line for line in team.direct_words(team.ann) if UPDATED in line]


async def test_an_update_is_told_of_once_with_what_stays_off_and_what_to_do(
    sandbox_before_work: Sandbox, story_database_url: str
) -> None:
    sandbox, clock = sandbox_before_work, ShiftedClock(SystemClock())

    def as_before(session: Session) -> None:
        """The workspace as the version before left it."""
        workspace = workspaces.get(session, sandbox.workspace.team.id)
        assert workspace is not None
        workspace.manifest_told = 1

    counts = []
    for turn in range(3):
        async with team_at_work(sandbox, clock, setting="sqlite socket", database_url=story_database_url) as team:
            await team.quiet()
            counts.append(len(told(team)))
            if turn == 0:
                await team.store.write(as_before)
    assert counts == [0, 1, 1]
    [notice] = told(team)
    assert "pausing reviews at once where Cadence was removed from their channel" in notice
    assert "(channel_left, group_left, channel_deleted and group_deleted)" in notice
    assert "paste the new app.yaml under App Manifest, save, and install the app in this workspace again" in notice
    assert team.direct_words(team.bob) == []
