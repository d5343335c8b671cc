"""The words after ACCOUNT in /next: a new action, or what became of an open one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from agendas.facts.account import NextAction
from agendas.facts.evidence import Evidence
from agendas.rules.commands.due import ask_about_first, take_due
from agendas.rules.commands.persons import ask_about_part, one_owner, take_first_owner, take_owner
from agendas.rules.commands.quotes import refuse_open_quote
from agendas.rules.commands.unclear import CHOSEN, ITEM, Choice, UnclearPart, first_kept, refuse_nothing
from agendas.text.because import BECAUSE
from agendas.text.days import weekday_said
from agendas.text.evidence import readable, take_links
from agendas.text.limits import required_text, shown, within_limit
from agendas.text.spelling import nearest
from agendas.text.trailing_date import date_at_beginning, whole_date
from agendas.text.word_stream import TypedWords, kept

NEXT_USAGE = "Say what happens next: /next ACCOUNT TEXT [@who] [by DATE]."
NOTHING_NEXT = "Nothing was recorded: where nothing is next, there is no action to record."
SLIPPED_USAGE = "Say to which day it slipped: /next ACCOUNT slipped to DATE because TEXT."
DROPPED_USAGE = "Say why it is dropped after because: /next ACCOUNT dropped because TEXT."

SETTLED = re.compile(
    r"(?:(?P<done>done)|(?P<slipped>slip(?:ped|s)?)|(?P<dropped>drop(?:ped|s)?))(?=[\s.,;:!]|$)[.,;:!]*\s*(?:[-\u2013\u2014]\s+)?"
    rf"(?:{ITEM}(?P<item>\d{{1,18}}){ITEM}\s*)?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
BEFORE_DATE = " ,;:-\u2013\u2014"
"""Marks between a text and its date."""

AROUND = " .,;:!\"'"
"""Marks around the text of an action that count for nothing where it is named."""
LEAST_WORDS = 3
"""Words by which an action can be named without the rest of its text: ours."""

TO = re.compile(r"(?:to|until|till)(?:\s+|$)", re.IGNORECASE)


GIVE = re.compile(
    rf"(?:give|hand)\b(?:\s+over\b)?\s*(?:{ITEM}(?P<item>\d{{1,18}}){ITEM}\s*)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
NAMELESS = frozenset({"", "it", "this", "that"})
"""Words in the place of an action's text that name none."""


class Change(StrEnum):
    """The ends of a next action, its later date, and another owner."""

    DONE = "done"
    SLIPPED = "slipped"
    DROPPED = "dropped"
    GIVEN = "give"


MEANT = {
    **dict.fromkeys(("completed", "finished"), Change.DONE),
    **dict.fromkeys(("moved", "move", "postponed", "postpone", "pushed", "push", "delayed", "delay"), Change.SLIPPED),
    **dict.fromkeys(("cancelled", "canceled", "cancel"), Change.DROPPED),
    **dict.fromkeys(("complete", "finish"), Change.DONE),
}
"""First words that people type for ours; what they mean is asked."""


@dataclass(frozen=True, slots=True)
class ActionWords:
    """A next action. `owner` is a user id, None for the asker; `due_on` None for the next review."""

    text: str
    owner: str | None
    due_on: date | None
    evidence: tuple[Evidence, ...]

    @property
    def entered(self) -> dict[str, str]:
        """The words by the names of the form's fields."""
        due_on = self.due_on.isoformat() if self.due_on else ""
        return {"text": self.text, "owner": self.owner or "", "due_on": due_on}


