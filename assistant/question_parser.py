"""Read a question by rules alone: its kind, the names in it, and the gaps it leaves to the question before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from agendas.verbs.reads.work import Due
from assistant.typos import put_right
from assistant.vocabulary import (
    ACTION_WORDS,
    BLOCKER_WORDS,
    CARING_WORDS,
    CHANGE_WORDS,
    DECISION_WORDS,
    FOLLOWING_WORDS,
    GRAMMAR,
    GREETINGS,
    GROUP_WORDS,
    HELP_WORDS,
    ME_WORDS,
    MEETING_ASKED,
    MEETING_WORDS,
    MOVEMENT_WORDS,
    NEWS_WORDS,
    OVERDUE_WORDS,
    OWN_WORDS,
    OWNER_WORDS,
    PRONOUNS,
    SEEING_WORDS,
    STALL_WORDS,
    STATUS_WORDS,
    TELLING_WORDS,
    WAYS,
)


class Intent(StrEnum):
    """The kinds of questions that can be answered."""

    STATUS = "status"
    BLOCKERS = "blockers"
    ACTIONS = "actions"
    MOVED = "moved"
    OWNER = "owner"
    GROUP = "group"
    MINE = "mine"
    STALLED = "stalled"
    DECIDED = "decided"
    CHANGED = "changed"
    NEXT_REVIEW = "next_review"
    HELP = "help"


ME = "me"
"""The person of a question that says `my` or `I`."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read.

    `intent` is None when only a name is left, or nothing. `subject` is what may be an account's or a person's name, as
    typed; `wider` the same with the little words beside it, for names that begin or end with one. `person` is `me`, a
    user id, or ''. `way` is advanced, regressed or expanded where only that is asked for. `days_back` is how far news
    is wanted, 0 for today. `is_following` for "and ...", "what about ..."; `is_about_it` for "it", "its", "they";
    `is_about_list` for a question about accounts as such.
    """

    intent: Intent | None
    subject: str = ""
    wider: tuple[str, ...] = ()
    person: str = ""
    due: Due = Due.ALL
    way: str = ""
    days_back: int = 7
    is_following: bool = False
    is_about_it: bool = False
    is_about_list: bool = False


WORD = re.compile(r"(?:<[^<>]*>|\S)+")
MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
# Double, curly (U+201C to U+201E) and angled (U+00AB, U+00BB) quotation marks.
QUOTED = re.compile('["\u201c\u201d\u201e\u00ab]([^"\u201c\u201d\u201e\u00ab\u00bb]+)["\u201c\u201d\u00bb]')
BUYING_GROUP = re.compile(r"\bbuying[ -](?:group|committee|center|centre)s?\b", re.IGNORECASE)
"""Only together: a company may be called a group."""

POSSESSIVE = re.compile(r"('s|')$")
EDGES = ".,;:!?()[]*_~`-"
DAYS_BACK = {"today": 0, "yesterday": 1, "month": 30}


def read_question(text: str, *, bot_user_id: str = "") -> Question:
    """Read `text`, as Slack escapes it. Case, punctuation, greetings and mentions of the bot do not count."""
    said = " ".join(text.replace("\u2019", "'").split())
    said = MENTION.sub(lambda found: " " if found[1] == bot_user_id else found[0], said)
    said = BUYING_GROUP.sub("buying-group", said)
    quoted = QUOTED.search(said)
    if quoted:
        said = f"{said[: quoted.start()]} {said[quoted.end() :]}"
    typed = WORD.findall(said)
    words = [_normal(word) for word in typed]
    person = next((found[1] for found in map(MENTION.match, typed) if found), "")
    typed, words = _without_mentions(typed, words)
    heard = put_right(words)
    span = _span(words, heard)
    subject = quoted[1].strip() if quoted else _phrase(typed, *span)
    spoken = set(heard)
    is_own = _says_me(heard)
    return Question(
        intent=_intent(heard, has_name=bool(subject), has_person=bool(person) or is_own),
        subject=subject,
        wider=() if quoted else _wider(typed, words, span),
        person=person or (ME if is_own else ""),
        due=_due(heard),
        way=_way(spoken),
        days_back=next((days for word, days in DAYS_BACK.items() if word in spoken), 7),
        is_following=_is_following(heard),
        is_about_it=bool(spoken & PRONOUNS),
        is_about_list="accounts" in spoken,
    )


def _normal(word: str) -> str:
    bare = word.casefold().strip(EDGES)
    return POSSESSIVE.sub("", bare)


def _without_mentions(typed: Sequence[str], words: Sequence[str]) -> tuple[list[str], list[str]]:
    kept = [number for number, word in enumerate(typed) if not MENTION.match(word) and words[number]]
    return [typed[number] for number in kept], [words[number] for number in kept]


def _intent(heard: Sequence[str], *, has_name: bool, has_person: bool) -> Intent | None:
    """The first kind whose words are there; the order settles questions that have words of several kinds."""
    words = set(heard)
    if words & HELP_WORDS or (not has_name and _is_greeting(heard)) or _asks_what_can_be_asked(words):
        return Intent.HELP
    if _has_run(heard, ("how", "about")):
        words -= {"how"}
    found = _by_words(words)
    if found is None:
        found = _by_looser_words(words, has_name=has_name or bool(words & PRONOUNS))
    if found in (None, Intent.STATUS) and not has_name and has_person and words & {"accounts", "account"}:
        return Intent.MINE
    return found


def _by_looser_words(words: set[str], *, has_name: bool) -> Intent | None:
    """The kind of a question whose words mean something only beside a name, or only without one."""
    if words & NEWS_WORDS:
        return Intent.STATUS if has_name else Intent.CHANGED
    if has_name and "accounts" in words:
        return Intent.MINE
    return Intent.OWNER if has_name and "who" in words else None


def _by_words(words: set[str]) -> Intent | None:
    if words & MEETING_WORDS and words & MEETING_ASKED:
        return Intent.NEXT_REVIEW
    if words & CHANGE_WORDS and "since" in words and words & MEETING_WORDS:
        return Intent.MOVED
    is_cared_for = "who" in words and words & CARING_WORDS
    kinds = (
        (Intent.DECIDED, words & DECISION_WORDS),
        (Intent.BLOCKERS, words & BLOCKER_WORDS),
        (Intent.ACTIONS, words & (ACTION_WORDS | OVERDUE_WORDS) or {"to", "do"} <= words),
        (Intent.GROUP, words & GROUP_WORDS),
        (Intent.OWNER, words & OWNER_WORDS or is_cared_for),
        (Intent.MOVED, words & MOVEMENT_WORDS),
        (Intent.STALLED, words & STALL_WORDS),
        (Intent.MINE, words & OWN_WORDS),
        (Intent.CHANGED, words & CHANGE_WORDS),
        (Intent.STATUS, words & STATUS_WORDS),
    )
    return next((intent for intent, said in kinds if said), None)


def _is_greeting(heard: Sequence[str]) -> bool:
    return (
        bool(heard) and heard[0] in GREETINGS and all(word in GREETINGS | {"cadence", "you", "there"} for word in heard)
    )


def _says_me(heard: Sequence[str]) -> bool:
    """Return true if people speak of their own accounts: not in "show me" and "can I see"."""
    before, after = ["", *heard], [*heard[1:], ""]
    is_telling = bool(set(heard) & TELLING_WORDS)
    return any(
        word in ME_WORDS
        and not (word == "me" and (before[number] in TELLING_WORDS or (before[number] == "for" and is_telling)))
        and not (word == "i" and after[number] in SEEING_WORDS)
        for number, word in enumerate(heard)
    )


def _asks_what_can_be_asked(words: set[str]) -> bool:
    return {"what", "can"} <= words and bool(words & {"ask", "you"}) and not words & (BLOCKER_WORDS | ACTION_WORDS)


def _due(heard: Sequence[str]) -> Due:
    if set(heard) & OVERDUE_WORDS or _has_run(heard, ("past", "due")):
        return Due.OVERDUE
    return Due.WEEK if "week" in heard else Due.ALL


def _way(spoken: set[str]) -> str:
    ways = {WAYS[word] for word in spoken & WAYS.keys()}
    return ways.pop() if len(ways) == 1 else ""


def _is_following(heard: Sequence[str]) -> bool:
    return bool(heard) and (heard[0] in FOLLOWING_WORDS or tuple(heard[:2]) in (("what", "about"), ("how", "about")))


def _has_run(heard: Sequence[str], run: tuple[str, str]) -> bool:
    return run in pairwise(heard)


def _span(words: Sequence[str], heard: Sequence[str]) -> tuple[int, int]:
    """From the first to after the last word that is no word of a question; equal when there is none."""
    names = [n for n, word in enumerate(heard) if word not in GRAMMAR and word == words[n]]
    return (names[0], names[-1] + 1) if names else (0, 0)


def _phrase(typed: Sequence[str], start: int, end: int) -> str:
    return POSSESSIVE.sub("", " ".join(typed[start:end]).strip(EDGES + " "))


def _wider(typed: Sequence[str], words: Sequence[str], span: tuple[int, int]) -> tuple[str, ...]:
    start, end = span
    if start == end:
        return ()
    starts = range(max(0, start - 2), start + 1)
    ends = range(min(len(words), end + 1), end - 1, -1)
    return tuple(_phrase(typed, first, last) for first in starts for last in ends if (first, last) != span)
