"""The kind of thing that a question asks for, where several words could tell it."""

from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.list_filter import AccountStanding
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Field, Form, Progress, Subject, Way
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.vocabulary.cues import Cue

ACTION_CUES = (Cue.DUE, Cue.OVERDUE, Cue.OWE)
NOT_ACTIONS = (Subject.ASKS, Subject.BLOCKERS, Subject.DEALS, Subject.PLAYS, Subject.SIGNALS)
"""Things that can be due or late themselves."""

SUBJECT_OF_VERB: dict[Cue, Subject] = {
    Cue.BLOCK: Subject.BLOCKERS,
    Cue.BUYER_DID: Subject.EVIDENCE,
    Cue.DECIDE: Subject.DECISIONS,
    Cue.PROMOTE: Subject.LIST_CHANGES,
    Cue.DEMOTE: Subject.LIST_CHANGES,
    Cue.ATTEND: Subject.REVIEWS,
    Cue.NEWS: Subject.CHANGES,
    Cue.RECORD: Subject.CHANGES,
    Cue.KNOW: Subject.PEOPLE,
}
"""Subjects told by a verb alone, the likeliest first."""

WIDE = (Subject.ACCOUNTS, Subject.CHANGES, Subject.MEMBERS, Subject.PEOPLE)
"""Nouns that give way to a verb beside them: "which accounts moved"."""


def subject_of(said: Said, parts: Parts, form: Form | None) -> Subject | None:
    """Return the subject that the words tell, None where they tell none."""
    head = head_noun(said)
    if said.has(*ACTION_CUES) and head not in NOT_ACTIONS and not _is_next_review(said):
        return Subject.ACTIONS
    if head is not None and head not in WIDE:
        return _review_or_else(said, head, form)
    verb = _of_verb(said, parts, form)
    if head is Subject.CHANGES and verb not in (Subject.LIST_CHANGES, Subject.MOVEMENT):
        return head
    if verb is not None:
        return verb
    if head is Subject.PEOPLE and not parts.of and said.has(Cue.ON_OUR_SIDE) or head is Subject.MEMBERS:
        return Subject.MEMBERS
    return head or _of_values(said, parts, form)


def head_noun(said: Said) -> Subject | None:
    """Return the first noun that is no part of a filter, accounts only where there is no other."""
    nouns = [(position, noun) for position, noun in said.of_kind(Subject)]
    others = [noun for _, noun in nouns if noun not in WIDE] or [noun for _, noun in nouns if noun is not Subject.ACCOUNTS]
    if others:
        return others[0]
    return nouns[0][1] if nouns else None


def _is_next_review(said: Said) -> bool:
    return any(field is Field.NEXT_REVIEW for _, field in said.of_kind(Field))


def _review_or_else(said: Said, head: Subject, form: Form | None) -> Subject:
    if head is Subject.REVIEWS and said.has(Cue.DECIDE):
        return Subject.DECISIONS
    if head is Subject.REVIEWS and said.has(Cue.NEWS) and form is not Form.WHEN:
        return Subject.CHANGES
    if head in (Subject.REVIEWS, Subject.DEALS) and any(True for _ in said.of_kind(Way)):
        return Subject.MOVEMENT if head is Subject.REVIEWS else head
    return head


def _of_verb(said: Said, parts: Parts, form: Form | None) -> Subject | None:
    functions = list(said.of_kind(Function))
    if said.has(Cue.NEED, Cue.WAIT) and functions:
        return Subject.BLOCKERS
    if said.has(Cue.NEED, Cue.WAIT) and (said.has(Cue.ME) or any(piece.persons for piece in said.pieces)):
        return Subject.ASKS
    for cue, subject in SUBJECT_OF_VERB.items():
        if said.has(cue) and not (cue is Cue.RECORD and _has_values(said)):
            return subject
    if any(True for _ in said.of_kind(Way)) or _moved(said, parts):
        return Subject.MOVEMENT
    if said.has(Cue.MOVE) and (parts.tiers or said.has(1, 2, 3)):
        return Subject.LIST_CHANGES
    if said.has(Cue.BLOCKED):
        return Subject.BLOCKERS if parts.of else Subject.ACCOUNTS
    if not parts.of and (said.has(Cue.ADD) or _changed_status(said)):
        return Subject.LIST_CHANGES
    if said.has(Cue.CLOSE) and not parts.of:
        return Subject.DEALS
    return None


def _moved(said: Said, parts: Parts) -> bool:
    has_target = bool(parts.tiers) or any(True for _ in said.of_kind(Stage)) or said.has(1, 2, 3)
    return said.has(Cue.MOVE) and not has_target


def _changed_status(said: Said) -> bool:
    """Return true where accounts removed, paused, rejected in some days or by somebody are asked for."""
    statuses = {status for _, status in said.of_kind(ListStatus)} - {ListStatus.NAMED, ListStatus.CANDIDATE}
    is_told_of_days = any(piece.when or piece.persons for piece in said.pieces)
    return bool(statuses) and (is_told_of_days or said.has(Cue.WHO, Cue.ME))


def _has_values(said: Said) -> bool:
    return any(True for _ in said.of_kind(Field))


def _of_values(said: Said, parts: Parts, form: Form | None) -> Subject | None:
    """Return the subject of the values named: a role is of people, a kind of signal of signals."""
    progress = {each for _, each in said.of_kind(Progress)}
    if parts.having or parts.without or parts.tiers or parts.by:
        return Subject.ACCOUNTS
    if any(True for _ in said.of_kind(BuyingRole)) and not said.has(Cue.ON_OUR_SIDE):
        return Subject.PEOPLE
    if any(True for _ in said.of_kind(Field)):
        return Subject.ACCOUNTS
    if any(True for _ in said.of_kind(SignalKind)):
        return Subject.SIGNALS
    if progress & {Progress.WON, Progress.LOST}:
        return Subject.DEALS
    for kind in (Stage, AccountStanding, ListStatus):
        if any(True for _ in said.of_kind(kind)):
            return Subject.ACCOUNTS
    if any(True for _ in said.of_kind(DecisionKind)):
        return Subject.DECISIONS
    if progress - {Progress.OPEN} or (progress and form is not Form.YES_NO):
        return Subject.ACTIONS
    if said.has(Cue.OWN, Cue.TOUCH, Cue.CARD, Cue.HOW) or parts.of or parts.segments:
        return Subject.ACCOUNTS
    return None
