"""Lists of open next actions, each line with its buttons, ten on a page."""

from collections.abc import Sequence
from datetime import date

from agendas.facts.answers import AccountAction
from agendas.pages.open_items.lines import action_line
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Item, Note, Page, Rows, Text
from agendas.rendering.words import Words

LINES = 10
"""Lines of one page: with their buttons they fill two screens of a phone."""

OWED = "owed"
"""Beginning of the key of a page of a person's own actions; how many come before its first one follows."""


def owed_page(found: Sequence[AccountAction], words: Words, *, today: date, can_record: bool, start: int = 0) -> Page:
    """The person's open next actions after the first `start`, soonest first, with buttons for who may record."""
    first = start if start < len(found) else 0
    following = min(first + LINES, len(found))
    facts = {"count": len(found), "late": sum(each.action.due_on < today for each in found)}
    items: list[Item] = [Text(words.say("open_items.owed", **facts))]
    items += action_items(found[first:following], words, today=today, can_record=can_record)
    if following - first < len(found):
        items.append(Note(words.say("program.span", first=first + 1, last=following, total=len(found))))
    if following < len(found):
        items.append(Buttons((labelled(words, "actions.more", str(following)),)))
    return Page(words.raw("open_items.owed", **facts), tuple(items), key=f"{OWED}-{first}")


def action_items(found: Sequence[AccountAction], words: Words, *, today: date, can_record: bool) -> tuple[Item, ...]:
    """A line for each next action, with its buttons for who may record."""
    lines = [action_line(each, words, today=today) for each in found]
    if can_record:
        return tuple(lines)
    return (Rows(tuple(f"• {line.mrkdwn}" for line in lines)),) if lines else ()
