"""`cadence run`: the bot, until it is told to stop."""

import argparse
import asyncio
import gc
import signal
import sys

from bot.clock import SystemClock
from bot.settings import Settings
from bot.slack_api.workspaces import StartFailed
from bot.wiring import running

STOPPING_SIGNALS = (signal.SIGTERM, signal.SIGINT)
GARBAGE_THRESHOLDS = (10_000, 5, 100)
"""Collecting less often keeps answers quick. The middle generation is small: 50,000 objects are looked through in a few
milliseconds, in which nobody is answered."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none: the environment says everything."""
    parser.epilog = "Stops on SIGTERM or Ctrl-C, after it has finished what it began."


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """0 after it was told to stop, 1 when it could not start."""
    try:
        asyncio.run(_run(settings))
    except StartFailed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def spare_the_collector() -> None:
    """What was made until now lives as long as the program, and is not looked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_THRESHOLDS)


async def _run(settings: Settings) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in STOPPING_SIGNALS:
        loop.add_signal_handler(name, stopped.set)
    async with running(settings, SystemClock()):
        spare_the_collector()
        await stopped.wait()
