"""Malformed calls are refused with Slack's errors, never with a failure of the sandbox."""

import aiohttp
import pytest

from sandbox.server import Sandbox
from sandbox.workspace import ResponseUrl

DEEP = "[" * 100_000


@pytest.mark.parametrize("given", ["!!!abc", "a", "_-_-", "Zm9v"])
async def test_an_app_without_valid_credentials_is_refused(sandbox: Sandbox, given: str) -> None:
    async with aiohttp.ClientSession() as http:
        headers = {"Authorization": f"Basic {given}"}
        async with http.post(f"{sandbox.api_url}oauth.v2.access", data={"code": "x"}, headers=headers) as answer:
            assert (answer.status, (await answer.json())["error"]) == (200, "invalid_client_id")


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("blocks", "invalid_blocks_format"),
        ("metadata", "invalid_metadata_format"),
    ],
)
async def test_arguments_nested_too_deeply_are_refused(sandbox: Sandbox, name: str, error: str) -> None:
    form = {"channel": sandbox.channel("abm").state.id, "text": "x", name: DEEP}
    token = {"Authorization": f"Bearer {sandbox.bot_token}"}
    async with aiohttp.ClientSession(headers=token) as http:
        async with http.post(f"{sandbox.api_url}chat.postMessage", data=form) as answer:
            assert (answer.status, (await answer.json())["error"]) == (200, error)
        body = {"data": DEEP, "headers": {"Content-Type": "application/json"}}
        async with http.post(f"{sandbox.api_url}chat.postMessage", **body) as answer:
            assert (answer.status, (await answer.json())["error"]) == (200, "invalid_json")


async def test_nothing_that_is_nested_gives_an_error_of_the_sandboxs_own(sandbox: Sandbox) -> None:
    form = {"channel": sandbox.channel("abm").state.id, "text": "x"}
    token = {"Authorization": f"Bearer {sandbox.bot_token}"}
    async with aiohttp.ClientSession(headers=token) as http:
        for depth in range(850, 1_000, 30):
            nested = "[" * depth + "]" * depth
            payload = f'{{"event_type": "k", "event_payload": {{"x": {nested}}}}}'
            for more in ({"blocks": nested}, {"metadata": payload}):
                async with http.post(f"{sandbox.api_url}chat.postMessage", data=form | more) as answer:
                    assert answer.status == 200


async def test_an_answer_that_is_nested_too_deeply_is_no_payload(sandbox: Sandbox) -> None:
    path = sandbox.workspace.response_urls.new(ResponseUrl(sandbox.person("ann").id, sandbox.channel("abm").state.id))
    async with aiohttp.ClientSession() as http, http.post(sandbox.slack.origin + path, data=DEEP) as answer:
        assert (answer.status, await answer.text()) == (400, "invalid_payload")
