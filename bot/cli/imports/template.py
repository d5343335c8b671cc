"""`cadence import --template KIND`: an empty CSV file with our own headers."""

from pathlib import Path

from agendas.errors import Refused
from agendas.rules.imports.templates import OTHER_WORDS, TEMPLATE_KINDS, template, template_line
from bot.cli.terminal import print_line

TEMPLATE_WORDS = (*TEMPLATE_KINDS, *OTHER_WORDS)


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
