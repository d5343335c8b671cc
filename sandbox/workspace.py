"""The state of the workspace, in memory: people, channels, messages, files, views, trigger ids."""

import asyncio
import mimetypes
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import yaml

from sandbox.blocks import copy_json
from sandbox.messages import FormState, Message

# Notice of changes in the workspace, without polling.

PATIENCE_SECONDS = 180.0
"""How long a test waits for an event: a busy machine may need most of it, so only what never comes reaches the end."""


class Changes:
    """Notifies waiters and listeners of every change in the workspace.

    ``version`` grows by one with every change; ``listeners`` are called at once, in the event loop.
    """

    def __init__(self) -> None:
        self.version = 0
        self.listeners: list[Callable[[], None]] = []
        self._waiting: set[asyncio.Future[None]] = set()

    def happened(self) -> None:
        """Count a change, end the waits of those who wait for one, and call the listeners."""
        self.version += 1
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)
        for listener in list(self.listeners):
            listener()

    async def until(self, holds: Callable[[], bool], *, seconds: float = PATIENCE_SECONDS) -> bool:
        """Wait until ``holds()`` is true, checked after every change; return False if it is not after ``seconds``."""
        try:
            async with asyncio.timeout(seconds):
                while not holds():
                    await self._wait_for_next()
        except TimeoutError:
            return holds()
        return True

    async def _wait_for_next(self) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)


# Channels and direct messages, as Slack's conversation object shows them.

Kind = Literal["public", "private", "im"]


@dataclass
class Channel:
    """One conversation and its messages.

    ``members`` are user ids in order of joining; an ``im`` has exactly two. ``messages`` holds
    all that were ever stored, in order of time, replies and ephemerals included (see ``Message``). ``is_read_only``:
    only managers may post. ``read_until`` is the ts of the last message that each user id has read.
    """

    id: str
    name: str
    kind: Kind
    created: int
    creator: str
    members: list[str] = field(default_factory=list)
    is_archived: bool = False
    is_shared: bool = False
    is_read_only: bool = False
    read_until: dict[str, str] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    @property
    def is_im(self) -> bool:
        return self.kind == "im"

    @property
    def is_private(self) -> bool:
        return self.kind != "public"

    @property
    def event_channel_type(self) -> str:
        """The ``channel_type`` of message events: channel, group or im."""
        return {"public": "channel", "private": "group", "im": "im"}[self.kind]

    def message(self, ts: str) -> Message | None:
        """Return the message with this ts, None when it is missing, deleted or ephemeral."""
        for message in reversed(self.messages):
            if message.ts == ts and not message.deleted and message.ephemeral_to is None:
                return message
        return None

    def replies(self, thread_ts: str) -> list[Message]:
        """Return the replies of a thread in order of time, without its root."""
        return [m for m in self.messages if m.thread_ts == thread_ts and m.ts != thread_ts and m.is_public]

    def visible_to(self, user_id: str) -> list[Message]:
        """Return the messages this person sees, in order: with replies and their ephemerals, without deleted ones."""
        return [m for m in self.messages if not m.deleted and m.ephemeral_to in (None, user_id)]


def channel_json(channel: Channel, *, viewer_id: str, team_id: str) -> dict[str, Any]:
    """Return the conversation object of ``conversations.info``, as seen by ``viewer_id``."""
    if channel.is_im:
        return _im_json(channel, viewer_id)
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.is_private,
        "created": channel.created,
        "creator": channel.creator,
        "is_archived": channel.is_archived,
        "is_general": False,
        "is_shared": channel.is_shared,
        "is_ext_shared": channel.is_shared,
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "context_team_id": team_id,
        "shared_team_ids": [team_id],
        "parent_conversation": None,
        "is_member": viewer_id in channel.members,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
        "unlinked": 0,
    }


def _im_json(channel: Channel, viewer_id: str) -> dict[str, Any]:
    """Return the direct message with its other side, in one with oneself the viewer."""
    other = next((member for member in channel.members if member != viewer_id), viewer_id)
    return {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_im": True,
        "is_org_shared": False,
        "user": other,
        "is_user_deleted": False,
        "priority": 0,
    }


# Files, as stored and as shown by the Web API and events.


