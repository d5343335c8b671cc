"""Planned reviews of the program as they were known at an instant, with who took part."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.facts.measures.program import PlannedReview
from agendas.facts.people import Function
from agendas.facts.reviews.cadence import CadenceKind
from storage.database.hidden_rows import hidden_in
from storage.measures import reviews
from storage.tables import Cadence, CadenceChange, Review, ReviewState


def planned_reviews(session: Session, workspace_id: str, after: datetime, at: datetime) -> tuple[PlannedReview, ...]:
    """Return the planned reviews after an instant as they were known at `at`, skipped ones too, oldest first.

    The functions of the people are for `with_functions`. For a reader from whom accounts are hidden a review counts
    where one of its accounts is shown, and one of a private cadence that was not posted nowhere.
    """
    found = reviews.planned(session, workspace_id, after, at)
    accounts: dict[int, list[int]] = defaultdict(list)
    for review_id, account_id, part in reviews.accounts_of(session, [review.row_id for review, _ in found]):
        if part != "left_out":
            accounts[review_id].append(account_id)
    hides = bool(hidden_in(session))
    posted = (
        _planned(review, accounts[review.row_id], at)
        for review, is_private in found
        if not hides or accounts[review.row_id] or (_has_no_accounts(review) and not is_private)
    )
    skipped = _skipped(reviews.skipped(session, workspace_id, at), after, at, hides=hides)
    return tuple(sorted((*posted, *skipped), key=lambda each: (each.planned_at, each.id)))


def with_functions(found: Iterable[PlannedReview], functions: Mapping[str, Function]) -> tuple[PlannedReview, ...]:
    """Return the reviews with the functions of those who took part."""
    return tuple(_with_functions(each, functions) for each in found)


def _with_functions(review: PlannedReview, functions: Mapping[str, Function]) -> PlannedReview:
    present = frozenset(functions[person] for person in review.people if person in functions)
    return replace(review, functions=present)


def _has_no_accounts(review: Review) -> bool:
    """Return true for one that was not posted, or is of executives."""
    return review.state in (ReviewState.MISSED, ReviewState.SKIPPED) or review.kind == CadenceKind.EXECUTIVE


def _planned(review: Review, account_ids: Collection[int], at: datetime) -> PlannedReview:
    was_closed = review.closed_at is not None and review.closed_at <= at
    return PlannedReview(
        id=review.row_id,
        channel_id=review.channel_id,
        planned_at=review.planned_at,
        was_held=bool(review.was_held) if was_closed else None,
        late_minutes=review.late_minutes if was_closed else 0,
        was_missed=review.state == ReviewState.MISSED,
        was_skipped=review.state == ReviewState.SKIPPED,
        is_executive=review.kind == CadenceKind.EXECUTIVE,
        people=tuple(review.attended) if was_closed else (),
        account_ids=tuple(account_ids),
        opened_at=review.opened_at,
        closed_at=review.closed_at if was_closed else None,
    )


def _skipped(
    found: Iterable[tuple[Cadence, CadenceChange]], after: datetime, at: datetime, *, hides: bool
) -> Iterator[PlannedReview]:
    """Yield the dates that somebody skipped: no review was made of these, so they have no number."""
    for cadence, change in found:
        local = datetime.combine(change.planned_on, cadence.local_time, ZoneInfo(cadence.zone))
        planned_at = local.astimezone(UTC)
        if after < planned_at <= at and not (hides and cadence.is_private):
            is_executive = cadence.kind == CadenceKind.EXECUTIVE
            yield PlannedReview(0, cadence.channel_id, planned_at, None, was_skipped=True, is_executive=is_executive)
