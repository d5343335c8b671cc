"""Orders: a verb that changes something at the beginning, and the deeds whose forms fit what it is said of."""

from collections.abc import Iterator, Mapping
from functools import cache

from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.list_filter import AccountStanding
from agendas.facts.signals import SignalKind
from assistant.query import Field, Having, Progress, Subject, Way
from assistant.reading.pieces import Piece, Said
from assistant.reading.remarks.order_words import ACTED_ON, FOR_SOMEBODY, NO_OBJECTS, NOUNS_TOO, TO_SOMEBODY
from assistant.reading.remarks.polite import start_of_order, words_of_how
from assistant.reading.rules.forms import STRONG
from assistant.reading.vocabulary.cues import Cue
from assistant.reading.vocabulary.lexicon import phrases
from assistant.reading.vocabulary.remarks import ORDERS
from assistant.remark import Deed

CHANGING = (Deed.EDIT, Deed.MOVE, Deed.TIER, Deed.UPDATE, Deed.DONE, Deed.NOMINATE)
CREATING = (Deed.UPDATE, Deed.EDIT, Deed.NEXT_ACTION)
ENDING = (Deed.DONE, Deed.RESOLVE, Deed.REMOVE, Deed.REVIEW)
DEED_OF_SUBJECT: dict[Subject, Deed] = {
    Subject.BLOCKERS: Deed.BLOCKER,
    Subject.ACTIONS: Deed.NEXT_ACTION,
    Subject.EVIDENCE: Deed.EVIDENCE,
    Subject.SIGNALS: Deed.SIGNAL,
    Subject.PEOPLE: Deed.CONTACT,
    Subject.REVIEWS: Deed.REVIEW,
    Subject.DECISIONS: Deed.DECIDE,
    Subject.MOVEMENT: Deed.MOVE,
    Subject.CHANGES: Deed.UPDATE,
}
DEED_OF_END = {Subject.BLOCKERS: Deed.RESOLVE, Subject.ACTIONS: Deed.DONE}
"""Deeds where something is said to be over."""

NOT_EDITED = (Field.TIER, Field.STAGE, Field.DUE)
MOST_DEEDS = 3
TOLD_WITH_TEXT = frozenset({Subject.BLOCKERS, Subject.ACTIONS, Subject.EVIDENCE, Subject.SIGNALS, Subject.DECISIONS})
DEED_OF_DECISION = {
    DecisionKind.CHANGE_TIER: Deed.TIER,
    DecisionKind.KEEP: Deed.DECIDE,
    DecisionKind.INTERVENE: Deed.DECIDE,
    DecisionKind.PAUSE: Deed.PAUSE,
    DecisionKind.REMOVE: Deed.REMOVE,
}


def ordered(said: Said) -> tuple[Deed, ...]:
    """Return the deeds that the text orders, best first; empty where it orders nothing."""
    words = [word for piece in said.pieces for word in piece.typed.casefold().replace("'", "").split()]
    how = words_of_how(words)
    start = how + start_of_order(words[how:])
    is_polite = how > 0 or bool({"you", "u", "please", "pls", "lets", "possible"} & set(words[:start]))
    words = [*words[:start], *(_plain(word) for word in words[start : start + 1]), *words[start + 1 :]]
    if thing := _thing_with_text(said):
        return (thing, Deed.UPDATE)
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
    return _deeds(said, deed) if _is_of_something(said, words, start, count) else ()


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
    return any((piece.is_name or piece.when) and _first_word(piece) == words[position] for piece in said.pieces)


def _first_word(piece: Piece) -> str:
    return piece.typed.casefold().replace("'", "").split()[0]


def _is_for_somebody(said: Said, words: list[str], position: int) -> bool:
    """Return true for "tell Nora to call" and "remind me to", false for "tell me" and "remind me who"."""
    rest = words[position + 1 : position + 5]
    if words[position] == "take":
        return bool({"off", "from", "out"} & set(rest))
    return "to" in rest or (any(piece.persons for piece in said.pieces) and "me" not in rest[:1])