@dataclass
class File:
    """One file: announced, then uploaded (``content`` is set), then shared in channels (their ids).

    ``size`` is the announced size in bytes, ``created`` in epoch seconds. ``was_submitted``: a person submitted it to
    the app with a form.
    """

    id: str
    user_id: str
    name: str
    title: str
    size: int
    created: int
    content: bytes | None = None
    is_complete: bool = False
    was_submitted: bool = False
    channel_ids: list[str] = field(default_factory=list)

    @property
    def media_type(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


def file_json(file: File, *, origin: str, team_id: str) -> dict[str, Any]:
    """Return the file object; its addresses need the bot's token."""
    address = f"{origin}/files-pri/{team_id}-{file.id}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.media_type,
        "filetype": file.name.rpartition(".")[2] if "." in file.name else "binary",
        "pretty_type": "",
        "user": file.user_id,
        "user_team": team_id,
        "editable": False,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{address}/{file.name}",
        "url_private_download": f"{address}/download/{file.name}",
        "permalink": f"{address}/{file.name}",
        "channels": list(file.channel_ids),
        "groups": [],
        "ims": [],
        "has_rich_preview": False,
        "file_access": "visible",
    }


# The app manifest, ``app.yaml``: the app's name, commands, shortcuts, scopes and events.

LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where PyYAML came with it: six times as fast."""


@dataclass(frozen=True)
class SlashCommand:
    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True)
class Shortcut:
    """A shortcut; ``type`` is ``message`` or ``global``."""

    name: str
    type: str
    callback_id: str
    description: str


@dataclass(frozen=True)
class Manifest:
    """The parts of a v2 app manifest that decide what a workspace offers and allows.

    ``optional_scopes`` are those of ``bot_scopes`` that whoever installs the app may decline.
    """

    name: str
    bot_name: str
    commands: dict[str, SlashCommand]
    shortcuts: dict[str, Shortcut]
    bot_scopes: frozenset[str]
    optional_scopes: frozenset[str]
    bot_events: frozenset[str]
    home_tab_enabled: bool
    messages_tab_enabled: bool
    is_agent: bool


def read_manifest(source: Path) -> Manifest:
    """Read the manifest from a YAML file; raises KeyError when a required part is missing."""
    declared: dict[str, Any] = yaml.load(source.read_text(encoding="utf-8"), LOADER)  # noqa: S506
    features = declared.get("features", {})
    home = features.get("app_home", {})
    events = declared.get("settings", {}).get("event_subscriptions", {})
    return Manifest(
        name=declared["display_information"]["name"],
        bot_name=features["bot_user"]["display_name"],
        commands={
            entry["command"]: SlashCommand(
                command=entry["command"],
                description=entry["description"],
                usage_hint=entry.get("usage_hint", ""),
                should_escape=bool(entry.get("should_escape")),
            )
            for entry in features.get("slash_commands", [])
        },
        shortcuts={
            entry["callback_id"]: Shortcut(
                name=entry["name"],
                type=entry["type"],
                callback_id=entry["callback_id"],
                description=entry["description"],
            )
            for entry in features.get("shortcuts", [])
        },
        bot_scopes=frozenset(declared["oauth_config"]["scopes"]["bot"]),
        optional_scopes=frozenset(declared["oauth_config"]["scopes"].get("bot_optional", [])),
        bot_events=frozenset(events.get("bot_events", [])),
        home_tab_enabled=bool(home.get("home_tab_enabled")),
        messages_tab_enabled=bool(home.get("messages_tab_enabled")),
        is_agent="agent_view" in features,
    )


# Response URLs: each takes five answers within thirty minutes by the workspace's clock.

Now = Callable[[], datetime]

RESPONSE_URL_LASTS = timedelta(minutes=30)
RESPONSE_URL_USES = 5


@dataclass
class ResponseUrl:
    """The target of a response URL.

    ``message_ts`` is the message whose button was pressed (None after a command), ``is_ephemeral`` is true when that
    message was ephemeral, ``thread_ts`` is its thread. ``refusal`` is the error of a void one, else empty.
    """

    user_id: str
    channel_id: str
    message_ts: str | None = None
    is_ephemeral: bool = False
    thread_ts: str | None = None
    uses_left: int = RESPONSE_URL_USES
    refusal: str = ""


class ResponseUrls:
    def __init__(self, now: Now) -> None:
        self._now = now
        self._known: dict[str, tuple[ResponseUrl, datetime]] = {}

    def new(self, target: ResponseUrl) -> str:
        """Return the path of a new response URL, below the sandbox's address."""
        path = f"/response/{secrets.token_urlsafe(16)}"
        self._known[path] = target, self._now()
        return path

    def take(self, path: str) -> ResponseUrl | str:
        """Use a response URL once; return its target or Slack's error: ``used_url``, ``expired_url``, the token's."""
        target, created_at = self._known.get(path, (None, self._now()))
        if target is None or self._now() - created_at >= RESPONSE_URL_LASTS:
            return "expired_url"
        if target.refusal:
            return target.refusal
        if target.uses_left == 0:
            return "used_url"
        target.uses_left -= 1
        return target

    def void(self, error: str) -> None:
        """Refuse all response URLs issued so far with this error from now on, because their token is gone."""
        for target, _ in self._known.values():
            target.refusal = target.refusal or error


