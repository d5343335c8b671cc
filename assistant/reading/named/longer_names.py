"""Accounts with a longer name that may be meant where the shorter one was found: "maple insurnaac" is not Maple."""

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from agendas.text.account_names import AccountKey
from assistant.reading.named.common_words import COMMON_WORDS
from assistant.reading.named.everyday_words import EVERYDAY_WORDS
from assistant.reading.named.name_fit import ways_to_say
from assistant.reading.tokens import Token, words_of
from assistant.reading.vocabulary.lexicon import is_known

HALF = 0.5
"""Letters of a word, as a part of all, that are in a word of a name too where it may be a slip of that."""

SAME_START = 4
"""Letters at the beginning by which a word that is spelled right is perhaps one of a name: insured."""

SHORTEST = 3


def longer_names(
    tokens: Sequence[Token], span: tuple[int, int], shorter: AccountKey, keys: Iterable[AccountKey]
) -> tuple[AccountKey, ...]:
    """Return the keys of other accounts that the words of the span, with the word after them, may be meant for."""
    start, end = span
    if end == len(tokens) or tokens[end - 1].mark not in ("", ",", "-"):
        return ()
    is_parted = bool(tokens[end - 1].mark or tokens[end - 1].suffix)
    said = {tuple(each.stem for each in tokens[start:end]), words_of(shorter.key)}
    said |= {tuple(each.word for each in tokens[start:end])}
    found: dict[int, AccountKey] = {}
    for key in keys:
        after = [words[len(each)] for words in ways_to_say(key.key) for each in said if _begins(words, each)]
        if key.account_id != shorter.account_id and any(_may_be(tokens[end], word, is_parted) for word in after):
            found.setdefault(key.account_id, key)
    return tuple(found.values())


def _begins(words: tuple[str, ...], said: tuple[str, ...]) -> bool:
    return len(words) > len(said) and words[: len(said)] == said


def _may_be(token: Token, word: str, is_parted: bool) -> bool:
    """Return true for a word that may be a slip of one in a name; after a comma it has to be that word itself."""
    if is_parted:
        return word in (token.word, token.stem)
    if len(token.word) < SHORTEST or {token.word, token.stem} & COMMON_WORDS or is_known(token.word):
        return False
    if token.word in EVERYDAY_WORDS:
        return token.word[:SAME_START] == word[:SAME_START]
    return OSA.normalized_similarity(token.word, word) >= HALF
