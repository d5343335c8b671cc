"""What backup and restore share: the file that is named, and the bar."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from storage.backups.files import Progress as Told


def file_named(value: str) -> Path:
    """The path of a file as it was typed. Raises what argparse says as usage when it can be none."""
    path = Path(value)
    if not path.name:
        raise argparse.ArgumentTypeError(f"'{value}' names no file")
    return path


@contextmanager
def copying(what: str) -> Iterator[Told]:
    """A bar on the error output, for people alone; tell the function it yields how much is done and of how much."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
