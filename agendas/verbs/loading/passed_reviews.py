"""Count the planned reviews that passed accounts by since their last held one: left out, not held or missed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import AccountState, ListStatus
from agendas.rules.reviews.scope import in_scope
from agendas.verbs.loading.last_review import LastReview
from storage.measures import reviews as measured
from storage.past_reviews import passed_reviews
from storage.past_reviews.passed_reviews import Missed, Passed
from storage.tables import Account, Review

LastReviews = Mapping[int, LastReview]
States = Mapping[int, AccountState]


def passed_since(
    session: Session, rows: Sequence[Account], states: Mapping[int, AccountState], last: LastReviews, *, now: datetime
) -> Counter[int]:
    """Return how many passed each of these accounts of one workspace by until now, by account id."""
    named = _named(states)
    if not named:
        return Counter()
    begins = _begins(named, last)
    passed = passed_reviews.since_last_held(session, list(named))
    missed = passed_reviews.missed(session, rows[0].workspace_id, min(begins.values()), now)
    return _passed_by(named, passed) + _missed_by(states, begins, missed)


def passed_before(
    session: Session, review: Review, states: Mapping[int, AccountState], last: LastReviews
) -> Counter[int]:
    """Return the same for the accounts of a review, as it was when the review opened."""
    named = _named(states)
    if not named:
        return Counter()
    begins = _begins(named, last)
    passed = passed_reviews.before_review(session, list(named), review)
    missed = passed_reviews.missed(session, review.workspace_id, min(begins.values()), review.opened_at)
    return _passed_by(named, passed) + _missed_by(states, begins, missed)


def passed_until(
    session: Session,
    workspace_id: str,
    states: States,
    last: LastReviews,
    *,
    held_items: Mapping[int, int],
    at: datetime,
) -> Counter[int]:
    """Return the same for accounts of a workspace as it was at an instant; `held_items` are those of their last review.

    By account id, as all of these.
    """
    named = _named(states)
    if not named:
        return Counter()
    begins = _begins(named, last)
    told = measured.passed(session, list(named), at)
    passed = [(each.account_id, each.planned_at) for each in told if each.item_id > held_items.get(each.account_id, 0)]
    missed = passed_reviews.missed(session, workspace_id, min(begins.values()), at)
    return _passed_by(named, passed) + _missed_by(states, begins, missed)


def _named(states: Mapping[int, AccountState]) -> dict[int, datetime]:
    """The instants at which the named accounts were named."""
    return {
        number: state.named_at
        for number, state in states.items()
        if state.list_status is ListStatus.NAMED and state.named_at is not None
    }


def _begins(named: Mapping[int, datetime], last: LastReviews) -> dict[int, datetime]:
    """The instants from which missed reviews count: naming, or the close of the last held review if that is later."""
    return {number: max(at, last[number].closed_at) if number in last else at for number, at in named.items()}


def _passed_by(named: Mapping[int, datetime], passed: Passed) -> Counter[int]:
    # all of these opened after the last held review, which may have stayed open until the next one's own time
    return Counter(number for number, planned_at in passed if planned_at > named[number])


def _missed_by(states: Mapping[int, AccountState], begins: Mapping[int, datetime], missed: Missed) -> Counter[int]:
    return Counter(
        number
        for number, begin in begins.items()
        for planned_at, scope in missed
        if planned_at > begin and in_scope(states[number], scope)
    )
