"""`cadence import`: read a CRM's export, show what it would change, and change it with --apply."""

import argparse
import shlex
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from agendas.errors import CadenceError, Refused
from agendas.facts.account import Source
from agendas.facts.audience import Audience
from agendas.facts.people import Author
from agendas.pages.imports.summary import counts_line, file_line, proposed_line, wrong_lines
from agendas.rendering.words import Words
from agendas.rules.imports.reading.causes import SkipCause
from agendas.rules.imports.reading.dates import ImportOptions
from agendas.rules.imports.reading.encoding import refuse_too_large
from agendas.rules.imports.reading.table import Table, read_table
from agendas.rules.imports.reading.values import one_line
from agendas.rules.imports.verdicts import ImportPlan, Planned
from agendas.verbs.imports.kinds import KINDS, OF_RUNS, ImportKind, kind_of, read_table_as
from agendas.verbs.imports.past import COMMAND_LINE
from agendas.verbs.imports.runs import begin_import
from agendas.verbs.imports.undo import Undone, begin_undo, end_undo, what_of
from agendas.verbs.privacy.audience import as_seen_by
from agendas.verbs.reads.proposed_stages import proposals_of_run
from bot.cli.imports.archive import is_export
from bot.cli.imports.export import import_export
from bot.cli.imports.hints import hints
from bot.cli.imports.options import add_options, options_again, options_of
from bot.cli.imports.preview import print_preview, shown_rows
from bot.cli.imports.template import TEMPLATE_WORDS, give_template
from bot.cli.local import open_store, workspace_meant
from bot.cli.terminal import print_line, progress_bar
from bot.clock import SystemClock
from bot.settings import Settings
from storage import imports, people, workspaces
from storage.database.engine import Store

P = ParamSpec("P")
T = TypeVar("T")

NOT_WHOLE = (
    "Rows that cannot be nominated or recorded may be of your own company, or of accounts that are private to a "
    "channel. Add --whole to read those too."
)

GIVE_WAY_SECONDS = 0.12
"""Longer than the tenth of a second after which a process that waits for SQLite's writer tries again."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `cadence import`."""
    parser.description = (
        "Import a HubSpot or Salesforce export of accounts, contacts, contact roles, deals or the history of "
        "opportunities, or a CSV file with the headers that --template prints, in any order. New accounts become "
        "candidates. A folder that cadence export wrote, or the ZIP file of /abm export, is imported into an empty "
        "database."
    )
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("file", metavar="FILE", nargs="?", type=Path, help="the CSV file, or an export")
    given.add_argument("--undo", metavar="RUN", type=int, help="undo an import, by its number")
    given.add_argument("--template", choices=TEMPLATE_WORDS, help="print an empty CSV file of this kind, to fill in")
    parser.add_argument("--to", metavar="FILE", type=Path, help="write the template to this file instead")
    parser.add_argument("--what", choices=tuple(KINDS), help="what the file contains (default: by its header)")
    add_options(parser)
    parser.add_argument("--whole", action="store_true", help="read, show and update private accounts too")
    parser.add_argument("--workspace", metavar="ID", help="the workspace, if there are several")
    parser.add_argument("--apply", action="store_true", help="write the import; without it nothing is written")
    parser.add_argument("--all", action="store_true", help="show every row of a long file")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Import, preview or undo; return 0, or 1 after one sentence on the error output that says why it was refused."""
    try:
        if arguments.to is not None and arguments.template is None:
            raise Refused("--to names the file of a template. Add --template and its kind.")
        if arguments.template is not None:
            give_template(arguments.template, arguments.to)
            return 0
        with open_store(settings) as store:
            if store is None:
                return 1
            if arguments.file is not None and is_export(arguments.file):
                import_export(store, arguments.file, is_applied=arguments.apply)
                return 0
            workspace_id = store.read_now(workspace_meant, arguments.workspace)
            author = Author(workspace_id, COMMAND_LINE, Source.IMPORT, SystemClock().now())
            if arguments.undo is not None:
                _undo(store, author, arguments)
            else:
                _import(store, author, arguments, Words(settings.words_folder))
    except (CadenceError, OSError) as error:
        print_line(one_line(_sentence(error)), is_error=True)
        return 1
    return 0


def _import(store: Store, author: Author, arguments: argparse.Namespace, words: Words) -> None:
    table = _read(arguments.file)
    kind = kind_of(table, arguments.what)
    options = options_of(arguments, zone=store.read_now(_zone, author.workspace_id), now=author.at)
    file = store.read_now(read_table_as, author.workspace_id, kind, table, options=options)
    names = store.read_now(_names, author.workspace_id)
    plan = store.read_now(_seen(author, arguments, kind.plan), author.workspace_id, file.rows, options)
    print_line(file_line(file, arguments.file.name))
    for line in (counts_line(plan), *wrong_lines(file, plan, words), *hints(kind.questions(plan, options))):
        print_line(one_line(line))
    shown = shown_rows(plan, is_whole=arguments.all)
    print_preview(shown, kind.row_heading, lambda row: kind.reasons(row, names))
    if len(shown) < len(plan.rows):
        print_line(f"{len(plan.rows) - len(shown):,} more rows; show them with --all.")
    if not arguments.whole and any(row.cause in (SkipCause.ASK_ADMIN, SkipCause.ELSEWHERE) for row in plan.rows):
        print_line(NOT_WHOLE)
    if arguments.apply:
        store.write_now(kind.learn, author.workspace_id, file.rows, options)
    is_applied = arguments.apply and not plan.changes_nothing
    run_id, left_out = _apply(store, author, kind, plan, arguments) if is_applied else (None, [])
    if left_out:
        lines = ", ".join(f"{row.line:,}" for row in left_out)
        print_line(f"Left out, because others changed them meanwhile: lines {lines}. Import the file again for them.")
    if run_id is not None and kind.proposes_stages:
        proposals = _seen(author, arguments, proposals_of_run)
        found = store.read_now(proposals, author.workspace_id, run_id, now=author.at, zone=author.zone)
        if found.standing:
            print_line(one_line(proposed_line(found)))
    print_line(_next_step(arguments, kind, plan, options, run_id))
    for line in store.read_now(_unfinished, author.workspace_id, _workspace_option(arguments)):
        print_line(one_line(line))


def _apply(
    store: Store, author: Author, kind: ImportKind, plan: ImportPlan[Any], arguments: argparse.Namespace
) -> tuple[int, list[Planned]]:
    """Write the plan part by part; return the run's number and the rows that others changed meanwhile."""
    run_id = store.write_now(begin_import, plan, author, file_name=arguments.file.name, what=kind.word).row_id
    write = _seen(author, arguments, kind.write)
    left_out: list[Planned] = []
    done, total = 0, plan.counts["create"] + plan.counts["update"]
    with progress_bar("Importing", is_in_rows=True) as progress:
        for part in kind.parts(plan):
            left_out += store.write_now(write, run_id, author, part)
            done += len(part)
            progress(done, total)
            _give_way(store)
    return run_id, left_out


