"""News: a statement of what happened, and the deeds whose forms fit what it tells."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from agendas.facts.account import ListStatus, Stage
from agendas.facts.list_filter import AccountStanding
from assistant.query import Progress, Subject, Way
from assistant.reading.pieces import Piece, Said
from assistant.reading.remarks.statements import asks_after_all, is_statement
from assistant.reading.rules.forms import lead_of
from assistant.reading.tokens import Token
from assistant.reading.vocabulary.cues import Cue
from assistant.reading.vocabulary.lexicon import phrases, word_key
from assistant.reading.vocabulary.remarks import NEWS, NEWS_OPENERS
from assistant.remark import Deed

ADJECTIVES = (Progress, AccountStanding, ListStatus, Stage, Way, int)
_DONE_SAID = (
    "sent called emailed mailed finished wrapped prepared delivered done completed booked wrote written presented met "
    "spoke updated handed shipped submitted drafted closed arranged organised organized signed scheduled talked"
)
DONE_VERBS = frozenset(_DONE_SAID.split())
ASKING_WORDS = (Cue.WHICH, Cue.WHY, Cue.HOW_MANY, Cue.HOW_MUCH, Cue.SINCE_WHEN, Cue.HOW_LONG)
LONGEST = 5
LEAST_WORDS = 3
MOST_DEEDS = 4
UNCLEAR = (Deed.UPDATE, Deed.EVIDENCE)
"""Deeds of news that no phrase knows."""


def told(said: Said, tokens: Sequence[Token]) -> tuple[Deed, ...]:
    """Return the deeds of what the text tells, best first; empty where it tells nothing."""
    words = [word_key(each) for each in tokens]
    is_asked = any(each.mark == "?" for each in tokens)
    opens = any(words[: len(opener)] == list(opener) for opener in phrases(NEWS_OPENERS))
    tells = is_statement(said, words)
    if is_asked or not words or (not tells and (len(words) < LEAST_WORDS or asks_after_all(said))):
        return ()
    if not (opens or tells) and _is_request(said):
        return ()
    found = _found(words)
    if _is_own_deed(words):
        found = [Deed.DONE, Deed.DONE, Deed.DONE, *found]
    if not found:
        return UNCLEAR if tells or (opens and _has_names(said)) else ()
    weight = Counter(found)
    ranked = sorted(weight, key=lambda deed: (-weight[deed], found.index(deed)))
    return tuple(ranked)[:MOST_DEEDS]


def _has_names(said: Said) -> bool:
    return any(piece.is_name for piece in said.pieces)


def _is_request(said: Said) -> bool:
    """Return true for a question, and for things named without a sentence: "deals we lost", "blocked accounts"."""
    if said.has(*ASKING_WORDS) and not any(piece.means(Cue.THAT) for piece in said.pieces[:2]):
        return True
    lead = lead_of(said)
    if lead is not None and not _is_statement(said, lead):
        return True
    for piece in said.pieces:
        if _is_things(piece):
            return True
        if not (piece.is_filler or any(piece.of_kind(kind) for kind in ADJECTIVES)):
            return False
    return False


def _is_statement(said: Said, lead: int) -> bool:
    """Return true where the word that seems to ask stands after what the sentence is about."""
    return lead > 0 and said[lead].means(Cue.IS, Cue.DO, Cue.HAVE) and not said[lead - 1].means(Cue.AND)


def _is_things(piece: Piece) -> bool:
    """Return true for the plural of a thing, or a word that asks by itself."""
    if piece.means(Subject.ACCOUNTS, Cue.MY, Cue.ALL, Cue.ANY, Cue.WITHOUT, Cue.SHOW):
        return True
    return bool(piece.of_kind(Subject)) and piece.typed.casefold().endswith("s")


def _is_own_deed(words: Sequence[str]) -> bool:
    """Return true for "I wrapped up the model" and "sent the pricing over"."""
    verb = words[1] if words[0] in ("i", "we") else words[0]
    return verb in DONE_VERBS


def _found(words: Sequence[str]) -> list[Deed]:
    """Return the deeds of the phrases of news in the words, the longest at each place."""
    known, found, position = _phrases(), [], 0
    while position < len(words):
        for count in range(min(LONGEST, len(words) - position), 0, -1):
            deed = known.get(tuple(words[position : position + count]))
            if deed is not None:
                found.append(deed)
                break
        position += 1
    return found


@cache
def _phrases() -> Mapping[tuple[str, ...], Deed]:
    found: dict[tuple[str, ...], Deed] = {}
    for deed, text in NEWS.items():
        for phrase in phrases(text):
            found.setdefault(phrase, deed)
    return found
