"""`cadence import`: CSV files of a CRM, and exports of a whole workspace."""

import argparse
import csv
import io
import shlex
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from agendas.errors import CadenceError, NotUnderstood, Refused
from agendas.facts.account import Source
from agendas.facts.audience import Audience
from agendas.facts.deals import OpportunityType, Phase
from agendas.facts.people import Author
from agendas.pages.imports import counts_line, file_line, proposed_line, rows_shown, wrong_lines
from agendas.rendering.words import Words
from agendas.rules.import_accounts import NONE
from agendas.rules.import_questions import (
    OTHER_WORDS,
    TEMPLATE_KINDS,
    ImportQuestions,
    StageAsked,
    template,
    template_line,
)
from agendas.rules.import_tables import (
    ZIP_BEGINS,
    DateOrder,
    ImportOptions,
    ImportPlan,
    Planned,
    SkipCause,
    Verdict,
    one_line,
    read_crm,
    read_table,
    refuse_too_large,
    spreadsheet_in,
)
from agendas.text.limits import shown
from agendas.verbs.exports import CONTENTS, take_in
from agendas.verbs.import_runs import Undone, begin_import, begin_undo, end_undo, what_of
from agendas.verbs.imports import COMMAND_LINE, KINDS, OF_RUNS, ImportKind, kind_of, read_table_as
from agendas.verbs.privacy import as_seen_by
from agendas.verbs.reads import proposals_of_run
from bot.cli.export import ENCODING
from bot.cli.local import open_store, print_line, progress_bar, workspace_meant
from bot.clock import SystemClock
from bot.settings import Settings
from storage import imports, people, workspaces
from storage.backups import Progress
from storage.database import Store

# Reading an export: the folder that `cadence export` wrote, or the ZIP archive that `/abm export` sent.

MOST_UNPACKED_BYTES = 1_000_000_000
"""Fifty times the size of a file in a message; CSV files shrink to a tenth or so."""

IS_ENCRYPTED = 0x1
"""The flag bit of an encrypted ZIP entry."""


@dataclass(frozen=True, slots=True)
class ExportFiles:
    """The files of an export. `open_file` opens the CSV of a table; it raises KeyError or OSError if there is none."""

    path: Path
    open_file: Callable[[str], IO[bytes]]


def is_export(path: Path) -> bool:
    """Return whether the path is an export: a folder, or a ZIP archive other than a spreadsheet.

    Raises NotUnderstood for an incomplete archive.
    """
    if path.is_dir():
        return True
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(ZIP_BEGINS)) == ZIP_BEGINS and not spreadsheet_in(file)


@contextmanager
def opened_export(path: Path, *, most_bytes: int = MOST_UNPACKED_BYTES) -> Iterator[ExportFiles]:
    """Yield the export's files. Raises Refused for an archive that is too large or not packed as `/abm export` does."""
    if path.is_dir():
        yield ExportFiles(path, lambda name: (path / f"{name}.csv").open("rb"))
        return
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        # no more than the size an entry declares is ever read from it
        if sum(entry.file_size for entry in entries) > most_bytes:
            raise Refused(
                f"Unpacked, {path} has more than {most_bytes // 1_000_000:,} MB, more than any export in a message."
            )
        compressions = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if any(entry.flag_bits & IS_ENCRYPTED or entry.compress_type not in compressions for entry in entries):
            raise Refused(f"{path} is not packed as /abm export does it. Give the file that it sent, unchanged.")
        yield ExportFiles(path, lambda name: archive.open(f"{name}.csv"))


def row_count(export: ExportFiles) -> int:
    """Return the number of rows by the export's list of contents. Raises Refused when that is missing."""
    try:
        return sum(int(line[-1]) for line in _lines(export, CONTENTS) if line and line[-1].isdecimal())
    except (KeyError, FileNotFoundError):
        raise Refused(
            f"{export.path} is not a complete export: {CONTENTS}.csv is missing. Name a CSV file, a folder that "
            "cadence export wrote, or the ZIP file of /abm export."
        ) from None


def read_export(session: Session, export: ExportFiles, progress: Progress) -> int:
    """Import the export and return its number of rows. Raises Refused when it is incomplete or cannot be imported."""
    total, done = row_count(export), 0

    def taken(rows: int) -> None:
        nonlocal done
        done += rows
        progress(done, total)

    return take_in(session, lambda name: _lines_or_refused(export, name), taken)


