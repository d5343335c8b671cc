"""What the bot learns about Slack from its own calls: how long each took, and which errors came of them."""

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
"""What stands for an error when no answer came at all."""
NOT_SLACK = "http_"
"""What stands, before the status, for an answer that is none of Slack's: a page of a proxy, say."""

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
"""The errors that are counted by name; Slack has hundreds, the others are counted together."""


class SlackWatch(AsyncRetryHandler):
    """Sees every call's outcome and never asks for another try: the client tells its retry handlers of each.

    `after_call` is told the method and the seconds, `after_error` the method and the error's code. `refused_token` is
    the error with which Slack refused `own_token` last, the one that all the bot's work needs; empty when it took it
    since, and while each workspace has its own. `after_token` is told the token of each call and the error
    with which it was refused, empty when it was taken.
    `was_reached`: Slack answered at least once. `instead` is what something else answered last in Slack's place,
    `http_` with the status; empty when nothing did. `time` is Slack's.
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
        self.instead = ""
        self.time = SlackTime()
        self._silent_since: float | None = None

    @property
    def silent_seconds(self) -> float:
        """For how long Slack has not answered calls; 0 when it answered the last one."""
        return 0.0 if self._silent_since is None else monotonic() - self._silent_since

    async def can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 - the client passes all of them by name
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        """No. Notes what came of the call."""
        method = self.method_of(request.url or "")
        is_api = method != RESPONSE_URL
        code = _not_read(error) if response is None else _code(response, is_api=is_api)
        is_instead = code.startswith(NOT_SLACK)
        if is_api and response is not None and not is_instead:
            self.time.hear(response.headers)
        # whose a refusal at an address outside the API is cannot be told
        if is_api or not is_instead:
            self.instead = code if is_instead else ""
            is_silent = response is None or response.status_code >= 500 or is_instead
            self._note_answer(request, code, is_silent=is_silent)
        if code:
            self._after_error(method, code if code in CODES or is_instead else OTHER)
        return False

    def _note_answer(self, request: HttpRequest, code: str, *, is_silent: bool) -> None:
        """Slack answered the call, or left it without an answer of its own."""
        if not is_silent:
            self._silent_since = None
            self.was_reached = True
            if code not in RATE_LIMITED | AMBIGUOUS:
                self._note_token(_token(request), code if code in TOKEN_GONE else "")
        elif self._silent_since is None:
            self._silent_since = monotonic()

    def _note_token(self, token: str, refusal: str) -> None:
        """Slack took the call's token, or refused it with this error."""
        if not token:
            return
        if token == self._own_token:
            self.refused_token = refusal
        self.after_token(token, refusal)

    def method_of(self, url: str) -> str:
        """The Web API method that the address names, `response_url` for an address outside the API."""
        name = url.partition("?")[0].removeprefix(self._api_url)
        return name if name.replace(".", "").isalpha() else RESPONSE_URL

    def trace(self) -> aiohttp.TraceConfig:
        """What an HTTP session needs to tell this watch how long each call took."""
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
    """The error that the answer names, empty when there is none. Every answer of the API says whether it is `ok`."""
    status, body = response.status_code, response.body if isinstance(response.body, dict) else {}
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return "ratelimited"
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "service_unavailable"
    if "ok" not in body and (is_api or status >= HTTPStatus.BAD_REQUEST):
        return f"{NOT_SLACK}{status}"
    code = body.get("error") if body and not body.get("ok") else ""
    return code if isinstance(code, str) else OTHER


def _not_read(error: Exception | None) -> str:
    """What the library could not read counts by its status, though it calls itself JSON."""
    if isinstance(error, SlackApiError):
        return f"{NOT_SLACK}{getattr(error.response, 'status', 200)}"
    return NO_ANSWER


def _token(request: HttpRequest) -> str:
    """The token that the call was made with, empty when there was none."""
    given = request.headers.get("Authorization") or ""
    first = given if isinstance(given, str) else given[0]
    return first.removeprefix("Bearer ")
