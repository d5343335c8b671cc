"""Orders: a verb that changes something at the beginning, and the deeds whose forms fit what it is said of."""

from collections.abc import Mapping
from functools import cache

from agendas.facts.group import BuyingRole
from assistant.query import Subject
from assistant.reading.pieces import Piece, Said
from assistant.reading.remarks.deeds import DEED_OF_SUBJECT, deeds_of
from assistant.reading.remarks.order_words import ACTED_ON, FOR_SOMEBODY, NO_OBJECTS, NOUNS_TOO, TO_SOMEBODY
from assistant.reading.remarks.polite import start_of_order, words_of_how
from assistant.reading.remarks.wishes import value_wanted, verb_wanted
from assistant.reading.rules.forms import STRONG
from assistant.reading.vocabulary.cues import Cue
from assistant.reading.vocabulary.lexicon import phrases
from assistant.reading.vocabulary.remarks import ORDERS
from assistant.remark import Deed

QUESTIONS = (Cue.WHICH, Cue.WHY, Cue.WHEN, Cue.WHO, Cue.IF, Cue.HOW)
TOLD_WITH_TEXT = frozenset({Subject.BLOCKERS, Subject.ACTIONS, Subject.EVIDENCE, Subject.SIGNALS, Subject.DECISIONS})


def ordered(said: Said) -> tuple[Deed, ...]:
    """Return the deeds that the text orders, best first; empty where it orders nothing."""
    words = [word for piece in said.pieces for word in piece.typed.casefold().replace("'", "").split()]
    how = words_of_how(words)
    start = how + start_of_order(words[how:])
    is_polite = how > 0 or bool({"you", "u", "please", "pls", "lets", "possible"} & set(words[:start]))
    words = [*words[:start], *(_plain(word) for word in words[start : start + 1]), *words[start + 1 :]]
    if thing := _thing_with_text(said):
        return (thing, Deed.UPDATE)
    if wished := _wished(said, words):
        return wished
    if (
        not how
        and start < len(words)
        and {"can", "could", "would", "will"} & set(words[:start])
        and "you" not in words[:start]
    ):
        return ()
    deed, count = _verb(words, start)
    if deed is None or _is_asked(said, start):
        return ()
    if said.pieces[-1].mark == "?" and not is_polite:
        return ()
    if words[start] in TO_SOMEBODY and _is_handed_over(said, words, start + 1):
        return (Deed.EDIT, deed)
    return deeds_of(said, deed) if _is_of_something(said, words, start, count) else ()


def _wished(said: Said, words: list[str]) -> tuple[Deed, ...]:
    """Return the deeds of what an account should be or become; empty for a question, and where none is named."""
    if wanted := value_wanted(said):
        return (wanted, Deed.UPDATE)
    has_account = any(piece.account is not None for piece in said.pieces[:3])
    if not has_account or said.pieces[-1].mark == "?" or said.has(*QUESTIONS):
        return ()
    verb = _verbs().get((_base_of(verb_wanted(words)),))
    return deeds_of(said, verb) if verb is not None else ()


def _is_of_something(said: Said, words: list[str], start: int, count: int) -> bool:
    """Return true if the verb of so many words is said of a thing or a person that follows it."""
    if count == 1 and words[start] in NOUNS_TOO and not _is_acted_on(said, words, start + 1):
        return False
    if words[start] in FOR_SOMEBODY and not _is_for_somebody(said, words, start):
        return False
    after = words[start + count] if start + count < len(words) else ""
    return count > 1 or bool(after and after not in NO_OBJECTS)


def _is_asked(said: Said, start: int) -> bool:
    """Return true for a question, also after a pause: "the deck - when is it due", "send me the list"."""
    if said[0].means(Cue.TOTAL):
        return True
    is_after_pause = any(said[position - 1].mark for position in said.where(Cue.WHEN, Cue.WHO) if position)
    has_word = said.has(Cue.COMPARE, Cue.IF, Cue.WHICH, Cue.WHY, Cue.HOW_MANY)
    return is_after_pause or has_word or _is_request(said, start)


