"""Calls of the Web API that must be refused."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.server import Sandbox


async def refused(sandbox: Sandbox, method: str, **arguments: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await sandbox.client.api_call(method, json=arguments)
    answer: dict[str, Any] = caught.value.response.data
    return answer


async def error_of(sandbox: Sandbox, method: str, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await sandbox.client.api_call(method, params=arguments)
    return str(caught.value.response["error"])
