"""Typed words of updates read into values: movement, blockers, next actions, waiting, people, plays, signals."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2s
from typing import TypeVar

from agendas.errors import AmbiguousDate, FieldProblems, NotUnderstood
from agendas.facts.account import Blocker, NextAction, Stage
from agendas.facts.evidence import Evidence, WaitingSet
from agendas.facts.group import BuyingRole, ContactProfile
from agendas.facts.people import Function
from agendas.facts.plays import Play, PlayStep, StepOwner
from agendas.facts.signals import SignalKind, SignalStrength
from agendas.rules.commands import (
    CHOSEN,
    ITEM,
    NONE,
    UnclearPart,
    WordChoice,
    ask_about_part,
    first_kept,
    one_owner,
    refuse_nothing,
    refuse_open_quote,
    take_first_owner,
    take_owner,
)
from agendas.rules.group import OUR_WORDS, in_order, is_email, lowered_words, near_role, not_a_role, with_suggestions
from agendas.rules.plays import LibraryPlay
from agendas.text.csv_cells import BECAUSE
from agendas.text.dates import (
    date_at_beginning,
    date_at_end,
    date_in_front,
    only_ahead,
    read_date,
    weekday_text,
    whole_date,
)
from agendas.text.evidence import MENTION, readable, take_links, unescape, without_links
from agendas.text.limits import NAME_LIMIT_CHARACTERS, required_text, shown, within_limit
from agendas.text.names import nearest, normal_key
from agendas.text.vocabulary import (
    FUNCTION_NAMES,
    FUNCTION_WORDS,
    STAGE_LABELS,
    STAGE_NAMES,
    leading_stage,
    near_leading_stage,
    not_a_function,
    not_a_stage,
    readable_function,
)
from agendas.text.words import KEPT, KEPT_END, TypedWords, is_kept, kept, without_marks

# The date that ends the words of /next, or the question about it.


def take_due(words: TypedWords, today: date) -> date | None:
    """Take the date that ends the words, if any; if it stands with more, as a time of day, it stays in the text.

    Raises UnclearPart if a date is expected or meant and it is not clear which.
    """
    due = date_at_end(words.words, today)
    if due is None:
        return None
    if due.on is not None:
        if not due.stays:
            words.drop_last(due.count)
        return due.on
    typed = kept(words.last_words(due.count))
    before = f"{typed} by" if due.stays else "by"  # words that stay in the text stand before the day chosen
    choices = tuple(
        WordChoice(weekday_text(on, today), words.last_again(due.count, f"{before} {on.isoformat()}"))
        for on in due.readings
    )
    entered = {"text": readable(words.text)}
    raise UnclearPart(due.problem, choices, as_text=words.last_again(due.count, typed), entered=entered)


def take_due_of_first_line(text: str, typed: str, today: date) -> tuple[str, date | None]:
    """Return `text` without the date that ends the first of several lines in `typed`, and the date or None.

    `typed` are the words as they came, `text` what is left of them without the owner.
    Raises UnclearPart where that line ends with a date that can be read in several ways.
    """
    line, _, more = typed.strip().partition("\n")
    words = TypedWords(line)
    due = date_at_end(words.words, today) if more.strip() else None
    if due is None or due.stays or not (due.on or due.readings):
        return text, None
    if due.on is None:
        raise UnclearPart(due.problem, entered={"text": readable(text)})
    before, _, after = text.partition("\n")[0].rpartition(words.last_words(due.count))
    return f"{before.rstrip(BEFORE_DATE)}{after}\n{more.strip()}", due.on


def ask_about_first(words: TypedWords, today: date) -> None:
    """Raise UnclearPart for a date that begins the words, where no date ends them."""
    leading = date_in_front(words.words, today)
    if leading is None:
        return
    typed = " ".join(words.words[: leading.count])
    later = words.first_again(leading.count, "").strip()
    choices = tuple(WordChoice(weekday_text(on, today), f"{later} by {on.isoformat()}") for on in leading.readings)
    as_text = words.first_again(leading.count, kept(typed))
    raise UnclearPart(leading.problem, choices, as_text=as_text, entered={"text": readable(words.text)})


# The words after ACCOUNT in /next: a new action, or what became of an open one.

NEXT_USAGE = "Say what happens next: /next ACCOUNT TEXT [@who] [by DATE]."
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

LEAST_STEM = 3

TO = re.compile(r"(?:to|until|till)(?:\s+|$)", re.IGNORECASE)

GIVE = re.compile(
    rf"(?:give|hand)\b(?:\s+over\b)?\s*(?:{ITEM}(?P<item>\d{{1,18}}){ITEM}\s*)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
NAMELESS = frozenset({"", "it", "this", "that"})
"""Words in the place of an action's text that name none."""


class ActionUpdate(StrEnum):
    """The ends of a next action, its later date, and another owner."""

    DONE = "done"
    SLIPPED = "slipped"
    DROPPED = "dropped"
    GIVEN = "give"


