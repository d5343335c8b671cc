"""The last held review of accounts at an instant, and the planned ones that passed them by since."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from agendas.verbs.loading.hindsight import in_hindsight
from agendas.verbs.loading.last_review import LastReview
from agendas.verbs.loading.passed_reviews import passed_until
from agendas.verbs.loading.rows import event_facts, state_adapter
from agendas.verbs.measures.states import States
from storage.measures import history, reviews
from storage.past_reviews import held_reviews
from storage.past_reviews.held_reviews import Held


@dataclass(frozen=True, slots=True)
class LastReviews:
    """By account id: its last held review, and how many planned ones passed it by since.

    `stalled_twice` are the accounts that were stalled at their last two held ones: unlike the agenda of a review that
    is to be held, a page of a month is no review of its own.
    """

    held: Mapping[int, LastReview] = field(default_factory=dict)
    unreviewed: Mapping[int, int] = field(default_factory=Counter)
    stalled_twice: frozenset[int] = frozenset()


def last_reviews_at(session: Session, workspace_id: str, states: States, at: datetime) -> LastReviews:
    """Return the last reviews of these accounts of one workspace, as they were known at an instant."""
    items = reviews.held_items(session, list(states), at) if states else {}
    found = held_reviews.held(session, list(items.values()), with_states=False)
    last = {number: LastReview.of(None, held) for number, held in found.items()}
    held = _in_hindsight(session, workspace_id, items, last, at=at)
    passed = passed_until(session, workspace_id, states, held, held_items=items, at=at)
    return LastReviews(held, passed, _stalled_twice(session, held))


def _stalled_twice(session: Session, held: Mapping[int, LastReview]) -> frozenset[int]:
    before = [last.before_item_id for last in held.values() if last.was_aged and last.before_item_id is not None]
    found = held_reviews.held(session, before, with_states=False)
    return frozenset(number for number, each in found.items() if each.is_aged)


def _in_hindsight(
    session: Session,
    workspace_id: str,
    items: Mapping[int, int],
    last: Mapping[int, LastReview],
    *,
    at: datetime,
) -> dict[int, LastReview]:
    """Return the reviews without what was corrected since; frozen states are read of those accounts alone."""
    earliest = min((held.closed_at for held in last.values()), default=at)
    rows = history.of_kinds_between(session, workspace_id, ("corrected",), after=earliest, at=at)
    corrections = [event_facts(row) for row in rows if row.account_id in last]
    wanted = [items[number] for number in {event.account_id for event in corrections}]
    frozen = {number: _with_state(held) for number, held in held_reviews.held(session, wanted).items()}
    if not frozen:
        return dict(last)
    return {**last, **in_hindsight(session, frozen, corrections, until=at)}


def _with_state(held: Held) -> LastReview:
    return LastReview.of(state_adapter.validate_json(held.state) if held.state else None, held)
