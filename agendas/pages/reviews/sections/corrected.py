"""Entries that counted at the last held review, or in a closed one, and were corrected since."""

from collections.abc import Sequence
from dataclasses import replace

from agendas.facts.account import AccountState
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    BlockerOpened,
    Decided,
    Moved,
    Noted,
    NothingMoved,
)
from agendas.facts.evidence import EvidenceAdded
from agendas.facts.plays import PlayEnded
from agendas.facts.reviews.agenda import CorrectedEntry
from agendas.rendering.words import Words
from agendas.rules.history.subject import subject_of
from agendas.text.limits import shortened

MOST_SHOWN = 3
TEXT_CHARACTERS = 120
WITH_A_TEXT = (
    *(Moved, NothingMoved, Noted, EvidenceAdded, BlockerOpened, BlockerChanged),
    *(ActionAdded, ActionChanged, Decided, PlayEnded),
)


def corrected_lines(
    found: Sequence[tuple[AccountState, CorrectedEntry]],
    words: Words,
    zone: str,
    *,
    is_named: bool = False,
    most: int = MOST_SHOWN,
) -> tuple[str, ...]:
    """A line for each of the first entries, with who corrected it and why; and how many more there are.

    `is_named` puts the account's name first, where the line is read alone.
    """
    lines = [
        line
        for state, each in found[:most]
        for line in words.lines(
            "history.counts_no_more",
            each=_brief(each),
            subject=subject_of(each.entry, state),
            zone=zone,
            name=state.name if is_named else "",
        )
    ]
    others = len(found) - most
    return (*lines, *(words.lines("history.counts_no_more_others", count=others) if others > 0 else ()))


def _brief(each: CorrectedEntry) -> CorrectedEntry:
    """Return the entry with its text shortened: the history has the whole."""
    change = each.entry.change
    if not isinstance(change, WITH_A_TEXT):
        return each
    return replace(
        each, entry=replace(each.entry, change=replace(change, text=shortened(change.text, TEXT_CHARACTERS)))
    )
