"""Outcomes of Slack's answers: one test row for each row of the table of errors."""

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

from agendas.rules.access import NO_ANSWER, delivery_reason
from bot.slack_api import (
    Degraded,
    JoinFirst,
    Later,
    Outcome,
    Refused,
    Scope,
    ToDirect,
    WaitReason,
    of_error,
    of_exception,
    retry_after,
)
from tests.cases import cases

PLACE = ConnectionKey("slack.com", 443, True, True, None, None, None)


@cases(
    ("code", "outcome"),
    [
        ("not_in_channel", JoinFirst("not_in_channel")),
        ("user_not_in_channel", ToDirect("user_not_in_channel")),
        ("channel_not_found", Refused("channel_not_found", Scope.CHANNEL)),
        ("is_archived", Refused("is_archived", Scope.CHANNEL)),
        ("is_inactive", Refused("is_inactive", Scope.CHANNEL)),
        ("restricted_action", Refused("restricted_action", Scope.CHANNEL)),
        ("restricted_action_read_only_channel", Refused("restricted_action_read_only_channel", Scope.CHANNEL)),
        ("restricted_action_thread_locked", Refused("restricted_action_thread_locked", Scope.CHANNEL)),
        ("ekm_access_denied", Refused("ekm_access_denied", Scope.CHANNEL)),
        ("access_denied", Refused("access_denied", Scope.CHANNEL)),
        ("enterprise_is_restricted", Refused("enterprise_is_restricted", Scope.CHANNEL)),
        ("cannot_reply_to_message", Refused("cannot_reply_to_message", Scope.TARGET)),
        ("message_not_found", Refused("message_not_found", Scope.TARGET)),
        ("thread_not_found", Refused("thread_not_found", Scope.TARGET)),
        ("cant_update_message", Refused("cant_update_message", Scope.TARGET)),
        ("account_inactive", Refused("account_inactive", Scope.WORKSPACE)),
        ("token_revoked", Refused("token_revoked", Scope.WORKSPACE)),
        ("invalid_auth", Refused("invalid_auth", Scope.WORKSPACE)),
        ("not_authed", Refused("not_authed", Scope.WORKSPACE)),
        ("team_access_not_granted", Refused("team_access_not_granted", Scope.WORKSPACE)),
        ("token_expired", Refused("token_expired", Scope.WORKSPACE)),
        ("missing_scope", Refused("missing_scope", lacks="unnamed")),
        ("user_is_restricted", Refused("user_is_restricted")),
        ("something_new", Refused("something_new")),
        ("msg_too_long", Degraded("msg_too_long")),
        ("invalid_blocks", Degraded("invalid_blocks")),
        ("invalid_blocks_format", Degraded("invalid_blocks_format")),
        ("msg_blocks_too_long", Degraded("msg_blocks_too_long")),
        ("metadata_too_large", Degraded("metadata_too_large")),
        ("message_limit_exceeded", Later(60, "message_limit_exceeded")),
        ("internal_error", Later(5, "internal_error", may_be_sent=True)),
        ("fatal_error", Later(5, "fatal_error", may_be_sent=True)),
        ("request_timeout", Later(5, "request_timeout", may_be_sent=True, is_outage=True)),
        ("service_unavailable", Later(5, "service_unavailable", may_be_sent=True, is_outage=True)),
        ("duplicate_message_not_found", Later(5, "duplicate_message_not_found", may_be_sent=True)),
    ],
)
def test_each_error_of_the_table_has_its_outcome(code: str, outcome: Outcome) -> None:
    assert of_error(code) == outcome


def test_a_permission_that_the_app_lacks_is_named() -> None:
    assert of_error("missing_scope", needed="im:write") == Refused("missing_scope", lacks="im:write")
    assert of_error("is_archived", needed="im:write") == Refused("is_archived", Scope.CHANNEL)


@pytest.mark.parametrize("code", ["ratelimited", "rate_limited"])
def test_a_rate_limit_holds_the_method_for_as_long_as_slack_asks(code: str) -> None:
    assert of_error(code, status=429, headers={"Retry-After": "30"}) == Later(30, code, holds_method=True)


def test_an_answer_that_cannot_be_read_may_have_been_a_success() -> None:
    assert of_error("", status=503) == Later(5, "http_503", may_be_sent=True, is_outage=True)
    assert of_error("", status=200) == Later(5, "http_200", may_be_sent=True)


@cases(
    ("headers", "seconds"),
    [({"Retry-After": "7"}, 7), ({"retry-after": "0"}, 1), ({"Retry-After": "soon"}, 1), ({}, 1)],
)
def test_slack_is_given_at_least_a_second(headers: dict[str, str], seconds: float) -> None:
    assert retry_after(headers) == seconds


@cases(
    "error",
    [aiohttp.ServerDisconnectedError(), aiohttp.ClientOSError(), TimeoutError(), ConnectionResetError()],
)
def test_a_connection_that_breaks_leaves_it_open_whether_it_was_sent(error: Exception) -> None:
    assert of_exception(error) == Later(5, type(error).__name__, may_be_sent=True, is_outage=True)


def test_a_connection_that_was_never_made_sent_nothing() -> None:
    error = aiohttp.ClientConnectorError(PLACE, OSError())
    assert of_exception(error) == Later(5, "ClientConnectorError", is_outage=True)


def test_other_exceptions_are_not_slacks() -> None:
    with pytest.raises(ZeroDivisionError):
        of_exception(ZeroDivisionError())


@cases("reason", WaitReason)
def test_every_reason_of_our_own_to_wait_has_its_sentence(reason: WaitReason) -> None:
    assert delivery_reason(reason, state="waiting") != NO_ANSWER
