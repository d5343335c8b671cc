"""The doctor's checks of Slack: tokens, permissions and clock."""

from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from agendas.rules.access.permissions import OPTIONAL, PERMISSIONS, declined, missing, needless
from bot.cli.doctor.database import clock_finding
from bot.cli.doctor.report import Finding, look, ok, wrong
from bot.clock import Clock
from bot.slack_api.errors import NOT_SLACK, UNREACHED, app_token_refusal, error_code, is_passing
from bot.slack_api.outcomes import header

WHERE_TO_ADD = "at api.slack.com/apps under OAuth & Permissions, then install the app again"
FAILS = "Slack answers with an error of its own, or asks to wait: run this again in a minute."
NOT_SEEN = (
    "Not checked: the app's events and commands in Slack, because a bot token may not read them. If some do not "
    "arrive, paste app.yaml at api.slack.com/apps under App Manifest."
)


async def token_findings(client: AsyncWebClient, clock: Clock) -> tuple[str, list[Finding]]:
    """Return the id of the token's workspace, "" when Slack does not accept the token, and the findings about it."""
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        code = error_code(error)
        if is_passing(error):
            return "", [wrong("Slack", FAILS)]
        if not code:
            return "", [wrong("token", f"What answers at {client.base_url} {NOT_SLACK}")]
        return "", [wrong("token", f"Slack refused the bot token ({code}): copy it again, or install the app again.")]
    except UNREACHED as error:
        return "", [_away(error)]
    return str(answer.get("team_id") or ""), list(_of_answer(answer, clock.now()))


def _of_answer(answer: AsyncSlackResponse, now: datetime) -> Iterator[Finding]:
    yield ok("token", f"The bot token speaks for @{answer.get('user')} in {answer.get('team')}.")
    yield from permission_findings(header(answer.headers, "x-oauth-scopes"))
    date = header(answer.headers, "date")
    if date:
        yield clock_finding("Slack's clock", parsedate_to_datetime(date), now)


def permission_findings(granted: str) -> Iterator[Finding]:
    """Yield a finding for each permission not given and one for all needless ones, or one that all is well."""
    if not granted:
        yield look("permissions", "Slack does not say which permissions the app has.")
        return
    for permission in missing(granted):
        yield wrong("permissions", f"{permission} is missing, for {PERMISSIONS[permission]}: add it {WHERE_TO_ADD}.")
    for permission in declined(granted):
        off = OPTIONAL[permission].replace("`", "")
        yield look("permissions", f"{permission} was not given, so {off}. To have that, add it {WHERE_TO_ADD}.")
    unused = needless(granted)
    if unused:
        yield look("permissions", f"Nothing needs {', '.join(unused)}: remove what is too much {WHERE_TO_ADD}.")
    if not missing(granted) and not declined(granted) and not unused:
        yield ok("permissions", "The app has exactly those of app.yaml.")


async def app_token_finding(client: AsyncWebClient, app_token: str) -> Finding:
    """Check that a connection of Socket Mode can be opened."""
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        if is_passing(error):
            return wrong("Slack", FAILS)
        return wrong("app token", app_token_refusal(error, client.base_url))
    except UNREACHED as error:
        return _away(error)
    return ok("app token", "A connection of Socket Mode can be opened.")


def _away(error: BaseException) -> Finding:
    return wrong("Slack", f"Slack cannot be reached ({type(error).__name__}): check the network and SLACK_API_URL.")
