"""`cadence run`: the bot, until it is told to stop; `cadence demo`: the bot in the sandbox, with a sample program."""

import argparse
import asyncio
import gc
import os
import signal
import sys

from bot.clock import SystemClock
from bot.settings import Settings
from bot.slack_api import StartFailed
from bot.wiring import running

STOPPING_SIGNALS = (signal.SIGTERM, signal.SIGINT)
GARBAGE_THRESHOLDS = (10_000, 5, 100)
"""Collect less often: with `gc.freeze` it keeps stalls of the loop to at most 50 ms under an import.

The middle generation stays small: 50,000 objects are scanned in a few milliseconds, in which nobody is answered.
"""

TURN_SECONDS = 0.001
"""Time after which a working thread lets another go on; Python's default is five times as long."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "Stops on SIGTERM or Ctrl-C, after it has finished what it began."


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the bot; return 0 after it was told to stop, 1 when it could not start."""
    try:
        asyncio.run(_run(settings))
    except StartFailed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


async def _run(settings: Settings) -> None:
    """Run the bot until the process gets one of STOPPING_SIGNALS."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in STOPPING_SIGNALS:
        loop.add_signal_handler(name, stopped.set)
    async with running(settings, SystemClock()):
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GARBAGE_THRESHOLDS)
        sys.setswitchinterval(TURN_SECONDS)
        await stopped.wait()


def demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, metavar="N", help="port of the page (8765 when not given)")
    parser.add_argument("--no-browser", action="store_true", help="do not open the page in a browser")
    parser.add_argument("--empty", action="store_true", help="people and channels alone, to set everything up yourself")


def run_demo(arguments: argparse.Namespace, _settings: Settings) -> int:
    """Replace this process by the sandbox; does not return."""
    command = [sys.executable, "-m", "sandbox"]
    if arguments.port is not None:
        command += ["--port", str(arguments.port)]
    if arguments.no_browser:
        command.append("--no-browser")
    if arguments.empty:
        command.append("--empty")
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 - our own module, without a shell
