"""The words after ACCOUNT in /move, as Slack escapes them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from agendas.facts.account import Stage
from agendas.facts.evidence import Evidence
from agendas.rules.commands.quotes import refuse_open_quote
from agendas.rules.commands.unclear import Choice, UnclearPart, first_kept
from agendas.text.evidence import readable, take_links, unescape, without_links
from agendas.text.limits import required_text, within_limit
from agendas.text.vocabulary import STAGE_LABELS, STAGE_NAMES, leading_stage, near_leading_stage, not_a_stage
from agendas.text.word_stream import TypedWords, is_kept, kept

MOVE_USAGE = f"Say what moved: /move ACCOUNT [to STAGE] TEXT, or /move ACCOUNT nothing. The stages are {STAGE_NAMES}."

NOTHING_MOVED = frozenset(
    {"no change", "no changes", "no movement", "unchanged", "none", "no news", "no update", "no updates"}
)
NOTHING_BUT = re.compile(r"nothing\s+(?:else\s+)?(?=(?:but|except|besides)\s)", re.IGNORECASE)
DIRECTIONS = frozenset({"back", "down", "up"})
LEAST_STEP_WORDS = 3
ARROWS = frozenset({">", "->", "=>", "\u2192"})
STEP_MARKS = ":,-"
NOTHING_ALONE = re.compile(
    r"nothing(?:\s+(?:moved|changed|new))?\s*(?:[.,;:!\n-]+\s*(?P<text>.*))?", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class MoveWords:
    """A movement; with `nothing` somebody says that nothing moved, and the text may be empty.

    `news` are the words by which the text is news without a stage.
    """

    to_stage: Stage | None
    nothing: bool
    text: str
    evidence: tuple[Evidence, ...]
    news: str = field(default="", compare=False)


def read_move(rest: str, now: datetime) -> MoveWords:
    """Read the words after `/move ACCOUNT`; what follows `to` at the beginning is a stage, or asked about.

    Raises:
        UnclearPart: for a word in a stage's place that is none, and a stage without a text.
        NotUnderstood: where the text is missing or too long.
    """
    _ask_about_nothing_but(rest.strip())
    nothing = _nothing_text(rest.strip())
    if nothing is not None:
        text, evidence = take_links(nothing, now)
        return MoveWords(None, True, within_limit(text.strip()), evidence)
    words = TypedWords(rest)
    refuse_open_quote(words, rest)
    to_stage = _take_stage(words)
    text, evidence = take_links(words.text, now)
    if to_stage is not None:
        _ask_about_step_and_nothing(words, to_stage, without_links(text))
    if to_stage is not None and not text.strip():
        raise UnclearPart(MOVE_USAGE, entered={"stage": to_stage.value})
    return MoveWords(to_stage, False, required_text(text, MOVE_USAGE), evidence, kept(words.text))


def _ask_about_nothing_but(typed: str) -> None:
    """Raise UnclearPart for `nothing but their CFO wrote`, which may say that something moved."""
    found = NOTHING_BUT.match(typed)
    if found is None:
        return
    choice = Choice("Nothing moved", f"nothing: {typed[found.end() :]}")
    raise UnclearPart("Did nothing move, or is it news?", (choice,), as_text=first_kept(typed))


def _ask_about_step_and_nothing(words: TypedWords, to_stage: Stage, said: str) -> None:
    """Raise UnclearPart for `to engaged nothing`, which says that something moved and that nothing did."""
    nothing = _nothing_text(said)
    if nothing is None or is_kept(words.words[0]):
        return
    sentence = f"Did nothing move, or is it a step to {STAGE_LABELS[to_stage]}? For the step, say what moved."
    as_text = f"to {to_stage.value} {first_kept(words.text)}" if nothing else ""
    choice = Choice("Nothing moved", words.text)
    raise UnclearPart(sentence, (choice,), as_text=as_text, entered={"stage": to_stage.value, "text": nothing})


def _nothing_text(typed: str) -> str | None:
    """Return the text besides "nothing", None when something moved. A sentence that goes on after it is kept whole."""
    if alone := NOTHING_ALONE.fullmatch(typed):
        return alone["text"] or ""
    if typed.rstrip(".!").casefold() in NOTHING_MOVED:
        return ""
    return typed if typed.partition(" ")[0].casefold() == "nothing" else None


def _take_stage(words: TypedWords) -> Stage | None:
    typed = words.words
    _ask_about_step(words)
    if not typed or typed[0].casefold() != "to":
        return None
    if len(typed) == 1:
        raise UnclearPart(MOVE_USAGE, as_text=words.first_again(1, kept("to")))
    found = leading_stage(typed[1:])
    if found is not None:
        words.drop_first(found[1] + 1)
        return found[0]
    if is_kept(typed[1]):
        return None
    near = near_leading_stage(typed[1:])
    choices = (
        (Choice(STAGE_LABELS[near[0]], words.first_again(near[1] + 1, f"to {near[0].value}")),)
        if near is not None
        else ()
    )
    as_text = words.first_again(2, kept(f"to {typed[1]}"))
    raise UnclearPart(not_a_stage(typed[1]), choices, as_text=as_text, entered={"text": readable(words.text)})


def _ask_about_step(words: TypedWords) -> None:
    """Raise UnclearPart for `back to STAGE`, `STAGE:` and the like: a step, or part of a sentence."""
    typed = words.words
    start = _before_stage(typed)
    found = leading_stage(typed[start:])
    if found is None or not (start or len(typed) == found[1] or typed[found[1] - 1][-1] in STEP_MARKS):
        return
    label, entered = STAGE_LABELS[found[0]], {"stage": found[0].value}
    as_text = words.first_again(1, kept(typed[0]))
    if len(typed) == found[1] + start:
        raise UnclearPart(MOVE_USAGE, as_text=as_text, entered=entered)
    choice = Choice(label, words.first_again(found[1] + start, f"to {found[0].value}"))
    raise UnclearPart(f"Is it a step to {label}, or part of the text?", (choice,), as_text=as_text, entered=entered)


def _before_stage(typed: Sequence[str]) -> int:
    """Return how many of the first words say that a stage follows."""
    if len(typed) >= LEAST_STEP_WORDS and typed[0].casefold() in DIRECTIONS and typed[1].casefold() == "to":
        return 2
    return 1 if typed and unescape(typed[0]) in ARROWS else 0