# Trigger ids: each opens one view, for three seconds by the workspace's clock.

TRIGGER_LASTS = timedelta(seconds=3)


@dataclass
class Trigger:
    """The interaction behind a trigger id: person, time, and modal or channel (None where there was none)."""

    user_id: str
    created_at: datetime
    view_id: str | None = None
    channel_id: str | None = None
    used: bool = False


class Triggers:
    def __init__(self, now: Now) -> None:
        self._now = now
        self._known: dict[str, Trigger] = {}
        self._count = 0

    def new(self, user_id: str, *, view_id: str | None = None, channel_id: str | None = None) -> str:
        """Return a new trigger id for an interaction of this person."""
        self._count += 1
        trigger_id = f"{self._count}.{secrets.randbelow(10**9)}.{secrets.token_hex(16)}"
        self._known[trigger_id] = Trigger(user_id, self._now(), view_id=view_id, channel_id=channel_id)
        return trigger_id

    def take(self, trigger_id: str) -> Trigger | str:
        """Use up a trigger id; return its trigger, or Slack's error code when it is unknown, expired or used."""
        trigger = self._known.get(trigger_id)
        if trigger is None:
            return "invalid_trigger_id"
        if trigger.used:
            return "exchanged_trigger_id"
        if self._now() - trigger.created_at >= TRIGGER_LASTS:
            return "expired_trigger_id"
        trigger.used = True
        return trigger


# People and bots, as stored and as shown by the Web API.

ORGANISATION = "E0SAMPLES"


@dataclass
class User:
    """One user: a member, guest, external, deactivated account or bot.

    ``name`` is the handle (``ann``), ``real_name`` the full name, ``display_name`` the chosen name (the handle unless
    given). ``team_id`` differs from the workspace's own for people of another workspace. In an organisation
    (Enterprise Grid) people have one id in all of ``teams``, their workspaces, and one ``team_id``: one of them, or
    empty where Slack leaves it out. ``tz`` is an IANA zone. ``quiet_times`` is a do-not-disturb window, from and to in
    epoch seconds, that comes again every day.
    """

    id: str
    team_id: str
    name: str
    real_name: str
    tz: str = "Etc/UTC"
    email: str | None = None
    display_name: str = ""
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False
    bot_id: str | None = None
    app_id: str | None = None
    updated: int = 0
    quiet_times: tuple[int, int] | None = None
    teams: tuple[str, ...] = ()

    @property
    def is_guest(self) -> bool:
        return self.is_restricted or self.is_ultra_restricted

    @property
    def author_team_id(self) -> str:
        """The team shown as the author's in a shared channel: the organisation, else the workspace."""
        return ORGANISATION if self.teams else self.team_id

    def is_external_to(self, team_id: str) -> bool:
        return team_id not in (self.team_id, *self.teams)


def user_json(user: User, *, now: datetime, home_team_id: str, with_email: bool) -> dict[str, Any]:
    """Return the user object of ``users.info``; a deactivated user has no zone, an external no locale or email."""
    is_external = user.is_external_to(home_team_id)
    shown: dict[str, Any] = {
        "id": user.id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "profile": _profile(user, with_email=with_email and not is_external),
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": user.updated,
    }
    if user.team_id:
        shown["team_id"] = user.team_id
    if user.teams:
        organisation = {"enterprise_id": ORGANISATION, "enterprise_name": "Samples", "teams": list(user.teams)}
        shown["enterprise_user"] = {"id": user.id, **organisation, "is_admin": False, "is_owner": False}
    if is_external:
        shown["is_stranger"] = user.is_stranger
    if user.deleted:
        return shown
    return shown | _fields_unless_deactivated(user, now)


def _fields_unless_deactivated(user: User, now: datetime) -> dict[str, Any]:
    local = now.astimezone(ZoneInfo(user.tz))
    offset = local.utcoffset()
    return {
        "color": "4bbe2e",
        "tz": user.tz,
        "tz_label": local.tzname() or user.tz,
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }


