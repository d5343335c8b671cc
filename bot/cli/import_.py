"""`cadence import`: reads a CRM's export of accounts, shows what it would do, and does it with --apply."""

import argparse
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text
from sqlmodel import Session

from agendas.author import Author
from agendas.errors import CadenceError, Refused
from agendas.facts import Source
from agendas.rules.import_file import AccountFile, read_accounts
from agendas.rules.import_plan import ImportPlan
from agendas.rules.import_values import one_line
from agendas.rules.read_bytes import refuse_too_large
from agendas.verbs.import_rows import apply_import, plan_import, plan_to_apply
from agendas.verbs.record_many import Progress as Count
from agendas.verbs.undo_import import undo_import
from bot.cli.import_preview import counts_line, file_line, preview_table, rows_shown
from bot.cli.local import open_store
from bot.clock import SystemClock
from bot.settings import Settings
from storage import people, workspaces
from storage.engine import Store

KINDS = ("accounts",)
ACTOR = "command line"
"""Who recorded what an import did: nobody in the workspace, so a name that is no user id."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `cadence import` takes."""
    parser.description = (
        "Imports the accounts of a HubSpot or Salesforce export, or of a CSV file with the columns name, domain, "
        "owner, segment, value, currency, stage, tier, because, crm_system and crm_id. New accounts become candidates."
    )
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("file", metavar="FILE", nargs="?", type=Path, help="the CSV file")
    given.add_argument("--undo", metavar="RUN", type=int, help="take back what an import did, by its number")
    parser.add_argument("--what", choices=KINDS, default=KINDS[0], help="what the file holds (default: accounts)")
    parser.add_argument("--workspace", metavar="ID", help="the workspace, where there are several")
    parser.add_argument("--apply", action="store_true", help="import; without it nothing is written")
    parser.add_argument("--all", action="store_true", help="show every row of a long file")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 when it is done, 1 when it was refused: then one sentence on the error output says why."""
    try:
        with open_store(settings) as store:
            if store is None:
                return 1
            workspace_id = store.read_now(_workspace, arguments.workspace)
            author = Author(workspace_id, ACTOR, Source.IMPORT, SystemClock().now())
            if arguments.undo is not None:
                _undo(store, author, arguments.undo)
            else:
                _import(store, author, arguments)
    except (CadenceError, OSError) as error:
        Console(stderr=True).print(Text(one_line(_sentence(error))), soft_wrap=True)
        return 1
    return 0


def _import(store: Store, author: Author, arguments: argparse.Namespace) -> None:
    file = _read(arguments.file)
    names = store.read_now(_names, author.workspace_id)
    if arguments.apply:
        plan, run_id = store.write_now(_plan_and_apply, author, file, arguments.file.name)
    else:
        plan, run_id = store.read_now(plan_import, author.workspace_id, file.rows), None
    console = Console()
    console.print(Text(file_line(file, arguments.file.name)), soft_wrap=True)
    shown = rows_shown(plan, is_whole=arguments.all)
    console.print(preview_table(shown, names))
    if len(shown) < len(plan.rows):
        console.print(Text(f"{len(plan.rows) - len(shown):,} more rows; show them with --all."))
    console.print(Text(counts_line(plan)), Text(_what_next(arguments, plan, run_id)), sep="\n", soft_wrap=True)


def _plan_and_apply(
    session: Session, author: Author, file: AccountFile, file_name: str
) -> tuple[ImportPlan, int | None]:
    """The plan, made in the transaction that carries it out, and the run's number; None when nothing changes."""
    plan = plan_to_apply(session, author.workspace_id, file.rows)
    if plan.changes_nothing:
        return plan, None
    with _progress("Importing", plan.counts["create"] + plan.counts["update"]) as count:
        return plan, apply_import(session, plan, author, file_name=file_name, progress=count).row_id


def _what_next(arguments: argparse.Namespace, plan: ImportPlan, run_id: int | None) -> str:
    if plan.changes_nothing:
        return "Nothing to import."
    if run_id is None:
        where = f" --workspace {shlex.quote(arguments.workspace)}" if arguments.workspace else ""
        return f"Nothing is written yet. Import with: cadence import {shlex.quote(str(arguments.file))}{where} --apply"
    where = f" --workspace {shlex.quote(arguments.workspace)}" if arguments.workspace else ""
    named = "New accounts are candidates; put one on the list with /account name. " if plan.counts["create"] else ""
    return f"Imported as run {run_id}. {named}Undo with: cadence import --undo {run_id}{where}"


def _undo(store: Store, author: Author, run_id: int) -> None:
    with _progress("Undoing", None) as count:
        undone = store.write_now(undo_import, run_id, author, progress=count)
    said = (
        f"Import {run_id} is undone: {undone.removed:,} new accounts removed, {undone.taken_back:,} updates taken back."
    )
    kept = f" Kept, because they were changed since: {', '.join(undone.kept)}." if undone.kept else ""
    Console().print(Text(one_line(said + kept)), soft_wrap=True)


def _read(path: Path) -> AccountFile:
    refuse_too_large(path.stat().st_size)
    return read_accounts(path.read_bytes())


def _workspace(session: Session, wanted: str | None) -> str:
    """The workspace to import into: the one named, else the only one. Raises Refused when that is not clear."""
    known = [workspace.id for workspace in workspaces.everything(session)]
    if wanted in known or (wanted is None and len(known) == 1):
        return wanted or known[0]
    if not known:
        raise Refused("No workspace is known yet. Start the bot once with cadence run, then import.")
    if wanted is None:
        raise Refused(f"There are several workspaces: {', '.join(known)}. Say which with --workspace ID.")
    raise Refused(f"The bot is not in workspace {wanted}. It is in {', '.join(known)}.")


def _names(session: Session, workspace_id: str) -> dict[str, str]:
    return {person.user_id: person.name for person in people.everybody(session, workspace_id)}


@contextmanager
def _progress(what: str, total: int | None) -> Iterator[Count]:
    """A bar on the error output; give the function it yields the number of accounts done since the last call."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda count: bar.advance(task, count)


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or 'The file'} cannot be read: {error.strerror or error}."
    return str(error)
