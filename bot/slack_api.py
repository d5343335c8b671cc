"""Calls to Slack: sessions, errors, outcomes, sharing, sync of people."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus
from time import monotonic, perf_counter
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy.exc import SQLAlchemyError

from agendas.errors import Refused
from agendas.pages.admin import UNNAMED
from agendas.rules.access import NO_ACCESS_CODES, REASONS
from bot.clock import Clock
from bot.settings import Sealing, Settings, UndecryptableSecret
from handlers.edge.deps import ChannelAnswer, File
from storage import workspaces
from storage.database import Store
from storage.models.workspaces import Workspace
from storage.workspaces import Installation

# The table of Slack's errors: the outcome for a letter of each answer, or of a missing one. Pure.

RETRY_SECONDS = 5.0
"""Pause after a failure for which Slack names no pause."""
RATE_LIMIT_SECONDS = 1.0
"""Pause when Slack asks to wait without saying how long."""
FULL_SECONDS = 60.0
"""Pause when the workspace has reached its number of messages."""


class WaitReason(StrEnum):
    """Reasons of our own to put a letter off, kept as its last error, like Slack's codes.

    Stored; each has its sentence in `agendas.rules.access.delivery_reasons`.
    """

    WAITS_FOR_TURN = "waits for its turn"
    NOT_THERE_YET = "not there yet"
    QUIET_HOURS = "quiet hours"
    DO_NOT_DISTURB = "do not disturb"
    OVER_CAP = "over the weekly cap"
    MEMBERS_UNREAD = "members unread"


class RefusalScope(StrEnum):
    LETTER = "letter"
    TARGET = "target"
    CHANNEL = "channel"
    WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True)
class Sent:
    channel_id: str
    ts: str


@dataclass(frozen=True, slots=True)
class Later:
    """Not done yet, to be tried again after so many seconds.

    Attributes:
        may_be_sent: nobody knows whether the message was posted.
        is_outage: Slack was not reached, or fails as a whole.
        holds_method: Slack asked to wait with this `method` in this workspace.
        is_ours: it failed on our side before anything was sent, so other letters of its place may go first.
        is_turn: nothing was tried, because it is not yet the method's turn.
        cursor: the page at which an interrupted search for the message goes on.
    """

    seconds: float
    error: str
    may_be_sent: bool = False
    is_outage: bool = False
    holds_method: bool = False
    is_ours: bool = False
    is_turn: bool = False
    method: str = ""
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class SlackRefused:
    """Slack refused for good. `lacks` names the missing permission, if that is the reason."""

    error: str
    scope: RefusalScope = RefusalScope.LETTER
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Unsure:
    """The message may be there and cannot be searched for. `lacks` names the permission that the search needs."""

    error: str
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Degraded:
    """Slack refused the blocks: send the text alone, once."""

    error: str


@dataclass(frozen=True, slots=True)
class JoinFirst:
    """The bot is not in the channel: join it and try once more."""

    error: str


@dataclass(frozen=True, slots=True)
class ToDirect:
    """The person is not in the channel: send it to them in a direct message."""

    error: str


Outcome = Sent | Later | SlackRefused | Unsure | Degraded | JoinFirst | ToDirect

AMBIGUOUS = frozenset(
    {
        "internal_error",
        "fatal_error",
        "request_timeout",
        "service_unavailable",
        "duplicate_message_not_found",
        "duplicate_channel_not_found",
    }
)
"""Errors after which the message may still be posted."""

UNAVAILABLE = frozenset({"request_timeout", "service_unavailable"})
"""Errors of Slack as a whole, not of one message."""

RATE_LIMITED = frozenset({"ratelimited", "rate_limited"})

CHANNEL_GONE = frozenset(
    {
        "channel_not_found",
        "is_archived",
        "is_inactive",
        "ekm_access_denied",
        "access_denied",
        "enterprise_is_restricted",
        "channel_type_not_supported",
        "method_not_supported_for_channel_type",
    }
)
CHANNEL_POLICY = ("restricted_action",)
"""Prefixes: Slack has restricted_action_read_only_channel, _thread_only_channel and several more."""

TARGET_GONE = frozenset(
    {
        "message_not_found",
        "thread_not_found",
        "cannot_reply_to_message",
        "cant_update_message",
        "edit_window_closed",
        "update_failed",
        "block_mismatch",
        "streaming_state_conflict",
    }
)
TOKEN_GONE = frozenset(
    {
        "account_inactive",
        "token_revoked",
        "token_expired",
        "invalid_auth",
        "not_authed",
        "app_uninstalled",
        "team_access_not_granted",
        "team_not_found",
        "team_added_to_org",
        "org_login_required",
    }
)
TOO_MUCH = ("msg_too_long", "invalid_blocks", "msg_blocks_too", "metadata_too_large", "too_many_attachments")
"""Prefixes of the errors that blame the message's content."""