def _deeds(said: Said, verb: Deed) -> tuple[Deed, ...]:
    """Return the deeds that the verb means, said of what it is said of."""
    if verb in CHANGING and _is_to_state(said):
        return (Deed.STATE, Deed.UPDATE, Deed.MOVE)
    found = [*_of_values(said, verb), *_of_nouns(said, verb), verb]
    if verb is Deed.REMOVE:
        found.append(Deed.OTHER)
    if verb in (Deed.EDIT, Deed.UPDATE) and len(found) == 1:
        found.append(Deed.EDIT if verb is Deed.UPDATE else Deed.UPDATE)
    return tuple(dict.fromkeys(found))[:MOST_DEEDS]


def _is_to_state(said: Said) -> bool:
    """Return true for an account that a state is to be set of: "mark Corvane as stalled", "set Halden red"."""
    named = next((each for each, piece in enumerate(said.pieces) if piece.account is not None), len(said))
    for position in range(named + 1, len(said)):
        before, state = said[position - 1], said[position]
        is_set = before.account is not None or before.typed.casefold() in ("as", "to", "being", "is")
        is_value = any(isinstance(each, Stage | ListStatus | int) for each in state.meanings)
        is_state = any(isinstance(each, AccountStanding | Way) for each in state.meanings)
        if is_set and is_state and not is_value:
            return True
    return False


def _of_values(said: Said, verb: Deed) -> Iterator[Deed]:
    if verb is Deed.MOVE and any(piece.when for piece in said.pieces):
        yield from (Deed.REVIEW, Deed.NEXT_ACTION)
    if verb not in CHANGING:
        return
    meanings = [meaning for piece in said.pieces for meaning in piece.meanings]
    is_of_fields = any(isinstance(each, Field) and each not in NOT_EDITED for each in meanings)
    wanted = (
        (Deed.TIER, any(isinstance(each, int) or each is Field.TIER for each in meanings)),
        (Deed.MOVE, any(isinstance(each, Stage) or each is Field.STAGE for each in meanings)),
        (Deed.PAUSE, said.has(ListStatus.PAUSED) or _has_word(said, "hold")),
        (Deed.REMOVE, said.has(ListStatus.REMOVED)),
        (Deed.NOMINATE, said.has(ListStatus.NAMED)),
        (Deed.DONE, said.has(Progress.DONE) and not said.has(Subject.BLOCKERS)),
        (Deed.EDIT, is_of_fields),
    )
    yield from (deed for deed, is_meant in wanted if is_meant)
    yield from (DEED_OF_DECISION[each] for each in meanings if isinstance(each, DecisionKind))


def _has_word(said: Said, word: str) -> bool:
    return any(word in piece.typed.casefold().split() for piece in said.pieces)


def _of_nouns(said: Said, verb: Deed) -> Iterator[Deed]:
    is_end = verb in ENDING or said.has(Progress.DONE)
    deeds = {**DEED_OF_SUBJECT, **(DEED_OF_END if is_end else {})}
    if verb in CREATING:
        deeds[Subject.ACCOUNTS] = Deed.NOMINATE
    if verb in CREATING and len(said) > 1 and _is_of_somebody_new(said):
        yield Deed.CONTACT
    for piece in said.pieces:
        yield from (deeds[subject] for subject in piece.of_kind(Subject) if subject in deeds)
        if piece.of_kind(SignalKind) and verb in CREATING:
            yield Deed.SIGNAL
        if piece.of_kind(BuyingRole) and verb in CREATING:
            yield Deed.CONTACT
        if piece.means(Having.PROOF) and verb in CREATING:
            yield Deed.EVIDENCE
        if piece.means(Having.PROPOSAL) and verb in CREATING:
            yield Deed.TIER


def _is_of_somebody_new(said: Said) -> bool:
    """Return true for a name that we don't know right after the verb, and an account: "add Hugo Blanc to Maple"."""
    first = next((each for each, piece in enumerate(said.pieces) if piece.is_unknown or piece.choice), None)
    is_after_verb = first is not None and first > 0 and bool(said[first - 1].typed.casefold() in ("add", "save", "put"))
    return is_after_verb and any(piece.account is not None for piece in said.pieces)


@cache
def _verbs() -> Mapping[tuple[str, ...], Deed]:
    found: dict[tuple[str, ...], Deed] = {}
    for deed, text in ORDERS.items():
        for phrase in phrases(text):
            found.setdefault(phrase, deed)
    return found
