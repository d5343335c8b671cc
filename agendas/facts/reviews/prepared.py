"""Frozen facts of the message that asks a person to prepare reviews."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from agendas.facts.account import AccountState, Blocker, EventFacts, NextAction
from agendas.facts.reviews.preparing import Question
from agendas.facts.reviews.review import AgendaItem


class Planned(StrEnum):
    """State of a planned review that people were asked to prepare."""

    AHEAD = "ahead"
    OPEN = "open"
    CLOSED = "closed"
    MISSED = "missed"
    SKIPPED = "skipped"
    """Skipped, paused, or planned for another day meanwhile."""


@dataclass(frozen=True, slots=True)
class ReviewAhead:
    """A planned review; `at` is None where it will not be held, `review_id` is 0 until it is opened."""

    channel_id: str
    planned_on: date
    state: Planned
    at: datetime | None = None
    cutoff_at: datetime | None = None
    was_moved: bool = False
    review_id: int = 0


@dataclass(frozen=True, slots=True)
class PrepAccount:
    """An account with what its reader is asked about it, and what answers that already, None where nothing does.

    `for_user_id` is the person whom the reader stands in for, '' where it is their own.
    """

    item: AgendaItem
    question: Question
    for_user_id: str = ""
    actions: tuple[NextAction, ...] = ()
    answer: EventFacts | None = None

    @property
    def account(self) -> AccountState:
        """The account as it stands."""
        return self.item.facts.account

    @property
    def blockers(self) -> tuple[Blocker, ...]:
        """The blockers that are still open."""
        return self.account.open_blockers

    def is_done(self, today: date) -> bool:
        """Return true where nothing is left to say: the question is answered, and no promise is due."""
        return self.answer is not None and not self.due_actions(today)

    def due_actions(self, today: date) -> tuple[NextAction, ...]:
        """Return the reader's promises that are due today or late."""
        return tuple(action for action in self.actions if action.due_on <= today)


@dataclass(frozen=True, slots=True)
class PrepFacts:
    """The reviews that a person was asked to prepare by one message, and their accounts by need.

    `letter_key` names the message. `zone` is the reader's.
    """

    letter_key: str
    user_id: str
    zone: str
    now: datetime
    reviews: tuple[ReviewAhead, ...]
    accounts: tuple[PrepAccount, ...]

    @property
    def is_ahead(self) -> bool:
        """True while one of the reviews is still to be closed."""
        return any(each.state in (Planned.AHEAD, Planned.OPEN) for each in self.reviews)
