"""Ledger of a channel's planned posts: posted, late, missed, skipped, moved, refused or waiting."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from agendas.facts.program.health import LedgerLine, LedgerState
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Heading, Item, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.text.days import local_date

DECISIONS_SHOWN = 10
"""More messages in doubt than this are decided about after these."""


def ledger_page(
    lines: Sequence[LedgerLine], words: Words, *, zone: str, now: datetime, decider: str = "", is_admin: bool = False
) -> Page:
    """One line per post in the order given; where the newest past review was missed, a button holds it now.

    What may be there or not, `decider` decides about as its facilitator or as an admin.
    """
    heading = Heading(words.raw("cadence.ledger_heading"))
    title = words.raw("cadence.ledger_title", counts=Counter(line.state for line in lines).most_common())
    if not lines:
        return Page(title, (heading, Text(words.say("cadence.ledger_nothing"))), key="ledger")
    items: list[Item] = [heading, Rows(tuple(text for line in lines for text in _line(line, words, zone, now)))]
    theirs = [line for line in lines if line.letter_id and (is_admin or decider == line.facilitator)]
    for line in theirs[:DECISIONS_SHOWN]:
        items += _decision(line, words, zone, now)
    past = [line for line in lines if line.due_at <= now]
    newest = max(past, key=lambda line: line.due_at, default=None)
    if newest is not None and newest.state is LedgerState.MISSED:
        items += [Note(words.say("cadence.ledger_missed")), Buttons((labelled(words, "review.now"),))]
    return Page(title, tuple(items), key="ledger")


def _decision(line: LedgerLine, words: Words, zone: str, now: datetime) -> tuple[Item, ...]:
    """Two buttons for a message that may be there or not."""
    asked = words.say("cadence.ledger_unsure", line=line, zone=zone, today=local_date(now, zone))
    value = str(line.letter_id)
    buttons = Buttons((labelled(words, "letter.again", value), labelled(words, "letter.there", value)))
    return Text(asked), buttons


def _line(line: LedgerLine, words: Words, zone: str, now: datetime) -> tuple[str, ...]:
    late_minutes = round((line.done_at - line.due_at).total_seconds() / 60) if line.done_at else 0
    return words.lines("cadence.ledger_line", line=line, zone=zone, today=local_date(now, zone), late=late_minutes)
