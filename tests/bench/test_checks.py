"""What the benchmarks refuse: silence, answers that say nothing, letters without words, a pace that is not Slack's."""

import asyncio
import json
import subprocess
import sys
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from bench.harness import BenchFailed
from bench.load import Load
from bench.payloads import command
from bench.posting import CHANNEL_INTERVAL, METHOD_CALLS, WORKSPACE_MESSAGES, WORKSPACE_PERIOD, least_seconds
from bench.processes import line_of
from bench.reviews import Review
from bench.socket_slack import Link
from bot.delivery import rate_limit
from storage.database.engine import Store
from storage.tables import Letter, LetterKind
from tests.builders import CHANNEL, NOW, WORKSPACE


def asked_for_a_line(code: str, within_seconds: float) -> str:
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as one:
        try:
            return line_of(one, within_seconds)
        finally:
            one.kill()


def test_a_process_that_says_nothing_or_has_ended_is_not_waited_for() -> None:
    assert asked_for_a_line("print(7, flush=True); input()", 30) == "7\n"
    with pytest.raises(BenchFailed, match="said nothing within 0 s"):
        asked_for_a_line("input()", 0.05)
    with pytest.raises(BenchFailed, match="ended before it answered"):
        asked_for_a_line("", 30)


def test_a_letter_that_is_composed_to_nothing_is_refused(store: Store) -> None:
    letter = Letter(
        workspace_id=WORKSPACE,
        key="k",
        kind=LetterKind.POST,
        page="said",
        channel_id=CHANNEL,
        created_at=NOW,
        due_at=NOW,
    )
    letter.subject = {"messages": []}
    with pytest.raises(BenchFailed, match="composed to nothing"):
        Review(store, 1, [letter], NOW).compose([letter])


def test_the_bots_own_pace_is_no_slower_than_what_slack_is_known_to_take() -> None:
    assert rate_limit.CHANNEL_INTERVAL <= CHANNEL_INTERVAL == timedelta(seconds=1)
    assert WORKSPACE_PERIOD == rate_limit.WORKSPACE_PERIOD == timedelta(minutes=1)
    assert rate_limit.WORKSPACE_MESSAGES >= WORKSPACE_MESSAGES == 200
    assert (least_seconds(27, 1), least_seconds(2_800, 200), least_seconds(400, 200)) == (26, 780, 180)
    assert {*METHOD_CALLS.values()} == {50}


async def linked(answers: list[dict[str, object]]) -> tuple[int, int]:
    """How many were answered and how many of them were errors, of requests to a bot that answers like this."""
    link, app = Link(), web.Application()
    app.router.add_get("/link", link.link)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    load = Load(0, command("/account", "acme"), "secret", seconds=30, warm_up=1)
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(f"http://127.0.0.1:{runner.addresses[0][1]}/link") as bot,
    ):
        sending = asyncio.create_task(link.send(load))
        async for message in bot:
            envelope_id = json.loads(message.data).get("envelope_id")
            if envelope_id is None:
                continue
            if not answers:
                break
            await bot.send_json({"envelope_id": envelope_id} | answers.pop())
    found = json.loads(await asyncio.wait_for(sending, 30))
    await runner.cleanup()
    return found["answered_in_all"], found["errors"]


async def test_by_socket_mode_an_answer_that_says_nothing_is_an_error_and_so_is_one_that_never_comes() -> None:
    said = {"payload": {"text": "Acme"}}
    answered, errors = await linked([said, {}, said])
    assert answered == 3
    assert errors == 2