def of_error(code: str, *, status: int = 200, headers: Mapping[str, str] | None = None, needed: str = "") -> Outcome:
    """Return the outcome of an answer that is not `ok`.

    `code` is Slack's error, "" when the answer could not be parsed; `needed` the permissions that Slack names, of which
    any one would do.
    """
    if status == 429 or code in RATE_LIMITED:
        return Later(retry_after(headers or {}), code or "ratelimited", holds_method=True)
    if code == "message_limit_exceeded":
        return Later(FULL_SECONDS, code)
    if status >= 500 or code in AMBIGUOUS or not code:
        is_outage = status >= 500 or code in UNAVAILABLE
        return Later(RETRY_SECONDS, code or f"http_{status}", may_be_sent=True, is_outage=is_outage)
    if code == "missing_scope":
        return SlackRefused(code, lacks=needed or UNNAMED)
    return _of_refusal(code)


def of_exception(error: Exception) -> Outcome:
    """Return the outcome of a call without an answer. Re-raises errors that are not the network's."""
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        # there was no connection, so nothing was sent
        return Later(RETRY_SECONDS, type(error).__name__, is_outage=True)
    if isinstance(error, aiohttp.ClientError | asyncio.TimeoutError | OSError):
        return Later(RETRY_SECONDS, type(error).__name__, may_be_sent=True, is_outage=True)
    raise error


def header(headers: Mapping[str, str | Sequence[str]], name: str) -> str:
    """Return the value, or the first of several, of the header with this lower-case name, "" without it."""
    given = next((value for key, value in headers.items() if key.lower() == name), "")
    return given if isinstance(given, str) else next(iter(given), "")


def retry_after(headers: Mapping[str, str]) -> float:
    """Return the seconds that Slack asks to wait, one when it does not say."""
    given = header(headers, "retry-after")
    return max(float(given), RATE_LIMIT_SECONDS) if given.isascii() and given.isdecimal() else RATE_LIMIT_SECONDS


def _of_refusal(code: str) -> Outcome:
    """Return the outcome of an error that Slack will repeat: what to try instead, or how much it refuses."""
    if code == "not_in_channel":
        return JoinFirst(code)
    if code == "user_not_in_channel":
        return ToDirect(code)
    if code.startswith(TOO_MUCH):
        return Degraded(code)
    if code in TARGET_GONE:
        return SlackRefused(code, RefusalScope.TARGET)
    if code in CHANNEL_GONE or code.startswith(CHANNEL_POLICY):
        return SlackRefused(code, RefusalScope.CHANNEL)
    if code in TOKEN_GONE:
        return SlackRefused(code, RefusalScope.WORKSPACE)
    return SlackRefused(code)


# Slack's clock, read from the Date header of its answers, because this computer's may be wrong unnoticed.

UNHEARD = timedelta(days=1)
"""The most that this computer's clock can be wrong before Slack's first answer: with a larger error its certificate
would count as expired or not yet valid, and no connection could be made."""