def _profile(user: User, *, with_email: bool) -> dict[str, Any]:
    profile: dict[str, Any] = {
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.display_name or user.name,
        "display_name_normalized": user.display_name or user.name,
        "avatar_hash": "g000000000",
        "title": "",
    }
    if user.team_id:
        profile["team"] = user.team_id
    if with_email and user.email is not None:
        profile["email"] = user.email
    if user.is_bot:
        profile |= {"bot_id": user.bot_id, "api_app_id": user.app_id, "always_active": True}
    return profile


# Views: open modals, in one stack per person, and published Homes.

MODALS_PER_STACK = 3


@dataclass
class View:
    """One view shown to a person.

    ``given`` is the app's view with block and action ids filled in. ``state`` is the person's input: block id, then
    action id, then the element's state as Slack sends it; an untouched field has its initial value or null.
    ``errors`` are the sentences below fields (block id to text) after a refused submission; ``notice`` is the sentence
    above the form after the app failed to answer.
    """

    id: str
    user_id: str
    given: dict[str, Any]
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    is_open: bool = True
    state: FormState = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    notice: str | None = None

    @property
    def is_modal(self) -> bool:
        return bool(self.given["type"] == "modal")

    @property
    def blocks(self) -> list[dict[str, Any]]:
        blocks: list[dict[str, Any]] = self.given["blocks"]
        return blocks


@dataclass
class Views:
    """All views; ``stacks`` holds each person's open modals, the top one last, ``homes`` their published Home."""

    known: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)

    def top(self, user_id: str) -> View | None:
        stack = self.stacks.get(user_id)
        return stack[-1] if stack else None

    def find(self, view_id: str | None) -> View | None:
        view = self.known.get(view_id or "")
        return view if view is not None and view.is_open else None

    def push(self, view: View) -> None:
        """Put a modal on top of its person's stack, and link it to the first one and the one below."""
        stack = self.stacks.setdefault(view.user_id, [])
        if stack:
            view.root_view_id = stack[0].id
            view.previous_view_id = stack[-1].id
        stack.append(view)
        self.known[view.id] = view

    def pop(self, view: View) -> None:
        """Take a modal off its stack; the one below comes to the front."""
        stack = self.stacks.get(view.user_id, [])
        if view in stack:
            stack.remove(view)
        view.is_open = False

    def clear(self, user_id: str) -> list[View]:
        """Close every modal of this person and return them, top first."""
        closed = list(reversed(self.stacks.pop(user_id, [])))
        for view in closed:
            view.is_open = False
        return closed


def new_hash(seconds: float) -> str:
    """Return a new view hash such as ``1596530361.3wRYuk3R``."""
    return f"{int(seconds)}.{secrets.token_hex(4)}"


def view_json(view: View, *, team_id: str, app_id: str, bot_id: str) -> dict[str, Any]:
    """Return the view object of responses and payloads, with the whole ``state.values``."""
    given = view.given
    shown: dict[str, Any] = {
        "id": view.id,
        "team_id": team_id,
        "type": given["type"],
        "blocks": given["blocks"],
        "private_metadata": given.get("private_metadata") or "",
        "callback_id": given.get("callback_id") or "",
        "state": {"values": copy_json(view.state)},
        "hash": view.hash,
        "title": given.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": False,
        "notify_on_close": bool(given.get("notify_on_close")),
        "close": given.get("close"),
        "submit": given.get("submit"),
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": app_id,
        "external_id": "",
        "app_installed_team_id": team_id,
        "bot_id": bot_id,
    }
    if given["type"] == "modal":
        shown["submit_disabled"] = False
    return shown


# The workspace: its team, app, people, channels, files, views, trigger ids and response URLs.

_ID_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Team:
    id: str
    name: str
    domain: str

    @property
    def url(self) -> str:
        """The workspace's address, ending in a slash."""
        return f"https://{self.domain}.slack.com/"


@dataclass
class Session:
    """A thread of the agent view: its title, and whether the app works on it."""

    title: str
    status: str = "active"

    @property
    def says(self) -> str | None:
        """What the client shows while the app works."""
        return "is working" if self.status == "processing" else None


class Workspace:
    """The state of one workspace, in memory; ``changes.happened()`` is called after every change.

    ``bot`` is the app's user; ``is_installed`` is false after the app was uninstalled. ``prompts`` and ``sessions``
    are those of the agent view, by (channel id, thread ts).
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
        self.sessions: dict[tuple[str, str], Session] = {}
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
        """Add a message to its channel. A reply gets ``parent_user_id``; if all see it, its root becomes a thread."""
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
