"""Whole bots as processes of their own, forked from one that has imported everything, which takes milliseconds.

`python -m tests.failures.fork_server` reads one order a line and reports on its output, one JSON object a line.
"""

import asyncio
import gc
import json
import logging
import os
import selectors
import signal
import traceback
from collections.abc import Callable, Iterator
from datetime import timedelta
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event

from bot.pacing import RateLimit
from bot.settings import Settings
from bot.wiring import BotProcess, running
from storage.database import Store
from storage.migrate import upgrade
from storage.models.reviews import Review
from tests.compiled_words import keep_compiled_words
from tests.databases.compiled import share_compiled_statements
from tests.databases.sqlite import never_wait_for_the_disk
from tests.failures.kill_points import KillPoint
from tests.failures.offset_clock import OffsetClock
from tests.stories.conftest import at_work
from tests.stories.team import CHANNEL

NEVER_SECONDS = 3_600.0


def main() -> None:
    """Serve orders until the input ends, then kill every child."""
    children: set[int] = set()
    warm()
    woken, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    for line in lines_of_input(meanwhile=lambda: report_ended(children), woken=woken):
        order = json.loads(line)
        pid = fork_bot(order)
        children.add(pid)
        report(started=pid, order=order["number"])
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def warm() -> None:
    """Do once what every bot would do for the first time: compile statements and templates, import the server."""
    keep_compiled_words()
    share_compiled_statements()
    never_wait_for_the_disk()
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    with TemporaryDirectory() as folder:
        asyncio.run(hold_a_review(f"sqlite:///{folder}/cadence.db"))
    gc.freeze()


async def hold_a_review(database_url: str) -> None:
    store = Store(database_url)
    upgrade(store)
    store.close()
    async with at_work("sqlite http", database_url) as team:
        await team.begins_review_of("Initech", "Globex")
        await team.ann.types("/move initech They called", in_=CHANNEL)
        await team.closes_review(team.ann)


def lines_of_input(*, meanwhile: Callable[[], None], woken: int) -> Iterator[bytes]:
    """Yield the lines of the standard input; call `meanwhile` whenever `woken` can be read."""
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(0, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        while True:
            ready = {key.fd for key, _ in selector.select()}
            if woken in ready:
                os.read(woken, 4_096)
                meanwhile()
            if 0 in ready:
                read = os.read(0, 65_536)
                if not read:
                    return
                *lines, rest = (rest + read).split(b"\n")
                yield from lines


def fork_bot(order: dict[str, Any]) -> int:
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            asyncio.run(run_bot(order))
            status = 0
        except BaseException:  # whatever ends the process is shown
            traceback.print_exc()
        finally:
            os._exit(status)
    return pid


def report_ended(children: set[int]) -> None:
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        children.discard(pid)
        report(ended=pid, status=os.waitstatus_to_exitcode(status))


def report(**facts: Any) -> None:
    """Write one line, short enough that lines of several processes never mix."""
    os.write(1, json.dumps(facts).encode() + b"\n")


async def run_bot(order: dict[str, Any]) -> None:
    """Run a whole bot until it is told to stop or kills itself as ordered."""
    pid, told, loop = os.getpid(), asyncio.Event(), asyncio.get_running_loop()
    tally = Tally()
    clock = OffsetClock(order["shift_seconds"])
    loop.add_signal_handler(signal.SIGTERM, told.set)
    loop.add_signal_handler(signal.SIGUSR1, clock.pass_lease)
    unpaced = RateLimit(
        channel_interval=timedelta(), message_interval=timedelta(), workspace_messages=1_000_000, method_calls={}
    )
    rate_limit = None if order["is_paced"] else unpaced
    settings = Settings(**order["settings"])
    async with running(settings, clock, tick_seconds=order["tick_seconds"], rate_limit=rate_limit) as cadence:
        report_writes(cadence)
        if order["kill_point"]:
            KillPoint(*order["kill_point"]).arm()
        if order["tick_seconds"] >= NEVER_SECONDS:
            await cadence.scheduler.tick_now()
        report(ready=pid, port=cadence.port)
        await told.wait()
    report(tally=pid, opened=tally.opened, sent=tally.sent)


def report_writes(cadence: BotProcess) -> None:
    pid, wake = os.getpid(), cadence.store.after_write

    def after_write() -> None:
        report(wrote=pid)
        wake()

    cadence.store.after_write = after_write


class Tally(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.opened = self.sent = 0
        event.listen(Review, "after_insert", self._count_review)
        delivery = logging.getLogger("cadence.delivery")
        delivery.setLevel(logging.INFO)
        delivery.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.sent += record.getMessage() == "letter_sent"

    def _count_review(self, *_: object) -> None:
        self.opened += 1


if __name__ == "__main__":
    main()