class SlackTime:
    """Slack's clock, which goes on from the last answer by the monotonic clock."""

    def __init__(self) -> None:
        self._heard: datetime | None = None
        self._heard_at = 0.0

    def hear(self, headers: Mapping[str, str | Sequence[str]]) -> None:
        """Set the clock by the headers of an answer; ignore one without a date."""
        try:
            heard = parsedate_to_datetime(header(headers, "date"))
        except (ValueError, TypeError):
            return
        self._heard = heard.astimezone(UTC) if heard.tzinfo else heard.replace(tzinfo=UTC)
        self._heard_at = monotonic()

    def at(self, now: datetime) -> datetime:
        """Return Slack's instant for our `now`, early rather than late: no later message is dated before it."""
        if self._heard is None:
            return now - UNHEARD
        return self._heard + timedelta(seconds=monotonic() - self._heard_at)


# Reading Slack's error answers, and the advice for a refused app-level token.

UNREACHED = (aiohttp.ClientError, TimeoutError, OSError)
"""Errors of a call that Slack did not answer."""
NOT_SLACK = "is not Slack's Web API: check SLACK_API_URL, and the proxy if there is one."


class OddAnswer(Exception):
    """An answer unlike the Web API's: not a JSON object, or without a field that the bot needs."""


def error_body(error: SlackApiError) -> dict[str, Any]:
    """Return the body of the error answer, empty when it could not be parsed."""
    data = getattr(error.response, "data", None)
    return data if isinstance(data, dict) else {}


def error_code(error: SlackApiError) -> str:
    code = error_body(error).get("error")
    return code if isinstance(code, str) else ""


def outcome_of(error: Exception) -> Outcome:
    """Return the outcome of a failed call. Re-raises errors that are neither Slack's nor the network's."""
    if not isinstance(error, SlackApiError):
        return of_exception(error)
    needed = str(error_body(error).get("needed") or "")
    headers = getattr(error.response, "headers", None)
    return of_error(error_code(error), status=_status(error), headers=headers, needed=needed)


def is_passing(error: SlackApiError) -> bool:
    """Return whether the error may pass by itself: Slack asks to wait, or fails.

    A refused token does not pass, nor an answer below status 500 without a code of Slack's, which is not Slack's own.
    """
    return (bool(error_code(error)) or _status(error) >= 500) and isinstance(outcome_of(error), Later)


def _status(error: SlackApiError) -> int:
    """Return the HTTP status of the error answer."""
    answer = error.response
    # for an answer without JSON the library puts its HTTP client's response there
    status: int = answer.status_code if isinstance(answer, AsyncSlackResponse) else getattr(answer, "status", 200)
    return status


def app_token_refusal(error: SlackApiError, api_url: str) -> str:
    """Return the sentence for a refused Socket Mode connection, with what to do."""
    code = error_code(error)
    if not code:
        return f"What answers at {api_url} {NOT_SLACK}"
    return (
        f"Slack refused SLACK_APP_TOKEN ({code}): copy the app-level token with the scope connections:write again "
        "from the app's Basic Information, and switch Socket Mode on."
    )


# Observation of every call of Slack: its duration, its error, the state of the token and Slack's clock.

RESPONSE_URL = "response_url"
OTHER = "other"
NO_ANSWER = "no_answer"
"""The error code of a call without any answer."""
IMPOSTOR = "http_"
"""Prefix, before the status, of the error code of an answer that is not Slack's, such as a proxy's page."""

CODES = frozenset(
    {
        *(
            {NO_ANSWER}
            | AMBIGUOUS
            | RATE_LIMITED
            | CHANNEL_GONE
            | TARGET_GONE
            | TOKEN_GONE
            | NO_ACCESS_CODES
            | REASONS.keys()
        ),
        *("invalid_blocks", "msg_too_long", "msg_blocks_too_long", "restricted_action", "invalid_arguments"),
        *("expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged"),
        *("hash_conflict", "not_allowed_token_type", "user_not_visible"),
    }
)
"""Errors counted by name. Slack has hundreds; the others are counted together."""


