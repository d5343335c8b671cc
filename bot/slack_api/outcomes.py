"""The table of Slack's errors: the outcome for a letter of each answer, or of a missing one. Pure."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import aiohttp

from agendas.pages.admin.trouble import UNNAMED

RETRY_SECONDS = 5.0
"""Pause after a failure for which Slack names no pause."""
RATE_LIMIT_SECONDS = 1.0
"""Pause when Slack asks to wait without saying how long."""
FULL_SECONDS = 60.0
"""Pause when the workspace has reached its number of messages."""


class WaitReason(StrEnum):
    """Reasons of our own to put a letter off, kept as its last error beside Slack's codes.

    Stored; each has its sentence in `agendas.rules.access.delivery_reasons`.
    """

    WAITS_FOR_TURN = "waits for its turn"
    NOT_THERE_YET = "not there yet"
    QUIET_HOURS = "quiet hours"
    DO_NOT_DISTURB = "do not disturb"
    OVER_CAP = "over the weekly cap"
    MEMBERS_UNREAD = "members unread"


class Scope(StrEnum):
    """The extent of a refusal."""

    LETTER = "letter"
    TARGET = "target"
    CHANNEL = "channel"
    WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True)
class Sent:
    """The message is in this channel, with this ts."""

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
class Refused:
    """Slack refused for good. `lacks` names the missing permission, if that is the reason."""

    error: str
    scope: Scope = Scope.LETTER
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
    """The person is not in the channel: tell them in a direct message."""

    error: str


Outcome = Sent | Later | Refused | Unsure | Degraded | JoinFirst | ToDirect

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
        return Refused(code, lacks=needed or UNNAMED)
    return _of_refusal(code)


def of_exception(error: Exception) -> Outcome:
    """Return the outcome of a call without an answer. Re-raises errors that are not the network's."""
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
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
    if code == "not_in_channel":
        return JoinFirst(code)
    if code == "user_not_in_channel":
        return ToDirect(code)
    if code.startswith(TOO_MUCH):
        return Degraded(code)
    if code in TARGET_GONE:
        return Refused(code, Scope.TARGET)
    if code in CHANNEL_GONE or code.startswith(CHANNEL_POLICY):
        return Refused(code, Scope.CHANNEL)
    if code in TOKEN_GONE:
        return Refused(code, Scope.WORKSPACE)
    return Refused(code)