def _lines_or_refused(export: ExportFiles, name: str) -> Iterator[list[str]]:
    """Yield the rows of a table's file. Raises Refused when it is missing."""
    try:
        yield from _lines(export, name)
    except (KeyError, FileNotFoundError):
        raise Refused(f"{name}.csv is missing in {export.path}. Export again.") from None


def _lines(export: ExportFiles, name: str) -> Iterator[list[str]]:
    """Yield the rows of a table's file. Raises Refused when it is damaged, KeyError or OSError when missing."""
    csv.field_size_limit(sys.maxsize)
    try:
        with export.open_file(name) as raw, io.TextIOWrapper(raw, ENCODING, newline="") as file:
            yield from csv.reader(file)
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused(f"{name}.csv cannot be read: {error}. Change nothing in the files of an export.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise Refused(f"{name}.csv in {export.path} is damaged. Get the file again.") from error


# `cadence import DIR` or `cadence import ZIP`: import a whole workspace into an empty database.


def import_export(store: Store, path: Path, *, is_applied: bool) -> None:
    """Import the export, all of it or nothing; without `is_applied` only print its size. Raises Refused."""
    with opened_export(path) as export:
        if not is_applied:
            print(f"{path} holds an export of {row_count(export):,} rows.")
            print(f"Nothing is written yet. Import with: cadence import {shlex.quote(str(path))} --apply")
            return
        with progress_bar("Importing") as progress:
            rows = store.write_now(read_export, export, progress)
    print(f"Imported {rows:,} rows. Messages that waited to be sent are searched for in Slack before they are sent.")
    print("An export has no token: start the bot with its token, or install it again.")
    print("It has no secret either: programs that send signals need a new one, which an admin makes with /abm signals.")


# Hints on the options that a file needs before all of it can be imported.


def hints(asked: ImportQuestions) -> Iterator[str]:
    """Yield sentences on rows that are left out and amounts without a currency, with the options to add."""
    if asked.stages:
        named = ", ".join(f"{each.name} ({each.rows:,} row{'s' if each.rows != 1 else ''})" for each in asked.stages)
        yield f"These stages have no phase yet, so their rows are left out: {named}."
        options = " ".join(f"--stage {shlex.quote(_stage_option(each))}" for each in asked.stages)
        yield f"Say what they mean, each as early, middle, late, won or lost, by adding: {options}"
    for company in asked.companies:
        names = [name for _, name in company.choices]
        rows = f"{company.rows:,} row{'s' if company.rows != 1 else ''}"
        example = shlex.quote(f"{company.label}={names[0] if names else NONE}")
        yield (
            f"{company.label} ({rows}) could be {' or '.join((*names, 'none of the accounts'))}. Say which with "
            f"--company {example}, or {NONE} for none."
        )
    if asked.untyped:
        is_one = asked.untyped == 1
        deals = "1 deal" if is_one else f"{asked.untyped:,} deals"
        yield (
            f"{deals} of accounts that have bought before {'names' if is_one else 'name'} no type, so "
            f"{'its row is' if is_one else 'their rows are'} left out. Say whether further deals are existing business "
            "with --further existing or --further new."
        )
    if asked.lacks_currency:
        yield "Amounts name no currency. Say which with --currency and its three letters."


def _stage_option(stage: StageAsked) -> str:
    """Return the value of --stage for a stage, with the phase proposed for it if there is one."""
    return f"{stage.name}={stage.proposed.value if stage.proposed else 'PHASE'}"


# Command-line options on how to read a file to import.

CURRENCY_LETTERS = 3
FURTHER = {"existing": OpportunityType.EXISTING_BUSINESS, "new": OpportunityType.NEW_BUSINESS}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options on how to read a file."""
    parser.add_argument("--dates", choices=tuple(map(str, DateOrder)), help="what comes first in dates like 3/4/2026")
    parser.add_argument(
        "--stage",
        metavar="NAME=PHASE",
        action="append",
        default=[],
        help="the phase of a stage of deals: early, middle, late, won or lost; kept with --apply, may be repeated",
    )
    parser.add_argument(
        "--company",
        metavar="COMPANY=ACCOUNT",
        action="append",
        default=[],
        help="the account that a company of the file is, or none; may be repeated",
    )
    parser.add_argument(
        "--further",
        choices=tuple(FURTHER),
        help="the type of further deals of accounts that have bought, where the file names none",
    )
    parser.add_argument(
        "--currency", metavar="CODE", default="", help="the currency of amounts without one, such as EUR"
    )
    parser.add_argument(
        "--crm", metavar="NAME", default="", help="the CRM that the ids are of, where the file is of no CRM known here"
    )


def options_of(arguments: argparse.Namespace, *, zone: str, now: datetime) -> ImportOptions:
    """Return the options on how to read the file. Raises NotUnderstood for a wrong one."""
    currency = arguments.currency.upper()
    if currency and not (len(currency) == CURRENCY_LETTERS and currency.isascii() and currency.isalpha()):
        raise NotUnderstood(f"--currency takes three letters, such as EUR or USD, not {shown(arguments.currency)}.")
    dates = DateOrder(arguments.dates) if arguments.dates else None
    return ImportOptions(
        now,
        dates,
        tuple(map(_stage, arguments.stage)),
        currency,
        zone,
        tuple(map(_company, arguments.company)),
        FURTHER.get(arguments.further or ""),
        read_crm(arguments.crm),
    )


def options_again(arguments: argparse.Namespace) -> str:
    """Return the given options as text to type again, each after a space; "" without options."""
    words = [
        *(("--what", arguments.what) if arguments.what else ()),
        *(("--dates", arguments.dates) if arguments.dates else ()),
        *(word for value in arguments.stage for word in ("--stage", value)),
        *(word for value in arguments.company for word in ("--company", value)),
        *(("--further", arguments.further) if arguments.further else ()),
        *(("--currency", arguments.currency) if arguments.currency else ()),
        *(("--crm", arguments.crm) if arguments.crm else ()),
    ]
    return "".join(f" {shlex.quote(word)}" for word in words)


def _company(option: str) -> tuple[str, str]:
    """Return (company, account) of a --company option. Raises NotUnderstood."""
    label, _, account = option.rpartition("=")
    if not label.strip() or not account.strip():
        raise NotUnderstood(
            '--company takes the company as the file has it, = and the account, as "Acme Group=Acme", not '
            f"{shown(option)}."
        )
    return label.strip(), account.strip()


def _stage(option: str) -> tuple[str, Phase]:
    """Return (stage, phase) of a --stage option. Raises NotUnderstood."""
    name, _, phase = option.rpartition("=")
    known = {each.value: each for each in Phase}
    if not name.strip() or phase.strip().casefold() not in known:
        raise NotUnderstood(
            f'--stage takes the stage\'s name, = and its phase, as "Contract Sent=late", not {shown(option)}. '
            f"Phases are {', '.join(known)}."
        )
    return name.strip(), known[phase.strip().casefold()]


# An import plan as a table on the terminal.

RowT = TypeVar("RowT", bound=Planned)

ROWS_SHOWN_WHOLE = 200
"""Longest plan that is shown whole."""
FIRST_SHOWN = 5
"""Rows of each verdict that a longer plan shows."""

TROUBLES_SHOWN = 50
"""Skipped rows, and rows with something not understood, that a longer plan shows."""

STYLES = {Verdict.CREATE: "green", Verdict.UPDATE: "yellow", Verdict.UNCHANGED: "dim", Verdict.SKIP: "red"}


def print_preview(rows: Sequence[RowT], heading: str, reasons: Callable[[RowT], Iterator[str]]) -> None:
    """Print a table with the line, name, verdict and reasons of each row."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Line", justify="right")
    table.add_column(heading, overflow="fold")
    table.add_column("Verdict")
    table.add_column("Why", overflow="fold")
    for row in rows:
        # Text and one_line, so that a file's content reaches the terminal neither as markup nor as control characters
        why = Text(one_line("; ".join(reasons(row))))
        table.add_row(str(row.line), Text(row.name), Text(row.verdict.value, STYLES[row.verdict]), why)
    Console().print(table)


