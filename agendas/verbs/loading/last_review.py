"""The last held review of an account, from which its movement counts."""

from dataclasses import dataclass
from datetime import date, datetime

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.reviews.agenda import CorrectedEntry
from agendas.text.days import local_date
from storage.past_reviews.held_reviews import Held


@dataclass(frozen=True, slots=True)
class LastReview:
    """An account's last held review, from which its movement counts: the state at the close, and the day it was for.

    `corrected` are entries that counted then and were corrected since: the state is without them. `judged` are entries
    from before whose evidence was judged since.
    `excused_reviews` as in `ReviewItem`; `before_item_id` is the account's item in the held review before.
    """

    state: AccountState | None
    closed_at: datetime
    was_aged: bool
    held_on: date
    opened_at: datetime
    excused_reviews: int = 0
    review_id: int = 0
    before_item_id: int | None = None
    corrected: tuple[CorrectedEntry, ...] = ()
    judged: tuple[EventFacts, ...] = ()

    @classmethod
    def of(cls, state: AccountState | None, held: Held) -> "LastReview":
        """Return the held review of an account that was in this state at its close."""
        held_on = local_date(held.planned_at, held.zone)
        return cls(
            state,
            held.closed_at,
            held.is_aged,
            held_on,
            held.opened_at,
            excused_reviews=held.excused_reviews,
            review_id=held.review_id,
            before_item_id=held.before_item_id,
        )
