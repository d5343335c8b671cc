"""The Web API client of each workspace, and Bolt's question whose request this is."""

import aiohttp
from cryptography.fernet import Fernet, InvalidToken
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.settings import Settings
from storage import workspaces
from storage.engine import Store
from storage.tables import Workspace
from storage.workspaces import Installation

SLACK_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
"""For every call: the client's own timeout does not count once it is given a session."""


class StartFailed(Exception):
    """The bot cannot start; the message says why and what to do."""


class Workspaces:
    """Knows the installed workspaces. With SLACK_BOT_TOKEN there is one, else those that installed the bot by OAuth.

    All clients share one HTTP session and never send a request again by themselves: that would post twice.
    """

    def __init__(self, settings: Settings, store: Store, session: aiohttp.ClientSession) -> None:
        self._settings = settings
        self._store = store
        self._session = session
        self._only: Workspace | None = None

    async def know_own(self, clock: Clock) -> Workspace | None:
        """The workspace of SLACK_BOT_TOKEN, stored; None when there is no such token. Raises StartFailed."""
        if not self._settings.bot_token:
            return None
        found = await self._ask()
        zone = self._settings.time_zone
        self._only = await self._store.write(workspaces.save_installation, found, time_zone=zone, now=clock.now())
        return self._only

    def client(self, token: str = "") -> AsyncWebClient:
        """A client for this token, for none yet when it is empty."""
        return AsyncWebClient(
            token=token or None, base_url=self._settings.slack_api_url, session=self._session, retry_handlers=[]
        )

    async def client_of(self, workspace_id: str) -> AsyncWebClient | None:
        """The client that speaks for the bot in this workspace, None when it was removed there."""
        workspace = await self._find(workspace_id)
        return self.client(self._token(workspace)) if workspace else None

    async def authorize(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        """Who the bot is for this request, None when it is not installed in the workspace it came from."""
        workspace = self._only or await self._find(team_id or "")
        if workspace is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=workspace.id,
            team=workspace.name,
            url=workspace.url,
            bot_token=self._token(workspace),
            bot_id=workspace.bot_id,
            bot_user_id=workspace.bot_user_id,
        )

    def authorizing(self) -> AsyncAuthorize:
        """`authorize` in the shape that Bolt calls; it cannot call a method with its arguments by name."""
        return _Authorizing(self)

    async def _find(self, workspace_id: str) -> Workspace | None:
        workspace = await self._store.read(workspaces.get, workspace_id)
        return workspace if workspace and workspace.is_active else None

    def _token(self, workspace: Workspace) -> str:
        if self._settings.bot_token:
            return self._settings.bot_token
        try:
            return Fernet(self._settings.secret_key).decrypt(workspace.bot_token).decode()
        except InvalidToken as error:
            raise StartFailed(
                f"The token of {workspace.name} cannot be read with this CADENCE_SECRET_KEY: "
                "give the key it was stored with, or install the bot there again."
            ) from error

    async def _ask(self) -> Installation:
        url = self._settings.slack_api_url
        try:
            answer = await self.client(self._settings.bot_token).auth_test()
        except SlackApiError as error:
            code = error.response.get("error", "no answer")
            raise StartFailed(
                f"Slack refused SLACK_BOT_TOKEN ({code}): copy the Bot User OAuth Token again, or reinstall the app."
            ) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise StartFailed(
                f"Slack cannot be reached at {url} ({error}): check the network and SLACK_API_URL."
            ) from error
        return Installation(
            workspace_id=answer["team_id"],
            name=answer.get("team") or "",
            url=answer.get("url") or "",
            bot_user_id=answer["user_id"],
            bot_id=answer.get("bot_id") or "",
            scopes=answer.headers.get("x-oauth-scopes", ""),
        )


class _Authorizing(AsyncAuthorize):
    """Bolt's question, answered by the known workspaces."""

    def __init__(self, known: Workspaces) -> None:
        self._known = known

    async def __call__(
        self, *, context: AsyncBoltContext, enterprise_id: str | None, team_id: str | None, **_others: str | None
    ) -> AuthorizeResult | None:
        """Who the bot is for this request."""
        return await self._known.authorize(enterprise_id, team_id or context.team_id)
