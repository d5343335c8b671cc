"""`cadence report`: the pages of the whole program as files."""

import argparse
import sys
from pathlib import Path

from agendas.errors import CadenceError, WordsRefused
from agendas.facts.audience import Audience
from agendas.facts.program import ReportKind
from agendas.rendering.words import Words
from agendas.verbs.privacy import seen_by
from agendas.verbs.reports import WRITERS, Report, report
from bot.cli.local import file_named, open_store, workspace_meant
from bot.clock import SystemClock
from bot.settings import Settings
from storage.database import Store

LEFT_OUT = "Private accounts are left out."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Write a page of the program to FILE, which must not exist yet: one HTML file to read and print, which loads "
        "nothing from elsewhere, or CSV for a spreadsheet. The bot may run meanwhile. Private accounts are left out."
    )
    parser.add_argument("kind", metavar="PAGE", choices=[kind.value for kind in ReportKind], help=", ".join(ReportKind))
    parser.add_argument(
        "--month",
        metavar="YYYY-MM",
        default="",
        help="the month, or a day YYYY-MM-DD for its month up to it; the running one if none is given",
    )
    parser.add_argument("--to", metavar="FILE", type=report_file, required=True, help="the file, .html or .csv")
    parser.add_argument("--workspace", metavar="ID", help="the workspace, if there are several")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the file; return 0, or 1 after a sentence that says why it is not there."""
    file: Path = arguments.to
    try:
        with open_store(settings) as store:
            if store is None:
                return 1
            made, leaves_out = _made(store, settings, arguments)
        with file.open("xb") as opened:
            opened.write(made.content(ending_of(file)))
    except WordsRefused as error:
        print(f"CADENCE_WORDS: {error}", file=sys.stderr)
        return 1
    except CadenceError as error:
        print(error, file=sys.stderr)
        return 1
    except FileExistsError:
        print(f"{file} exists already. Name a file that does not exist yet.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{file} cannot be written: {error.strerror or error}.", file=sys.stderr)
        return 1
    print(f"Wrote {made.page.title} to {file}.")
    if leaves_out:
        print(LEFT_OUT)
    return 0


def report_file(value: str) -> Path:
    """Return the path of a file to write. Raises ArgumentTypeError for an ending that is none of ours."""
    path = file_named(value)
    if ending_of(path) not in WRITERS:
        raise argparse.ArgumentTypeError(f"'{value}' ends in neither .html nor .csv")
    return path


def ending_of(path: Path) -> str:
    return path.suffix.removeprefix(".").lower()


def _made(store: Store, settings: Settings, arguments: argparse.Namespace) -> tuple[Report, bool]:
    """Return the report, and whether private accounts are left out: the readers of the file are not known."""
    words, now = Words(settings.words_folder), SystemClock().now()
    with store.snapshot() as session:
        workspace_id = workspace_meant(session, arguments.workspace)
        with seen_by(session, Audience(workspace_id), now) as leaves_out:
            kind = ReportKind(arguments.kind)
            return report(session, workspace_id, kind, arguments.month, words=words, now=now), leaves_out
