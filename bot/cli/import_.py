"""`cadence import`: reads a CRM's export, shows what it would do, and does it with --apply."""

import argparse
import shlex
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text
from sqlmodel import Session

from agendas.errors import CadenceError
from agendas.facts.account import Source
from agendas.facts.author import Author
from agendas.pages.imports.summary import counts_line, file_line
from agendas.rules.imports.reading.encoding import refuse_too_large
from agendas.rules.imports.reading.table import Table, read_table
from agendas.rules.imports.reading.values import one_line
from agendas.rules.imports.verdicts import ImportPlan, Planned
from agendas.verbs.imports.kinds import KINDS, ImportKind, kind_of
from agendas.verbs.imports.runs import begin_import
from agendas.verbs.imports.undo import Undone, begin_undo, end_undo, what_of
from bot.cli.export_reading import is_export
from bot.cli.import_export import import_export
from bot.cli.import_hints import hints
from bot.cli.import_options import add_options, options_again, options_of
from bot.cli.import_preview import preview_table, shown_rows
from bot.cli.local import open_store, workspace_meant
from bot.clock import SystemClock
from bot.settings import Settings
from storage import imports, people, workspaces
from storage.database.engine import Store

GIVE_WAY_SECONDS = 0.12
"""Who waits for SQLite's one writer looks again every tenth of a second at the latest."""
ACTOR = "command line"
"""Who recorded what an import did: nobody in the workspace, so a name that is no user id."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `cadence import` takes."""
    parser.description = (
        "Imports a HubSpot or Salesforce export of accounts, contacts, contact roles, deals or the history of "
        "opportunities; a CSV file of accounts with the columns name, domain, owner, segment, value, currency, stage, "
        "tier, because, crm_system and crm_id, one of people with account, name, title, email, roles, support, "
        "depth, touched_on, left_on, crm_system and crm_id, or one of signals with account, kind, occurred_at, "
        "strength, text, url, id and person. New accounts become candidates. A folder that cadence export wrote, or "
        "the ZIP file of /abm export, goes into an empty database."
    )
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("file", metavar="FILE", nargs="?", type=Path, help="the CSV file, or an export")
    given.add_argument("--undo", metavar="RUN", type=int, help="take back what an import did, by its number")
    parser.add_argument("--what", choices=tuple(KINDS), help="what the file holds (default: as its header says)")
    add_options(parser)
    parser.add_argument("--workspace", metavar="ID", help="the workspace, where there are several")
    parser.add_argument("--apply", action="store_true", help="import; without it nothing is written")
    parser.add_argument("--all", action="store_true", help="show every row of a long file")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """0 when it is done, 1 when it was refused: then one sentence on the error output says why."""
    try:
        with open_store(settings) as store:
            if store is None:
                return 1
            if arguments.file is not None and is_export(arguments.file):
                import_export(store, arguments.file, is_applied=arguments.apply)
                return 0
            workspace_id = store.read_now(workspace_meant, arguments.workspace)
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
    table = _read(arguments.file)
    kind = kind_of(table, arguments.what)
    options = options_of(arguments, zone=store.read_now(_zone, author.workspace_id), now=author.at)
    file = kind.read(table, options)
    names = store.read_now(_names, author.workspace_id)
    plan = store.read_now(kind.plan, author.workspace_id, file.rows, options)
    console = Console()
    console.print(Text(file_line(file, arguments.file.name)), soft_wrap=True)
    shown = shown_rows(plan, is_whole=arguments.all)
    console.print(preview_table(shown, kind.row_heading, lambda row: kind.reasons(row, names)))
    if len(shown) < len(plan.rows):
        console.print(Text(f"{len(plan.rows) - len(shown):,} more rows; show them with --all."))
    for said in (counts_line(plan), *hints(kind.questions(plan))):
        console.print(Text(one_line(said)), soft_wrap=True)
    if arguments.apply:
        store.write_now(kind.learn, author.workspace_id, file.columns.kind.system.lower(), options)
    is_applied = arguments.apply and not plan.changes_nothing
    run_id, left_out = _apply(store, author, kind, plan, file_name=arguments.file.name) if is_applied else (None, [])
    if left_out:
        lines = ", ".join(f"{row.line:,}" for row in left_out)
        said = f"Left out, because others changed the same meanwhile: lines {lines}. Import the file again for them."
        console.print(Text(said), soft_wrap=True)
    console.print(Text(_what_next(arguments, kind, plan, run_id)), soft_wrap=True)
    for line in store.read_now(_broken_off, author.workspace_id, _where(arguments)):
        console.print(Text(one_line(line)), soft_wrap=True)


