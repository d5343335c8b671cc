"""Count the planned reviews that passed accounts by since their last held one: left out, not held or missed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import AccountState, ListStatus
from agendas.rules.reviews.scope import in_scope
from agendas.verbs.loading.last_review import LastReview
from storage import passed_reviews
from storage.passed_reviews import Missed, Passed
from storage.tables import Account, Review

LastReviews = Mapping[int, LastReview]


def passed_since(
    session: Session, rows: Sequence[Account], states: Mapping[int, AccountState], last: LastReviews, *, now: datetime
) -> Counter[int]:
    """Return how many passed each of these accounts of one workspace by until now, by account id."""
    begins = _begins(states, last)
    if not begins:
        return Counter()
    passed = passed_reviews.since_last_held(session, list(begins))
    missed = passed_reviews.missed(session, rows[0].workspace_id, min(begins.values()), now)
    return _counted(states, begins, passed, missed)


def passed_before(
    session: Session, review: Review, states: Mapping[int, AccountState], last: LastReviews
) -> Counter[int]:
    """Return the same for the accounts of a review, as it was when the review opened."""
    begins = _begins(states, last)
    if not begins:
        return Counter()
    passed = passed_reviews.before_review(session, list(begins), review)
    missed = passed_reviews.missed(session, review.workspace_id, min(begins.values()), review.opened_at)
    return _counted(states, begins, passed, missed)


def _begins(states: Mapping[int, AccountState], last: LastReviews) -> dict[int, datetime]:
    """The instants from which reviews of named accounts count: naming, or the last held review if that is later."""
    found = {}
    for number, state in states.items():
        if state.list_status is ListStatus.NAMED and state.named_at is not None:
            held = last.get(number)
            found[number] = state.named_at if held is None else max(state.named_at, held.closed_at)
    return found


def _counted(
    states: Mapping[int, AccountState], begins: Mapping[int, datetime], passed: Passed, missed: Missed
) -> Counter[int]:
    counted = Counter(number for number, planned_at in passed if planned_at > begins[number])
    for number, begin in begins.items():
        counted[number] += sum(planned_at > begin and in_scope(states[number], scope) for planned_at, scope in missed)
    return counted
