"""`cadence demo`: start the sandbox, which runs the bot in a workspace of its own."""

import argparse
import os
import sys

from bot.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, metavar="N", help="port of the page (8765 when not given)")
    parser.add_argument("--no-browser", action="store_true", help="do not open the page in a browser")
    parser.add_argument("--empty", action="store_true", help="people and channels alone, to set everything up yourself")


def run(arguments: argparse.Namespace, _settings: Settings) -> int:
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
