"""Opening the database for commands that need nothing else."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from agendas.errors import Refused
from bot.settings import Settings
from storage import workspaces
from storage.backups import Progress
from storage.database import Store, advice_for_operator
from storage.migrate import MigrationFailed, is_current


@contextmanager
def open_store(settings: Settings) -> Iterator[Store | None]:
    """Yield the store when its database has this version's schema, else None after printing what to do."""
    store = Store(settings.database_url)
    try:
        trouble = _trouble(store)
        if trouble:
            print(trouble, file=sys.stderr)
        yield None if trouble else store
    finally:
        store.close()


def workspace_meant(session: Session, wanted: str | None) -> str:
    """The id of the workspace named, else of the only one. Raises Refused when that is not clear."""
    known = [workspace.id for workspace in workspaces.get_all(session)]
    if wanted in known or (wanted is None and len(known) == 1):
        return wanted or known[0]
    if not known:
        raise Refused("No workspace is known yet. Start the bot once with cadence run.")
    if wanted is None:
        raise Refused(f"There are several workspaces: {', '.join(known)}. Choose one with --workspace ID.")
    raise Refused(f"The bot is not in workspace {wanted}. It is in {', '.join(known)}.")


def _trouble(store: Store) -> str:
    """Return what to do before the database can be used, "" when it can."""
    try:
        current = is_current(store)
    except MigrationFailed as error:
        return str(error)
    except SQLAlchemyError as error:
        return advice_for_operator(error)
    return "" if current else "The database is empty: run cadence migrate first."


# Lines, tables and progress bars on the terminal, and arguments that name files.


def file_named(value: str) -> Path:
    """Return the path in a command-line argument. Raises ArgumentTypeError when it has no file name."""
    path = Path(value)
    if not path.name:
        raise argparse.ArgumentTypeError(f"'{value}' names no file")
    return path


def print_line(text: str, *, is_error: bool = False) -> None:
    """Print the text in one line, without control characters, for the terminal to wrap."""
    from rich.console import Console
    from rich.text import Text

    Console(stderr=is_error).print(Text(text), soft_wrap=True)


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(*columns)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


@contextmanager
def progress_bar(what: str, *, is_in_rows: bool = False) -> Iterator[Progress]:
    """Show a bar on the error output if that is a terminal, with a count of rows or else with per cent."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    amount = MofNCompleteColumn() if is_in_rows else TaskProgressColumn()
    columns = (TextColumn("{task.description}"), BarColumn(), amount, TimeRemainingColumn())
    console = Console(stderr=True)
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
