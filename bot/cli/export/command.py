"""`cadence export DIR`: write everything of a workspace to CSV files, which `cadence import DIR` reads."""

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path

from agendas.errors import CadenceError
from agendas.facts.account import Source
from agendas.facts.audience import Audience
from agendas.facts.people import Author
from agendas.rendering.mrkdwn import OPERATOR
from agendas.verbs.privacy.audience import seen_by
from agendas.verbs.trail.note import note_export
from bot.cli.export.folder import write_folder
from bot.cli.local import open_store, workspace_meant
from bot.cli.terminal import file_named, progress_bar
from bot.clock import SystemClock
from bot.settings import Settings

LEFT_OUT = (
    "Private accounts are left out, and what people asked, drafted and were told. To move to another database, add "
    "--whole."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the folder to write, and the workspace."""
    parser.description = (
        "Write every table of a workspace to a CSV file in DIR, which must not exist yet or be empty. The bot may run "
        "meanwhile. Tokens and secrets are left out. cadence import DIR reads the export into an empty database."
    )
    parser.add_argument("folder", metavar="DIR", type=file_named, help="the folder to write")
    parser.add_argument(
        "--whole", action="store_true", help="with private accounts, and what people asked, drafted and were told"
    )
    parser.add_argument("--workspace", metavar="ID", help="the workspace, if there are several")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the export; return 0, or 1 after a sentence that says why it is not complete."""
    folder: Path = arguments.folder
    try:
        with open_store(settings) as store:
            if store is None:
                return 1
            workspace_id = store.read_now(workspace_meant, arguments.workspace)
            now = SystemClock().now()
            author = Author(workspace_id, OPERATOR, Source.SYSTEM, now)
            with (
                store.snapshot() as session,
                progress_bar("Exporting") as progress,
                # the readers of the files are not known
                nullcontext() if arguments.whole else seen_by(session, Audience(workspace_id), now),
            ):
                rows = write_folder(session, folder, workspace_id, progress, is_whole=arguments.whole)
            store.write_now(note_export, author, rows=rows)
    except CadenceError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename or folder} cannot be written: {error.strerror or error}.", file=sys.stderr)
        return 1
    print(f"Exported {rows:,} rows of workspace {workspace_id} to {folder}.")
    if not arguments.whole:
        print(LEFT_OUT)
    return 0
