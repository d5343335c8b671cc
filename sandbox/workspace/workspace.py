"""The workspace: its team, app, people, channels, files, views, trigger ids and response URLs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.workspace.changes import Changes
from sandbox.workspace.channels import Channel, Kind
from sandbox.workspace.files import File
from sandbox.workspace.manifest import Manifest
from sandbox.workspace.messages import Message
from sandbox.workspace.response_urls import ResponseUrls
from sandbox.workspace.trigger_ids import Triggers
from sandbox.workspace.users import User
from sandbox.workspace.views import Views

Now = Callable[[], datetime]
_ID_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Team:
    """The id, name and domain of the workspace."""

    id: str
    name: str
    domain: str

    @property
    def url(self) -> str:
        """The workspace's address, ending in a slash."""
        return f"https://{self.domain}.slack.com/"


class Workspace:
    """The state of one workspace, in memory; ``changes.happened()`` is called after every change.

    ``bot`` is the app's user; ``is_installed`` is false after the app was uninstalled. ``prompts`` and ``statuses``
    are those of assistant threads, by (channel id, thread ts).
    """

    def __init__(self, manifest: Manifest, now: Now) -> None:
        self.manifest = manifest
        self.now = now
        self.ids = Ids()
        self.changes = Changes()
        self.team = Team(id=self.ids.new("T"), name="Sandbox", domain="sandbox-sample")
        self.app_id = self.ids.new("A")
        self.bot_id = self.ids.new("B")
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.views = Views()
        self.triggers = Triggers(self._clock)
        self.response_urls = ResponseUrls(self._clock)
        self.statuses: dict[tuple[str, str], str] = {}
        self.is_installed = True
        self.prompts: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self._last_ts = 0
        self.bot = self._add_bot()

    def add_user(self, name: str, **traits: Any) -> User:
        """Add a person; ``traits`` are fields of ``User``. A ``team_id`` of another workspace makes an external."""
        traits.setdefault("team_id", self.team.id)
        traits.setdefault("real_name", name.replace(".", " ").title())
        traits.setdefault("email", f"{name}@sandbox.example")
        user = User(id=self.ids.new("U"), name=name, **traits)
        self.users[user.id] = user
        self.changes.happened()
        return user

    def add_channel(self, name: str, *, kind: Kind = "public", members: list[str], shared: bool = False) -> Channel:
        """Add a channel with these user ids in it."""
        channel = Channel(
            id=self.ids.new("D" if kind == "im" else "C"),
            name=name,
            kind=kind,
            created=int(self.now().timestamp()),
            creator=members[0] if members else self.bot.id,
            members=list(members),
            is_shared=shared,
        )
        self.channels[channel.id] = channel
        self.changes.happened()
        return channel

    def im(self, user_id: str, other_id: str | None = None) -> Channel:
        """Return the direct message of this person with the bot or another person; create it if needed."""
        known = self.known_im(user_id, other_id)
        return known or self.add_channel("directmessage", kind="im", members=[user_id, other_id or self.bot.id])

    def known_im(self, user_id: str, other_id: str | None = None) -> Channel | None:
        """Return the direct message of this person with the bot or another person, None when there is none."""
        both = [user_id, other_id or self.bot.id]
        conversations = (each for each in self.channels.values() if each.is_im)
        return next((each for each in conversations if sorted(each.members) == sorted(both)), None)

    def new_ts(self) -> str:
        """Return a new message ts by the workspace's clock, unique and increasing."""
        moment = int(self.now().timestamp() * 1_000_000)
        self._last_ts = max(moment, self._last_ts + 100)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def store(self, message: Message) -> Message:
        """Add a message to its channel; a reply marks its root as a thread and gets ``parent_user_id``."""
        channel = self.channels[message.channel_id]
        channel.messages.append(message)
        root = channel.message(message.thread_ts or "") if message.is_reply else None
        if root is not None:
            message.parent_user_id = root.user_id
            if message.ephemeral_to is None:
                root.thread_ts = root.ts
        self.changes.happened()
        return message

    def user_named(self, name: str) -> User | None:
        """Return the person with this handle, None when there is none."""
        return next((user for user in self.users.values() if user.name == name), None)

    def channel_named(self, name: str) -> Channel | None:
        """Return the channel with this name (with or without ``#``), None when there is none."""
        wanted = name.removeprefix("#")
        return next((c for c in self.channels.values() if c.name == wanted and not c.is_im), None)

    def _clock(self) -> datetime:
        """Return the present instant, also after ``now`` was replaced."""
        return self.now()

    def _add_bot(self) -> User:
        bot = User(
            id=self.ids.new("U"),
            team_id=self.team.id,
            name=self.manifest.bot_name.lower().replace(" ", "_"),
            real_name=self.manifest.bot_name,
            is_bot=True,
            bot_id=self.bot_id,
            app_id=self.app_id,
        )
        self.users[bot.id] = bot
        return bot


class Ids:
    """Generates ids such as ``U0SB0000A1``: a prefix, then a number that never repeats."""

    def __init__(self) -> None:
        self._count = 0

    def new(self, prefix: str) -> str:
        """Return a new id with this prefix (``U``, ``C``, ``D``, ``V``, ``T`` ...)."""
        self._count += 1
        number, digits = self._count, ""
        while number:
            number, rest = divmod(number, 36)
            digits = _ID_DIGITS[rest] + digits
        return f"{prefix}0SB{digits.rjust(7, '0')}"
