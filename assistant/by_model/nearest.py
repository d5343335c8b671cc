"""The names nearest to a question: of accounts, people and segments, at most 50 together."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from agendas.facts.people import PersonFacts
from agendas.text.account_names import normal_key
from assistant.conversation import LastAnswer
from assistant.query import Query
from assistant.reading.names import Names
from assistant.reading.result import Reading

ACCOUNTS_MOST, PEOPLE_MOST, SEGMENTS_MOST = 30, 12, 8

NEAR_SCORE = 80.0
"""Lowest likeness, of 100, of a word and a part of a name."""

WORDS_MOST = 30
"""Words looked for, the longest first."""

SHORTEST_WORD = 3
SHORTEST_NAME = 4


def nearest_accounts(
    text: str, names: Names, by_rules: Reading, last: LastAnswer | None, *, here: int | None = None
) -> tuple[tuple[int, str], ...]:
    """Return (account id, name): what the rules read and the last answer named, then the nearest to the other words."""
    keys = names.all_keys()
    known = {each.account_id: each.name for each in keys}
    meant = [*_accounts_of(by_rules.query), *([here] if here is not None else [])]
    if by_rules.remark is not None:
        meant += by_rules.remark.of
    if last is not None:
        meant += [*last.query.of, *last.listed[:ACCOUNTS_MOST]]
    near = [keys[index].account_id for index in _nearest(_words(text, by_rules), [each.key for each in keys])]
    found = [each for each in dict.fromkeys([*meant, *near]) if each in known]
    return tuple((account_id, known[account_id]) for account_id in found[:ACCOUNTS_MOST])


def nearest_people(
    text: str, members: Sequence[PersonFacts], by_rules: Reading, last: LastAnswer | None
) -> tuple[PersonFacts, ...]:
    """Return those whom the rules read or the last query asked for, then the nearest by name."""
    known = {each.user_id: each for each in members}
    meant = [*_people_of(by_rules.query), *_people_of(last.query if last else None)]
    near = [members[index].user_id for index in _nearest(_all_words(text), [normal_key(each.name) for each in members])]
    found = [each for each in dict.fromkeys([*meant, *near]) if each in known]
    return tuple(known[each] for each in found[:PEOPLE_MOST])


def nearest_segments(text: str, segments: Sequence[str], by_rules: Reading, last: LastAnswer | None) -> tuple[str, ...]:
    """Return those that the rules read or the last query asked for, then the nearest by name."""
    queries = (by_rules.query, last.query if last else None)
    meant = [each for query in queries if query is not None for each in query.segments]
    near = [segments[index] for index in _nearest(_all_words(text), [normal_key(each) for each in segments])]
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


def _words(text: str, by_rules: Reading) -> list[str]:
    """Return the words that may name an account: those that the rules found no use for."""
    return _all_words(" ".join(by_rules.unread)) or _all_words(text)


def _all_words(text: str) -> list[str]:
    found = {word for word in re.split(r"[^\w&']+", normal_key(text)) if len(word) >= SHORTEST_WORD}
    return sorted(found, key=lambda word: (-len(word), word))[:WORDS_MOST]


def _accounts_of(query: Query | None) -> tuple[int, ...]:
    return query.of if query is not None else ()


def _people_of(query: Query | None) -> tuple[str, ...]:
    return tuple(filter(None, (*query.owners, *query.whose))) if query is not None else ()
