"""The days of a question, as days of what happened or of what is to come."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.query import Period, Progress, Subject, Which
from assistant.reading.names import Asked
from assistant.reading.parts import Parts
from assistant.reading.periods.read import When
from assistant.reading.pieces import Piece, Said
from assistant.reading.vocabulary.cues import Cue

TO_COME = frozenset({Subject.ACTIONS, Subject.ASKS, Subject.DEALS, Subject.REVIEWS})
"""Subjects whose days are those on which they are due, close or take place."""

PAST = frozenset({"was", "were", "did", "had", "came", "took"})
PRESENT = frozenset({"is", "are", "will", "do", "does", "should", "going", "be"})
"""Words by which what is discussed or attended is still to come."""

OF_NOW = frozenset({"these days", "of late"})
"""Days that say no more than "now" where a field of an account is asked for."""

OVER = frozenset({Progress.DONE, Progress.DROPPED, Progress.SLIPPED, Progress.WON, Progress.LOST})


def with_days(said: Said, parts: Parts, subject: Subject | None) -> Parts:
    """Return the parts with the days said; a second span of days stays unused."""
    for position, piece in enumerate(said.pieces):
        when = piece.when
        if parts.fields and parts.of and piece.typed.casefold() in OF_NOW:
            said.use(position)
            continue
        if when is None or when.problem:
            continue
        if when.step is not None:
            said.use(position)
            parts = replace(parts, step=when.step)
        elif when.is_since_review and (subject is Subject.MOVEMENT or when.past is None):
            # movement counts from each account's own last review
            said.use(position)
        elif parts.period is None and parts.coming is None:
            said.use(position)
            parts = _with(parts, when, is_to_come=_is_to_come(said, parts, subject))
    return parts


def since_review(pieces: Sequence[Piece], asked: Asked) -> tuple[Piece, ...]:
    """Return the pieces with the day from which on "since the last review" is meant."""
    if not any(piece.when and piece.when.is_since_review for piece in pieces):
        return tuple(pieces)
    reviewed_on = asked.last_review_on()
    days = Period(reviewed_on) if reviewed_on else None
    return tuple(
        replace(piece, when=replace(piece.when, past=days, coming=days))
        if piece.when and piece.when.is_since_review
        else piece
        for piece in pieces
    )


def _is_to_come(said: Said, parts: Parts, subject: Subject | None) -> bool:
    if subject is Subject.REVIEWS:
        is_past = any(piece.typed.casefold() in PAST for piece in said.pieces)
        is_past = is_past or (said.has(Cue.RECAP) and not any("agenda" in piece.typed for piece in said.pieces))
        is_now = any(not PRESENT.isdisjoint(piece.typed.casefold().split()) for piece in said.pieces)
        is_past = is_past or (said.has(Cue.DISCUSS, Cue.ATTEND, Cue.DECIDE) and not is_now)
        return parts.which is not Which.LAST and not is_past
    is_over = bool(set(parts.progress) & OVER) or parts.is_overdue
    return subject in TO_COME and not is_over


def _with(parts: Parts, when: When, *, is_to_come: bool) -> Parts:
    past, coming = when.past, when.coming
    if when.is_age and parts.without:
        since = Period(past.last) if past else None
        return replace(parts, period=since, coming=since)
    return replace(parts, period=coming if is_to_come else past, coming=coming)
