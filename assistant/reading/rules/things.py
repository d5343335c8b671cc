"""Things that an account can have or be without, and the words around them: "with a blocker", "no champion yet"."""

from dataclasses import replace
from typing import TypeVar

from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Field, Having, Progress, Subject, Way
from assistant.reading.parts import Parts
from assistant.reading.pieces import Piece, Said
from assistant.reading.rules.absent import (
    HAVING_OF_FIELD,
    HAVING_OF_VERB,
    are_claims,
    empty_roles,
    without_events,
)
from assistant.reading.vocabulary.cues import Cue

T = TypeVar("T")

HAVING_OF_SUBJECT = {
    Subject.ACTIONS: Having.NEXT_ACTION,
    Subject.BLOCKERS: Having.BLOCKER,
    Subject.ASKS: Having.ASK,
    Subject.DECISIONS: Having.DECISION,
    Subject.CHANGES: Having.UPDATE,
    Subject.MOVEMENT: Having.MOVEMENT,
    Subject.EVIDENCE: Having.EVIDENCE,
    Subject.SIGNALS: Having.SIGNAL,
    Subject.PEOPLE: Having.CONTACT,
    Subject.DEALS: Having.DEAL,
    Subject.PLAYS: Having.PLAY,
    Subject.REVIEWS: Having.REVIEW,
}
NEEDED = (
    *(Having.NARRATIVE, Having.NEXT_ACTION, Having.PLAY, Having.ROLE, Having.OWNER, Having.PARTNER, Having.FIT),
    *(Having.JUSTIFICATION, Having.SEGMENT, Having.VALUE),
)
"""Things that accounts need which are without them."""

SKIPPED = (Cue.FILLER, Cue.THEY, Cue.NOW, Cue.ALL, Cue.ONLY, Cue.HAVE, Cue.US, Cue.THERE_IS, Cue.NEXT)
JOINS = (Cue.AND, Cue.OR)


def with_things(said: Said, parts: Parts) -> Parts:
    """Return the parts with what the accounts asked for have, and are without."""
    empty = empty_roles(said)
    said.use(*_whose(said), *empty)
    parts = _without_things(said, parts)
    for position in said.where(Cue.WITH, Cue.HAVE, Cue.THERE_IS):
        if position not in said.used and _governs(said, position):
            found = [each for each in _things_after(said, position) if not _is_valued(said, each)]
            # one question asks for roles that are there, or for those that are not
            if Having.ROLE in parts.without:
                found = [each for each in found if thing_of(said[each]) is not Having.ROLE]
            parts = _with_found(said, parts, found, is_without=False)
            said.use(*([position] if found else []))
    without = (*parts.without, *((Having.ROLE,) if empty else ()))
    return without_events(said, replace(parts, without=without))


def _without_things(said: Said, parts: Parts) -> Parts:
    for position in said.where(Cue.WITHOUT, Cue.MISSING, Cue.NOT):
        found = _missing(said, position)
        if are_claims(said, position, found):
            parts = replace(parts, ways=(Way.CLAIMED,))
            said.use(position, *found)
        elif found:
            parts = _with_found(said, parts, found, is_without=True)
            again = [each for each in said.where(Cue.WITHOUT) if position < each < found[-1]]
            said.use(position, *again)
    for position in said.where(Cue.NEED):
        if found := _needed(said, position):
            parts = _with_found(said, parts, found, is_without=True)
            said.use(position)
    return parts


def _missing(said: Said, position: int) -> list[int]:
    """Return the positions of the things that "without", "missing" or "not" is said of."""
    piece = said[position]
    after = _things_after(said, position)
    if piece.means(Cue.WITHOUT, Cue.MISSING):
        is_of_people = said.has(Subject.PEOPLE) or (said.has(Cue.WHO) and said.has(Cue.US))
        is_of_people = is_of_people and piece.means(Cue.MISSING) and not said.has(Subject.ACCOUNTS)
        is_gap = (piece.means(Field.ROLES) or is_of_people) and not after
        return [position] if is_gap else after or _things_before(said, position)
    is_of_accounts = said.has(Subject.ACCOUNTS) and position not in said.used
    return after if is_of_accounts and after and not said[after[0]].means(*HAVING_OF_VERB) else []


def _needed(said: Said, position: int) -> list[int]:
    """Return the positions of what accounts are said to need, and so are without: "accounts that need a narrative"."""
    is_of_accounts = any(said[each].means(Subject.ACCOUNTS) for each in range(position))
    after = _things_after(said, position) if is_of_accounts else []
    return after if after and all(thing_of(said[each]) in NEEDED for each in after) else []


def _whose(said: Said) -> list[int]:
    """Return the `whose` of "accounts whose value is missing", which asks for no owner."""
    nouns = (Subject.ACCOUNTS, Cue.THEY, Cue.ALL)
    return [each for each in said.where(Cue.WHOSE) if each and said[each - 1].means(*nouns) and not said[each - 1].mark]


def _is_valued(said: Said, position: int) -> bool:
    """Return true for a field that is said with its value: "with segment transport", "with Nora as owner"."""
    after = said[position + 1] if position + 1 < len(said) and not said[position].mark else None
    is_before_value = after is not None and bool(after.segment or after.persons or after.amount)
    return bool(said[position].of_kind(Field)) and (is_before_value or said[position - 1].typed.casefold() == "as")