class SlackWatch(AsyncRetryHandler):
    """A retry handler that sees how every call ended and never retries.

    Callbacks: `after_call(method, seconds)`, `after_error(method, code)` and `after_token(token, refusal)`, where
    `refusal` is the error code with which Slack refused the token, or "" when it accepted it.

    Attributes:
        refused_token: the error of the last refusal of `own_token`, "" once Slack accepts it and with OAuth.
        was_reached: whether Slack has answered at least once.
        impostor: the code `http_<status>` of the last answer if something else gave it in Slack's place, else "".
        time: Slack's clock.
    """

    def __init__(
        self,
        api_url: str,
        after_call: Callable[[str, float], None] = lambda _method, _seconds: None,
        after_error: Callable[[str, str], None] = lambda _method, _code: None,
        *,
        own_token: str = "",
    ) -> None:
        super().__init__()
        self._api_url = api_url
        self._after_call = after_call
        self._after_error = after_error
        self._own_token = own_token
        self.after_token: Callable[[str, str], None] = lambda _token, _refusal: None
        self.refused_token = ""
        self.was_reached = False
        self.impostor = ""
        self.time = SlackTime()
        self._silent_since: float | None = None

    @property
    def silent_seconds(self) -> float:
        """Seconds since Slack stopped answering calls; 0 when it answered the last one."""
        return 0.0 if self._silent_since is None else monotonic() - self._silent_since

    async def can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 - the client passes all of them by name
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        """Note how the call ended and return False, so that it is not sent again."""
        method = self.method_of(request.url or "")
        is_api = method != RESPONSE_URL
        code = _unread_code(error) if response is None else _answer_code(response, is_api=is_api)
        is_impostor = code.startswith(IMPOSTOR)
        if is_api and response is not None and not is_impostor:
            self.time.hear(response.headers)
        # outside the API nothing distinguishes a refusal by Slack from one by something in between
        if is_api or not is_impostor:
            self.impostor = code if is_impostor else ""
            is_silent = response is None or response.status_code >= 500 or is_impostor
            self._note_answer(request, code, is_silent=is_silent)
        if code:
            self._after_error(method, code if code in CODES or is_impostor else OTHER)
        return False

    def _note_answer(self, request: HttpRequest, code: str, *, is_silent: bool) -> None:
        """Note whether Slack itself answered the call, and whether it accepted the call's token."""
        if not is_silent:
            self._silent_since = None
            self.was_reached = True
            if code not in RATE_LIMITED | AMBIGUOUS:
                # it accepted the call's token, or refused it with this error
                token, refusal = _token(request), code if code in TOKEN_GONE else ""
                if token and token == self._own_token:
                    self.refused_token = refusal
                if token:
                    self.after_token(token, refusal)
        elif self._silent_since is None:
            self._silent_since = monotonic()

    def method_of(self, url: str) -> str:
        """Return the Web API method in the URL, or `response_url` for a URL outside the API."""
        name = url.partition("?")[0].removeprefix(self._api_url)
        return name if name.replace(".", "").isalpha() else RESPONSE_URL

    def trace(self) -> aiohttp.TraceConfig:
        """Return the tracing with which an HTTP session reports the duration of each call."""
        trace = aiohttp.TraceConfig()

        async def note_begin(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: Any) -> None:
            context.began_at = perf_counter()

        async def report_duration(
            _session: aiohttp.ClientSession,
            context: SimpleNamespace,
            params: aiohttp.TraceRequestEndParams | aiohttp.TraceRequestExceptionParams,
        ) -> None:
            self._after_call(self.method_of(str(params.url)), perf_counter() - context.began_at)

        trace.on_request_start.append(note_begin)
        trace.on_request_end.append(report_duration)
        trace.on_request_exception.append(report_duration)
        return trace


def _answer_code(response: HttpResponse, *, is_api: bool) -> str:
    """Return the answer's error code, "" when there is none. Every answer of the API has a field `ok`."""
    status, body = response.status_code, response.body if isinstance(response.body, dict) else {}
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return "ratelimited"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "service_unavailable"
    if "ok" not in body and (is_api or status >= HTTPStatus.BAD_REQUEST):
        return f"{IMPOSTOR}{status}"
    code = body.get("error") if body and not body.get("ok") else ""
    return code if isinstance(code, str) else OTHER


def _unread_code(error: Exception | None) -> str:
    """Return the code for an answer that the library could not parse, or that never came."""
    if isinstance(error, SlackApiError):
        return f"{IMPOSTOR}{getattr(error.response, 'status', 200)}"
    return NO_ANSWER