def _seen(
    author: Author, arguments: argparse.Namespace, verb: Callable[Concatenate[Session, P], T]
) -> Callable[Concatenate[Session, P], T]:
    """Return the verb, without `--whole` as it is where the private accounts are not there."""
    return verb if arguments.whole else as_seen_by(Audience(author.workspace_id), author.at, verb)


def _give_way(store: Store) -> None:
    """Pause on SQLite long enough for another process to write."""
    if store.is_sqlite:
        time.sleep(GIVE_WAY_SECONDS)


def _next_step(
    arguments: argparse.Namespace, kind: ImportKind, plan: ImportPlan[Any], options: ImportOptions, run_id: int | None
) -> str:
    if plan.changes_nothing:
        is_asked = kind.questions(plan, options).are_there
        return "Nothing to import before you say what is asked above." if is_asked else "Nothing to import."
    where = f"{' --whole' if arguments.whole else ''}{_workspace_option(arguments)}"
    if run_id is None:
        again = f"{shlex.quote(str(arguments.file))}{options_again(arguments)}{where}"
        return f"Nothing is written yet. Import with: cadence import {again} --apply"
    named = kind.after_creation if plan.counts["create"] else ""
    return f"Imported as run {run_id}. {named}Undo with: cadence import --undo {run_id}{where}"


def _workspace_option(arguments: argparse.Namespace) -> str:
    """Return the option that names the workspace, with a space before it, or "" if it was not given."""
    return f" --workspace {shlex.quote(arguments.workspace)}" if arguments.workspace else ""


def _unfinished(session: Session, workspace_id: str, where: str) -> list[str]:
    """Return a sentence for each import or undo that ended in the middle."""
    return [
        f"Undoing import {run.id} ({run.file_name}) ended before it was done. Finish it with: "
        f"cadence import --undo {run.id}{where}"
        if run.undone_at
        else f"Import {run.id} ({run.file_name}) ended with {run.counts[imports.LEFT]:,} rows to go. Import that file "
        f"again to finish it, or undo it with: cadence import --undo {run.id}{where}"
        for run in imports.unfinished(session, workspace_id)
    ]


def _undo(store: Store, author: Author, arguments: argparse.Namespace) -> None:
    run_id = arguments.undo
    kind = OF_RUNS[store.read_now(what_of, author.workspace_id, run_id)]
    begin = _seen(author, arguments, begin_undo)
    parts = store.write_now(begin, run_id, author, ids_of=kind.ids_of_run, is_whole=arguments.whole)
    undo = _seen(author, arguments, kind.undo)
    undone, done, total = Undone(), 0, sum(map(len, parts))
    with progress_bar("Undoing", is_in_rows=True) as progress:
        for part in parts:
            undone += store.write_now(undo, run_id, author, part)
            done += len(part)
            progress(done, total)
            _give_way(store)
    store.write_now(end_undo, run_id, author, is_whole=arguments.whole)
    print_line(one_line(f"Import {run_id} is undone: {kind.undone(undone)}"))
    if not arguments.whole:
        # said of every import, so that nobody reads from it whether there are private accounts
        where = _workspace_option(arguments)
        print_line(
            f"Private accounts, if it has any, stay. Undo those too: cadence import --undo {run_id} --whole{where}"
        )


def _read(path: Path) -> Table:
    refuse_too_large(path.stat().st_size)
    return read_table(path.read_bytes())


def _zone(session: Session, workspace_id: str) -> str:
    workspace = workspaces.get(session, workspace_id)
    return workspace.time_zone if workspace else "UTC"


def _names(session: Session, workspace_id: str) -> dict[str, str]:
    return {person.user_id: person.name for person in people.members(session, workspace_id)}


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or 'The file'} cannot be read: {error.strerror or error}."
    return str(error)