# `cadence import --template KIND`: an empty CSV file with our own headers.


def give_template(word: str, to: Path | None) -> None:
    """Print the header line of the kind, or write the empty file. Raises Refused when there is a file already."""
    kind = OTHER_WORDS.get(word, word)
    if to is None:
        print_line(template_line(kind))
        return
    try:
        with to.open("xb") as file:
            file.write(template(kind))
    except FileExistsError:
        raise Refused(f"{to} exists already. Name another file with --to.") from None
    print_line(f"Wrote {to}. Fill in a line for each row and import it with: cadence import {to}")


# `cadence import`: read a CRM's export, show what it would change, and change it with --apply.

P = ParamSpec("P")
T = TypeVar("T")

NOT_WHOLE = (
    "Rows that cannot be nominated or recorded may be of your own company, or of accounts that are private to a "
    "channel. Add --whole to read those too."
)

GIVE_WAY_SECONDS = 0.12
"""Longer than the tenth of a second after which a process that waits for SQLite's writer tries again."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Import a HubSpot or Salesforce export of accounts, contacts, contact roles, deals or the history of "
        "opportunities, or a CSV file with the headers that --template prints, in any order. New accounts become "
        "candidates. A folder that cadence export wrote, or the ZIP file of /abm export, is imported into an empty "
        "database."
    )
    given = parser.add_mutually_exclusive_group(required=True)
    given.add_argument("file", metavar="FILE", nargs="?", type=Path, help="the CSV file, or an export")
    given.add_argument("--undo", metavar="RUN", type=int, help="undo an import, by its number")
    given.add_argument(
        "--template", choices=(*TEMPLATE_KINDS, *OTHER_WORDS), help="print an empty CSV file of this kind, to fill in"
    )
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
    """Print what the file would change, and change it with --apply."""
    refuse_too_large(arguments.file.stat().st_size)
    table = read_table(arguments.file.read_bytes())
    kind = kind_of(table, arguments.what)
    options = options_of(arguments, zone=store.read_now(_zone, author.workspace_id), now=author.at)
    file = store.read_now(read_table_as, author.workspace_id, kind, table, options=options)
    names = store.read_now(_names, author.workspace_id)
    plan = store.read_now(_for_readers(author, arguments, kind.plan), author.workspace_id, file.rows, options)
    print_line(file_line(file, arguments.file.name))
    for line in (counts_line(plan), *wrong_lines(file, plan, words), *hints(kind.questions(plan, options))):
        print_line(one_line(line))
    most_rows = len(plan.rows) if arguments.all else ROWS_SHOWN_WHOLE
    shown = rows_shown(plan, most=most_rows, first=FIRST_SHOWN, troubles=TROUBLES_SHOWN)
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
        proposals = _for_readers(author, arguments, proposals_of_run)
        found = store.read_now(proposals, author.workspace_id, run_id, now=author.at, zone=author.zone)
        if found.unanswered:
            print_line(one_line(proposed_line(found)))
    print_line(_next_step(arguments, kind, plan, options, run_id))
    for line in store.read_now(_unfinished, author.workspace_id, _workspace_option(arguments)):
        print_line(one_line(line))


def _apply(
    store: Store, author: Author, kind: ImportKind, plan: ImportPlan[Any], arguments: argparse.Namespace
) -> tuple[int, list[Planned]]:
    """Write the plan part by part; return the run's number and the rows that others changed meanwhile."""
    run_id = store.write_now(begin_import, plan, author, file_name=arguments.file.name, what=kind.word).row_id
    write = _for_readers(author, arguments, kind.write)
    left_out: list[Planned] = []
    done, total = 0, plan.counts["create"] + plan.counts["update"]
    with progress_bar("Importing", is_in_rows=True) as progress:
        for part in kind.parts(plan):
            left_out += store.write_now(write, run_id, author, part)
            done += len(part)
            progress(done, total)
            _give_way(store)
    return run_id, left_out