def _token(request: HttpRequest) -> str:
    """Return the token of the call, "" when it had none."""
    given = request.headers.get("Authorization") or ""
    first = given if isinstance(given, str) else given[0]
    return first.removeprefix("Bearer ")


# The installed workspaces: a Web API client for each, and Bolt's authorization of requests.

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
        """Store and return the workspace of SLACK_BOT_TOKEN, None without one. Raises StartFailed and SlackAway."""
        if not self._settings.bot_token:
            return None
        found = await self._ask_identity()
        zone = self._settings.time_zone
        self._only = await self._store.write(workspaces.save_installation, found, time_zone=zone, now=clock.now())
        return self._only

    def own_id(self) -> str:
        """Return the id of SLACK_BOT_TOKEN's workspace; "" without that token, and until Slack has named it."""
        return self._only.id if self._only is not None else ""

    def client(self, token: str = "") -> AsyncWebClient:
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
        return self.client_for(await self._store.read(workspaces.get, workspace_id))

    def client_for(self, workspace: Workspace | None) -> AsyncWebClient | None:
        """Return the bot's client for a workspace just read, None when the bot was removed there."""
        token = self._token(workspace) if workspace is not None and self._is_served(workspace) else ""
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
        """Return the bot's identity for a request from this workspace, None when it is not installed there.

        With SLACK_BOT_TOKEN every request belongs to that token's workspace.
        """
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
        """Return the workspace; while the database fails, as last read, so that the person is told of the failure."""
        try:
            workspace = await self._store.read(workspaces.get, workspace_id)
            found = workspace if workspace is not None and self._is_served(workspace) else None
        except SQLAlchemyError:
            return self._last_found.get(workspace_id)
        if found is not None:
            self._last_found[workspace_id] = found
        else:
            self._last_found.pop(workspace_id, None)
        return found

    def _is_served(self, workspace: Workspace) -> bool:
        """Return whether the bot works for this workspace with the tokens that the settings give it."""
        if not workspace.is_active or (self._only is not None and workspace.id != self._only.id):
            return False
        # until Slack names the workspace of SLACK_BOT_TOKEN, it is not used for one that installed the bot by OAuth
        return not (self._settings.bot_token and workspace.bot_token)

    def _token(self, workspace: Workspace) -> str:
        """Return the token, "" when it cannot be decrypted: then the bot has to be installed there again."""
        if self._settings.bot_token:
            return self._settings.bot_token
        try:
            token = self.sealing.open(workspace.bot_token)
        except UndecryptableSecret:
            to_do = "set the CADENCE_SECRET_KEY it was stored with, or install the bot there again"
            log.error("token_unreadable", extra={"workspace": workspace.id, "to_do": to_do})
            return ""
        if token:
            self._by_token[token] = workspace.id
        return token

    async def _ask_identity(self) -> Installation:
        """Ask Slack for the workspace and bot of SLACK_BOT_TOKEN. Raises StartFailed and SlackAway."""
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


# Downloading a file that a person uploaded in a form.

MOST_BYTES = 5_000_000
"""Largest file downloaded while the bot runs; larger ones are imported by the command line."""

GONE = ("file_not_found", "file_deleted")
OK = 200


async def fetch_file(known: Workspaces, workspace_id: str, file_id: str) -> bytes:
    """Return the file's bytes. Raises Refused with what to do when Slack does not give them or the file is too large.

    The token is sent to Slack's own hosts only, and redirects are not followed.
    """
    client = await known.client_of(workspace_id)
    if client is None:
        raise Refused("Slack does not accept this bot's token at the moment, so the file could not be read.")
    try:
        found = (await client.files_info(file=file_id))["file"]
        if _size(found) > MOST_BYTES:
            raise Refused(_too_large())
        return await _download(client, str(found.get("url_private_download") or found.get("url_private") or ""))
    except SlackApiError as error:
        code = error_code(error)
        if code == "missing_scope":
            raise Refused(
                "The app lacks the permission files:read, so the file could not be read. An admin adds it in the "
                "app's settings and installs the app again."
            ) from error
        if code in GONE:
            raise Refused("The file is not in Slack any more. Give it again with /abm import.") from error
        raise Refused(_not_given(code or "no reason given")) from error
    except UNREACHED as error:
        raise Refused(_not_given("the connection broke")) from error


