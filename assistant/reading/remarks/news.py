"""News: a statement of what happened, and the deeds whose forms fit what it tells."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from agendas.facts.account import ListStatus, Stage
from agendas.facts.group import BuyingRole
from agendas.facts.list_filter import AccountStanding
from assistant.query import Field, Progress, Subject, Way
from assistant.reading.pieces import Piece, Said
from assistant.reading.remarks.statements import are_chosen, asks_after_all, is_statement, is_verb
from assistant.reading.rules.forms import lead_of
from assistant.reading.tokens import Token
from assistant.reading.vocabulary.cues import Cue
from assistant.reading.vocabulary.lexicon import phrases, word_key
from assistant.reading.vocabulary.news import NEWS, NEWS_OPENERS
from assistant.remark import Deed

ADJECTIVES = (Progress, AccountStanding, ListStatus, Stage, Way, int)
_DONE_SAID = (
    "sent called emailed mailed finished wrapped prepared delivered done completed booked wrote written presented met "
    "spoke updated handed shipped submitted drafted closed arranged organised organized signed scheduled talked"
)
DONE_VERBS = frozenset(_DONE_SAID.split())
ASKING_WORDS = (Cue.WHICH, Cue.COMPARE, Cue.WHY, Cue.HOW_MANY, Cue.HOW_MUCH, Cue.SINCE_WHEN, Cue.HOW_LONG)
DENIALS = ("no", "nothing", "still")
"""Words that begin news about an account, but a filter of many: "no update since May"."""

LONGEST = 5
LEAST_WORDS = 3
MOST_DEEDS = 4
UNCLEAR = (Deed.UPDATE, Deed.EVIDENCE)
"""Deeds of news that no phrase knows."""


def told(said: Said, tokens: Sequence[Token]) -> tuple[Deed, ...]:
    """Return the deeds of what the text tells, best first; empty where it tells nothing."""
    told_in = tokens[said[0].start :] if len(said) else ()
    words = [word_key(each) for each in told_in]
    is_asked = any(each.mark == "?" for each in tokens)
    opens = _opens(told_in, words) and (words[0] not in DENIALS or _has_names(said))
    tells = is_statement(said, told_in)
    if is_asked or not words or (not tells and (len(words) < LEAST_WORDS or asks_after_all(said))):
        return ()
    if not (opens or tells) and _is_request(said):
        return ()
    found = _found(words, needs_verb=not (opens or tells))
    if _is_own_deed(words):
        found = [Deed.DONE, Deed.DONE, Deed.DONE, *found]
    if not found:
        return UNCLEAR if tells or (opens and _has_names(said)) else ()
    weight = Counter(found)
    ranked = sorted(weight, key=lambda deed: (-weight[deed], found.index(deed)))
    return tuple(dict.fromkeys((*ranked[: MOST_DEEDS - 1], Deed.UPDATE)))


def _opens(tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Return true for words that news begin with; a single one needs a pause: "update: they signed"."""
    openers = [each for each in _openers() if tuple(words[: len(each)]) == each]
    return any(len(each) > 1 or tokens[0].mark for each in openers)


def _has_names(said: Said) -> bool:
    return any(piece.is_name for piece in said.pieces)


def _is_request(said: Said) -> bool:
    """Return true for a question, and for things named without a sentence: "deals we lost", "blocked accounts"."""
    if said.has(*ASKING_WORDS) and not any(piece.means(Cue.THAT) for piece in said.pieces[:2]):
        return True
    if _begins_with_ones(said) or are_chosen(said) or _names_nothing(said):
        return True
    lead = lead_of(said)
    if lead is not None and not _is_statement(said, lead):
        return True
    for piece in said.pieces:
        if _is_things(piece) or piece.of_kind(Field):
            return True
        is_between = piece.is_filler or piece.segment or piece.when or piece.means(Cue.AND, Cue.OR)
        if not (is_between or any(piece.of_kind(kind) for kind in ADJECTIVES)):
            return False
    return False


def _names_nothing(said: Said) -> bool:
    """Return true for values and days alone: "moved back in october, tier 1"; news are of somebody or something."""
    return all(
        piece.is_filler
        or piece.when
        or piece.segment
        or piece.means(Cue.MOVE, Cue.TOTAL, Cue.AT)
        or any(piece.of_kind(kind) for kind in ADJECTIVES)
        for piece in said.pieces
    )


def _begins_with_ones(said: Said) -> bool:
    """Return true for "the ones that fell back" and "those who left"."""
    words = [word for piece in said.pieces[:4] for word in piece.typed.casefold().split()]
    words = words[1:] if words[:1] == ["the"] else words
    roles = {word for piece in said.pieces[:2] if piece.of_kind(BuyingRole) for word in piece.typed.casefold().split()}
    are_people = bool(words) and words[0] in roles and words[0].endswith("s")
    return (are_people or words[:1] in (["ones"], ["those"], ["accounts"], ["stuff"], ["things"])) and words[1:2] in (
        ["that"],
        ["which"],
        ["who"],
        ["where"],
    )


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


def _found(words: Sequence[str], *, needs_verb: bool) -> list[Deed]:
    """Return the deeds of the phrases of news in the words, the longest at each place."""
    known, position = _phrases(), 0
    found: list[Deed] = []
    while position < len(words):
        for count in range(min(LONGEST, len(words) - position), 0, -1):
            deeds = known.get(tuple(words[position : position + count]))
            if deeds and not (needs_verb and not any(map(is_verb, words[position : position + count]))):
                found += deeds
                break
        position += 1
    return found


@cache
def _phrases() -> Mapping[tuple[str, ...], Sequence[Deed]]:
    found: dict[tuple[str, ...], list[Deed]] = defaultdict(list)
    for deed, text in NEWS.items():
        for phrase in phrases(text):
            found[phrase].append(deed)
    return found


@cache
def _openers() -> tuple[tuple[str, ...], ...]:
    return tuple(phrases(NEWS_OPENERS))
