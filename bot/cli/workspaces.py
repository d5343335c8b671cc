"""`cadence workspaces`: where the bot is installed."""

import argparse
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bot.cli.local import open_store
from bot.settings import Settings
from storage import workspaces
from storage.tables import Workspace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""
    parser.epilog = (
        "The first column is what --workspace takes. Work stopped where Slack refuses the token: see cadence doctor."
    )


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """0 with the list shown, 1 when the database cannot be used."""
    with open_store(settings) as store:
        if store is None:
            return 1
        found = store.read_now(workspaces.get_all)
    if not found:
        print("The bot is not installed anywhere yet: start it once with cadence run.")
        return 0
    own_id = _renewed_last(found).id if settings.bot_token else ""
    table = Table("Workspace", "Name", "Time zone", "Installed on", "State")
    for each in found:
        is_removed = workspaces.is_removed(each, own_id=own_id)
        state = "active" if each.is_active else "removed" if is_removed else "stopped"
        table.add_row(each.id, each.name, each.time_zone, each.installed_at.date().isoformat(), state)
    Console().print(table)
    return 0


def _renewed_last(found: Sequence[Workspace]) -> Workspace:
    """The workspace of SLACK_BOT_TOKEN where there is one: each start with it renews that one and no other."""
    return max(found, key=lambda each: each.renewed_at or each.installed_at)
