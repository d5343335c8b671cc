"""Habits of the team as events tell them: what the buyer did, when our people reacted, and how the list changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from agendas.facts.account import EventFacts, ListStatus
from agendas.facts.events import ListChanged
from agendas.facts.measures.program import PlannedReview
from agendas.rules.history.corrections import standing
from agendas.rules.history.evidence import touch_at, touches
from agendas.rules.history.fold_changes import UPDATES
from agendas.rules.imports.accounts.plan import IMPORT_UNDONE

HABIT_KINDS = (*UPDATES, "play_ended", "evidence_judged", "corrected")
"""Kinds of events that tell what the buyer did and when our people reacted, with what takes them back."""

Instants = Mapping[int, tuple[datetime, ...]]
"""Instants by account id, in order."""

Changes = tuple[tuple[int, datetime], ...]
"""(account id, instant), oldest first."""


def buyer_acts(told: Iterable[EventFacts], signalled: Iterable[tuple[int, datetime]] = ()) -> Instants:
    """Return when the buyer did something, by what these events show that stand, and by signals of known people.

    `signalled` are (account id, instant).
    """
    shown = ((event.account_id, touch_at(event, pieces)) for event in standing(told) if (pieces := touches(event)))
    return by_account((*signalled, *shown))


def by_account(acts: Iterable[tuple[int, datetime]]) -> Instants:
    """Return the instants of each account, given (account id, instant) in any order."""
    found: dict[int, list[datetime]] = defaultdict(list)
    for account_id, at in acts:
        found[account_id].append(at)
    return {number: tuple(sorted(instants)) for number, instants in found.items()}


def said_no(told: Iterable[EventFacts]) -> Changes:
    """Return the removals and rejections that stand; to take an import back is to refuse nobody."""
    changes = ((event, event.change) for event in standing(told) if isinstance(event.change, ListChanged))
    return tuple((event.account_id, event.happened_at) for event, change in changes if _is_no(change))


def tiers_decided(told: Iterable[EventFacts], reviews: Iterable[PlannedReview] = ()) -> Changes:
    """Return the changes of tier that stand and that a decision led to, in a review of accounts or of executives."""
    of_executives = tuple(each for each in reviews if each.is_executive)
    changes = ((event, event.change) for event in standing(told) if isinstance(event.change, ListChanged))
    return tuple(
        (event.account_id, event.happened_at)
        for event, change in changes
        if (event.review_id is not None or any(_is_in(event, each) for each in of_executives))
        and change.decision_id is not None
        and change.tier not in (None, change.from_tier)
    )


def _is_in(event: EventFacts, review: PlannedReview) -> bool:
    """Return true for what was recorded while the review was open."""
    is_begun = review.opened_at is not None and review.opened_at <= event.recorded_at
    return is_begun and (review.closed_at is None or event.recorded_at <= review.closed_at)


def _is_no(change: ListChanged) -> bool:
    return ListStatus(change.status).is_closed and change.because != IMPORT_UNDONE
