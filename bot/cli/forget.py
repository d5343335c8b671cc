"""`cadence forget WORKSPACE --yes`: delete everything stored about a workspace."""

import argparse
import sys

from bot.cli.local import open_store
from bot.settings import Settings
from storage import workspaces
from storage.workspaces import forget_workspace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("workspace", metavar="WORKSPACE", help="the workspace's id; see cadence workspaces")
    parser.add_argument("--yes", action="store_true", help="really delete; it cannot be undone")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Delete the workspace; return 0, or 1 when it is not known or --yes is missing."""
    with open_store(settings) as store:
        if store is None:
            return 1
        workspace = store.read_now(workspaces.get, arguments.workspace)
        if workspace is None:
            print(
                f"No workspace {arguments.workspace} is stored. See the list with cadence workspaces.", file=sys.stderr
            )
            return 1
        if not arguments.yes:
            print(
                f"This deletes all accounts, history and settings of {workspace.name} and cannot be undone. "
                f"To do it: cadence forget {workspace.id} --yes",
                file=sys.stderr,
            )
            return 1
        count = store.write_now(forget_workspace, workspace.id)
    print(f"{workspace.name} is forgotten: {count} rows were deleted.")
    return 0
