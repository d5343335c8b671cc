"""The receipt of replies in an account's thread: a line for each, in one message."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from agendas.facts.account import EventFacts
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    BlockerOpened,
    Change,
    Moved,
    Noted,
    NothingMoved,
)
from agendas.facts.evidence import EvidenceAdded, WaitingSet
from agendas.pages.accounts.recorded import RecordedFacts, is_claim
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Page, Rows
from agendas.rendering.words import Words
from agendas.text.evidence import without_links
from agendas.text.limits import shortened

SHOWN = 8
TEXT_CHARACTERS = 80
"""Most of a text that is said again: the reply itself stands above."""

WITH_TEXT = (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    BlockerOpened,
    EvidenceAdded,
    Moved,
    Noted,
    NothingMoved,
    WaitingSet,
)


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A reply as recorded: `correction` took it back; `late_for` is the day of a review closed before it."""

    facts: RecordedFacts
    correction: EventFacts | None = None
    late_for: date | None = None


def thread_receipt_page(lines: Sequence[ReceiptLine], words: Words, *, earlier: int, zone: str) -> Page:
    """Return the receipt of the latest replies; `earlier` counts those that are not shown any more."""
    said = [words.say("history.earlier_replies", count=earlier)] if earlier else []
    for each in lines:
        facts = each.facts
        said.append(
            words.say(
                "history.receipt_line",
                event=replace(facts.event, change=_short(facts.event.change), evidence=()),
                before=facts.before,
                claimed=is_claim(facts),
                subject=facts.subject,
                late=each.late_for,
                correction=each.correction,
                zone=zone,
            )
        )
    return Page(" ".join(map(read, said)), (Rows(tuple(said)),), key="replies")


def _short(change: Change) -> Change:
    if not isinstance(change, WITH_TEXT):
        return change
    return replace(change, text=shortened(without_links(change.text) or change.text, TEXT_CHARACTERS))
