"""Evidence: the question whose act it was, receipts, and what waits for an answer."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from agendas.errors import Outdated
from agendas.facts.account import Blocker, EventFacts, NextAction
from agendas.facts.answered_items import OfAccount
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
from agendas.facts.signals import NotedSignal
from agendas.pages.accounts import OUTDATED_PICK, pick_value, read_pick
from agendas.pages.open_items import open_line
from agendas.pages.updates import RecordedFacts, update_lines
from agendas.rendering.blockkit import BUTTON_VALUE_CHARACTERS
from agendas.rendering.mrkdwn import escape, length, read
from agendas.rendering.page import Button, Buttons, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.nudging import item_of
from agendas.text.evidence import without_links
from agendas.text.limits import shortened

# Questions about the words of a command: each answer is a button that runs the command again with it.

PICK = "account.pick"
KEEP = "command.keep"
FILL = "command.fill"
KEY = "asked"


@dataclass(frozen=True, slots=True)
class WordsQuestion:
    """A part of a command's words that is asked about.

    Args:
        account_id: the account that the command is about.
        begun: the command before the words that each answer adds, with a mark in the place of the account's name.
        sentence: the question, raw.
        typed: the command as it was typed, raw.
        choices: (label, words after the account) of each answer.
        as_text: the words after the account by which the part is text; empty where it cannot be.
        form: the id of the form that can be filled in instead; empty for none.
        entered: what was understood, by the names of that form's fields.
    """

    account_id: int
    begun: str
    sentence: str
    typed: str = ""
    choices: Sequence[tuple[str, str]] = ()
    as_text: str = ""
    form: str = ""
    entered: Mapping[str, str] = field(default_factory=dict)

    def button(self, label: str, rest: str, number: object) -> Button:
        """The button that runs the command again with these words after what was typed so far.

        `number` tells the buttons of one page apart, since Slack wants an action id of its own for each.
        """
        return Button(label, f"{PICK}/{number}", pick_value(self.account_id, f"{self.begun} {rest}"))


def question_page(asked: WordsQuestion, words: Words) -> Page | None:
    """The question with a button for each answer; None where the words are too long for buttons to carry."""
    buttons = [asked.button(label, rest, number) for number, (label, rest) in enumerate(asked.choices)]
    return _page(asked, (Text(escape(asked.sentence)),), buttons, words)


def which_page(
    asked: WordsQuestion,
    things: Sequence[tuple[NextAction | Blocker, str]],
    words: Words,
    *,
    label: str,
    today: date,
    zone: str,
) -> Page | None:
    """The open actions or blockers to choose from, each with a button of this label that runs the command about it.

    `things` are (item, words after the account that name it).
    """
    unnamed, lines = OfAccount(asked.account_id, ""), []
    for each, rest in things:
        line = open_line(item_of(unnamed, each), words, today=today, zone=zone, with_person=True)
        lines.append(Line(line.mrkdwn, asked.button(label, rest, each.id)))
    return _page(asked, (Text(escape(asked.sentence)), *lines), [], words)


def read_entered(value: str) -> tuple[int, dict[str, str]]:
    """The account's id and the values by field that the button carries. Raises Outdated for a value of another form."""
    account_id, written = read_pick(value)
    try:
        entered = json.loads(written)
    except (ValueError, RecursionError):
        raise Outdated(OUTDATED_PICK) from None
    if not isinstance(entered, dict) or not all(isinstance(each, str) for each in entered.values()):
        raise Outdated(OUTDATED_PICK)
    return account_id, entered


def _page(question: WordsQuestion, items: tuple[Item, ...], buttons: list[Button], words: Words) -> Page | None:
    """The question with its buttons, those to take the words as text or to fill in a form last, where there are such.

    None where what a button would carry is too long for Slack.
    """
    if question.as_text:
        buttons.append(question.button(words.label(KEEP), question.as_text, "text"))
    if question.form:
        value = pick_value(question.account_id, json.dumps(dict(question.entered), ensure_ascii=False))
        buttons.append(Button(words.label(FILL), f"{FILL}/{question.form}", value))
    buttons_of_lines = [item.button for item in items if isinstance(item, Line)]
    if any(length(button.value) > BUTTON_VALUE_CHARACTERS for button in (*buttons_of_lines, *buttons)):
        return None
    typed = (Note(words.say("answers.typed", command=question.typed)),) if question.typed else ()
    return Page(question.sentence, (*items, *((Buttons(tuple(buttons)),) if buttons else ()), *typed), key=KEY)


# The receipt of replies in an account's thread: a line for each, in one message.

SHOWN = 8
TEXT_CHARACTERS = 80
"""Most of a text that is repeated: the reply itself is right above."""

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
    """Return the receipt of the latest replies, without their evidence; `earlier` counts those not shown any more."""
    sentence = [words.say("history.earlier_replies", count=earlier)] if earlier else []
    for each in lines:
        facts = each.facts
        sentence.append(
            words.say(
                "history.receipt_line",
                event=replace(facts.event, change=_short(facts.event.change), evidence=()),
                before=facts.before,
                claimed=facts.is_claim,
                subject=facts.subject,
                late=each.late_for,
                correction=each.correction,
                zone=zone,
            )
        )
    return Page(" ".join(map(read, sentence)), (Rows(tuple(sentence)),), key="replies")


def _short(change: Change) -> Change:
    """The change with its text shortened and without links, unless it is all links; a change without text as it is."""
    if not isinstance(change, WITH_TEXT):
        return change
    return replace(change, text=shortened(without_links(change.text) or change.text, TEXT_CHARACTERS))


# Entries that were recorded without an answer, because the bot was interrupted: each with Undo.


@dataclass(frozen=True, slots=True)
class UnansweredFacts:
    """The entries that still count, those that the person took back, and their signals; the reader's zone."""

    recorded: tuple[RecordedFacts, ...]
    taken_back: tuple[RecordedFacts, ...]
    signals: tuple[NotedSignal, ...]
    zone: str

    @property
    def is_any(self) -> bool:
        return bool(self.recorded or self.taken_back or self.signals)


def unanswered_page(facts: UnansweredFacts, words: Words) -> Page:
    """When the bot was interrupted, each entry and signal with Undo, and what was taken back already."""
    recorded_at = [*(each.event.recorded_at for each in facts.recorded), *(s.signal.recorded_at for s in facts.signals)]
    sentence = words.say("answers.unanswered", at=min(recorded_at, default=None), zone=facts.zone)
    items: list[Item] = [Text(sentence), *update_lines(facts.recorded, words)]
    for noted in facts.signals:
        undo = labelled(words, "signals.undo", str(noted.signal.id))
        items.append(Line(words.say("signals.noted", noted=noted), undo))
    for each in facts.taken_back:
        back = {"event": each.event, "before": each.before, "after": each.after, "subject": each.subject}
        items.append(Text(words.say("history.undone", **back)))
    return Page(read(sentence), tuple(items), key="unanswered")
