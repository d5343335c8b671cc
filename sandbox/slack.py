"""The simulated Slack: the workspace, its events, delivery to the app, tokens, limits and faults."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.delivery import Answer, Delivery, Events, Kind
from sandbox.faults import Call, Faults, RateLimits
from sandbox.messages import Message
from sandbox.workspace import Channel, User, Workspace

CODE_LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class Authorization:
    """A person's consent to install the app, waiting for its code to be redeemed.

    ``scopes`` are joined by commas; ``redirect_uri`` is empty where none was asked for.
    """

    user_id: str
    scopes: str
    redirect_uri: str
    at: datetime


@dataclass
class Slack:
    """Everything that belongs to one sandbox; ``origin`` is its address without a trailing slash.

    ``client_id`` and ``client_secret`` identify the app for OAuth; ``authorizations`` are keyed by the code that is
    exchanged for a token. ``revoked_tokens`` maps old tokens to Slack's error for each. ``granted`` are the scopes
    granted by OAuth, None for an app installed from its own page, which has all of the manifest's. ``limits`` None
    takes any number of calls.
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
    authorizations: dict[str, Authorization] = field(default_factory=dict)
    revoked_tokens: dict[str, str] = field(default_factory=dict)
    granted: frozenset[str] | None = None

    @property
    def scopes(self) -> frozenset[str]:
        declared = self.workspace.manifest.bot_scopes
        return declared if self.granted is None else declared & self.granted

    def redeem_code(self, code: str) -> Authorization | None:
        """Return the authorization behind a code, once and within ten minutes; else None."""
        authorization = self.authorizations.pop(code, None)
        is_good = authorization is not None and self.workspace.now() - authorization.at < CODE_LASTS
        return authorization if is_good else None

    async def request(self, kind: Kind, payload: dict[str, Any]) -> Answer:
        """Send a command or an interaction to the app; an app that is not installed is unreachable."""
        if not self.workspace.is_installed:
            return Answer("unreachable", {})
        return await self.delivery.request(kind, payload)

    def revoke_token(self, error: str) -> None:
        """Replace the bot's token; the old one and its response URLs answer ``error``. Sends ``tokens_revoked``."""
        self.workspace.response_urls.void(error)
        self.revoked_tokens[self.bot_token] = error
        self.bot_token = f"xoxb-sandbox-{secrets.token_hex(12)}"
        revoked = {"oauth": [], "bot": [self.workspace.bot.id]}
        self.events.workspace_wide("tokens_revoked", {"tokens": revoked})

    def join_channel(self, channel: Channel, user: User, *, inviter: User | None = None) -> None:
        """Add a person or the bot to a channel, with a line in it and ``member_joined_channel``."""
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
