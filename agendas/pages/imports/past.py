"""The imports of the past: each with its file, its numbers, who and when, and a button that undoes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from agendas.rendering.buttons import labelled
from agendas.rendering.page import Button, Confirm, Heading, Item, Line, Page, Text
from agendas.rendering.words import Words
from agendas.text.days import local_date


@dataclass(frozen=True, slots=True)
class PastImport:
    """One import. `user_id` is empty for the command line; `left` are rows to write, or to take back once it is undone.

    `is_undoing` while the bot takes it back.
    """

    run_id: int
    file_name: str
    what: str
    user_id: str
    applied_at: datetime
    counts: Mapping[str, int]
    left: int = 0
    undone_at: datetime | None = None
    is_undoing: bool = False

    @property
    def can_be_undone(self) -> bool:
        """True unless it was undone, wholly, or is being undone."""
        return not self.is_undoing and (self.undone_at is None or bool(self.left))


def past_page(imports: Sequence[PastImport], words: Words, *, zone: str, now: datetime, told: str = "") -> Page:
    """The imports given, the newest first; `told` is what was just done, in mrkdwn."""
    items: list[Item] = [Heading(words.raw("imports.past_heading"))]
    if told:
        items.append(Text(told))
    for each in imports:
        line = words.say("imports.past_line", each=each, zone=zone, today=local_date(now, zone))
        items.append(Line(line, undo_button(words, each.run_id)) if each.can_be_undone else Text(line))
    if not imports:
        items.append(Text(words.say("imports.past_none")))
    return Page(words.raw("imports.past_title", count=len(imports)), tuple(items), key="past_imports")


def undo_button(words: Words, run_id: int, action: str = "import.undo") -> Button:
    """The button that undoes an import, after a question."""
    confirm = Confirm(
        words.raw("imports.undo_title"),
        words.raw("imports.undo_text"),
        words.raw("imports.undo_yes"),
        words.raw("imports.undo_no"),
    )
    return labelled(words, action, str(run_id), confirm=confirm)
