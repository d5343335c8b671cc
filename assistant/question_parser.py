"""Parse questions by rules alone: their kind, the names in them, and references to the question before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from agendas.verbs.reads.work import Due
from assistant.typos import correct_typos
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
    POLITE_WORDS,
    PRONOUNS,
    SEEING_WORDS,
    STALL_WORDS,
    STATUS_WORDS,
    TELLING_WORDS,
    THANKS_WORDS,
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
    HELLO = "hello"
    THANKS = "thanks"


ME = "me"
"""Stands for the asker in `Question.person`."""


@dataclass(frozen=True, slots=True)
class Question:
    """A parsed question.

    Attributes:
        intent: the kind of question; None when it has only a name, or nothing.
        subject: the candidate for an account's or a person's name, as typed.
        wider: longer candidates, with the filler words beside the subject, for names that begin or end with one.
        person: `ME`, a user id, or ''.
        due: the due dates of the actions asked for.
        way: advanced, regressed or expanded if only that movement is asked for, else ''.
        days_back: the age of the oldest update asked for, in days; 0 for today.
        is_following: true for "and ..." and "what about ...".
        is_about_it: true for "it", "its", "they".
        is_about_list: true for a question about accounts in general.
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
"""Matched as a phrase, since a company's name may contain "group"."""

POSSESSIVE = re.compile(r"('s|')$")
EDGES = ".,;:!?()[]*_~`-"
DAYS_BACK = {"today": 0, "yesterday": 1, "month": 30}


def read_question(text: str, *, bot_user_id: str = "") -> Question:
    """Parse `text`, as Slack escapes it. Case, punctuation, greetings and mentions of the bot do not count."""
    text = " ".join(text.replace("\u2019", "'").split())
    text = MENTION.sub(lambda found: " " if found[1] == bot_user_id else found[0], text)
    text = BUYING_GROUP.sub("buying-group", text)
    quoted = QUOTED.search(text)
    if quoted:
        text = f"{text[: quoted.start()]} {text[quoted.end() :]}"
    typed = WORD.findall(text)
    normal = [_normal(word) for word in typed]
    person = next((found[1] for found in map(MENTION.match, typed) if found), "")
    typed, normal = _without_mentions(typed, normal)
    words = correct_typos(normal)
    span = _name_span(normal, words)
    subject = quoted[1].strip() if quoted else _phrase(typed, *span)
    vocabulary = set(words)
    is_own = _is_about_asker(words)
    return Question(
        intent=_intent(words, has_name=bool(subject), has_person=bool(person) or is_own),
        subject=subject,
        wider=() if quoted else _wider(typed, normal, span),
        person=person or (ME if is_own else ""),
        due=_due(words),
        way=_way(vocabulary),
        days_back=next((days for word, days in DAYS_BACK.items() if word in vocabulary), 7),
        is_following=_is_following(words),
        is_about_it=bool(vocabulary & PRONOUNS),
        is_about_list="accounts" in vocabulary,
    )


def _normal(word: str) -> str:
    bare = word.casefold().strip(EDGES)
    return POSSESSIVE.sub("", bare)


def _without_mentions(typed: Sequence[str], normal: Sequence[str]) -> tuple[list[str], list[str]]:
    kept = [number for number, word in enumerate(typed) if not MENTION.match(word) and normal[number]]
    return [typed[number] for number in kept], [normal[number] for number in kept]


def _intent(words: Sequence[str], *, has_name: bool, has_person: bool) -> Intent | None:
    """Return the first kind of question with a word among these, in the order of `_intent_by_keyword`."""
    vocabulary = set(words)
    if vocabulary & HELP_WORDS or _asks_for_help(vocabulary):
        return Intent.HELP
    if vocabulary & GREETINGS and vocabulary <= GREETINGS | POLITE_WORDS:
        return Intent.THANKS if vocabulary & THANKS_WORDS else Intent.HELLO
    if _has_pair(words, ("how", "about")):
        vocabulary -= {"how"}
    found = _intent_by_keyword(vocabulary)
    if found is None:
        found = _intent_by_context(vocabulary, has_name=has_name or bool(vocabulary & PRONOUNS))
    if found in (None, Intent.STATUS) and not has_name and has_person and vocabulary & {"accounts", "account"}:
        return Intent.MINE
    return found


def _intent_by_context(words: set[str], *, has_name: bool) -> Intent | None:
    """Return the kind told by words whose meaning depends on a name beside them."""
    if words & NEWS_WORDS:
        return Intent.STATUS if has_name else Intent.CHANGED
    if has_name and "accounts" in words:
        return Intent.MINE
    return Intent.OWNER if has_name and "who" in words else None


def _intent_by_keyword(words: set[str]) -> Intent | None:
    """Return the first kind with a keyword among the words; the order decides between several kinds."""
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
    return next((intent for intent, is_asked in kinds if is_asked), None)


def _is_about_asker(words: Sequence[str]) -> bool:
    """Return true if "my", "I" or "me" means the asker's accounts, unlike in "show me" and "can I see"."""
    before, after = ["", *words], [*words[1:], ""]
    is_telling = bool(set(words) & TELLING_WORDS)
    return any(
        word in ME_WORDS
        and not (word == "me" and (before[number] in TELLING_WORDS or (before[number] == "for" and is_telling)))
        and not (word == "i" and after[number] in SEEING_WORDS)
        for number, word in enumerate(words)
    )


def _asks_for_help(words: set[str]) -> bool:
    """Return true for "what can I ask" and "what can you do"."""
    return {"what", "can"} <= words and bool(words & {"ask", "you"}) and not words & (BLOCKER_WORDS | ACTION_WORDS)


def _due(words: Sequence[str]) -> Due:
    if set(words) & OVERDUE_WORDS or _has_pair(words, ("past", "due")):
        return Due.OVERDUE
    return Due.WEEK if "week" in words else Due.ALL


def _way(words: set[str]) -> str:
    ways = {WAYS[word] for word in words & WAYS.keys()}
    return ways.pop() if len(ways) == 1 else ""


def _is_following(words: Sequence[str]) -> bool:
    return bool(words) and (words[0] in FOLLOWING_WORDS or tuple(words[:2]) in (("what", "about"), ("how", "about")))


def _has_pair(words: Sequence[str], pair: tuple[str, str]) -> bool:
    return pair in pairwise(words)


def _name_span(normal: Sequence[str], corrected: Sequence[str]) -> tuple[int, int]:
    """Return the span from the first to the last word outside the vocabulary of questions, (0, 0) for none."""
    names = [n for n, word in enumerate(corrected) if word not in GRAMMAR and word == normal[n]]
    return (names[0], names[-1] + 1) if names else (0, 0)


def _phrase(typed: Sequence[str], start: int, end: int) -> str:
    return POSSESSIVE.sub("", " ".join(typed[start:end]).strip(EDGES + " "))


def _wider(typed: Sequence[str], normal: Sequence[str], span: tuple[int, int]) -> tuple[str, ...]:
    """Return the phrases that extend the span by up to two words before it and one after it."""
    start, end = span
    if start == end:
        return ()
    starts = range(max(0, start - 2), start + 1)
    ends = range(min(len(normal), end + 1), end - 1, -1)
    return tuple(_phrase(typed, first, last) for first in starts for last in ends if (first, last) != span)
