"""Accounts whose name is spelled nearly as words that are nothing else."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from agendas.text.account_names import AccountKey, nearest_accounts
from assistant.reading.named.common_words import COMMON_WORDS, COMPANY_WORDS
from assistant.reading.named.everyday_words import EVERYDAY_WORDS
from assistant.reading.named.name_fit import ways_to_say
from assistant.reading.tokens import Token
from assistant.reading.vocabulary.lexicon import is_known

MOST_WORDS = 4
"""Words of a name that are compared together."""

SHORTEST_NAME = 4
"""Letters below which a slip makes another word of it."""

TWO_SLIPS, THREE_SLIPS = 6, 11
"""Letters of a name from which two and three slips are forgiven."""

SURE = 7
"""Letters from which a word that is nearly a name is taken for it wherever it stands."""

_ARTICLES_SAID = "a an another any each every more my new no our some that the this your"
ARTICLES = frozenset(_ARTICLES_SAID.split())
"""Words before words that are no names: "at the table" is not at Sable."""

MOST_NEAR = 5


@dataclass(frozen=True, slots=True)
class Near:
    """The accounts nearest to the first `word_count` words of a run, best first.

    `is_near` where they are spelled nearly so, false for those that are merely alike.
    """

    word_count: int
    accounts: tuple[tuple[int, str], ...]
    is_near: bool

    @property
    def is_one(self) -> bool:
        """Return true if one account alone is near."""
        return self.is_near and len(self.accounts) == 1


def unknown_runs(tokens: Sequence[Token], taken: Collection[int]) -> list[tuple[int, int]]:
    """Return the spans of adjacent words that are no common ones, with a company's words beside them."""
    runs: list[tuple[int, int]] = []
    for position, token in enumerate(tokens):
        is_free = position not in taken and bool(token.word) and any(each.isalpha() for each in token.word)
        follows = bool(runs) and runs[-1][1] == position and not tokens[position - 1].mark
        if is_free and follows and (_is_unknown(token) or token.word in COMPANY_WORDS):
            runs[-1] = (runs[-1][0], position + 1)
        elif is_free and _begins_name(token) and token.word not in COMPANY_WORDS:
            runs.append((position, position + 1))
    return runs


def may_be_slip(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Return true if words that are nearly a name may be a slip of it: they are long, or no article is before them."""
    is_long = sum(len(each.word) for each in tokens[start:end]) >= SURE
    return is_long or start == 0 or tokens[start - 1].word not in ARTICLES


def nearest_names(said: Sequence[Token], keys: Sequence[AccountKey]) -> Near:
    """Return the accounts nearest to the longest beginning of some words that is near to any, else to all of them."""
    choices, owners = _choices(keys)
    best: tuple[float, int, list[tuple[AccountKey, bool]]] | None = None
    for word_count in range(min(len(said), MOST_WORDS), 0, -1):
        for typed in _ways_typed(said[:word_count]):
            found = process.extract(typed, choices, scorer=OSA.distance, score_cutoff=_allowed(typed), limit=None)
            fewest = min((distance for _, distance, _ in found), default=0)
            if found and (best is None or fewest / len(typed) < best[0]):
                owned = [owners[index] for _, distance, index in found if distance == fewest]
                best = (fewest / len(typed), word_count, owned)
    if best is None:
        return _by_one_word(said, keys) or Near(len(said), nearest_accounts(_spaced(said), keys), is_near=False)
    whole = [key for key, is_whole in best[2] if is_whole]
    return Near(best[1], _accounts(whole or [key for key, _ in best[2]]), is_near=True)


def _by_one_word(said: Sequence[Token], keys: Sequence[AccountKey]) -> Near | None:
    """Return the accounts that have the first word, which is no company's word, as a later word of their name."""
    word = said[0].stem
    found = [key for key in keys for words in ways_to_say(key.key) if {word, said[0].word} & set(words[1:])]
    accounts = _accounts(found)
    return Near(1, accounts, is_near=True) if accounts else None


def _choices(keys: Sequence[AccountKey]) -> tuple[list[str], list[tuple[AccountKey, bool]]]:
    """Return the beginnings of the keys in whole words, each with its key and true where it is all of it."""
    choices: list[str] = []
    owners: list[tuple[AccountKey, bool]] = []
    for key in keys:
        for words in ways_to_say(key.key):
            for count in range(1, min(len(words), MOST_WORDS) + 1):
                if count == len(words) or words[count - 1] not in COMMON_WORDS:
                    choices.append("".join(words[:count]))
                    owners.append((key, count == len(words)))
    return choices, owners


def _accounts(keys: Sequence[AccountKey]) -> tuple[tuple[int, str], ...]:
    ordered = dict.fromkeys((key.account_id, key.name) for key in keys)
    return tuple(ordered)[:MOST_NEAR]


def _ways_typed(said: Sequence[Token]) -> Iterable[str]:
    """Return the words written together; also without an `s` that may be a possessive."""
    before = "".join(each.word for each in said[:-1])
    return dict.fromkeys((f"{before}{said[-1].word}", f"{before}{said[-1].stem}"))


def _spaced(said: Sequence[Token]) -> str:
    return " ".join((*(each.word for each in said[:-1]), said[-1].stem))


def _allowed(typed: str) -> int:
    if len(typed) < SHORTEST_NAME:
        return 0
    return 1 + (len(typed) >= TWO_SLIPS) + (len(typed) >= THREE_SLIPS)


def _is_unknown(token: Token) -> bool:
    return token.word not in COMMON_WORDS and token.stem not in COMMON_WORDS


def _begins_name(token: Token) -> bool:
    """Return true for a word that is no English one: only the first of a name has to be none."""
    is_everyday = not {token.word, token.stem}.isdisjoint(EVERYDAY_WORDS)
    return _is_unknown(token) and not is_everyday and not is_known(token.word)