@dataclass(frozen=True, slots=True)
class SettledWords:
    """A change of an open action: of `action_id`, None for the only one. `due_on` is where it slipped to.

    `to` is who gets one that is given, and `text` then its words. `typed` are the words after ACCOUNT, `why` their
    last part as Slack escaped it.
    """

    change: Change
    action_id: int | None
    due_on: date | None
    text: str
    evidence: tuple[Evidence, ...]
    typed: str
    why: str
    to: str = ""

    def about(self, action_id: int) -> str:
        """The words again, about this action."""
        if self.change is Change.GIVEN:
            return f"{self.change} {ITEM}{action_id}{ITEM} to <@{self.to}>"
        to = f" to {self.due_on.isoformat()}" if self.due_on else ""
        because = " because" if self.why and self.change is not Change.DONE else ""
        return f"{self.change} {ITEM}{action_id}{ITEM}{to}{because} {self.why}".strip()

    @property
    def as_text(self) -> str:
        """The words as those of a new action."""
        return first_kept(self.typed)


def read_next(rest: str, today: date, now: datetime) -> ActionWords | SettledWords:
    """Read the words after `/next ACCOUNT` on the asker's local date `today`.

    `done`, `slipped` and `dropped` at the beginning are about an open action, and so is `give` where the text ends with
    `to @who`. Else the owner and the date may end the
    text in either order, or the owner begin it. The date is today or later.

    Raises:
        UnclearPart: for a part that has to be asked about.
        NotUnderstood: where the text is missing or too long.
    """
    settled = SETTLED.fullmatch(rest.strip())
    if settled is not None:
        return _settled(settled, rest.strip(), today, now)
    if (given := _given(rest.strip())) is not None:
        return given
    refuse_nothing(rest.strip(), NOTHING_NEXT)
    _refuse_slip(rest.strip(), today)
    words = TypedWords(rest)
    refuse_open_quote(words, rest)
    owner = take_owner(words)
    _refuse_by_person(words, rest, owner)
    due_on = take_due(words, today)
    owner = one_owner(words, owner)
    ask_about_part(words, owner)
    if owner is None:
        owner = take_first_owner(words)
        _leave_out_to(words, owner)
    if due_on is None:
        ask_about_first(words, today)
    text, evidence = take_links(words.text, now)
    if owner:
        text = text.strip(BEFORE_DATE)
    elif due_on:
        text = text.rstrip(BEFORE_DATE)
    if not text.strip() and (due_on or owner):
        raise UnclearPart(NEXT_USAGE, entered=ActionWords("", owner, due_on, ()).entered)
    return ActionWords(required_text(text, NEXT_USAGE), owner, due_on, evidence)


def _leave_out_to(words: TypedWords, owner: str | None) -> None:
    """Leave out the `to` of `@who to send it`."""
    if owner and len(words.words) > 1 and words.words[0].casefold() == "to":
        words.drop_first(1)


def _given(rest: str) -> SettledWords | None:
    """Read `give TEXT to @who`; None where the words do not end so. Raises UnclearPart for an @name of nobody."""
    found = GIVE.fullmatch(rest)
    if found is None:
        return None
    words = TypedWords(found["rest"])
    if len(words.words) < 2 or words.words[-2].casefold() != "to":
        return None
    owner = take_owner(TypedWords(rest))
    if owner is None or words.take_last_person() is None:
        return None
    words.drop_last(1)
    text = words.text
    action_id = int(found["item"]) if found["item"] else None
    return SettledWords(Change.GIVEN, action_id, None, "" if text.casefold() in NAMELESS else text, (), rest, "", owner)


def called_so(text: str, actions: Sequence[NextAction]) -> NextAction | None:
    """Return the action whose text this is, or alone begins with these words, at least three; None for none."""
    said = text.casefold().strip(AROUND)
    if not said:
        return None
    same = [each for each in actions if each.text.casefold().strip(AROUND) == said]
    if not same and len(said.split()) >= LEAST_WORDS:
        same = [each for each in actions if each.text.casefold().startswith(f"{said} ")]
    return same[0] if len(same) == 1 else None