def is_of_slack(address: str, api: str) -> bool:
    """Return whether a file's URL is on the host of the Web API at `api`, or on another of Slack's hosts."""
    file, own = urlsplit(address), urlsplit(api)
    if file.scheme != own.scheme:
        return False
    if file.netloc == own.netloc:
        return True
    # www.slack.com and files.slack.com, slack-gov.com likewise
    domain = ".".join((own.hostname or "").split(".")[-2:])
    is_slack = domain in ("slack.com", "slack-gov.com")
    return is_slack and file.port is None and (file.hostname or "").endswith(f".{domain}")


async def _download(client: AsyncWebClient, address: str) -> bytes:
    """Download the file. Raises Refused for an address that is not Slack's, and for a file too large."""
    if not is_of_slack(address, client.base_url) or client.session is None:
        raise Refused("The file is not stored in Slack itself. Upload the CSV file, and not a link to it.")
    headers = {"Authorization": f"Bearer {client.token}"}
    async with client.session.get(address, headers=headers, allow_redirects=False) as answer:
        if answer.status != OK:
            raise Refused(_not_given(f"status {answer.status}"))
        content = bytearray()
        async for part in answer.content.iter_chunked(65_536):
            content += part
            if len(content) > MOST_BYTES:
                raise Refused(_too_large())
    return bytes(content)


def _size(found: object) -> int:
    """Return the size in bytes by Slack's file object, 0 where it names none."""
    size = found.get("size") if isinstance(found, dict) else None
    return size if isinstance(size, int) else 0


def _too_large() -> str:
    return (
        f"The file has more than {MOST_BYTES // 1_000_000} MB. Import it where the bot runs, with cadence import FILE, "
        "or split it."
    )


def _not_given(why: str) -> str:
    return f"Slack did not give the file ({why}). Give it again with /abm import in a minute."


# Lists of Slack that come page by page, with the waits that Slack asks for.

REQUESTS_PER_PAGE = 10
"""Attempts at one page while Slack asks to wait, before the rest is left for another time."""

Pause = Callable[[float], Awaitable[object]]
Ask = Callable[[str | None], Awaitable[AsyncSlackResponse]]
"""Asks for the page of this cursor, None for the first."""


async def pages(ask: Ask, field: str, *, pause: Pause = asyncio.sleep) -> AsyncIterator[list[Any]]:
    """Yield each page's field; `pause` waits the seconds Slack asks for. Raises OddAnswer, and the client's errors."""
    cursor, seen = "", {""}
    while True:
        found, cursor = await _page_when_allowed(ask, field, cursor, pause)
        yield found
        if not cursor:
            return
        if cursor in seen:
            raise OddAnswer("the list goes round in a circle")
        seen.add(cursor)


async def _page_when_allowed(ask: Ask, field: str, cursor: str, pause: Pause) -> tuple[list[Any], str]:
    """Return the page and the next cursor, waiting while Slack asks to, REQUESTS_PER_PAGE attempts at most."""
    for _ in range(REQUESTS_PER_PAGE - 1):
        try:
            return await _page(ask, field, cursor)
        except SlackApiError as error:
            seconds = _seconds_to_wait(error)
            if seconds is None:
                raise
            await pause(seconds)
    return await _page(ask, field, cursor)


def _seconds_to_wait(error: SlackApiError) -> float | None:
    """Return how long Slack asks to wait, None for another error."""
    status, headers = getattr(error.response, "status_code", 200), getattr(error.response, "headers", {})
    outcome = of_error(error_code(error), status=status, headers=headers)
    return outcome.seconds if isinstance(outcome, Later) and outcome.holds_method else None


