"""What the Web API and people's acts work on: the workspace, its events, and the way to the app."""

import secrets
from dataclasses import dataclass, field

from sandbox.delivery.courier import Courier
from sandbox.delivery.events import Events
from sandbox.faults import Call, Faults
from sandbox.webapi.pace import RateLimits
from sandbox.workspace import Workspace


@dataclass(frozen=True)
class Allowed:
    """Who allowed the app what (its scopes, joined by commas), and the redirect address it asked for, "" for none."""

    user_id: str
    scopes: str
    redirect_uri: str


@dataclass
class World:
    """The parts that belong together for one sandbox; ``origin`` is its address without a trailing slash.

    ``client_id`` and ``client_secret`` are the app's, to be installed by OAuth; ``codes`` are who allowed it and what
    was asked for, by the code that is exchanged for a token. ``worthless`` are the old tokens, with Slack's error for
    each. ``limits`` None lets the app call as often as it likes.
    """

    workspace: Workspace
    courier: Courier
    events: Events
    bot_token: str
    app_token: str
    origin: str = ""
    limits: RateLimits | None = None
    faults: Faults = field(default_factory=Faults)
    calls: list[Call] = field(default_factory=list)
    client_id: str = field(default_factory=lambda: f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}")
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    codes: dict[str, Allowed] = field(default_factory=dict)
    worthless: dict[str, str] = field(default_factory=dict)

    def revoke_token(self, error: str) -> None:
        """Make the bot's token worth nothing, answered with this error, and tell the app; the next one is new."""
        self.worthless[self.bot_token] = error
        self.bot_token = f"xoxb-sandbox-{secrets.token_hex(12)}"
        revoked = {"oauth": [], "bot": [self.workspace.bot.id]}
        self.events.workspace_wide("tokens_revoked", {"tokens": revoked})
