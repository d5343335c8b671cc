"""The buttons below a page of the program that send it as a file."""

from agendas.facts.program.reports import ReportKind
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Button
from agendas.rendering.words import Words

AS_HTML, AS_CSV = "report.html", "report.csv"


def file_buttons(words: Words, kind: ReportKind, month: str) -> tuple[Button, ...]:
    """The buttons that send the page of this month, `2026-10`, or of the month up to a day, `2026-10-15`."""
    return tuple(labelled(words, action, f"{kind.value} {month}") for action in (AS_HTML, AS_CSV))
