"""Subjects of the letters that nudge somebody."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage.delivery.subjects import Subject


@dataclass(frozen=True, slots=True)
class MorningSubject(Subject):
    """Work that a person owes this morning, and the blockers and asks that it shows, by the events that opened them."""

    of_user_id: str
    event_ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class EscalatedSubject(Subject):
    """A blocker by the event that opened it; `has_it` is the person whose help it needs, '' where nobody is.

    `of_user_id` is who is away and whose stand-in gets it, '' where its reader gets it themself.
    """

    event_id: int
    has_it: str
    to_admins: bool
    of_user_id: str = ""


@dataclass(frozen=True, slots=True)
class NotHeldSubject(Subject):
    """The latest review of a cadence that was not held, and how many in a row there are."""

    review_id: int
    in_a_row: int