def _refuse_slip(typed: str, today: date) -> None:
    """Raise UnclearPart for a first word that is a slip of one of ours or says the same, where the rest fits it."""
    word, _, rest = typed.partition(" ")
    said = word.casefold().rstrip(".,;:!")
    near = MEANT.get(said) or (nearest(word, Change) if word.isalpha() else None)
    if near is None or said == near:
        return
    goes_on = {
        Change.DONE: said in ("completed", "finished"),
        Change.SLIPPED: TO.match(rest) and (said not in MEANT or _begins_with_date(rest, today)),
        Change.DROPPED: BECAUSE.match(rest),
        Change.GIVEN: False,
    }[Change(near)]
    if goes_on or not rest.strip():
        choice = Choice(near.capitalize(), f"{near} {rest}".strip())
        what = "is not a word of /next" if rest.strip() else "alone is no next action"
        asks = f"{shown(word)} {what}. Did you mean {near}?"
        raise UnclearPart(asks, (choice,), as_text=first_kept(typed))


def _begins_with_date(rest: str, today: date) -> bool:
    """True for `to friday`, with a reason or without, also where the date has to be asked about."""
    found = whole_date(TO.sub("", _reason(rest)[0], count=1), today)
    return found.on is not None or bool(found.readings)


def _refuse_by_person(words: TypedWords, rest: str, owner: str | None) -> None:
    """Raise UnclearPart for `by @who`: a date is expected there."""
    if owner and words.words and words.words[-1].casefold() == "by":
        said = "After by comes a date. Is the person the owner, or part of the text?"
        choice = Choice("The owner", words.last_again(1, ""))
        raise UnclearPart(said, (choice,), as_text=kept(rest), entered={"text": readable(rest)})


def _settled(found: re.Match[str], typed: str, today: date, now: datetime) -> SettledWords:
    change = next(each for each in Change if found[each])
    action_id = int(found["item"]) if found["item"] else None
    due_on, why = None, found["rest"]
    if change is not Change.DONE:
        before, why = _reason(found["rest"])
        if change is Change.SLIPPED:
            due_on = _slipped_to(before, why, typed, today)
        elif before:
            choice = Choice("Dropped", f"dropped because {found['rest']}")
            raise UnclearPart(DROPPED_USAGE, (choice,), as_text=first_kept(typed), entered={"text": readable(typed)})
    text, evidence = take_links(why, now)
    return SettledWords(change, action_id, due_on, within_limit(text.strip()), evidence, typed, why.strip())


def _reason(rest: str) -> tuple[str, str]:
    """The words before `because`, and those after it as Slack escaped them."""
    found = BECAUSE.search(rest)
    return (rest[: found.start()].strip(), rest[found.end() :].strip()) if found else (rest.strip(), "")


def _slipped_to(before: str, why: str, typed: str, today: date) -> date:
    """The date that an action slipped to; `before` are the words before the reason `why`."""
    said = TO.sub("", before, count=1) if TO.match(before) else before
    entered = {"text": readable(typed), "was": Change.SLIPPED, "why": readable(why)}
    if not said:
        raise UnclearPart(SLIPPED_USAGE, as_text=first_kept(typed), entered=entered)
    found = whole_date(said, today)
    if found.on is not None and not found.stays:
        return found.on
    item = CHOSEN.search(typed)
    begun = f"slipped {item[0] if item else ''}to"
    if found.on is not None:
        asks = "An action is due on a day, without a time. Kept in the reason, the time is not lost."
        choice = Choice(
            weekday_said(found.on, today), f"{begun} {found.on.isoformat()} because {said}: {why}".rstrip(": ")
        )
        raise UnclearPart(asks, (choice,), as_text=first_kept(typed), entered=entered)
    begins = None if why or found.readings else date_at_beginning(said, today)
    if begins is not None:
        choice = Choice(weekday_said(begins[0], today), f"{begun} {begins[0].isoformat()} because {begins[1]}")
        asks = f"A date stands in {shown(said)}. Did it slip to that day?"
        raise UnclearPart(asks, (choice,), as_text=first_kept(typed), entered=entered)
    reason = f" because {why}" if why else ""
    choices = tuple(Choice(weekday_said(on, today), f"{begun} {on.isoformat()}{reason}") for on in found.readings)
    raise UnclearPart(found.problem, choices, as_text=first_kept(typed), entered=entered)
