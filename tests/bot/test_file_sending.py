"""What is said of a file for which Slack was not reached; what Slack answers to one is in the stories of the export."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from agendas.errors import Refused
from bot.file_sending import send_file
from bot.workspaces import Workspaces
from handlers.deps import File


class Unreachable(Workspaces):
    """Knows a workspace whose Slack does not listen."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def client_of(self, workspace_id: str) -> AsyncWebClient | None:
        """A client of a port where nobody can listen."""
        return AsyncWebClient("xoxb-sample", base_url="http://127.0.0.1:1/", session=self._session, retry_handlers=[])


async def test_a_file_for_which_slack_was_not_reached_was_not_taken() -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(Refused, match=r"did not take the file \(it could not be reached\). Try again in a minute."):
            await send_file(Unreachable(session), "T1", "U1", File("export.zip", b"bytes"))
