"""The installed workspaces: a Web API client for each, and Bolt's authorization of requests."""

import logging

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.sealing import Sealing, Unreadable
from bot.settings import Settings
from bot.slack_api.errors import UNREACHED, OddAnswer, error_code, is_passing
from bot.slack_api.watch import SlackWatch
from storage import workspaces
from storage.database.engine import Store
from storage.tables import Workspace
from storage.workspaces import Installation

log = logging.getLogger("cadence.workspaces")


class StartFailed(Exception):
    """The bot cannot start; the message says why and what to do."""


class SlackAway(Exception):
    """Slack cannot be reached or fails; ask again later."""


class Workspaces:
    """The workspaces with the bot: the one of SLACK_BOT_TOKEN, or without it those that installed the bot by OAuth.

    All clients share one HTTP session and never retry by themselves, which would post twice. `watch` sees how each call
    ended.
    """

    def __init__(
        self, settings: Settings, store: Store, session: aiohttp.ClientSession, watch: SlackWatch | None = None
    ) -> None:
        self._settings = settings
        self.sealing = Sealing(settings.secret_key)
        self._store = store
        self._session = session
        self.watch = watch or SlackWatch(settings.slack_api_url, own_token=settings.bot_token)
        self._only: Workspace | None = None
        self._by_token: dict[str, str] = {}
        self._last_found: dict[str, Workspace] = {}

    async def know_own(self, clock: Clock) -> Workspace | None:
        """Store and return the workspace of SLACK_BOT_TOKEN, None without that. Raises StartFailed and SlackAway."""
        if not self._settings.bot_token:
            return None
        found = await self._ask()
        zone = self._settings.time_zone
        self._only = await self._store.write(workspaces.save_installation, found, time_zone=zone, now=clock.now())
        return self._only

    def own_id(self) -> str:
        """Return the id of SLACK_BOT_TOKEN's workspace; "" without that, and until Slack has named it."""
        return self._only.id if self._only is not None else ""

    def client(self, token: str = "") -> AsyncWebClient:
        """Return a client for this token, or one without a token."""
        return AsyncWebClient(
            token=token or None,
            base_url=self._settings.slack_api_url,
            session=self._session,
            retry_handlers=[self.watch],
        )

    async def ask_anything(self) -> None:
        """Make a cheap call, with the bot's token if there is one. Raises what the client raises."""
        if self._settings.bot_token:
            await self.client(self._settings.bot_token).auth_test()
        else:
            await self.client().api_test()

    async def client_of(self, workspace_id: str) -> AsyncWebClient | None:
        """Return the bot's client for this workspace, None when the bot was removed there."""
        workspace = await self._find(workspace_id)
        token = self._token(workspace) if workspace else ""
        return self.client(token) if token else None

    def client_of_stopped(self, workspace: Workspace) -> AsyncWebClient | None:
        """Return the client of a workspace whose work stopped, None when the bot was removed or has no token there."""
        token = "" if workspaces.is_removed(workspace, own_id=self.own_id()) else self._token(workspace)
        return self.client(token) if token else None

    def workspace_of(self, token: str) -> str:
        """Return the id of the workspace that this token was used for, "" when it is not known."""
        if self._only is not None and token == self._settings.bot_token:
            return self._only.id
        return self._by_token.get(token, "")

    async def authorize(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        """Return the bot's identity for a request, None when it is not installed in the request's workspace."""
        workspace = self._only or await self._remember(team_id or "")
        token = self._token(workspace) if workspace else ""
        if workspace is None or not token:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=workspace.id,
            team=workspace.name,
            url=workspace.url,
            bot_token=token,
            bot_id=workspace.bot_id,
            bot_user_id=workspace.bot_user_id,
        )

    def authorizing(self) -> AsyncAuthorize:
        """Return `authorize` as the object that Bolt calls: it cannot pass arguments by name to a method."""
        return _Authorizing(self)

    async def _remember(self, workspace_id: str) -> Workspace | None:
        """Return the workspace, or the last one found while the database fails, so that the person learns of that."""
        try:
            found = await self._find(workspace_id)
        except SQLAlchemyError:
            return self._last_found.get(workspace_id)
        if found is not None:
            self._last_found[workspace_id] = found
        else:
            self._last_found.pop(workspace_id, None)
        return found

    async def _find(self, workspace_id: str) -> Workspace | None:
        if self._only is not None and workspace_id != self._only.id:
            return None
        workspace = await self._store.read(workspaces.get, workspace_id)
        if workspace is None or not workspace.is_active:
            return None
        # until Slack names the workspace of SLACK_BOT_TOKEN, it is not used for one that installed the bot by OAuth
        return None if self._settings.bot_token and workspace.bot_token else workspace

    def _token(self, workspace: Workspace) -> str:
        """Return the token, "" when it cannot be decrypted: then the bot has to be installed there again."""
        if self._settings.bot_token:
            return self._settings.bot_token
        try:
            token = self.sealing.open(workspace.bot_token)
        except Unreadable:
            to_do = "set the CADENCE_SECRET_KEY it was stored with, or install the bot there again"
            log.error("token_unreadable", extra={"workspace": workspace.id, "to_do": to_do})
            return ""
        if token:
            self._by_token[token] = workspace.id
        return token

    async def _ask(self) -> Installation:
        url = self._settings.slack_api_url
        not_slack = f"What answers at {url} is not Slack's Web API: check SLACK_API_URL."
        try:
            return await ask_who_we_are(self.client(self._settings.bot_token))
        except SlackApiError as error:
            if is_passing(error):
                raise SlackAway(error_code(error) or "an error of its own") from error
            code = error_code(error)
            refused = (
                f"Slack refused SLACK_BOT_TOKEN ({code}): copy the Bot User OAuth Token again, or reinstall the app."
            )
            raise StartFailed(refused if code else not_slack) from error
        except UNREACHED as error:
            raise SlackAway(type(error).__name__) from error
        except OddAnswer as error:
            raise StartFailed(not_slack) from error


async def ask_who_we_are(client: AsyncWebClient) -> Installation:
    """Return the workspace and the bot of the client's token, as auth.test names them, without the token itself.

    Raises OddAnswer when the answer lacks them, and what the client raises.
    """
    try:
        answer = await client.auth_test()
        found = Installation(
            workspace_id=answer["team_id"],
            name=answer.get("team") or "",
            url=answer.get("url") or "",
            bot_user_id=answer["user_id"],
            bot_id=answer.get("bot_id") or "",
            scopes=answer.headers.get("x-oauth-scopes", ""),
        )
    except (AttributeError, ValueError) as error:
        # the library assumes that every answer is a JSON object
        raise OddAnswer("the answer is no object") from error
    if not found.workspace_id or not found.bot_user_id:
        raise OddAnswer("the answer names no workspace")
    return found


class _Authorizing(AsyncAuthorize):
    """Bolt's authorization by the installed workspaces."""

    def __init__(self, known: Workspaces) -> None:
        self._known = known

    async def __call__(
        self, *, context: AsyncBoltContext, enterprise_id: str | None, team_id: str | None, **_others: str | None
    ) -> AuthorizeResult | None:
        """Return the bot's identity for this request."""
        return await self._known.authorize(enterprise_id, team_id or context.team_id)
