"""The kind of thing whose person a question with `who` asks for: who does the work, who decided, who works there."""

from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.list_filter import AccountStanding
from agendas.facts.signals import SignalKind
from assistant.query import Field, Having, Progress, Subject, Way
from assistant.reading.parts import Parts
from assistant.reading.pieces import Piece, Said
from assistant.reading.rules.titles import is_title, is_verb_here, job
from assistant.reading.subjects.nouns import WIDE, any_of, head_noun
from assistant.reading.vocabulary.cues import Cue

OF_WORK = (Cue.GO_AFTER, Cue.WHOSE, Cue.DO, Cue.HAVE, Cue.OWN, Cue.DOING, Cue.OWE, Cue.RESOLVE, Cue.ME, Cue.US)
"""Words between `who` and a title that make it work: "who has the contract", in contrast to "who is Dana Weber"."""

AT_WORK = frozenset({"doing", "on", "meant to", "supposed to", "expected to", "going to", "has to", "done"})
PARTS_WITH_PEOPLE = frozenset({"legal", "security", "compliance"})

WITHIN = frozenset({"at", "in", "from", "over at", "inside", "within"})
"""Words before an account at which people are asked for."""

STATED = (Stage, AccountStanding)
VALUES = (Field, Stage, AccountStanding, ListStatus, DecisionKind, SignalKind, Progress, Way, Having, BuyingRole, int)


def who_is_asked_for(said: Said, parts: Parts) -> Subject | None:
    """Return the subject of a question with `who` by how it is built, None where other words tell it."""
    fields = {field for _, field in said.of_kind(Field)}
    if said.has_left(Cue.OWN) and fields and fields <= {Field.LAST_REVIEW, Field.NEXT_REVIEW}:
        return Subject.REVIEWS
    if said.has_left(Cue.ON_OUR_SIDE) and parts.of and head_noun(said) in (Subject.PEOPLE, Subject.MEMBERS):
        return Subject.ACCOUNTS
    if parts.of and said.has_left(Cue.OWE) and _is_assigned(said):
        return Subject.ACCOUNTS
    if head_noun(said) in (None, *WIDE):
        told = _by_verb(said, parts)
        if told is not None:
            return told
    if said.has_left(Cue.RECORD) and parts.of and any_of(said, *STATED):
        return Subject.ACCOUNTS
    if head_noun(said) is Subject.MEMBERS and parts.of and said.has_left(Cue.OWN):
        return Subject.ACCOUNTS
    return Subject.PEOPLE if parts.of and _is_somebody_there(said, parts) else None


def _by_verb(said: Said, parts: Parts) -> Subject | None:
    """Return what a verb tells where no noun says otherwise: "who flagged the budget freeze", "who dropped it"."""
    has_title = any(is_title(said, each) for each in range(len(said)))
    is_of_event = said.has_left(Cue.TITLE) and not said.has_left(Cue.DISCUSS)
    if said.has_left(Cue.RAISE) and not said.has_left(Cue.RECORD, Cue.DECIDE):
        return Subject.BLOCKERS
    if any_of(said, BuyingRole) and said.has_left(Cue.BUYER_DID):
        return Subject.PEOPLE
    if is_of_event and said.has_left(Cue.ATTEND) and parts.of:
        is_work_too = any(piece.means(Cue.ATTEND) and piece.means(Cue.DOING) for piece in said.pieces)
        return Subject.ACTIONS if is_work_too else Subject.EVIDENCE
    return Subject.ACCOUNTS if parts.of and said.has_left(Progress.DROPPED) and not has_title else None


def _is_assigned(said: Said) -> bool:
    """Return true for "to whom is Corvane assigned": the account itself; uses the word as one for owners."""
    is_assigned = any(said[each].typed.casefold() == "assigned" for each in said.where(Cue.OWE))
    has_thing = any(is_title(said, each) for each in range(len(said))) or head_noun(said) is not None
    return is_assigned and not has_thing


def is_work(said: Said) -> bool:
    """Return true for "who does the review" in contrast to "who is Dana Weber"."""
    if any(piece.means(Cue.TITLE) and not _is_of_people(piece) for piece in said.pieces):
        return True
    who = said.first(Cue.WHO, Cue.WHOSE)
    title = next((each for each in range(who or 0, len(said)) if is_title(said, each)), None)
    if who is None or title is None:
        return False
    between = said.pieces[who:title] if said[who].means(Cue.WHOSE) else said.pieces[who + 1 : title]
    return any(_is_of_work(piece) for piece in between) or is_verb_here(said, title)


def _is_of_people(piece: Piece) -> bool:
    return bool(job(piece)) or piece.typed.casefold() in PARTS_WITH_PEOPLE


def _is_of_work(piece: Piece) -> bool:
    return piece.means(*OF_WORK) or piece.typed.casefold() in AT_WORK


def _is_somebody_there(said: Said, parts: Parts) -> bool:
    """Return true for "who at Corvane is for us": the account is a place, and nothing else is asked of it."""
    where = [position for position, piece in enumerate(said.pieces) if piece.account is not None]
    is_place = all(position and said[position - 1].typed.casefold() in WITHIN for position in where)
    is_plain = not (parts.having or parts.without or parts.states or any_of(said, *VALUES))
    verbs = (
        Cue.OWN,
        Cue.DOING,
        Cue.WAIT,
        Cue.NEED,
        Cue.RECORD,
        Cue.DECIDE,
        Cue.MOVE,
        Cue.ON_OUR_SIDE,
        Cue.OWE,
        Cue.BUYER_DID,
        Cue.ATTEND,
        Cue.ADD,
        Cue.LEAVE,
        Cue.ASKED,
        Cue.BLOCK,
        Cue.BLOCKED,
        Cue.OVERDUE,
        Cue.DUE,
    )
    has_verb = said.has_left(*verbs) or any(is_title(said, each) for each in range(len(said)))
    return is_place and is_plain and not has_verb and head_noun(said) in (None, *WIDE)
