"""The doctor's look at Slack: the tokens, the permissions, and the clock."""

from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from agendas.rules.access.permissions import PERMISSIONS, missing, needless
from bot.cli.doctor_database import clock_finding
from bot.cli.doctor_report import Finding, look, ok, wrong
from bot.clock import Clock
from bot.slack_api.errors import NOT_SLACK, app_token_refusal, error_code, is_passing

AWAY = (aiohttp.ClientError, TimeoutError, OSError)
WHERE_TO_ADD = "at api.slack.com/apps under OAuth & Permissions, then install the app again"
FAILS = "Slack answers with an error of its own, or asks to wait: run this again in a minute."
NOT_SEEN = (
    "Not seen from here: which events and commands the app has in Slack, since a bot token may not read them. If some "
    "do not arrive, paste app.yaml at api.slack.com/apps under App Manifest."
)


async def token_findings(client: AsyncWebClient, clock: Clock) -> tuple[str, list[Finding]]:
    """The workspace's id, empty when Slack did not take the token, and what was found about it."""
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        code = error_code(error)
        if is_passing(error):
            return "", [wrong("Slack", FAILS)]
        if not code:
            return "", [wrong("token", f"What answers at {client.base_url} {NOT_SLACK}")]
        return "", [wrong("token", f"Slack refused the bot token ({code}): copy it again, or install the app again.")]
    except AWAY as error:
        return "", [_away(error)]
    return str(answer.get("team_id") or ""), list(_of_answer(answer, clock.now()))


def _of_answer(answer: AsyncSlackResponse, now: datetime) -> Iterator[Finding]:
    yield ok("token", f"The bot token speaks for @{answer.get('user')} in {answer.get('team')}.")
    yield from permission_findings(_header(answer, "x-oauth-scopes"))
    date = _header(answer, "date")
    if date:
        yield clock_finding("Slack's clock", parsedate_to_datetime(date), now)


def permission_findings(granted: str) -> Iterator[Finding]:
    """One finding for each permission that is missing, one for all that are needless, or one that says all is well."""
    if not granted:
        yield look("permissions", "Slack does not say which permissions the app has.")
        return
    for permission in missing(granted):
        yield wrong("permissions", f"{permission} is missing, for {PERMISSIONS[permission]}: add it {WHERE_TO_ADD}.")
    unused = needless(granted)
    if unused:
        yield look("permissions", f"Nothing needs {', '.join(unused)}: remove what is too much {WHERE_TO_ADD}.")
    if not missing(granted) and not unused:
        yield ok("permissions", "The app has exactly those of app.yaml.")


async def app_token_finding(client: AsyncWebClient, app_token: str) -> Finding:
    """Whether a connection of Socket Mode could be opened."""
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        if is_passing(error):
            return wrong("Slack", FAILS)
        return wrong("app token", app_token_refusal(error, client.base_url))
    except AWAY as error:
        return _away(error)
    return ok("app token", "A connection of Socket Mode can be opened.")


def _away(error: BaseException) -> Finding:
    return wrong("Slack", f"Slack cannot be reached ({type(error).__name__}): check the network and SLACK_API_URL.")


def _header(answer: AsyncSlackResponse, name: str) -> str:
    headers: Any = answer.headers
    return next((str(value) for key, value in headers.items() if key.lower() == name), "")
