"""What the Web API and people's actions work on: the workspace, its events, and the way to the app."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.delivery.answer import Answer, Kind
from sandbox.delivery.delivery import Delivery
from sandbox.delivery.events import Events
from sandbox.faults import Call, Faults
from sandbox.webapi.rate_limits import RateLimits
from sandbox.workspace.channels import Channel
from sandbox.workspace.messages import Message
from sandbox.workspace.users import User
from sandbox.workspace.workspace import Workspace

CODE_LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class Authorization:
    """Who allowed the app what (its scopes, joined by commas) and when, and the redirect address, "" for none."""

    user_id: str
    scopes: str
    redirect_uri: str
    at: datetime


@dataclass
class Slack:
    """The parts that belong together for one sandbox; ``origin`` is its address without a trailing slash.

    ``client_id`` and ``client_secret`` are the app's, to be installed by OAuth; ``codes`` are who allowed it and what
    was asked for, by the code that is exchanged for a token. ``revoked_tokens`` are the old tokens, with Slack's error for
    each. ``granted`` are the scopes that the bot's token was given by OAuth, None for all of the manifest's: an app
    that was installed from its own page. ``limits`` None lets the app call as often as it likes.
    """

    workspace: Workspace
    delivery: Delivery
    events: Events
    bot_token: str
    app_token: str
    origin: str = ""
    limits: RateLimits | None = None
    faults: Faults = field(default_factory=Faults)
    calls: list[Call] = field(default_factory=list)
    client_id: str = field(default_factory=lambda: f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}")
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    codes: dict[str, Authorization] = field(default_factory=dict)
    revoked_tokens: dict[str, str] = field(default_factory=dict)
    granted: frozenset[str] | None = None

    @property
    def scopes(self) -> frozenset[str]:
        """What the bot's token may do."""
        declared = self.workspace.manifest.bot_scopes
        return declared if self.granted is None else declared & self.granted

    def redeem_code(self, code: str) -> Authorization | None:
        """What this code stands for; it counts once, for ten minutes."""
        allowed = self.codes.pop(code, None)
        is_good = allowed is not None and self.workspace.now() - allowed.at < CODE_LASTS
        return allowed if is_good else None

    async def ask(self, kind: Kind, payload: dict[str, Any]) -> Answer:
        """Bring a command or an interaction to the app; nobody answers one that is not installed any more."""
        if not self.workspace.is_installed:
            return Answer("unreachable", {})
        return await self.delivery.ask(kind, payload)

    def revoke_token(self, error: str) -> None:
        """Make the bot's token worth nothing, answered with this error, and tell the app; the next one is new.

        With it go the response URLs handed out.
        """
        self.workspace.response_urls.void(error)
        self.revoked_tokens[self.bot_token] = error
        self.bot_token = f"xoxb-sandbox-{secrets.token_hex(12)}"
        revoked = {"oauth": [], "bot": [self.workspace.bot.id]}
        self.events.workspace_wide("tokens_revoked", {"tokens": revoked})

    def join_channel(self, channel: Channel, user: User, *, inviter: User | None = None) -> None:
        """Add a person or the bot to a channel: a line in it, and ``member_joined_channel``."""
        channel.members.append(user.id)
        joined = Message(
            channel_id=channel.id,
            ts=self.workspace.new_ts(),
            user_id=user.id,
            text=f"<@{user.id}> has joined the channel",
            subtype="channel_join",
            team_id=user.team_id,
        )
        self.workspace.store(joined)
        self.events.message_posted(joined)
        inviter_id = inviter.id if inviter is not None else None
        self.events.member_changed("member_joined_channel", channel, user.id, inviter=inviter_id)
