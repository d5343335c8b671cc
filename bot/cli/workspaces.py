"""`cadence workspaces`: where the bot is installed; `cadence forget`: delete what is stored about one of them."""

import argparse
import sys
from enum import StrEnum

from bot.cli.local import open_store, print_table
from bot.settings import Settings
from storage import workspaces
from storage.models.workspaces import Workspace
from storage.workspaces import forget_workspace


class State(StrEnum):
    """States of a workspace as the list shows them and the help explains them."""

    ACTIVE = "active"
    STOPPED = "stopped"
    REMOVED = "removed"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "The first column is the id that --workspace takes. A workspace is active while the bot works in it, stopped "
        "while Slack refuses its token (see cadence doctor), and removed once the app was uninstalled there."
    )


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the list; return 0, or 1 when the database cannot be used."""
    with open_store(settings) as store:
        if store is None:
            return 1
        found = store.read_now(workspaces.get_all)
    if not found:
        print("The bot is not installed anywhere yet: start it once with cadence run.")
        return 0
    # each start renews the workspace of SLACK_BOT_TOKEN, so it is the one renewed last
    own_id = max(found, key=lambda each: each.renewed_at or each.installed_at).id if settings.bot_token else ""
    rows = [
        (each.id, each.name, each.time_zone, each.installed_at.date().isoformat(), _state_of(each, own_id))
        for each in found
    ]
    print_table(("Workspace", "Name", "Time zone", "Installed on", "State"), rows)
    return 0


def _state_of(workspace: Workspace, own_id: str) -> State:
    """Return the workspace's state; `own_id` is the workspace of SLACK_BOT_TOKEN, "" without one."""
    if workspace.is_active:
        return State.ACTIVE
    return State.REMOVED if workspaces.is_removed(workspace, own_id=own_id) else State.STOPPED


def forget_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("workspace", metavar="WORKSPACE", help="the workspace's id; see cadence workspaces")
    parser.add_argument("--yes", action="store_true", help="really delete; it cannot be undone")


def run_forget(arguments: argparse.Namespace, settings: Settings) -> int:
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
