"""The command line: `cadence WORD`, which is also `python -m bot WORD`."""

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, cast

from bot.logs.setup import set_up_logs
from bot.settings import (
    Settings,
    SettingsError,
    read_local_settings,
    read_settings,
    read_settings_and_problems,
)

DONE, FAILED, USAGE = 0, 1, 2


class Command(Protocol):
    """A module of `bot.cli`."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Says what the command takes."""

    def run(self, arguments: argparse.Namespace, settings: Settings) -> int:
        """Does it; the exit status."""


COMMANDS: Mapping[str, tuple[str, str]] = {
    "run": ("bot.cli.run", "Run the bot (this is also what happens without a word)"),
    "demo": ("bot.cli.demo", "Run the bot with a sample program in a workspace of its own, in the browser"),
    "import": ("bot.cli.import_", "Take in a CSV file; a preview unless --apply is given"),
    "export": ("bot.cli.export", "Write everything of a workspace to CSV files in a folder"),
    "doctor": (
        "bot.cli.doctor",
        "Say what is wrong with settings, database, Slack and channels, and what to do",
    ),
    "migrate": ("bot.cli.migrate", "Bring the database to the schema of this version"),
    "backup": ("bot.cli.backup", "Write everything in the database to a file, while the bot goes on"),
    "restore": ("bot.cli.restore", "Put a backup back, all of it or nothing"),
    "workspaces": ("bot.cli.workspaces", "List the workspaces the bot is installed in"),
    "forget": ("bot.cli.forget", "Delete everything stored about a workspace"),
}
"""Word → its module, loaded only when it is asked for, and what it does."""

READERS: Mapping[str, Callable[[Mapping[str, str]], Settings]] = {
    "run": read_settings,
    "doctor": read_settings_and_problems,
}
"""How a word reads the settings; the others need nothing of Slack."""


def main(argv: Sequence[str] | None = None) -> int:
    """The exit status: 0 done, 1 refused or failed with a sentence saying what to do, 2 usage or settings."""
    given = list(sys.argv[1:] if argv is None else argv)
    word = _word(given)
    parser = _loaded_parser(word)
    arguments = parser.parse_args(given if given and _is_word_or_help(given[0]) else ["run", *given])
    try:
        settings = READERS.get(word, read_local_settings)(os.environ)
    except SettingsError as error:
        print("\n".join(error.problems), file=sys.stderr)  # noqa: T201 - the command line speaks to a person
        return USAGE
    set_up_logs(level=settings.log_level, style=settings.log_format, secrets=settings.secrets)
    # loaded with the word's module, not before it: see _loaded_parser
    from sqlalchemy.exc import SQLAlchemyError

    from storage.database.errors import advice_for_operator

    try:
        return _module(word).run(arguments, settings)
    except SQLAlchemyError as error:
        print(advice_for_operator(error), file=sys.stderr)  # noqa: T201 - the command line speaks to a person
        return FAILED


def _loaded_parser(word: str) -> argparse.ArgumentParser:
    """The parser, with the word's module loaded; what was loaded stays, so the collector never looks at it."""
    gc.disable()
    parser = _parser(word)
    gc.freeze()
    gc.enable()
    return parser


def _word(given: Sequence[str]) -> str:
    return given[0] if given and given[0] in COMMANDS else "run"


def _is_word_or_help(first: str) -> bool:
    """Whether the first argument is one of the words or was meant to be; options without a word are of `run`."""
    return first in ("-h", "--help") or not first.startswith("-")


def _parser(word: str) -> argparse.ArgumentParser:
    """The parser of all words; only the one asked for is loaded to say what it takes."""
    parser = argparse.ArgumentParser(
        prog="cadence", description="Run the account-review cadence of a program in Slack."
    )
    words = parser.add_subparsers(metavar="WORD", required=True)
    for name, (_, meaning) in COMMANDS.items():
        of_word = words.add_parser(name, help=meaning, description=meaning + ".")
        if name == word:
            _module(name).add_arguments(of_word)
    return parser


def _module(word: str) -> Command:
    return cast("Command", importlib.import_module(COMMANDS[word][0]))


if __name__ == "__main__":
    sys.exit(main())
