"""Subjects of the letters to and from the facilitator of a review that is still to come."""

from dataclasses import dataclass

from storage.delivery.subjects import Subject


@dataclass(frozen=True, slots=True)
class BriefSubject(Subject):
    """A planned date of a cadence that meets at the instant `at`.

    `instead` says why somebody else than its facilitator is briefed, '' where they are.
    """

    cadence_id: int
    planned_on: str
    at: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class AskedBeforeSubject(Subject):
    """A person's question to another before a review; `text` is '' where they are reminded of their updates."""

    cadence_id: int
    planned_on: str
    by: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class LeadsSubject(Subject):
    """A cadence whose facilitator somebody changed."""

    cadence_id: int
    by: str
