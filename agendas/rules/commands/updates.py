"""The words after ACCOUNT in /move, /blocker, /next and the list words of /account, read into what they mean.

Texts arrive as Slack escapes them. Each reader raises NotUnderstood with one sentence: the usage when the text is
missing, the length when it is over 3,000 characters, or what is wrong with a stage, a person, a function or a date.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from agendas.errors import NotUnderstood
from agendas.facts.account import Stage
from agendas.facts.evidence import Evidence
from agendas.facts.people import Function
from agendas.text.because import split_because, split_parts
from agendas.text.dates import find_date
from agendas.text.evidence import take_links
from agendas.text.limits import required_text, shown, within_limit
from agendas.text.vocabulary import STAGE_NAMES, leading_stage, near_function, near_stage, not_a_stage, read_function
from agendas.text.word_stream import TypedWords

MOVE_USAGE = f"Say what moved: /move ACCOUNT [to STAGE] TEXT, or /move ACCOUNT nothing. The stages are {STAGE_NAMES}."
BLOCKER_USAGE = "Say what blocks: /blocker ACCOUNT TEXT [@who] [needs FUNCTION], or /blocker ACCOUNT resolve [TEXT]."
NEXT_USAGE = "Say what happens next: /next ACCOUNT TEXT [@who] [by DATE]."
ONE_OWNER = "Name one owner: the text ends with two people."

NOTHING_MOVED = frozenset({"no change", "no changes", "no movement", "unchanged"})
NOTHING_ALONE = re.compile(
    r"nothing(?:\s+(?:moved|changed|new))?\s*(?:[.,;:!\n-]+\s*(?P<text>.*))?", re.IGNORECASE | re.DOTALL
)
RESOLVE = re.compile(r"resolved?(?=[\s.,;:]|$)[\s.,;:]*(?P<text>.*)", re.IGNORECASE | re.DOTALL)
QUOTED_WHOLE = re.compile(r'["\u201c]([^"\u201c\u201d]*)["\u201d]', re.DOTALL)
TIER = re.compile(r"(?:tier\s*|t)?(\d+)", re.IGNORECASE)
TIERS = (1, 2, 3)
TIER_EXAMPLES = {"name": "tier 1 ", "tier": "1 "}


@dataclass(frozen=True, slots=True)
class MoveWords:
    """A movement; with `nothing` somebody says that nothing moved, and the text may be empty."""

    to_stage: Stage | None
    nothing: bool
    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class BlockerWords:
    """A blocker, or with `resolve` how one was resolved (the text may be empty). `owner` is a user id."""

    resolve: bool
    text: str
    owner: str | None
    needs: Function | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ActionWords:
    """A next action. `owner` is a user id, None for the asker; `due_on` None for the next review."""

    text: str
    owner: str | None
    due_on: date | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ListWords:
    """A change of the list and its reason; `tier` only where the command names one.

    `why_now` and `motion` are further parts of the reason where a tier is given.
    """

    tier: int | None
    because: str
    why_now: str = ""
    motion: str = ""


def read_move(rest: str, now: datetime) -> MoveWords:
    """Read the words after `/move ACCOUNT`.

    `to WORD` at the beginning is a stage, or refused when the word is nearly one or stands alone; any other `to ...`
    is text. A text in quotation marks is never read as a stage.
    """
    nothing = _nothing_text(rest.strip())
    if nothing is not None:
        text, evidence = take_links(nothing, now)
        return MoveWords(None, True, within_limit(text.strip()), evidence)
    quoted = QUOTED_WHOLE.fullmatch(rest.strip())
    words = TypedWords(quoted[1] if quoted else rest)
    to_stage = None if quoted else _take_stage(words)
    text, evidence = take_links(words.text, now)
    return MoveWords(to_stage, False, required_text(text, MOVE_USAGE), evidence)


def read_blocker(rest: str, now: datetime) -> BlockerWords:
    """Read the words after `/blocker ACCOUNT`; owner and `needs FUNCTION` may end the text in either order."""
    resolve = RESOLVE.fullmatch(rest.strip())
    if resolve:
        text, evidence = take_links(resolve["text"], now)
        return BlockerWords(True, within_limit(text.strip()), None, None, evidence)
    words = TypedWords(rest)
    owner = words.take_last_person()
    needs = _take_function(words)
    owner = _one_owner(words, owner)
    text, evidence = take_links(words.text, now)
    return BlockerWords(False, required_text(text, BLOCKER_USAGE), owner, needs, evidence)


def read_next(rest: str, today: date, now: datetime) -> ActionWords:
    """Read the words after `/next ACCOUNT` on the asker's local date `today`.

    The owner and `by DATE` may end the text in either order, or the owner begin it. The date is today or later.
    """
    words = TypedWords(rest)
    owner = words.take_last_person()
    due = find_date(words.words, today)
    if due is not None:
        words.drop_last(due[1])
    owner = _one_owner(words, owner) or words.take_first_person()
    text, evidence = take_links(words.text, now)
    return ActionWords(required_text(text, NEXT_USAGE), owner, due[0] if due else None, evidence)


def read_list_change(rest: str, word: str) -> ListWords:
    """Read the words after `/account WORD ACCOUNT`, for name, tier, pause, remove, reject and restore.

    The reason is required; a tier is required by name and tier, and refused by the others. Where a tier is given, the
    reason may go on with `now: TEXT` and `motion: TEXT`.
    """
    takes_tier = word in TIER_EXAMPLES
    usage = f"/account {word} ACCOUNT {TIER_EXAMPLES.get(word, '')}because TEXT"
    before, because = split_because(rest)
    if because is None:
        raise NotUnderstood(f"Say why, it is kept with the change: {usage}.")
    if before and not takes_tier:
        raise NotUnderstood(f"{shown(before)} before the reason has no meaning here; write {usage}.")
    tier = _tier(before, usage) if takes_tier else None
    why, why_now, motion = split_parts(because) if takes_tier else (because, "", "")
    required = required_text(why, f"Say why after because: {usage}.")
    return ListWords(tier, required, within_limit(why_now), within_limit(motion))


def _nothing_text(typed: str) -> str | None:
    """Return the text besides "nothing", None when something moved. A sentence that goes on after it is kept whole."""
    if alone := NOTHING_ALONE.fullmatch(typed):
        return alone["text"] or ""
    if typed.rstrip(".!").casefold() in NOTHING_MOVED:
        return ""
    return typed if typed.partition(" ")[0].casefold() == "nothing" else None


def _take_stage(words: TypedWords) -> Stage | None:
    typed = words.words
    if not typed or typed[0].casefold() != "to":
        return None
    if len(typed) == 1:
        raise NotUnderstood(MOVE_USAGE)
    found = leading_stage(typed[1:])
    if found is not None:
        words.drop_first(found[1] + 1)
        return found[0]
    if len(typed) == 2:
        raise NotUnderstood(not_a_stage(typed[1]))
    if near_stage(typed[1]):
        raise NotUnderstood(f"{not_a_stage(typed[1]).rstrip('.')}, or put the text in quotation marks.")
    return None


def _take_function(words: TypedWords) -> Function | None:
    """The function of a trailing `needs FUNCTION`; `needs` before anything else is text."""
    for count in (2, 1):
        typed = words.words[-count - 1 :]
        if len(typed) != count + 1 or typed[0].casefold() != "needs":
            continue
        name = " ".join(typed[1:])
        try:
            function = read_function(name)
        except NotUnderstood:
            if near_function(name):
                raise
            continue
        words.drop_last(count + 1)
        return function
    return None


def _one_owner(words: TypedWords, owner: str | None) -> str | None:
    """The owner taken before, else the person who ends the text now."""
    owner = owner or words.take_last_person()
    if owner and words.take_last_person():
        raise NotUnderstood(ONE_OWNER)
    return owner


def _tier(typed: str, usage: str) -> int:
    found = TIER.fullmatch(typed.strip(" ,.:"))
    if found is None:
        problem = f"{shown(typed)} is not a tier" if typed else "The tier is missing"
        raise NotUnderstood(f"{problem}; write {usage}.")
    if int(found[1]) not in TIERS:
        raise NotUnderstood(f"There is no tier {found[1]}; write tier 1, 2 or 3: {usage}.")
    return int(found[1])
