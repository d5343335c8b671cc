"""Whole bots as processes of their own, forked from one that has imported everything: a birth costs milliseconds.

`python -m tests.failures.nursery` reads one order a line, and says on its output what became of it, one object a line.
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
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import configure_mappers

from agendas.rendering.words import PRODUCT_WORDS, Words
from bot.delivery.rate_limit import RateLimit
from bot.settings import Settings
from bot.wiring import Cadence, running
from storage.tables import Review
from tests.failures.ahead import Ahead
from tests.failures.deaths import Death

NEVER_SECONDS = 3_600.0


def main() -> None:
    """Serves orders until its input ends; then every child is killed."""
    children: set[int] = set()
    woken, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    warm()
    for line in lines_of_input(meanwhile=lambda: bury(children), woken=woken):
        order = json.loads(line)
        pid = born(order)
        children.add(pid)
        say(born=pid, order=order["number"])
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def warm() -> None:
    """Does once what every bot would do at its birth: compile the words and lay out the tables."""
    words = Words()
    for file in PRODUCT_WORDS.glob("*.j2"):
        with suppress(LookupError):
            words.say(f"{file.stem}.nothing_of_this_name")
    configure_mappers()
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    gc.freeze()


def lines_of_input(*, meanwhile: Callable[[], None], woken: int) -> Iterator[bytes]:
    """The lines of the standard input until its end; `meanwhile` is called each time there is something at `woken`."""
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


def born(order: dict[str, Any]) -> int:
    """The process id of a new bot."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            asyncio.run(live(order))
            status = 0
        except BaseException:  # what ends a process is shown, and the process ends
            traceback.print_exc()
        finally:
            os._exit(status)
    return pid


def bury(children: set[int]) -> None:
    """Says of every child that ended how it did."""
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        children.discard(pid)
        say(died=pid, status=os.waitstatus_to_exitcode(status))


def say(**facts: Any) -> None:
    """One line to whoever ordered; short enough that lines of several processes never mix."""
    os.write(1, json.dumps(facts).encode() + b"\n")


async def live(order: dict[str, Any]) -> None:
    """A whole bot, until it is told to stop or dies as ordered."""
    pid, told, loop = os.getpid(), asyncio.Event(), asyncio.get_running_loop()
    tally = Tally()
    clock = Ahead(order["shift_seconds"])
    loop.add_signal_handler(signal.SIGTERM, told.set)
    loop.add_signal_handler(signal.SIGUSR1, clock.pass_lease)
    unpaced = RateLimit(channel_interval=timedelta(), workspace_messages=1_000_000, method_calls={})
    rate_limit = None if order["is_paced"] else unpaced
    settings = Settings(**order["settings"])
    async with running(settings, clock, tick_seconds=order["tick_seconds"], rate_limit=rate_limit) as cadence:
        tell_of_writes(cadence)
        if order["death"]:
            Death(*order["death"]).await_moment()
        if order["tick_seconds"] >= NEVER_SECONDS:
            await cadence.scheduler.tick_now()
        say(ready=pid, port=cadence.port)
        await told.wait()
    say(tally=pid, opened=tally.opened, sent=tally.sent)


def tell_of_writes(cadence: Cadence) -> None:
    """Says from now on whenever something was written."""
    pid, wake = os.getpid(), cadence.store.after_write

    def after_write() -> None:
        say(wrote=pid)
        wake()

    cadence.store.after_write = after_write


class Tally(logging.Handler):
    """How many reviews this process opened and how many letters it sent."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.opened = self.sent = 0
        event.listen(Review, "after_insert", self._count_review)
        delivery = logging.getLogger("cadence.delivery")
        delivery.setLevel(logging.INFO)
        delivery.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Counts what the delivery says it sent."""
        self.sent += record.getMessage() == "letter_sent"

    def _count_review(self, *_: object) -> None:
        self.opened += 1


if __name__ == "__main__":
    main()
