"""The subject that a verb tells: what moved, who decided, what holds it up."""

from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.list_filter import AccountStanding
from assistant.query import Field, Form, Subject, Way
from assistant.reading.pieces import Said
from assistant.reading.subjects.case import Case
from assistant.reading.subjects.nouns import any_of, head_noun
from assistant.reading.vocabulary.cues import Cue

SUBJECT_OF_VERB: dict[Cue, Subject] = {
    Cue.ASKED: Subject.ASKS,
    Cue.BLOCK: Subject.BLOCKERS,
    Cue.RESOLVE: Subject.BLOCKERS,
    Cue.BUYER_DID: Subject.EVIDENCE,
    Cue.DECIDE: Subject.DECISIONS,
    Cue.PROMOTE: Subject.LIST_CHANGES,
    Cue.DEMOTE: Subject.LIST_CHANGES,
    Cue.ATTEND: Subject.REVIEWS,
    Cue.DISCUSS: Subject.REVIEWS,
    Cue.START: Subject.PLAYS,
}
"""Subjects told by a verb alone, the likeliest first."""

REVIEW_FIELDS = (Field.LAST_REVIEW, Field.NEXT_REVIEW)

WITHIN = ("in", "of", "at", "among")
"""Words between a movement and the tier of the accounts that moved."""

LEAVING = (DecisionKind.REMOVE, DecisionKind.PAUSE)


def list_change(case: Case) -> Subject | None:
    """Return changes of the list, where accounts came on it, left it or changed tier."""
    if (
        case.said.has_left(Cue.NEWS, Cue.MOVE, Subject.CHANGES)
        and case.said.has_left(ListStatus.NAMED)
        and not case.parts.of
    ):
        return Subject.LIST_CHANGES
    if case.said.has_left(Cue.MOVE) and _is_to_tier(case.said):
        return Subject.LIST_CHANGES
    if case.parts.of or case.said.has_left(Cue.DECIDE, Subject.DECISIONS):
        return None
    statuses = {status for _, status in case.said.of_kind(ListStatus)} - {ListStatus.NAMED, ListStatus.CANDIDATE}
    is_of_accounts = any(_is_of_accounts(case.said, each) for each in case.said.where(*statuses))
    is_deed = case.said.has(Cue.DO, Cue.BY, Cue.RECORD, Cue.NEWS) and not case.said.has(Cue.HAVE)
    has_person = any(piece.persons for piece in case.said.pieces) and not is_of_accounts and is_deed
    is_told = has_person or any(piece.when for piece in case.said.pieces) or case.said.has_left(Cue.ME)
    is_told = is_told or (case.said.has_left(Cue.WHO, Cue.US) and case.said.has_left(Cue.DO))
    is_of_review = case.said.has(Subject.REVIEWS, Subject.PEOPLE, *REVIEW_FIELDS) and not statuses
    if (case.said.has_left(Cue.ADD, *LEAVING) and not is_of_review) or (statuses and is_told):
        return Subject.LIST_CHANGES
    return None


def _is_of_accounts(said: Said, position: int) -> bool:
    """Return true for "paused accounts", which are accounts as they are now."""
    typed = said[position].typed.casefold()
    return typed.endswith(" accounts") or (position + 1 < len(said) and said[position + 1].means(Subject.ACCOUNTS))


def _is_to_tier(said: Said) -> bool:
    """Return true for "moved to tier 1", false for "did any tier 1 account move"."""
    move = said.first(Cue.MOVE) or 0
    return any(
        position > move and piece.of_kind(int) and said[position - 1].typed.casefold() not in WITHIN
        for position, piece in enumerate(said.pieces)
    )


def verb(case: Case) -> Subject | None:
    """Return the subject that a verb alone tells."""
    for cue, subject in SUBJECT_OF_VERB.items():
        if (
            case.said.has_left(cue)
            and not (cue is Cue.DISCUSS and _asks_where(case))
            and not (subject is Subject.REVIEWS and _has_other_field(case.said))
        ):
            return subject
    return None


def _asks_where(case: Case) -> bool:
    """Return true for "where is Kestrel discussed", which is a channel."""
    return case.said.has_left(Cue.WHERE) and bool(case.parts.of)


def _has_other_field(said: Said) -> bool:
    return any(field not in REVIEW_FIELDS for _, field in said.of_kind(Field))


def moved(case: Case) -> Subject | None:
    """Return movement, where something moved or went some way."""
    if case.parts.of and case.said.has_left(ListStatus.NAMED):
        return None
    if case.parts.of and case.said.has_left(Field.STAGE) and case.form is Form.LIST:
        return None
    is_way = any_of(case.said, Way) or bool(case.parts.ways)
    if case.form is Form.WHEN and case.parts.of and case.said.has_left(ListStatus.NAMED):
        return None
    is_told = case.form is Form.WHO and case.said.has_left(Cue.RECORD)
    is_reached = any_of(case.said, Stage) and not case.parts.of
    is_new = case.said.has_left(AccountStanding.NEW) and any(piece.when for piece in case.said.pieces)
    if is_reached and is_new:
        return Subject.MOVEMENT
    is_move = case.said.has_left(Cue.MOVE) and (is_told or is_reached or not any_of(case.said, Stage))
    return Subject.MOVEMENT if is_way or is_move else None


def happened(case: Case) -> Subject | None:
    """Return changes, where it is asked what happened or was recorded."""
    is_of_us = case.said.has(Cue.US) and any(piece.when for piece in case.said.pieces)
    if (is_of_us or any(piece.persons for piece in case.said.pieces)) and _is_what_was_done(case.said):
        return Subject.CHANGES
    if case.form is Form.YES_NO and any(piece.typed.casefold().startswith("updates ") for piece in case.said.pieces):
        return Subject.CHANGES
    if case.said.has_left(Cue.NEWS) or head_noun(case.said) is Subject.CHANGES:
        return Subject.CHANGES
    if (
        case.said.has_left(Cue.RECORD)
        and not any_of(case.said, Field)
        and not (case.form is Form.WHEN and case.said.has_left(Cue.LAST))
    ):
        return Subject.CHANGES
    return None


def _is_what_was_done(said: Said) -> bool:
    """Return true for "what did Nora do last week" and "everything Nora did"."""
    words = [piece.typed.casefold() for piece in said.pieces if not (piece.when or piece.persons)]
    return (
        len(words) > 1
        and words[-1] in ("do", "did", "done")
        and not any(piece.account is not None for piece in said.pieces)
    )


def touched(case: Case) -> Subject | None:
    """People we talk to at an account, or an account that somebody talked to."""
    if not case.said.has_left(Cue.TOUCH) or not case.parts.of:
        return None
    if any_of(case.said, BuyingRole) or (case.form is Form.WHO and case.said.has_left(Cue.US)):
        return Subject.PEOPLE
    return None if case.form is Form.WHO else Subject.ACCOUNTS


def blocked(case: Case) -> Subject | None:
    """Return blockers of an account or of us, else the accounts that are blocked."""
    if not case.said.has_left(Cue.BLOCKED):
        return None
    if case.said.has_left(Cue.US):
        return Subject.BLOCKERS
    return Subject.BLOCKERS if case.parts.of else Subject.ACCOUNTS
