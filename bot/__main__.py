"""The command line: `cadence WORD`, which is also `python -m bot WORD`."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.cli import database, doctor, export, imports, report, run, workspaces
from bot.logs import set_up_logs
from bot.settings import Settings, SettingsError, read_local_settings, read_settings, read_settings_and_problems
from storage.database import advice_for_operator

FAILED, USAGE = 1, 2


@dataclass(frozen=True, slots=True)
class Command:
    """Its arguments, what runs it for an exit status, its help, and how it reads the settings: few need Slack's."""

    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Settings], int]
    help: str
    read: Callable[[Mapping[str, str]], Settings] = read_local_settings


COMMANDS: Mapping[str, Command] = {
    "run": Command(run.add_arguments, run.run, "Run the bot (the default without a command)", read_settings),
    "demo": Command(
        run.demo_arguments, run.run_demo, "Run the bot with a sample program in a workspace of its own, in the browser"
    ),
    "import": Command(imports.add_arguments, imports.run, "Import a CSV file; a preview unless --apply is given"),
    "export": Command(export.add_arguments, export.run, "Export everything of a workspace to CSV files in a folder"),
    "report": Command(
        report.add_arguments, report.run, "Write the executive review, the scoreboard or the audit to a file"
    ),
    "doctor": Command(
        doctor.add_arguments,
        doctor.run,
        "Check settings, database, Slack and channels, and say how to fix what is wrong",
        read_settings_and_problems,
    ),
    "migrate": Command(
        database.migrate_arguments, database.run_migrate, "Bring the database to the schema of this version"
    ),
    "backup": Command(
        database.backup_arguments,
        database.run_backup,
        "Write everything in the database to a file, while the bot goes on",
    ),
    "restore": Command(database.restore_arguments, database.run_restore, "Restore a backup, all of it or nothing"),
    "workspaces": Command(
        workspaces.add_arguments, workspaces.run, "List the workspaces in which the bot is installed"
    ),
    "forget": Command(workspaces.forget_arguments, workspaces.run_forget, "Delete everything stored about a workspace"),
}
"""The commands by word."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return the exit status: 0 done, 1 refused or failed, 2 wrong usage or settings.

    Arguments that begin with an option are those of `run`. A status other than 0 comes with a sentence on the error
    output that says what to do.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    if not given or not _is_word_or_help(given[0]):
        given = ["run", *given]
    arguments = _parser().parse_args(given)
    command = COMMANDS[arguments.word]
    try:
        settings = command.read(os.environ)
    except SettingsError as error:
        print("\n".join(error.problems), file=sys.stderr)  # noqa: T201 - the command line speaks to a person
        return USAGE
    set_up_logs(level=settings.log_level, style=settings.log_format, secrets=settings.secrets)
    try:
        return command.run(arguments, settings)
    except SQLAlchemyError as error:
        print(advice_for_operator(error), file=sys.stderr)  # noqa: T201 - the command line speaks to a person
        return FAILED


def _is_word_or_help(first: str) -> bool:
    """Return whether the first argument is a word, maybe mistyped, or asks for help; other options belong to `run`."""
    return first in ("-h", "--help") or not first.startswith("-")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cadence", description="Run the account-review cadence of a program in Slack."
    )
    words = parser.add_subparsers(metavar="WORD", dest="word", required=True)
    for word, command in COMMANDS.items():
        command.add_arguments(words.add_parser(word, help=command.help, description=command.help + "."))
    return parser


if __name__ == "__main__":
    sys.exit(main())