def thing_of(piece: Piece) -> Having | None:
    """Return the thing that a piece names as something to have."""
    for having in piece.of_kind(Having):
        return having
    for subject in piece.of_kind(Subject):
        if subject in HAVING_OF_SUBJECT:
            return HAVING_OF_SUBJECT[subject]
    if piece.of_kind(BuyingRole):
        return Having.ROLE
    if piece.of_kind(SignalKind):
        return Having.SIGNAL
    if piece.means(Function.EXECUTIVE):
        return Having.EXECUTIVE
    return next((HAVING_OF_FIELD[field] for field in piece.of_kind(Field) if field in HAVING_OF_FIELD), None)


def _governs(said: Said, position: int) -> bool:
    """Return true if what follows `with` or `have` is a filter of accounts, not the thing asked for."""
    before = said.before_of_weight(position)
    if said[position].means(Cue.WITH):
        return before is not None or position == 0
    if before is None or (position + 1 < len(said) and said[position + 1].means(Cue.OTHERS)):
        return False
    if said.has(Cue.WHERE) and not said.has(Cue.MISSING):
        return True
    if said[position].means(Cue.THERE_IS):
        return said.has(Subject.ACCOUNTS) and said.has(Cue.HOW_MANY) and _only_a_field_follows(said, position)
    return _has_of(said, before, position)


def _has_of(said: Said, before: int, position: int) -> bool:
    """Return true if who has the thing are the accounts asked for, or an account has a thing that is no subject."""
    relative = said.before_of_weight(before) if said[before].means(Cue.THAT) else None
    piece = said[before if relative is None else relative]
    if piece.means(Cue.WHO) and (_has_noun(said, position, len(said)) or said.has(Cue.OVERDUE)):
        return False
    if piece.means(Subject.ACCOUNTS, Cue.WHICH, Cue.WHO) and not _has_noun(said, before + 1, position):
        return True
    is_counted = piece.means(Cue.US) and said.has(Subject.ACCOUNTS) and said.has(Cue.HOW_MANY)
    if is_counted or piece.account is not None or piece.means(Cue.IT, Cue.THEY):
        return _only_a_field_follows(said, position)
    return bool(piece.segment) or any(isinstance(each, int) for each in piece.meanings)


def _has_noun(said: Said, start: int, end: int) -> bool:
    return any(said[each].of_kind(Subject) for each in range(start, end))


def _only_a_field_follows(said: Said, position: int) -> bool:
    """Return true for "does X have an owner": a thing that is no subject of its own."""
    after = said.next_of_weight(position)
    if after is not None and said[after].means(Cue.FOR):
        after = said.next_of_weight(after)
    if after is None or said[after].of_kind(Subject):
        return False
    if said[after].of_kind(BuyingRole):
        return False
    return thing_of(said[after]) is not None


def _things_after(said: Said, position: int) -> list[int]:
    """Return the positions of the things that follow, joined by `and`, `or` and commas."""
    found: list[int] = []
    for each in range(position + 1, len(said)):
        piece = said[each]
        if each in said.used:
            break
        is_late = piece.means(Cue.OVERDUE) and not said.has(Subject.DEALS)
        if (thing_of(piece) is not None and not piece.means(Subject.ACCOUNTS)) or is_late:
            found.append(each)
        elif piece.typed.casefold() == "for" or not (
            piece.means(*SKIPPED, *JOINS) or piece.means(Progress.OPEN) or piece.means(Cue.WITHOUT)
        ):
            break
        if found and piece.mark and piece.mark not in ",":
            break
    return found


def _things_before(said: Said, position: int) -> list[int]:
    """Return the thing that is said to be missing: "the champion is missing"."""
    for each in range(position - 1, -1, -1):
        if thing_of(said[each]) is not None and each not in said.used and said[position].means(Cue.MISSING):
            return [each]
        if not said[each].means(Cue.FILLER, Cue.IS, Cue.NOW, Cue.WHICH, Cue.HAVE):
            break
    return []


def _with_found(said: Said, parts: Parts, found: list[int], *, is_without: bool) -> Parts:
    things, roles, signals = [], list(parts.roles), list(parts.signals)
    for each in found:
        piece = said[each]
        thing = _thing_there(said, piece)
        if thing is not None:
            things.append(thing)
        if thing is Having.ROLE:
            roles += piece.of_kind(BuyingRole)
        if thing is Having.SIGNAL:
            signals += piece.of_kind(SignalKind)
        said.use(each, *_open_before(said, each))
    if is_without and Having.CONTACT in things and any(piece.when for piece in said.pieces):
        things = [Having.TOUCH if each is Having.CONTACT else each for each in things]
    if Having.OVERDUE_ACTION in things:
        things = [each for each in things if each is not Having.NEXT_ACTION]
    name = "without" if is_without else "having"
    already: tuple[Having, ...] = parts.without if is_without else parts.having
    merged = tuple(dict.fromkeys((*already, *things)))
    parts = replace(parts, roles=_once(roles), signals=_once(signals))
    return replace(parts, without=merged) if name == "without" else replace(parts, having=merged)


def _thing_there(said: Said, piece: Piece) -> Having | None:
    """Return the thing that a piece names here: overdue actions, a role, an executive of ours."""
    if piece.means(Cue.MISSING):
        return Having.ROLE
    if piece.means(BuyingRole.EXECUTIVE_SPONSOR) and said.has(Cue.ON_OUR_SIDE):
        return Having.EXECUTIVE
    is_late = piece.means(Cue.OVERDUE) and not piece.of_kind(Subject)
    return Having.OVERDUE_ACTION if is_late else thing_of(piece)


def _open_before(said: Said, position: int) -> list[int]:
    """Return the position of the "open" of "an open deal", which a thing to have is anyway."""
    before = position - 1
    return [before] if before >= 0 and said[before].means(Progress.OPEN) else []


def _once(values: list[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