async def _page(ask: Ask, field: str, cursor: str) -> tuple[list[Any], str]:
    """Return what is on one page, and the cursor of the next."""
    try:
        page = await ask(cursor or None)
        found = page.get(field)
        following = (page.get("response_metadata") or {}).get("next_cursor") or ""
    except (AttributeError, ValueError) as error:
        # the library assumes that every answer is a JSON object
        raise OddAnswer("the answer is no object") from error
    if not isinstance(found, list) or not isinstance(following, str):
        raise OddAnswer("there is no list in the answer")
    return found, following


# The HTTP session to Slack that all calls share.

SLACK_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
"""Timeout of every call: the client ignores its own once it is given a session."""

IDLE_SECONDS = 1.5
"""How long an idle connection is kept.

A message sent just as the other end closes an idle connection gets no answer, and the bot has to wait a minute to find
out whether it arrived. Common servers and gateways close after 2, 5 or 60 seconds; a channel gets a message a second,
so the messages of a review still share one connection.
"""


def slack_session(**others: Any) -> aiohttp.ClientSession:
    """Return a new session for calls to Slack. Needs a running event loop; the caller closes it."""
    connector = aiohttp.TCPConnector(keepalive_timeout=IDLE_SECONDS)
    return aiohttp.ClientSession(timeout=SLACK_TIMEOUT, connector=connector, **others)


# Slack's description of a channel: whether the bot is in it, and whether another company reads it.

ANSWER_WITHIN_SECONDS = 1.0
"""Short, because Slack lets a command open a form for three seconds only."""


async def ask_channel(known: Workspaces, workspace_id: str, channel_id: str) -> ChannelAnswer | None:
    """Return Slack's answer about the channel, None when there is none in time."""
    client = await known.client_of(workspace_id)
    if client is None:
        return None
    try:
        async with asyncio.timeout(ANSWER_WITHIN_SECONDS):
            answer = await client.conversations_info(channel=channel_id)
    except SlackApiError as error:
        # Slack gives this error for a private channel that the bot is not in
        return ChannelAnswer(is_member=False, is_shared=None) if error_code(error) == "channel_not_found" else None
    except UNREACHED:
        return None
    channel = answer.get("channel")
    if not isinstance(channel, dict):
        return None
    name = channel.get("name")
    return ChannelAnswer(
        bool(channel.get("is_member")),
        bool(channel.get("is_archived")),
        is_shared(channel),
        name if isinstance(name, str) else "",
        is_private=channel.get("is_private") is not False,
    )


def is_shared(channel: object) -> bool:
    """Return whether Slack's channel object marks the channel as shared with another company."""
    return isinstance(channel, dict) and bool(channel.get("is_ext_shared"))


# Sending a file to one person in a direct message.

IN_DOUBT = "Slack did not say whether it took the file. Look into your direct messages before you ask again."
LACKING = (
    "The app lacks the permission files:write, so the file could not be sent. An admin adds it in the app's settings "
    "and installs the app again."
)


async def send_file(known: Workspaces, workspace_id: str, user_id: str, file: File) -> None:
    """Send the file to the person. Raises Refused with what to do when Slack did not accept it, or did not answer."""
    client = await known.client_of(workspace_id)
    if client is None:
        raise Refused("Slack does not accept this bot's token at the moment, so the file could not be sent.")
    try:
        opened = await client.conversations_open(users=[user_id])
        channel_id = opened["channel"]["id"]
        await client.files_upload_v2(channel=channel_id, filename=file.name, title=file.name, content=file.content)
    except SlackRequestError as error:
        # the upload itself failed; only the call after it would have shown the file
        raise Refused(_not_taken("its upload failed")) from error
    except (SlackApiError, *UNREACHED) as error:
        raise Refused(_advice(error)) from error


def _advice(error: Exception) -> str:
    """Return what to do when Slack did not accept a file, or did not say so."""
    outcome = outcome_of(error)
    if isinstance(outcome, Later) and outcome.may_be_sent:
        return IN_DOUBT
    if isinstance(outcome, SlackRefused) and outcome.lacks:
        return LACKING
    if not isinstance(error, SlackApiError):
        return _not_taken("it could not be reached")
    return _not_taken(error_code(error) or "no reason given")


def _not_taken(why: str) -> str:
    return f"Slack did not take the file ({why}). Try again in a minute."
