"""`python -m sandbox`: run the demo until it is stopped."""

import argparse
import asyncio
import errno
import signal
import sys
import tempfile
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from bot.clock import SystemClock
from bot.logs import set_up_logs
from sandbox.demo import demo

PORT = 8765
LAST_PORT = 65_535
STOPPING_SIGNALS = (signal.SIGTERM, signal.SIGINT)
PORT_ERRORS = (errno.EADDRINUSE, errno.EACCES)
DONE, FAILED = 0, 1

WHAT_TO_TRY = """\
Cadence in a sample workspace: {address}
Its weekly review is posted in #abm-weekly within a few seconds, one message an account.

Try in the page:
  - press Start my updates in the header, or Update, No change or Decide below an account
  - type /account, /account corvane or /abm
  - ask Cadence in a direct message: What is stalled?  How is Halden?  What is mine?
  - press "Next due moment": the clock moves on, and the page says what was posted where
  - choose another person under "Act as": an admin, a viewer, a guest

Nothing leaves this computer and nothing is kept. Stop with Ctrl-C."""

WHAT_TO_SET_UP = """\
Cadence in a workspace of people and channels where nothing is set up yet: {address}
You are Ines Albrecht, an admin. Type /abm in #abm-weekly, or open Home of Cadence: both show what is to be done.
"Act as" makes you another person, "Next due moment" moves the clock.

Nothing leaves this computer and nothing is kept. Stop with Ctrl-C."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the demo; return 0 after it was stopped, 1 when the port is taken or not allowed."""
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description="Run the bot with a sample program in a workspace of its own."
    )
    parser.add_argument("--port", type=_port, default=PORT, metavar="N", help=f"port of the page ({PORT})")
    parser.add_argument("--no-browser", action="store_true", help="do not open the page in a browser")
    parser.add_argument("--empty", action="store_true", help="people and channels alone, to set everything up yourself")
    arguments = parser.parse_args(argv)
    set_up_logs(level="WARNING", style="text")
    try:
        asyncio.run(_run(arguments.port, empty=arguments.empty, opens_browser=not arguments.no_browser))
    except OSError as error:
        if error.errno not in PORT_ERRORS:
            raise
        _say(f"Port {arguments.port} is in use or not allowed: give another with --port N.", to=sys.stderr)
        return FAILED
    return DONE


def _say(text: str, *, to: TextIO = sys.stdout) -> None:
    print(text, file=to, flush=True)


def _port(given: str) -> int:
    if not given.isdecimal() or int(given) > LAST_PORT:
        raise argparse.ArgumentTypeError(f"{given} is no port: give a number from 0 to {LAST_PORT}")
    return int(given)


async def _run(port: int, *, empty: bool, opens_browser: bool) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in STOPPING_SIGNALS:
        loop.add_signal_handler(name, stopped.set)
    with tempfile.TemporaryDirectory(prefix="cadence-demo-") as folder:
        async with demo(Path(folder), SystemClock(), port=port, empty=empty) as running:
            _say((WHAT_TO_SET_UP if empty else WHAT_TO_TRY).format(address=running.address))
            if opens_browser:
                await asyncio.to_thread(webbrowser.open, running.address)
            await stopped.wait()


if __name__ == "__main__":
    sys.exit(main())
