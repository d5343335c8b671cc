"""Downloading a file that a person uploaded in a form."""

from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from agendas.errors import Refused
from bot.slack_api.errors import UNREACHED, error_code
from bot.slack_api.workspaces import Workspaces

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
        shown = (await client.files_info(file=file_id))["file"]
        if _size(shown) > MOST_BYTES:
            raise Refused(_too_large())
        return await _download(client, str(shown.get("url_private_download") or shown.get("url_private") or ""))
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


def _size(shown: object) -> int:
    size = shown.get("size") if isinstance(shown, dict) else None
    return size if isinstance(size, int) else 0


def _too_large() -> str:
    return (
        f"The file has more than {MOST_BYTES // 1_000_000} MB. Import it where the bot runs, with cadence import FILE, "
        "or split it."
    )


def _not_given(why: str) -> str:
    return f"Slack did not give the file ({why}). Give it again with /abm import in a minute."
