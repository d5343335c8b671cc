"""The deeds whose forms fit what an order is said of."""

from collections.abc import Iterator

from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.list_filter import AccountStanding
from agendas.facts.signals import SignalKind
from assistant.query import Field, Having, Progress, Subject, Way
from assistant.reading.pieces import Piece, Said
from assistant.reading.vocabulary.cues import Cue
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
DEED_OF_DECISION = {
    DecisionKind.CHANGE_TIER: Deed.TIER,
    DecisionKind.CHANGE_MOTION: Deed.DECIDE,
    DecisionKind.KEEP: Deed.DECIDE,
    DecisionKind.INTERVENE: Deed.DECIDE,
    DecisionKind.PAUSE: Deed.PAUSE,
    DecisionKind.REMOVE: Deed.REMOVE,
}


def deeds_of(said: Said, verb: Deed) -> tuple[Deed, ...]:
    """Return the deeds that the verb means, said of what it is said of."""
    if verb in CHANGING and said.has(Cue.RIGHT) and any(piece.persons for piece in said.pieces):
        return (Deed.OTHER,)
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
        if verb in CREATING:
            yield from _created(piece)


def _created(piece: Piece) -> Iterator[Deed]:
    """Yield the deeds by which the thing that a piece names comes into being."""
    if piece.of_kind(SignalKind):
        yield Deed.SIGNAL
    if piece.of_kind(BuyingRole):
        yield Deed.CONTACT
    if piece.means(AccountStanding.NEW) and "account" in piece.typed.casefold():
        yield Deed.NOMINATE
    if piece.means(Having.PROOF):
        yield Deed.EVIDENCE
    if piece.means(Having.PROPOSAL):
        yield Deed.TIER


def _is_of_somebody_new(said: Said) -> bool:
    """Return true for a name that we don't know right after the verb, and an account: "add Hugo Blanc to Maple"."""
    first = next((each for each, piece in enumerate(said.pieces) if piece.is_unknown or piece.choice), None)
    is_after_verb = first is not None and first > 0 and bool(said[first - 1].typed.casefold() in ("add", "save", "put"))
    return is_after_verb and any(piece.account is not None for piece in said.pieces)
