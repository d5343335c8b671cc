"""Failed uploads of a file; Slack's answers to one are in the stories of the export."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import JSONResponse

from agendas.errors import Refused
from bot.slack_api import SlackWatch, Workspaces, send_file
from handlers.edge.deps import File
from tests.bot.odd_slack import odd_slack

FILE = File("export.zip", b"bytes")


class OneClient(Workspaces):
    """Knows one client, whatever the workspace."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def client_of(self, workspace_id: str) -> AsyncWebClient | None:
        """That client."""
        return self._client


async def test_a_file_for_which_slack_was_not_reached_was_not_taken() -> None:
    async with aiohttp.ClientSession() as session:
        # a port where nobody can listen
        client = AsyncWebClient("xoxb-1", base_url="http://127.0.0.1:1/", session=session, retry_handlers=[])
        with pytest.raises(Refused, match=r"did not take the file \(it could not be reached\). Try again in a minute."):
            await send_file(OneClient(client), "T1", "U1", FILE)


@pytest.mark.parametrize(("status", "why"), [(200, "file_not_found"), (201, "its upload failed")])
async def test_a_file_whose_bytes_something_else_took_in_slacks_place_was_not_taken(status: int, why: str) -> None:
    answers: dict[str, Any] = {
        "conversations.open": {"ok": True, "channel": {"id": "D1"}},
        "bytes-1": JSONResponse({"message": "Scanned."}, status_code=status),
        "files.completeUploadExternal": {"ok": False, "error": "file_not_found"},
    }
    async with odd_slack(answers) as url, aiohttp.ClientSession() as session:
        answers["files.getUploadURLExternal"] = {"ok": True, "upload_url": f"{url}bytes-1", "file_id": "F1"}
        errors: list[tuple[str, str]] = []
        watch = SlackWatch(url, after_error=lambda method, code: errors.append((method, code)))
        client = AsyncWebClient("xoxb-1", base_url=url, session=session, retry_handlers=[watch])
        with pytest.raises(Refused, match=rf"did not take the file \({why}\). Try again in a minute."):
            await send_file(OneClient(client), "T1", "U1", FILE)
    assert errors[0] == ("response_url", "other")
