"""A play of one's own in words: its steps a line each, `marketing, 7: Write one page`; and what is wrong with it."""

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2s

from agendas.errors import FieldProblems, NotUnderstood
from agendas.facts.plays import Play, PlayStep, StepOwner
from agendas.rules.plays.library import LibraryPlay
from agendas.text.account_names import normal_key
from agendas.text.limits import NAME_LIMIT_CHARACTERS, shown

STEPS = 10
"""Most steps of a play. Ours."""

STEP_CHARACTERS = 300
"""Longest step, and longest outcome. Ours."""

LONGEST_DAYS = 365

MARK_BYTES = 4

EXAMPLE = "marketing, 7: Write one page on their pressure"

_STEP = re.compile(r"[•\-*]?\s*(\w+)\s*[, ]\s*(?:in\s+|day\s+)?(\d{1,4})(?:\s*days?)?\s*:\s*(\S.*)")


def read_steps(written: str) -> tuple[PlayStep, ...]:
    """The steps of these lines, each `FUNCTION, DAYS: TEXT`. Raises NotUnderstood with the line and what is wrong."""
    return tuple(_step(number, line.strip()) for number, line in enumerate(filter(str.strip, written.splitlines()), 1))


def written_steps(play: Play) -> str:
    """The play's steps as they are typed."""
    return "\n".join(f"{step.owner}, {step.due_in_days}: {step.text}" for step in play.steps)


def mark_of_steps(play: Play) -> str:
    """Return a digest of the steps, short enough to travel with a form."""
    return blake2s(written_steps(play).encode(), digest_size=MARK_BYTES).hexdigest()


def read_days(written: str) -> int | None:
    """The number of days, None when it is none."""
    typed = written.strip().casefold().removesuffix("days").removesuffix("day").strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 4 else None


def refuse_wrong(play: Play, library: Iterable[LibraryPlay]) -> None:
    """Raise FieldProblems with a sentence for each field of the play that cannot be so in this library."""
    found = dict(_problems(play, library))
    if play.motion is None:
        found["motion"] = "Choose the motion."
    if found:
        raise FieldProblems(found)


def _step(number: int, line: str) -> PlayStep:
    found = _STEP.fullmatch(line)
    if found is None:
        raise NotUnderstood(f'Line {number}, {shown(line)}, is no step. Write FUNCTION, DAYS: TEXT, as in "{EXAMPLE}".')
    function, days, text = found[1].casefold(), int(found[2]), found[3]
    if function not in set(StepOwner):
        raise NotUnderstood(f"Line {number}: {shown(found[1])} is none of {', '.join(StepOwner)}.")
    if days > LONGEST_DAYS:
        raise NotUnderstood(f"Line {number}: {days:,} days is too late; a step is due within {LONGEST_DAYS}.")
    if len(text) > STEP_CHARACTERS:
        raise NotUnderstood(f"Line {number} has {len(text):,} characters; write at most {STEP_CHARACTERS}.")
    return PlayStep(text, StepOwner(function), days)


def _problems(play: Play, library: Iterable[LibraryPlay]) -> Iterator[tuple[str, str]]:
    name = normal_key(play.name)
    if not any(map(str.isalpha, name)):
        yield "name", "Give it a name with letters, so that people can type it."
    elif len(play.name) > NAME_LIMIT_CHARACTERS:
        yield "name", f"The name has {len(play.name):,} characters; write at most {NAME_LIMIT_CHARACTERS}."
    elif any(normal_key(each.play.name) == name and each.play.key != play.key for each in library):
        yield "name", f"The library has a play {shown(play.name)} already. Change that one, or choose another name."
    if not play.tiers:
        yield "tiers", "Choose at least one tier."
    if not play.outcome:
        yield "outcome", "Say what the buyer will have done, as in: They talked with a customer of ours."
    elif len(play.outcome) > STEP_CHARACTERS:
        yield "outcome", f"It has {len(play.outcome):,} characters; write at most {STEP_CHARACTERS}."
    if not 1 <= play.outcome_in_days <= LONGEST_DAYS:
        yield "days", f"Write a number of days from 1 to {LONGEST_DAYS}."
    else:
        yield from _wrong_steps(play)


def _wrong_steps(play: Play) -> Iterator[tuple[str, str]]:
    late = next((step for step in play.steps if step.due_in_days > play.outcome_in_days), None)
    if not play.steps:
        yield "steps", f'Write at least one step on a line of its own, as in "{EXAMPLE}".'
    elif len(play.steps) > STEPS:
        yield "steps", f"There are {len(play.steps)} steps; write at most {STEPS}."
    elif late is not None:
        days = f"{late.due_in_days} days, after the outcome, which is due within {play.outcome_in_days}"
        yield "steps", f"{shown(late.text)} is due in {days}. Make one of the two fit."
