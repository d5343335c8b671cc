"""`cadence export DIR`: everything of a workspace as CSV files in a folder, which `cadence import DIR` takes in."""

import argparse
import sys
from pathlib import Path

from agendas.errors import CadenceError
from bot.cli.copying import copying, file_named
from bot.cli.export_folder import write_folder
from bot.cli.local import open_store, workspace_meant
from bot.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder to write, and the workspace."""
    parser.description = (
        "Writes every table of a workspace to a CSV file in DIR, which must not be there yet. The bot may go on "
        "meanwhile. No token and no secret is written. cadence import DIR takes it into an empty database."
    )
    parser.add_argument("folder", metavar="DIR", type=file_named, help="the folder to write")
    parser.add_argument("--workspace", metavar="ID", help="the workspace, where there are several")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 when it is written whole, 1 with a sentence when it is not."""
    folder: Path = arguments.folder
    try:
        with open_store(settings) as store:
            if store is None:
                return 1
            workspace_id = store.read_now(workspace_meant, arguments.workspace)
            with store.reading() as session, copying("Exporting") as progress:
                rows = write_folder(session, folder, workspace_id, progress)
    except CadenceError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename or folder} cannot be written: {error.strerror or error}.", file=sys.stderr)
        return 1
    print(f"Exported {rows:,} rows of workspace {workspace_id} to {folder}.")
    return 0