MEANT = {
    **dict.fromkeys(("completed", "finished"), ActionUpdate.DONE),
    **dict.fromkeys(
        ("moved", "move", "postponed", "postpone", "pushed", "push", "delayed", "delay"), ActionUpdate.SLIPPED
    ),
    **dict.fromkeys(("cancelled", "canceled", "cancel"), ActionUpdate.DROPPED),
    **dict.fromkeys(("complete", "finish"), ActionUpdate.DONE),
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

    change: ActionUpdate
    action_id: int | None
    due_on: date | None
    text: str
    evidence: tuple[Evidence, ...]
    typed: str
    why: str
    to: str = ""

    def about(self, action_id: int) -> str:
        """The words again, about this action."""
        if self.change is ActionUpdate.GIVEN:
            return f"{self.change} {ITEM}{action_id}{ITEM} to <@{self.to}>"
        to = f" to {self.due_on.isoformat()}" if self.due_on else ""
        because = " because" if self.why and self.change is not ActionUpdate.DONE else ""
        return f"{self.change} {ITEM}{action_id}{ITEM}{to}{because} {self.why}".strip()

    @property
    def as_text(self) -> str:
        return first_kept(self.typed)


def read_next(rest: str, today: date, now: datetime) -> ActionWords | SettledWords:
    """Read the words after `/next ACCOUNT` on the asker's local date `today`.

    `done`, `slipped` and `dropped` at the beginning are about an open action, and so is `give` if the text ends with
    `to @who`. Other words are a new action: owner and date end the text in either order, or the owner begins it. The
    date is today or later.
    Raises UnclearPart for a part that has to be asked about, NotUnderstood where the text is missing or too long.
    """
    settled = SETTLED.fullmatch(rest.strip())
    if settled is not None:
        return _read_settled(settled, rest.strip(), today, now)
    if (handed_over := _read_handed_over(rest.strip())) is not None:
        return handed_over
    refuse_nothing(rest.strip(), "Nothing was recorded: where nothing is next, there is no action to record.")
    _refuse_slip(rest.strip(), today)
    words = TypedWords(rest)
    refuse_open_quote(words, rest)
    owner = take_owner(words)
    if owner and words.words and words.words[-1].casefold() == "by":
        question = "After by comes a date. Is the person the owner, or part of the text?"
        choice = WordChoice("The owner", words.last_again(1, ""))
        raise UnclearPart(question, (choice,), as_text=kept(rest), entered={"text": readable(rest)})
    due_on = take_due(words, today)
    owner = one_owner(words, owner)
    ask_about_part(words, owner)
    if owner is None:
        owner = take_first_owner(words)
        # `@who to send the deck` has the text `send the deck`
        if owner and len(words.words) > 1 and words.words[0].casefold() == "to":
            words.drop_first(1)
    text_left = words.text
    if due_on is None:
        text_left, due_on = take_due_of_first_line(text_left, rest, today)
    if due_on is None:
        ask_about_first(words, today)
    text, evidence = take_links(text_left, now)
    # the owner may have stood at either end, the date only at the last
    if owner:
        text = text.strip(BEFORE_DATE)
    elif due_on:
        text = text.rstrip(BEFORE_DATE)
    if not text.strip() and (due_on or owner):
        raise UnclearPart(NEXT_USAGE, entered=ActionWords("", owner, due_on, ()).entered)
    return ActionWords(required_text(text, NEXT_USAGE), owner, due_on, evidence)


def _read_settled(found: re.Match[str], typed: str, today: date, now: datetime) -> SettledWords:
    """The words of an action done, slipped or dropped. Raises UnclearPart where a date or `because` is missing."""
    change = next(each for each in ActionUpdate if found[each])
    action_id = int(found["item"]) if found["item"] else None
    due_on, why = None, found["rest"]
    if change is not ActionUpdate.DONE:
        before, why = _split_at_because(found["rest"])
        if change is ActionUpdate.SLIPPED:
            due_on = _slipped_to(before, why, typed, today)
        elif before:
            choice = WordChoice("Dropped", f"dropped because {found['rest']}")
            raise UnclearPart(DROPPED_USAGE, (choice,), as_text=first_kept(typed), entered={"text": readable(typed)})
    text, evidence = take_links(why, now)
    return SettledWords(change, action_id, due_on, within_limit(text.strip()), evidence, typed, why.strip())


def _slipped_to(before: str, why: str, typed: str, today: date) -> date:
    """The date that an action slipped to; `before` are the words before the reason `why`.

    Raises UnclearPart where there is no date, one with a time or other words, one that passed, or several it may be.
    """
    typed_day = TO.sub("", before, count=1) if TO.match(before) else before
    entered = {"text": readable(typed), "was": ActionUpdate.SLIPPED, "why": readable(why)}
    if not typed_day:
        raise UnclearPart(SLIPPED_USAGE, as_text=first_kept(typed), entered=entered)
    day = whole_date(typed_day, today)
    # a time beside the date stays, since there is no field for it
    if day.on is not None and not day.stays:
        return day.on
    item = CHOSEN.search(typed)
    beginning = f"slipped {item[0] if item else ''}to"
    if day.on is not None:
        question = "An action is due on a day, without a time. Kept in the reason, the time is not lost."
        choice = WordChoice(
            weekday_text(day.on, today), f"{beginning} {day.on.isoformat()} because {typed_day}: {why}".rstrip(": ")
        )
        raise UnclearPart(question, (choice,), as_text=first_kept(typed), entered=entered)
    # without `because` the words after a date may be the reason; where all of them can be a date, that is asked instead
    leading_date = None if why or day.readings else date_at_beginning(typed_day, today)
    if leading_date is not None:
        choice = WordChoice(
            weekday_text(leading_date[0], today), f"{beginning} {leading_date[0].isoformat()} because {leading_date[1]}"
        )
        question = f"A date stands in {shown(typed_day)}. Did it slip to that day?"
        raise UnclearPart(question, (choice,), as_text=first_kept(typed), entered=entered)
    reason = f" because {why}" if why else ""
    choices = tuple(WordChoice(weekday_text(on, today), f"{beginning} {on.isoformat()}{reason}") for on in day.readings)
    raise UnclearPart(day.problem, choices, as_text=first_kept(typed), entered=entered)


def _read_handed_over(rest: str) -> SettledWords | None:
    """Read `give TEXT to @who`; None where the words do not end so.

    Raises UnclearPart for an @name that is nobody's, and for `give it to` a word that is no person.
    """
    match = GIVE.fullmatch(rest)
    if match is None:
        return None
    words = TypedWords(match["rest"])
    if len(words.words) < 2 or words.words[-2].casefold() != "to":
        return None
    # from the whole text, which the question about an unknown @name has to repeat
    owner = take_owner(TypedWords(rest))
    person = words.take_last_person()
    if owner is None or person is None:
        last = words.words[-1]
        words.drop_last(2)
        if words.text.casefold() in NAMELESS - {""}:
            question = f"Who is {shown(last)}? Type @ and pick the person from Slack's list."
            raise UnclearPart(question, as_text=first_kept(rest))
        # an action of its own: "give the deck to legal"
        return None
    words.drop_last(1)
    text = words.text
    action_id = int(match["item"]) if match["item"] else None
    return SettledWords(
        ActionUpdate.GIVEN, action_id, None, "" if text.casefold() in NAMELESS else text, (), rest, "", owner
    )


def _refuse_slip(typed: str, today: date) -> None:
    """Raise UnclearPart if the first word is a typo or synonym of a known word, alone or before words that fit it.

    As in `finished` alone, `pushed to friday`, `cancelled because TEXT`.
    """
    word, _, rest = typed.partition(" ")
    plain = word.casefold().rstrip(".,;:!")
    near = MEANT.get(plain) or (nearest(word, ActionUpdate) if word.isalpha() else None)
    if near is None or plain == near:
        return
    is_meant = {
        ActionUpdate.DONE: plain in ("completed", "finished"),
        ActionUpdate.SLIPPED: TO.match(rest) and (plain not in MEANT or _begins_with_date(rest, today)),
        ActionUpdate.DROPPED: BECAUSE.match(rest),
        ActionUpdate.GIVEN: False,  # `give the deck to legal` is an action of its own
    }[ActionUpdate(near)]
    if is_meant or not rest.strip():
        choice = WordChoice(near.capitalize(), f"{near} {rest}".strip())
        problem = "is not a word of /next" if rest.strip() else "alone is no next action"
        question = f"{shown(word)} {problem}. Did you mean {near}?"
        raise UnclearPart(question, (choice,), as_text=first_kept(typed))


def _begins_with_date(rest: str, today: date) -> bool:
    """True for `to friday`, with a reason or without, also where the date has to be asked about."""
    day = whole_date(TO.sub("", _split_at_because(rest)[0], count=1), today)
    return day.on is not None or bool(day.readings)


Named = TypeVar("Named", NextAction, Blocker)

IRREGULAR = {
    "sent": "send",
    "met": "meet",
    "got": "get",
    "wrote": "write",
    "written": "write",
    "gave": "give",
    "made": "make",
    "told": "tell",
    "spoke": "speak",
    "held": "hold",
    "brought": "bring",
    "did": "do",
    "shown": "show",
    "took": "take",
    "found": "find",
    "built": "build",
    "paid": "pay",
    "ran": "run",
}
SMALL = re.compile(
    r"a|an|the|this|that|it|its|my|our|your|their|his|her|them|us|me|we|i|you|they|he|she|to|of|for|with|in|on|at|by"
    r"|and|or|from|about|into|over|is|are|was|were|be|been|has|have|had"
)
"""Words that name nothing."""

UNSURE = re.compile(
    r"\b(?:not|no|never|without|almost|nearly|half|part(?:ly)?|instead|except|unless|if|will|cannot|going to)\b"
    r"|n['\u2019]t\b",
    re.IGNORECASE,
)
"""Words by which a text says something else of what it names."""

NOT_YET = re.compile(
    r"book(?:ed|ing)?|schedul(?:ed?|ing)|plan(?:s|ned|ning)?|arrang(?:ed?|ing)|tr(?:y|ied|ying)|ask(?:s|ed|ing)?"
    r"|start(?:s|ed|ing)?|beg(?:in|an|un|inning)|prepar(?:ed?|ing)|draft(?:ed|ing)?|remind(?:ed)?|cancel(?:l?ed)?|tomorrow"
)
"""Words of a clause by which what it names is still to come, unless it is named so."""


def named_by(text: str, items: Sequence[Named]) -> tuple[Named, str] | None:
    """Return the action or blocker that the text names, and what the text says of it ('' for its name alone).

    That is the one item that has this text, or begins with it if the text has three words or more; else the one item
    whose words, two at least, all occur in one clause of the text in any form. None if the text names none or several,
    and for a question or an unsure text.
    """
    plain = text.casefold().strip(AROUND)
    same = [each for each in items if plain and each.text.casefold().strip(AROUND) == plain]
    words = _roots(plain)
    is_beginning = len(words) >= LEAST_WORDS and "?" not in text
    if named := same or [each for each in items if is_beginning and _roots(each.text)[: len(words)] == words]:
        return (named[0], "") if len(named) == 1 else None
    if UNSURE.search(text) or "?" in text:
        return None
    clauses = [_words_of(clause) for clause in re.split(r"[.,;!\n]|\bbut\b", text)]
    matching: list[Named] = []
    for each in items:
        needed = {word for word in _roots(each.text) if not SMALL.fullmatch(word)}
        if len(needed) > 1 and any(_names_as_done(clause, needed) for clause in clauses):
            matching.append(each)
    return (matching[0], text) if len(matching) == 1 else None


def _names_as_done(clause: Sequence[str], needed: set[str]) -> bool:
    """Return true if the clause has all the words needed, and none that puts it in the future."""
    others = [word for word in clause if _root(word) not in needed]
    return needed <= {_root(word) for word in clause} and not any(map(NOT_YET.fullmatch, others))


def shared_words(text: str, other: str, *, besides: Collection[str] = ()) -> int:
    """Return how many content words both share in any form, not counting those in `besides`."""
    skipped = {_root(word) for word in besides}
    common = set(_roots(text)) & set(_roots(other))
    return sum(not SMALL.fullmatch(word) for word in common - skipped)


def _roots(text: str) -> list[str]:
    """The words of a text without their endings: `called` and `calls` are one word."""
    return [_root(word) for word in _words_of(text)]


def _words_of(text: str) -> list[str]:
    """The words of a text in lower case, without the `'s` of an owner."""
    return [re.sub(r"['\u2019]s?$", "", word) for word in re.findall(r"[\w'\u2019]+", text.casefold())]


def _root(word: str) -> str:
    """The word without its ending, or its verb for an irregular form; a word in SMALL stays as it is."""
    if SMALL.fullmatch(word):
        return word
    word = IRREGULAR.get(word, word)
    stem = re.sub(r"(?:ing|ied|ies|ed|es|s|y)$", "", word) if len(word) > LEAST_STEM else word
    # `planned` without its ending is `plann`: one of two equal consonants goes
    stem = re.sub(r"([b-df-hj-np-tv-z])\1$", r"\1", stem)
    return stem.removesuffix("e")


def _split_at_because(rest: str) -> tuple[str, str]:
    """The words before `because`, and those after it as Slack escaped them."""
    match = BECAUSE.search(rest)
    return (rest[: match.start()].strip(), rest[match.end() :].strip()) if match else (rest.strip(), "")


# The words after ACCOUNT in /blocker, as Slack escapes them.

BLOCKER_USAGE = "Say what blocks: /blocker ACCOUNT TEXT [@who] [needs FUNCTION], or /blocker ACCOUNT resolve [TEXT]."
RESOLVE = re.compile(
    rf"resolved?(?=[\s.,;:!]|$)[.,;:!]*\s*(?:[-\u2013\u2014]\s+)?(?:{ITEM}(?P<item>\d{{1,18}}){ITEM}\s*)?(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
ARTICLE = re.compile(r"(?:an?|the|our)\s+", re.IGNORECASE)
RESOLVE_WORDS = ("resolve", "resolved")
BLOCKERS_MEANT = re.compile(
    r"(?:it(?:'s| is) )?(?:(?:done|solved?|unblocked|fixed)(?=[\s.,;:!]|$)(?P<text>.*)"
    r"|(?:closed?|cleared|gone)(?: it| now)?[.!]*)",
    re.IGNORECASE | re.DOTALL,
)
"""First words that people type for `resolve`; what they mean is asked."""
NO_SLIPS = frozenset({"resolver", "resolvers"})
LONGEST_NEEDS_WORDS = 3
"""Words after a last `needs` that are taken for a function even if they are none; more are a sentence that goes on."""


@dataclass(frozen=True, slots=True)
class BlockerWords:
    """A blocker. `owner` is a user id."""

    text: str
    owner: str | None
    needs: Function | None
    evidence: tuple[Evidence, ...]

    @property
    def entered(self) -> dict[str, str]:
        return {"text": self.text, "owner": self.owner or "", "needs": self.needs or ""}


@dataclass(frozen=True, slots=True)
class ResolvedWords:
    """How an open blocker was resolved: `blocker_id`, None for the only one. The text may be empty.

    `typed` are the words after ACCOUNT, `how` their last part as Slack escaped it.
    """

    blocker_id: int | None
    text: str
    typed: str
    how: str

    def about(self, blocker_id: int) -> str:
        """The words again, about this blocker."""
        return f"resolve {ITEM}{blocker_id}{ITEM} {self.how}".strip()

    @property
    def as_text(self) -> str:
        return first_kept(self.typed)


def read_blocker(rest: str, now: datetime) -> BlockerWords | ResolvedWords:
    """Read the words after `/blocker ACCOUNT`; owner and `needs FUNCTION` may end the text in either order.

    Raises UnclearPart for a part that has to be asked about, NotUnderstood where the text is missing or too long.
    """
    typed = rest.strip()
    resolved = RESOLVE.fullmatch(typed)
    if resolved is not None:
        item, how = resolved["item"], resolved["text"].strip()
        return ResolvedWords(int(item) if item else None, within_limit(readable(how).strip()), typed, how)
    refuse_nothing(typed, "Nothing was recorded: where nothing blocks, there is no blocker to record.")
    _refuse_near_resolve(typed)
    words = TypedWords(rest)
    refuse_open_quote(words, rest)
    owner = take_owner(words)
    needs = _take_function(words)
    owner = one_owner(words, owner)
    ask_about_part(words, owner)
    text, evidence = take_links(words.text, now)
    text = text.rstrip(BEFORE_DATE) if owner or needs else text
    if not text.strip() and (owner or needs):
        raise UnclearPart(BLOCKER_USAGE, entered=BlockerWords("", owner, needs, ()).entered)
    return BlockerWords(required_text(text, BLOCKER_USAGE), owner, needs, evidence)


def _refuse_near_resolve(typed: str) -> None:
    """Raise UnclearPart for words that begin with a slip of `resolve` or with a word that says the same."""
    word, _, rest = typed.partition(" ")
    is_slip = word.isalpha() and (not rest or word.casefold() not in NO_SLIPS)
    slip_of, synonym = nearest(word, RESOLVE_WORDS) if is_slip else None, BLOCKERS_MEANT.fullmatch(typed)
    if slip_of is None and synonym is None:
        return
    if synonym is not None and slip_of is None:
        rest = (synonym["text"] or "").strip(" .,;:!")
    how = rest.strip()
    problem = "is not a word of /blocker" if how else "alone is no blocker"
    question = f"{shown(word if how else typed)} {problem}. Did you mean resolve?"
    raise UnclearPart(question, (WordChoice("Resolve", f"resolve {how}".strip()),), as_text=first_kept(typed))


def _take_function(words: TypedWords) -> Function | None:
    """Take `needs FUNCTION` from the end; None without, or in a longer sentence. Raises UnclearPart for other words."""
    typed = words.words
    for count in range(min(LONGEST_NEEDS_WORDS, len(typed) - 1) + 1):
        ending = typed[len(typed) - count :]
        if not typed or any(is_kept(word) for word in ending):
            return None
        if typed[-count - 1].casefold() != "needs":
            continue
        name = " ".join(ending)
        function = readable_function(name) or readable_function(ARTICLE.sub("", name, count=1))
        if function is None:
            raise _unknown_function(words, name, count + 1)
        words.drop_last(count + 1)
        return function
    return None


def _unknown_function(words: TypedWords, name: str, count: int) -> UnclearPart:
    """The question about a word after `needs` that is no function, offering the nearest one or those within it."""
    typed = kept(words.last_words(count))
    near = nearest(name.casefold(), FUNCTION_WORDS)
    if near is not None:
        choices = [_function_choice(words, FUNCTION_WORDS[near], count)]
    else:
        within = {each: None for word in name.split() if (each := readable_function(word))}
        choices = [_function_choice(words, each, count, before=f"{typed} ") for each in within]
    sentence = not_a_function(name) if name else f"After needs comes a function: {FUNCTION_NAMES}."
    return UnclearPart(
        sentence, tuple(choices), as_text=words.last_again(count, typed), entered={"text": readable(words.text)}
    )


def _function_choice(words: TypedWords, function: Function, count: int, *, before: str = "") -> WordChoice:
    """The offer of the text with `needs FUNCTION` for its last `count` words, after the words `before`."""
    name = function.value.replace("_", " ")
    return WordChoice(name.capitalize(), words.last_again(count, f"{before}needs {name}"))


# A person at an account in words: `Rita Sample, CFO, economic buyer rita@acme.example`.

CONTACTS_USAGE = (
    "/account ACCOUNT group add NAME, TITLE, ROLE E-MAIL, as in: Rita Sample, CFO, economic buyer rita@acme.example"
)

_APART = re.compile(f"[,;\n](?![^{KEPT}{KEPT_END}]*{KEPT_END})")
"""Marks between pieces; not those in words that are kept."""

_BETWEEN_ROLES = re.compile(r"\s*(?:\band\b|[&/+])\s*", re.IGNORECASE)
_LONG_ROLES = tuple(sorted((word for word in OUR_WORDS if " " in word or word == "champion"), key=len, reverse=True))
"""Roles that are taken from the end of a title. Single words such as procurement may be part of the title itself."""


def read_contact(rest: str) -> ContactProfile:
    """The person that `rest` names, as Slack escaped it: the name first, then title, roles and e-mail in any order.

    Without a role, those that the title suggests are suggested.
    Raises UnclearPart where there is no name, two titles or addresses, or a word that is nearly a role.
    """
    try:
        return _read_person(rest)
    except UnclearPart as unclear:
        unclear.entered = _entered_fields(rest)
        raise
    except NotUnderstood as refused:
        raise UnclearPart(str(refused), entered=_entered_fields(rest)) from None


def _read_person(rest: str) -> ContactProfile:
    """Read a person at the account: the name, then roles and title, and an e-mail address anywhere."""
    text = readable(rest)
    if MENTION.search(text):
        raise NotUnderstood(f"A colleague with @ is not a person at the account. Write {CONTACTS_USAGE}.")
    written = [word for word in re.split(r"[\s,;]+", text) if "@" in word]
    wrong = next((word for word in written if not is_email(word)), None)
    if wrong:
        raise NotUnderstood(f"{shown(wrong)} is not an e-mail address like rita@acme.example.")
    if len(written) > 1:
        raise NotUnderstood(f"There are {len(written)} e-mail addresses: {', '.join(written)}. Write one.")
    text, email = (text.replace(written[0], ",", 1), written[0].lower()) if written else (text, "")
    pieces = _pieces(text)
    if not pieces:
        raise NotUnderstood(f"Write the person's name: {CONTACTS_USAGE}.")
    name, roles = _without_role(pieces[0])
    if not name:
        raise NotUnderstood(f"Write the person's name before the role: {CONTACTS_USAGE}.")
    titles: list[str] = []
    for piece in pieces[1:]:
        title, more_roles = _title_and_roles(piece, rest)
        roles += more_roles
        titles += [title] if title else []
    if len(titles) > 1:
        raise _two_titles(titles, rest)
    title = without_marks(titles[0]) if titles else ""
    return with_suggestions(ContactProfile(without_marks(name), title, email, in_order(roles)))


def _title_and_roles(piece: str, rest: str) -> tuple[str, list[BuyingRole]]:
    """Split a piece of `rest` into title (all of a kept piece) and roles. Raises UnclearPart for nearly a role."""
    if piece[0] == KEPT:
        return piece, []
    parts = [part for part in _BETWEEN_ROLES.split(piece) if part]
    if all(lowered_words(part) in OUR_WORDS for part in parts):
        return "", [OUR_WORDS[lowered_words(part)] for part in parts]
    near = near_role(piece)
    if near is not None:
        corrected = _with_replaced(rest, piece, near)
        choices = (WordChoice(near.capitalize(), corrected),) if corrected else ()
        raise UnclearPart(not_a_role(piece), choices, as_text=_with_replaced(rest, piece, kept(piece)))
    return _without_role(piece)


def _two_titles(titles: list[str], rest: str) -> UnclearPart:
    """The question about two pieces that both seem to be the title; kept as text, they are one title."""
    names = [without_marks(title) for title in titles]
    as_text = _with_replaced(rest, titles[0], kept(", ".join(names)))
    for title in titles[1:]:
        as_text = _with_replaced(as_text, title, "") if title not in names[:1] else as_text
    sentence = f"{' and '.join(map(shown, names))} cannot both be the title. Write {CONTACTS_USAGE}."
    return UnclearPart(sentence, as_text=as_text)


def _entered_fields(rest: str) -> dict[str, str]:
    """What can be told apart where a person cannot be read, by the form's fields: name, title and email."""
    text = without_marks(MENTION.sub("", readable(rest)))
    email = next((word for word in re.split(r"[\s,;]+", text) if "@" in word), "")
    pieces = _pieces(text.replace(email, ",", 1) if email else text)
    return {"name": "".join(pieces[:1]), "title": ", ".join(pieces[1:]), "email": email}


def _pieces(text: str) -> list[str]:
    """The parts between commas, semicolons and line ends, with single spaces."""
    return [piece for each in _APART.split(text) if (piece := " ".join(each.split()))]


def _with_replaced(rest: str, piece: str, instead: str) -> str:
    """The words `rest` as typed, with `instead` in the place of the piece; '' if the piece is not found in them."""
    match = re.search(r"\s+".join(map(re.escape, piece.split())), rest)
    return f"{rest[: match.start()]}{instead}{rest[match.end() :]}" if match else ""


def _without_role(piece: str) -> tuple[str, list[BuyingRole]]:
    """The words before a role of _LONG_ROLES that ends them, and that role; else the whole piece, and none."""
    words = lowered_words(piece)
    ending = next((role for role in _LONG_ROLES if words == role or words.endswith(f" {role}")), None)
    if ending is None:
        return piece, []
    before = piece.replace("_", " ").split()[: -len(ending.split())]
    return " ".join(before), [OUR_WORDS[ending]]


# The words after ACCOUNT in /move, as Slack escapes them.

MOVE_USAGE = f"Say what moved: /move ACCOUNT [to STAGE] TEXT, or /move ACCOUNT nothing. The stages are {STAGE_NAMES}."

NOTHING_MOVED = frozenset(
    {"no change", "no changes", "no movement", "unchanged", "none", "no news", "no update", "no updates"}
)
NOTHING_BUT = re.compile(r"nothing\s+(?:else\s+)?(?=(?:but|except|besides)\s)", re.IGNORECASE)
STEPS_UP_OR_DOWN = re.compile(
    r"back|down|up|mov(?:ed?|es|ing)|went|go(?:es)?|(?:advance|progresse|promote|demote|steppe|pushe|bumpe|droppe)d"
    r"|advances|progresses|put|set|fell|(?:up|down)graded"
)
"""Words before `to STAGE` by which it is a step."""

FROM_VERB_TO_STAGE = 4
"""Most words from such a word to `to`: "moved both of them to opportunity". Ours."""

NO_STEPS_IN_FRONT = frozenset({"client", "pipeline", "engagement", "awareness", "qualified"})
"""Names of stages that begin sentences about something else."""

OTHER_SENSE = re.compile(r"success|support|service|care|references?|council|advisory|story|date")
"""Words after "customer" or "target" by which it is no stage."""

ARROWS = frozenset({">", "->", "=>", "\u2192"})
STEP_MARKS = ":,-"
NOTHING_ALONE = re.compile(
    r"nothing(?:\s+(?:moved|changed|new))?\s*(?:[.,;:!\n-]+\s*(?P<text>.*))?", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class MoveWords:
    """A movement; with `nothing` somebody says that nothing moved, and the text may be empty.

    `news` are the words of a command that records the text without the stage.
    """

    to_stage: Stage | None
    nothing: bool
    text: str
    evidence: tuple[Evidence, ...]
    news: str = field(default="", compare=False)


def read_move(rest: str, now: datetime) -> MoveWords:
    """Read the words after `/move ACCOUNT`; what follows `to` at the beginning is a stage, or asked about.

    Raises UnclearPart for a word in a stage's place that is none, or a stage alone, NotUnderstood for a wrong text.
    """
    typed = rest.strip()
    if match := NOTHING_BUT.match(typed):
        # `nothing but their CFO wrote` may say that something moved
        choice = WordChoice("Nothing moved", f"nothing: {typed[match.end() :]}")
        raise UnclearPart("Did nothing move, or is it news?", (choice,), as_text=first_kept(typed))
    nothing = _nothing_text(typed)
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


def _take_stage(words: TypedWords) -> Stage | None:
    """Take `to STAGE` from the beginning; None where there is none. Raises UnclearPart for a slip of one."""
    typed = words.words
    _ask_about_step(words)
    if not typed or typed[0].casefold() != "to":
        return None
    if len(typed) == 1:
        raise UnclearPart(MOVE_USAGE, as_text=words.first_again(1, kept("to")))
    leading = leading_stage(typed[1:])
    if leading is not None:
        stage, word_count = leading
        words.drop_first(word_count + 1)
        return stage
    if is_kept(typed[1]):
        return None
    near = near_leading_stage(typed[1:])
    corrected = words.first_again(near[1] + 1, f"to {near[0].value}") if near else ""
    choices = (WordChoice(STAGE_LABELS[near[0]], corrected),) if near else ()
    as_text = words.first_again(2, kept(f"to {typed[1]}"))
    raise UnclearPart(not_a_stage(typed[1]), choices, as_text=as_text, entered={"text": readable(words.text)})


def _ask_about_step(words: TypedWords) -> None:
    """Raise UnclearPart for a stage in front, as in `opportunity they agreed`, and after a verb of steps and `to`."""
    typed = words.words
    step = _step_in(typed)
    if step is None:
        return
    stage, start, end = step
    label, as_text = STAGE_LABELS[stage], kept(words.text)
    if start <= 1 and len(typed) == end:
        raise UnclearPart(MOVE_USAGE, as_text=as_text, entered={"stage": stage.value})
    # words that name the step in the middle of a sentence, or as its verb, stay in it
    is_apart = start <= 1 and not typed[0].casefold().startswith("won")
    rest = words.first_again(end, "").strip() if is_apart else words.text
    choices = (WordChoice(f"Move to {label}", f"to {stage.value} {rest}"), WordChoice("Only a note", as_text))
    entered = {"stage": stage.value, "text": without_marks(readable(rest))}
    raise UnclearPart(f"Is it a step to {label}, or only a note?", choices, entered=entered)


def _step_in(typed: Sequence[str]) -> tuple[Stage, int, int] | None:
    """The stage that the words seem to name as a step, where `to` or the stage begins, and where the stage ends.

    It stands in front (`opportunity they agreed`) or after a verb and `to` (`moved both to opportunity`). None where
    neither is so, and for `to STAGE` at the beginning, which needs no question.
    """
    if not typed or (typed[0].casefold() == "to" and leading_stage(typed[1:])):
        return None
    candidates = [(0, 1 if unescape(typed[0]) in ARROWS else 0)]  # where the step begins, and where its stage would
    for number, word in enumerate(typed[1:], 1):
        before = typed[max(0, number - FROM_VERB_TO_STAGE) : number]
        if word.casefold() == "to" and any(
            STEPS_UP_OR_DOWN.fullmatch(each.casefold().strip(STEP_MARKS)) for each in before
        ):
            after = number + 1
            candidates.append((number, after + (typed[after : after + 1] == ["the"])))
    for start, stage_at in candidates:
        leading = leading_stage(typed[stage_at:])
        if leading is None:
            continue
        end = stage_at + leading[1]
        # some names of stages begin other sentences: they need an arrow or a `to` before them, or an end or mark after
        is_marked = bool(stage_at) or end == len(typed) or typed[end - 1][-1] in STEP_MARKS
        following = typed[end].casefold().strip(".,;:!") if end < len(typed) else ""
        if not OTHER_SENSE.fullmatch(following) and (is_marked or typed[stage_at].casefold() not in NO_STEPS_IN_FRONT):
            return leading[0], start, end + (following == "stage")
    return None


def _ask_about_step_and_nothing(words: TypedWords, to_stage: Stage, text: str) -> None:
    """Raise UnclearPart for `to engaged nothing`, both a step and none; not where kept words begin the text."""
    nothing = _nothing_text(text)
    if nothing is None or is_kept(words.words[0]):
        return
    sentence = f"Did nothing move, or is it a step to {STAGE_LABELS[to_stage]}? For the step, say what moved."
    as_text = f"to {to_stage.value} {first_kept(words.text)}" if nothing else ""
    choice = WordChoice("Nothing moved", words.text)
    raise UnclearPart(sentence, (choice,), as_text=as_text, entered={"stage": to_stage.value, "text": nothing})


def _nothing_text(typed: str) -> str | None:
    """Return what is said besides "nothing", None if something moved.

    '' for "no change", `TEXT` for "nothing: TEXT"; a sentence that only begins with "nothing" is returned whole.
    """
    if alone := NOTHING_ALONE.fullmatch(typed):
        return alone["text"] or ""
    if typed.rstrip(".!").casefold() in NOTHING_MOVED:
        return ""
    return typed if typed.partition(" ")[0].casefold() == "nothing" else None


# A play of one's own in words: its steps a line each, `marketing, 7: Write one page`; and what is wrong with it.

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
    lines = enumerate(filter(str.strip, written.splitlines()), 1)
    return tuple(_read_step(number, line.strip()) for number, line in lines)


def _read_step(number: int, line: str) -> PlayStep:
    """Read one line of a play's steps; `number` is for its refusal."""
    match = _STEP.fullmatch(line)
    if match is None:
        raise NotUnderstood(f'Line {number}, {shown(line)}, is no step. Write FUNCTION, DAYS: TEXT, as in "{EXAMPLE}".')
    function, days, text = match[1].casefold(), int(match[2]), match[3]
    if function not in set(StepOwner):
        raise NotUnderstood(f"Line {number}: {shown(match[1])} is none of {', '.join(StepOwner)}.")
    if days > LONGEST_DAYS:
        raise NotUnderstood(f"Line {number}: {days:,} days is too late; a step is due within {LONGEST_DAYS}.")
    if len(text) > STEP_CHARACTERS:
        raise NotUnderstood(f"Line {number} has {len(text):,} characters; write at most {STEP_CHARACTERS}.")
    return PlayStep(text, StepOwner(function), days)


def written_steps(play: Play) -> str:
    return "\n".join(f"{step.owner}, {step.due_in_days}: {step.text}" for step in play.steps)


def mark_of_steps(play: Play) -> str:
    """Return a digest of the steps, short enough to travel with a form."""
    return blake2s(written_steps(play).encode(), digest_size=MARK_BYTES).hexdigest()


def read_days(written: str) -> int | None:
    """The number in `7` or `7 days`; None for other words."""
    typed = written.strip().casefold().removesuffix("days").removesuffix("day").strip()
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 4 else None


def refuse_wrong(play: Play, library: Iterable[LibraryPlay]) -> None:
    """Raise FieldProblems with a sentence for each field of the play that is wrong in this library."""
    problems = dict(_problems(play, library))
    if play.motion is None:
        problems["motion"] = "Choose the motion."
    if problems:
        raise FieldProblems(problems)


def _problems(play: Play, library: Iterable[LibraryPlay]) -> Iterator[tuple[str, str]]:
    """Yield each field of the play that is wrong, with a sentence about it."""
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
        late = next((step for step in play.steps if step.due_in_days > play.outcome_in_days), None)
        if not play.steps:
            yield "steps", f'Write at least one step on a line of its own, as in "{EXAMPLE}".'
        elif len(play.steps) > STEPS:
            yield "steps", f"There are {len(play.steps)} steps; write at most {STEPS}."
        elif late is not None:
            days = f"{late.due_in_days} days, after the outcome, which is due within {play.outcome_in_days}"
            yield "steps", f"{shown(late.text)} is due in {days}. Make one of the two fit."


# The words after ACCOUNT in /signal, read into kind, strength and text.

KIND_TEXTS = {SignalKind.TECH_CHANGE: "technology change", SignalKind.EXEC_MOVE: "executive move"}
"""Kinds that messages and the form call otherwise than their code."""

KIND_WORDS: Mapping[str, SignalKind] = {kind.value.replace("_", " "): kind for kind in SignalKind} | {
    "web": SignalKind.WEB_VISIT,
    "visit": SignalKind.WEB_VISIT,
    "content engagement": SignalKind.CONTENT,
    "competitor": SignalKind.COMPETITIVE_RESEARCH,
    "competitors": SignalKind.COMPETITIVE_RESEARCH,
    "tech": SignalKind.TECH_CHANGE,
    **{said: kind for kind, said in KIND_TEXTS.items()},
    "exec": SignalKind.EXEC_MOVE,
    "usage": SignalKind.PRODUCT_USAGE,
}
KIND_NAMES = ", ".join(KIND_TEXTS.get(kind, kind.value.replace("_", " ")) for kind in SignalKind)
USAGE = f"Say what was seen: /signal ACCOUNT KIND [STRENGTH] TEXT. The kinds are {KIND_NAMES}."
LONGEST_KIND_WORDS = 2


@dataclass(frozen=True, slots=True)
class SignalEntry:
    """A signal that a person noted. `happened_at` None is now; `contact_id` None where nobody is known."""

    signal: SignalKind
    strength: SignalStrength
    text: str
    url: str = ""
    happened_at: datetime | None = None
    contact_id: int | None = None


def read_signal_words(rest: str, now: datetime) -> SignalEntry:
    """Read the words after `/signal ACCOUNT`; without a strength it is medium.

    Raises UnclearPart for a first word that is no kind and a kind without a text, NotUnderstood for none or too many.
    """
    words = TypedWords(rest)
    signal = _take_kind(words)
    strength = SignalStrength.MEDIUM
    first = words.words[0].casefold().strip(".,:;") if words.words else ""
    if first in list(SignalStrength):
        strength = SignalStrength(first)
        words.drop_first(1)
    text, url = take_link(words.text.lstrip(":, "), now)
    entered = {"kind": signal.value, "strength": strength.value}
    if not text:
        raise UnclearPart(USAGE, entered=entered)
    if not (words.words and is_kept(words.words[0])) and text.rstrip(" .!").casefold() in NONE:
        as_text = f"{signal.value} {strength.value} {first_kept(words.text)}"
        raise UnclearPart(f"What was seen? {USAGE}", as_text=as_text, entered=entered)
    return SignalEntry(signal, strength, required_text(text, USAGE), url)


def _take_kind(words: TypedWords) -> SignalKind:
    """Take the longest known kind from the beginning. Raises UnclearPart for none, NotUnderstood without words."""
    typed = [word.casefold().strip(".,:;").replace("_", " ") for word in words.words[:LONGEST_KIND_WORDS]]
    for count in range(len(typed), 0, -1):
        kind = KIND_WORDS.get(" ".join(typed[:count]))
        if kind is not None:
            words.drop_first(count)
            return kind
    if not typed:
        raise NotUnderstood(USAGE)
    refuse_open_quote(words, words.text)
    raise _unknown_kind(words, typed)


def _unknown_kind(words: TypedWords, typed: list[str]) -> UnclearPart:
    """The question about an unknown kind; "Keep as text" records everything as a signal of kind other."""
    choices: tuple[WordChoice, ...] = ()
    for count in range(len(typed), 0, -1):
        near = None if is_kept(words.words[0]) else nearest(" ".join(typed[:count]), KIND_WORDS)
        if near is not None:
            kind = KIND_WORDS[near].value.replace("_", " ")
            choices = (WordChoice(kind.capitalize(), words.first_again(count, kind)),)
            break
    hint = f"Did you mean {choices[0].label.casefold()}?" if choices else USAGE
    sentence = f"{shown(without_marks(words.words[0]))} is no kind of signal. {hint}"
    as_text = words.first_again(1, f"{SignalKind.OTHER} {kept(words.words[0])}")
    return UnclearPart(sentence, choices, as_text=as_text, entered={"text": readable(words.text)})


def take_link(typed: str, now: datetime) -> tuple[str, str]:
    """Return the sentence without its web address, and the address or ''.

    An address is not repeated in the sentence; of several the first is kept with the signal, and all stay in it.
    """
    text, links = take_links(typed, now)
    words = without_links(text) if len(links) == 1 else text
    return words.strip() or text.strip(), links[0].url if links else ""


# The words `waiting until DATE because TEXT` after /move ACCOUNT.

WAITING_USAGE = "Say until when and why, with a link: /move ACCOUNT waiting until DATE because TEXT."
NO_DATE = re.compile(r"wait(?:ing|s)?(?:\s+(?:un)?'?till?)?\s*[.,:]?\s*", re.IGNORECASE)
WAITING = re.compile(r"wait(?:ing|s)?\s+(?P<until>(?:un)?'?till?\s+)?(?P<rest>\S.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class WaitWords:
    """A date to wait for, with the reason without its links, and these as evidence."""

    wanted: WaitingSet
    evidence: tuple[Evidence, ...]


def read_waiting(rest: str, today: date, now: datetime) -> WaitWords | None:
    """Read the words after `/move ACCOUNT` on the asker's local date; None if they name no date to wait for.

    Raises UnclearPart for a date that cannot be read, and for one without a reason.
    """
    _ask_until_when(rest.strip())
    match = WAITING.fullmatch(rest.strip())
    if match is None:
        return None
    because = BECAUSE.search(match["rest"])
    typed = match["rest"][: because.start()] if because else match["rest"]
    reason = match["rest"][because.start() :] if because else ""
    entered = {"text": readable(match["rest"][because.end() :] if because else "")}
    as_text = first_kept(rest.strip())
    try:
        until = _date_to_come(typed.strip(" ,"), today)
    except AmbiguousDate as two:
        dates = sorted(two.dates)
        choices = tuple(WordChoice(weekday_text(on, today), f"waiting until {on.isoformat()} {reason}") for on in dates)
        raise UnclearPart(str(two), choices, as_text=as_text, entered=entered) from None
    except NotUnderstood as refused:
        if because is None or not match["until"]:
            return None  # news such as "waiting until legal signs", "waiting for their board because"
        raise UnclearPart(str(refused), as_text=as_text, entered=entered) from None
    if because is None:
        raise UnclearPart(WAITING_USAGE, as_text=as_text, entered=entered | {"until": until.isoformat()})
    text, links = take_links(match["rest"][because.end() :], now)
    for each in links:
        text = text.replace(each.url, "")
    return WaitWords(WaitingSet(until, required_text(" ".join(text.split()), WAITING_USAGE)), links)


def _ask_until_when(typed: str) -> None:
    """Raise UnclearPart for `waiting` with a reason at most, and no date."""
    because = BECAUSE.search(typed)
    if NO_DATE.fullmatch(typed[: because.start()] if because else typed):
        reason = readable(typed[because.end() :]) if because else ""
        raise UnclearPart(
            "Until when does it wait? Say it with the reason and a link: "
            "/move ACCOUNT waiting until DATE because TEXT.",
            as_text=first_kept(typed),
            entered={"text": reason},
        )


def _date_to_come(typed: str, today: date) -> date:
    """The date that the words are; of two, the only one to come. Raises NotUnderstood or AmbiguousDate."""
    try:
        return read_date(typed, today)
    except AmbiguousDate as two:
        return only_ahead(two, today)
