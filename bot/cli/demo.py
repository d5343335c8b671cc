"""`cadence demo`: hands over to the sandbox, which starts the bot against a workspace of its own."""

import argparse
import os
import sys

from bot.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The page's port, and whether to open it."""
    parser.add_argument("--port", type=int, metavar="N", help="port of the page (8765 when not given)")
    parser.add_argument("--no-browser", action="store_true", help="do not open the page in a browser")


def run(arguments: argparse.Namespace, _settings: Settings) -> int:
    """Does not return: this process becomes the sandbox."""
    command = [sys.executable, "-m", "sandbox"]
    if arguments.port is not None:
        command += ["--port", str(arguments.port)]
    if arguments.no_browser:
        command.append("--no-browser")
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 - our own module, without a shell
