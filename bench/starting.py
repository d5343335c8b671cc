"""How long the bot takes from its start until it answers, and how much memory it holds, beside stock Bolt."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.harness import Figure, in_turn, middle
from bench.processes import Running, bot, compiled, floor, slack

IDLE_SECONDS = 2.0
"""How long a process is left alone before its memory is looked at."""
MEBIBYTE = 1024 * 1024


def figures() -> Iterator[Figure]:
    """The figures of the last row."""
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
        held = {side: _mebibytes(make) for side, make in sides.items()}
        yield Figure("resident memory when idle", held["bot"], held["bolt"], "MiB", 2.0)


def _seconds_to_ready(start: Callable[[], AbstractContextManager[Running]]) -> float:
    began_at = time.perf_counter()
    with start() as running:
        _answered(running.port)
        return time.perf_counter() - began_at


def _answered(port: int) -> None:
    """Returns once anything is answered: a request that is not Slack's is refused by both."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/slack/events", data=b"{}", method="POST")
    try:
        with urllib.request.urlopen(request, timeout=10):
            pass
    except urllib.error.HTTPError:
        pass


def _mebibytes(start: Callable[[], AbstractContextManager[Running]]) -> float:
    with start() as running:
        _answered(running.port)
        time.sleep(IDLE_SECONDS)
        return running.resident_bytes / MEBIBYTE
