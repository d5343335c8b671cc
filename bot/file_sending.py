"""A file to one person, as a direct message."""

import aiohttp
from slack_sdk.errors import SlackApiError

from agendas.errors import Refused
from bot.slack_errors import error_code
from bot.workspaces import Workspaces
from handlers.deps import File

LACKING = "missing_scope"


async def send_file(known: Workspaces, workspace_id: str, user_id: str, file: File) -> None:
    """Sends the file to the person. Raises Refused with what to do when Slack did not take it, or did not say."""
    client = await known.client_of(workspace_id)
    if client is None:
        raise Refused("Slack does not take this bot's token at the moment, so the file could not be sent.")
    try:
        opened = await client.conversations_open(users=[user_id])
        channel_id = opened["channel"]["id"]
        await client.files_upload_v2(channel=channel_id, filename=file.name, title=file.name, content=file.content)
    except SlackApiError as error:
        code = error_code(error)
        if code == LACKING:
            raise Refused(
                "The app lacks the permission files:write, so the file could not be sent. An admin adds it in the "
                "app's settings and installs the app once more."
            ) from error
        raise Refused(f"Slack did not take the file ({code or 'no reason given'}). Try again in a minute.") from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Refused(
            "Slack did not say whether it took the file. Look into your direct messages before you ask again."
        ) from error
