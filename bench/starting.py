"""How long the bot takes from its start until it answers, and how much memory it holds, beside stock Bolt."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.harness import BenchFailed, Figure, in_turn, middle
from bench.processes import Running, bot, compiled, floor, slack

IDLE_SECONDS = 2.0
"""How long a process is left alone before its memory is looked at."""
MEBIBYTE = 1024 * 1024
NOT_YET = 503
READY_WITHIN_SECONDS = 60.0
LOOK_SECONDS = 0.005


def figures() -> Iterator[Figure]:
    """The figures of the last row, each the median of rounds in which both sides take turns."""
    compiled()
    with ExitStack() as stack:
        api = stack.enter_context(slack())
        folder = stack.enter_context(TemporaryDirectory(prefix="cadence-bench-"))
        url = f"sqlite:///{Path(folder) / 'cadence.db'}"
        sides: dict[str, Callable[[], AbstractContextManager[Running]]] = {
            "bolt": partial(floor, "default", api),
            "bot": partial(bot, url, api),
        }
        with sides["bot"]():
            # the first start makes the tables, which happens once in the life of a bot
            pass
        found = in_turn({side: partial(_seconds_to_ready, make) for side, make in sides.items()})
        took = {side: middle(rounds) for side, rounds in found.items()}
        yield Figure("start to ready", took["bot"], took["bolt"], "s", 2.0)
        found = in_turn({side: partial(_mebibytes, make) for side, make in sides.items()})
        held = {side: middle(rounds) for side, rounds in found.items()}
        yield Figure("resident memory when idle", held["bot"], held["bolt"], "MiB", 2.0)


def _seconds_to_ready(start: Callable[[], AbstractContextManager[Running]]) -> float:
    began_at = time.perf_counter()
    with start() as running:
        wait_until_ready(running.port)
        return time.perf_counter() - began_at


def wait_until_ready(port: int) -> None:
    """Returns once a request as Slack's is answered, if only with a refusal, and `/readyz` says 200.

    Stock Bolt has no such page (404): once it answers requests it is ready.
    """
    _status(f"http://127.0.0.1:{port}/slack/events", b"{}")
    give_up_at = time.monotonic() + READY_WITHIN_SECONDS
    while (status := _status(f"http://127.0.0.1:{port}/readyz")) == NOT_YET:
        if time.monotonic() > give_up_at:
            raise BenchFailed(f"the bot was not ready within {READY_WITHIN_SECONDS:.0f} s")
        time.sleep(LOOK_SECONDS)
    if status not in (200, 404):
        raise BenchFailed(f"/readyz answered {status}")


def _status(url: str, body: bytes | None = None) -> int:
    try:
        with urllib.request.urlopen(url, body, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def _mebibytes(start: Callable[[], AbstractContextManager[Running]]) -> float:
    with start() as running:
        wait_until_ready(running.port)
        time.sleep(IDLE_SECONDS)
        return running.resident_bytes / MEBIBYTE