def _for_readers(
    author: Author, arguments: argparse.Namespace, verb: Callable[Concatenate[Session, P], T]
) -> Callable[Concatenate[Session, P], T]:
    """Return the verb; without `--whole` it finds no private account, as the readers of the output are not known."""
    return verb if arguments.whole else as_seen_by(Audience(author.workspace_id), author.at, verb)


def _give_way(store: Store) -> None:
    """Pause on SQLite long enough for another process to write."""
    if store.is_sqlite:
        time.sleep(GIVE_WAY_SECONDS)


def _next_step(
    arguments: argparse.Namespace, kind: ImportKind, plan: ImportPlan[Any], options: ImportOptions, run_id: int | None
) -> str:
    """Return the last line: how to apply, how to undo, or why there is nothing to import."""
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
    """Undo an import part by part, so that other processes can write in between."""
    run_id = arguments.undo
    kind = OF_RUNS[store.read_now(what_of, author.workspace_id, run_id)]
    begin = _for_readers(author, arguments, begin_undo)
    parts = store.write_now(begin, run_id, author, ids_of=kind.ids_of_run, is_whole=arguments.whole)
    undo = _for_readers(author, arguments, kind.undo)
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


def _zone(session: Session, workspace_id: str) -> str:
    workspace = workspaces.get(session, workspace_id)
    return workspace.time_zone if workspace else "UTC"


def _names(session: Session, workspace_id: str) -> dict[str, str]:
    return {person.user_id: person.name for person in people.members(session, workspace_id)}


def _sentence(error: Exception) -> str:
    """Return what to print about an error."""
    if isinstance(error, OSError):
        return f"{error.filename or 'The file'} cannot be read: {error.strerror or error}."
    return str(error)
