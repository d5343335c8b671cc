"""Sending a file to one person in a direct message."""

from slack_sdk.errors import SlackApiError, SlackRequestError

from agendas.errors import Refused
from bot.slack_api.errors import UNREACHED, error_code, outcome_of
from bot.slack_api.outcomes import Later
from bot.slack_api.outcomes import Refused as Refusal
from bot.slack_api.workspaces import Workspaces
from handlers.edge.deps import File

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
    outcome = outcome_of(error)
    if isinstance(outcome, Later) and outcome.may_be_sent:
        return IN_DOUBT
    if isinstance(outcome, Refusal) and outcome.lacks:
        return LACKING
    if not isinstance(error, SlackApiError):
        return _not_taken("it could not be reached")
    return _not_taken(error_code(error) or "no reason given")


def _not_taken(why: str) -> str:
    return f"Slack did not take the file ({why}). Try again in a minute."