def _base_of(participle: str) -> str:
    """Return the verb of "paused" and "closed", of "put" itself."""
    stem = participle.removesuffix("ed")
    return next((each for each in (participle, stem, f"{stem}e", stem[:-1]) if (each,) in _verbs()), participle)


def _plain(word: str) -> str:
    """Return the verb of "would you mind adding", any other word as it is."""
    if not word.endswith("ing"):
        return word
    stem = word[:-3]
    return next((each for each in (stem, f"{stem}e", stem[:-1]) if (each,) in _verbs()), word)


def _thing_with_text(said: Said) -> Deed | None:
    """Return the deed of a thing named with its text after a colon: "new action at Maple: send the pricing"."""
    first = next((each for each in range(len(said)) if said[each].typed.casefold() not in ("a", "new", "add")), None)
    subject = None if first is None else next(iter(said[first].of_kind(Subject)), None)
    colon = next((each for each, piece in enumerate(said.pieces[:-2]) if piece.mark == ":"), None)
    if first is None or subject not in TOLD_WITH_TEXT or colon is None or colon < first or _asks(said, colon + 1):
        return None
    is_named = any(piece.account is not None or piece.persons for piece in said.pieces[first : colon + 1])
    is_one = not said[first].typed.casefold().endswith("s")
    return DEED_OF_SUBJECT[subject] if is_one and (is_named or first > 0) else None


def _asks(said: Said, position: int) -> bool:
    return said[position].means(*STRONG, Cue.WHICH, Cue.HOW, Cue.SHOW, Cue.IS, Cue.DO, Cue.HAVE, Cue.ANY)


def _is_handed_over(said: Said, words: list[str], position: int) -> bool:
    """Return true if an account follows the verb, and then a person: "assign Kestrel to me"."""
    starts = {_first_word(piece) for piece in said.pieces if piece.account is not None}
    is_to = any(piece.persons for piece in said.pieces) or "me" in words[position:]
    return words[position : position + 1] != [] and words[position] in starts and "to" in words[position:] and is_to


def _is_request(said: Said, start: int) -> bool:
    """Return true for "send me the list": something to see, not to do."""
    position = 0
    for piece in said.pieces:
        position += len(piece.typed.split())
        if piece.meanings != (Cue.FILLER,) and position > start:
            return piece.means(Cue.SHOW) and " " in piece.typed
    return False


def _verb(words: list[str], start: int) -> tuple[Deed | None, int]:
    for count in (3, 2, 1):
        deed = _verbs().get(tuple(words[start : start + count]))
        if deed is not None and len(words) >= start + count:
            return deed, count
    return None, 0


def _is_acted_on(said: Said, words: list[str], position: int) -> bool:
    """Return true if an article, a pronoun or a name follows the verb."""
    if position >= len(words):
        return False
    if words[position] in ACTED_ON or words[position].rstrip("'s") in ACTED_ON:
        return True
    if any((piece.is_name or piece.when) and _first_word(piece) == words[position] for piece in said.pieces):
        return True
    # a name that nobody knows takes the verb with it: "set Lena Fuchs as ..."
    first = next((piece for piece in said.pieces if _first_word(piece) == words[position - 1]), None)
    is_role = any(piece.of_kind(BuyingRole) for piece in said.pieces) and "as" in words
    return is_role and first is not None and not first.meanings and " " in first.typed


def _first_word(piece: Piece) -> str:
    return piece.typed.casefold().replace("'", "").split()[0]


def _is_for_somebody(said: Said, words: list[str], position: int) -> bool:
    """Return true for "tell Nora to call" and "remind me to", false for "tell me" and "remind me who"."""
    rest = words[position + 1 : position + 5]
    if words[position] == "take":
        return bool({"off", "from", "out"} & set(rest))
    return "to" in rest or (any(piece.persons for piece in said.pieces) and "me" not in rest[:1])


@cache
def _verbs() -> Mapping[tuple[str, ...], Deed]:
    found: dict[tuple[str, ...], Deed] = {}
    for deed, text in ORDERS.items():
        for phrase in phrases(text):
            found.setdefault(phrase, deed)
    return found
