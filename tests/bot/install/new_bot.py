"""The bot before a look-alike Slack that has not installed it yet."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from cryptography.fernet import Fernet

from bot.clock import ShiftedClock
from bot.settings import Settings
from bot.wiring import Cadence
from sandbox.server import Sandbox
from sandbox.workspace import User
from storage import people, workspaces
from storage.models.workspaces import Workspace

KEY = Fernet.generate_key().decode()


@dataclass(frozen=True)
class NewBot:
    """The bot before a look-alike Slack that has not installed it yet."""

    sandbox: Sandbox
    cadence: Cadence
    clock: ShiftedClock

    def __post_init__(self) -> None:
        after_write = self.cadence.store.after_write
        self.cadence.store.after_write = lambda: (after_write(), self.sandbox.changed.happened())[0]

    @property
    def address(self) -> str:
        """The bot's own URL."""
        return f"http://127.0.0.1:{self.cadence.port}"

    def user(self, name: str) -> User:
        """Return the person of this name."""
        return self.sandbox.person(name).user

    async def workspace(self) -> Workspace | None:
        """Return the workspace as stored."""
        return await self.cadence.store.read(workspaces.get, self.sandbox.workspace.team.id)

    async def admins(self) -> list[str]:
        """Return the names of the admins."""
        found = await self.cadence.store.read(people.admins, self.sandbox.workspace.team.id)
        return sorted(self.sandbox.workspace.users[each.user_id].name for each in found)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Returns once this holds, looked at after every call of the bot and every write to its database."""
        assert await self.sandbox.changed.until(holds)

    async def has_met_everybody(self) -> None:
        """Returns once the people are stored; the write comes after the call that the sandbox sees."""
        team_id = self.sandbox.workspace.team.id
        await self.until(lambda: bool(self.sandbox.calls("users.list")))
        store = self.cadence.store
        await self.until(lambda: store.read_now(people.find, team_id, self.user("ben").id) is not None)


def settings_for(database_url: str, **more: Any) -> Settings:
    settings = Settings(
        signing_secret="shared-secret",
        client_id="1.2",
        client_secret="app-secret",
        secret_key=KEY,
        database_url=database_url,
        port=0,
    )
    return replace(settings, **more)


def of_sandbox(sandbox: Sandbox, database_url: str) -> Settings:
    return settings_for(
        database_url,
        signing_secret=sandbox.signing_secret,
        client_id=sandbox.slack.client_id,
        client_secret=sandbox.slack.client_secret,
        slack_api_url=sandbox.api_url,
        admins=(sandbox.person("ben").id, sandbox.person("eli").id, "U0ELSEWHERE"),
    )
