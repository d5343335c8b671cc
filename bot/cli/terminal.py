"""Lines, tables and progress bars on the terminal, and arguments that name files.

rich takes a while to load, so only the commands that draw something load it.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from storage.backups.files import Progress


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
    """Print the rows below the names of their columns."""
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
