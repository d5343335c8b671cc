"""Observation of every call of Slack: its duration, its error, the state of the token and Slack's clock."""

from collections.abc import Callable
from http import HTTPStatus
from time import monotonic, perf_counter
from types import SimpleNamespace
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

from agendas.rules.access.delivery_reasons import NO_ACCESS_CODES, REASONS
from bot.slack_api.clock import SlackTime
from bot.slack_api.outcomes import AMBIGUOUS, CHANNEL_GONE, RATE_LIMITED, TARGET_GONE, TOKEN_GONE

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
        code = _not_read(error) if response is None else _code(response, is_api=is_api)
        is_impostor = code.startswith(IMPOSTOR)
        if is_api and response is not None and not is_impostor:
            self.time.hear(response.headers)
        # outside the API nothing tells a refusal of Slack's from one of something else
        if is_api or not is_impostor:
            self.impostor = code if is_impostor else ""
            is_silent = response is None or response.status_code >= 500 or is_impostor
            self._note_answer(request, code, is_silent=is_silent)
        if code:
            self._after_error(method, code if code in CODES or is_impostor else OTHER)
        return False

    def _note_answer(self, request: HttpRequest, code: str, *, is_silent: bool) -> None:
        """Note whether Slack itself answered the call."""
        if not is_silent:
            self._silent_since = None
            self.was_reached = True
            if code not in RATE_LIMITED | AMBIGUOUS:
                self._note_token(_token(request), code if code in TOKEN_GONE else "")
        elif self._silent_since is None:
            self._silent_since = monotonic()

    def _note_token(self, token: str, refusal: str) -> None:
        """Note that Slack accepted the call's token, or refused it with this error."""
        if not token:
            return
        if token == self._own_token:
            self.refused_token = refusal
        self.after_token(token, refusal)

    def method_of(self, url: str) -> str:
        """Return the Web API method in the URL, or `response_url` for a URL outside the API."""
        name = url.partition("?")[0].removeprefix(self._api_url)
        return name if name.replace(".", "").isalpha() else RESPONSE_URL

    def trace(self) -> aiohttp.TraceConfig:
        """Return the tracing with which an HTTP session reports the duration of each call."""
        trace = aiohttp.TraceConfig()

        async def begun(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: Any) -> None:
            context.began_at = perf_counter()

        async def ended(
            _session: aiohttp.ClientSession,
            context: SimpleNamespace,
            params: aiohttp.TraceRequestEndParams | aiohttp.TraceRequestExceptionParams,
        ) -> None:
            self._after_call(self.method_of(str(params.url)), perf_counter() - context.began_at)

        trace.on_request_start.append(begun)
        trace.on_request_end.append(ended)
        trace.on_request_exception.append(ended)
        return trace


def _code(response: HttpResponse, *, is_api: bool) -> str:
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


def _not_read(error: Exception | None) -> str:
    """Return the code for an answer that the library could not parse, or that never came."""
    if isinstance(error, SlackApiError):
        return f"{IMPOSTOR}{getattr(error.response, 'status', 200)}"
    return NO_ANSWER


def _token(request: HttpRequest) -> str:
    """Return the token of the call, "" when it had none."""
    given = request.headers.get("Authorization") or ""
    first = given if isinstance(given, str) else given[0]
    return first.removeprefix("Bearer ")
