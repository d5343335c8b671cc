"""The names nearest to a question: of accounts, people and segments, at most 50 together."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from agendas.facts.people import PersonFacts
from agendas.text.account_names import normal_key
from assistant.conversation import LastAnswer
from assistant.query import Query
from assistant.reading.names import Names
from assistant.reading.parts import Parts
from assistant.reading.result import Reading

ACCOUNTS_MOST, PEOPLE_MOST, SEGMENTS_MOST = 30, 12, 8

NEAR_SCORE = 80.0
"""Lowest likeness, of 100, of a word and a part of a name."""

WORDS_MOST = 30
"""Words looked for, the longest first."""

SHORTEST_WORD = 3
SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Read:
    """A text as the rules read it: the reading, the parts of its single words, and the last answer before it."""

    text: str
    by_rules: Reading
    parts: Parts
    last: LastAnswer | None = None

    @property
    def queries(self) -> tuple[Query, ...]:
        """The rules' query and the last one, as far as there are any."""
        return tuple(filter(None, (self.by_rules.query, self.last.query if self.last else None)))


def nearest_accounts(read: Read, names: Names, *, here: int | None = None) -> tuple[tuple[int, str], ...]:
    """Return (account id, name): what the rules read and the last answer named, then the nearest to the other words."""
    keys = names.all_keys()
    known = {each.account_id: each.name for each in keys}
    meant = [*read.parts.of, *([here] if here is not None else [])]
    meant += [account_id for query in read.queries for account_id in query.of]
    if read.by_rules.remark is not None:
        meant += read.by_rules.remark.of
    if read.last is not None:
        meant += read.last.listed[:ACCOUNTS_MOST]
    words = _words(" ".join(read.by_rules.unread)) or _words(read.text)
    near = [keys[index].account_id for index in _nearest(words, [each.key for each in keys])]
    found = [each for each in dict.fromkeys([*meant, *near]) if each in known]
    return tuple((account_id, known[account_id]) for account_id in found[:ACCOUNTS_MOST])


def nearest_people(read: Read, members: Sequence[PersonFacts]) -> tuple[PersonFacts, ...]:
    """Return those whom the rules read or the last query asked for, then the nearest by name."""
    known = {each.user_id: each for each in members}
    meant = [*read.parts.persons, *read.parts.owners, *read.parts.whose]
    meant += [user_id for query in read.queries for user_id in (*query.owners, *query.whose)]
    near = [
        members[index].user_id for index in _nearest(_words(read.text), [normal_key(each.name) for each in members])
    ]
    found = [each for each in dict.fromkeys([*meant, *near]) if each in known]
    return tuple(known[each] for each in found[:PEOPLE_MOST])


def nearest_segments(read: Read, segments: Sequence[str]) -> tuple[str, ...]:
    """Return those that the rules read or the last query asked for, then the nearest by name."""
    meant = [*read.parts.segments, *(each for query in read.queries for each in query.segments)]
    near = [segments[index] for index in _nearest(_words(read.text), [normal_key(each) for each in segments])]
    return tuple(each for each in dict.fromkeys([*meant, *near]) if each in segments)[:SEGMENTS_MOST]


def _nearest(words: Iterable[str], names: Sequence[str]) -> list[int]:
    """Return the indexes of names that a word is like a part of, the likest first."""
    scores: dict[int, float] = {}
    # a shorter name is in many a word
    long_enough = {at: name for at, name in enumerate(names) if len(name) >= SHORTEST_NAME}
    for word in words:
        scores |= {at: 100.0 for at, name in enumerate(names) if name == word}
        for _, score, index in process.extract(
            word, long_enough, scorer=fuzz.partial_ratio, processor=None, score_cutoff=NEAR_SCORE, limit=ACCOUNTS_MOST
        ):
            scores[index] = max(scores.get(index, 0.0), score)
    return sorted(scores, key=lambda index: (-scores[index], index))


def _words(text: str) -> list[str]:
    found = {word for word in re.split(r"[^\w&']+", normal_key(text)) if len(word) >= SHORTEST_WORD}
    return sorted(found, key=lambda word: (-len(word), word))[:WORDS_MOST]