def _apply(
    store: Store, author: Author, kind: ImportKind, plan: ImportPlan[Any], *, file_name: str
) -> tuple[int, list[Planned]]:
    """Writes the plan part by part; the run's number, and the rows that others were quicker with."""
    run_id = store.write_now(begin_import, plan, author, file_name=file_name, what=kind.word).row_id
    left_out: list[Planned] = []
    with _progress("Importing", plan.counts["create"] + plan.counts["update"]) as count:
        for part in kind.parts(plan):
            left_out += store.write_now(kind.write, run_id, author, part)
            count(len(part))
            _give_way(store)
    return run_id, left_out


def _give_way(store: Store) -> None:
    """Leaves the database to others long enough that whoever waits to write gets a turn."""
    if store.is_sqlite:
        time.sleep(GIVE_WAY_SECONDS)


def _what_next(arguments: argparse.Namespace, kind: ImportKind, plan: ImportPlan[Any], run_id: int | None) -> str:
    if plan.changes_nothing:
        return "Nothing to import."
    where = _where(arguments)
    if run_id is None:
        again = f"{shlex.quote(str(arguments.file))}{options_again(arguments)}{where}"
        return f"Nothing is written yet. Import with: cadence import {again} --apply"
    named = kind.after_creation if plan.counts["create"] else ""
    return f"Imported as run {run_id}. {named}Undo with: cadence import --undo {run_id}{where}"


def _where(arguments: argparse.Namespace) -> str:
    """The words that name the workspace, if they were given, to be repeated in what to type next."""
    return f" --workspace {shlex.quote(arguments.workspace)}" if arguments.workspace else ""


def _broken_off(session: Session, workspace_id: str, where: str) -> list[str]:
    """A sentence for each import that ended in the middle."""
    return [
        f"Undoing import {run.id} ({run.file_name}) ended before it was done. Finish it with: "
        f"cadence import --undo {run.id}{where}"
        if run.undone_at
        else f"Import {run.id} ({run.file_name}) ended with {run.counts[imports.LEFT]:,} rows to go. Import that file "
        f"again to finish it, or take back what it did with: cadence import --undo {run.id}{where}"
        for run in imports.unfinished(session, workspace_id)
    ]


def _undo(store: Store, author: Author, run_id: int) -> None:
    kind = KINDS[store.read_now(what_of, author.workspace_id, run_id)]
    parts = store.write_now(begin_undo, run_id, author, ids_of=kind.ids_of_run)
    undone = Undone()
    with _progress("Undoing", sum(map(len, parts))) as count:
        for part in parts:
            undone += store.write_now(kind.undo, run_id, author, part)
            count(len(part))
            _give_way(store)
    store.write_now(end_undo, run_id, author)
    Console().print(Text(one_line(f"Import {run_id} is undone: {kind.undone(undone)}")), soft_wrap=True)


def _read(path: Path) -> Table:
    refuse_too_large(path.stat().st_size)
    return read_table(path.read_bytes())


def _zone(session: Session, workspace_id: str) -> str:
    workspace = workspaces.get(session, workspace_id)
    return workspace.time_zone if workspace else "UTC"


def _names(session: Session, workspace_id: str) -> dict[str, str]:
    return {person.user_id: person.name for person in people.members(session, workspace_id)}


@contextmanager
def _progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on the error output; give the function it yields the number of rows done since the last call."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda count: bar.advance(task, count)


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or 'The file'} cannot be read: {error.strerror or error}."
    return str(error)
