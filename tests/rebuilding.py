"""A past review rebuilt from the history alone, to compare with the snapshots that were frozen."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Literal

from sqlmodel import Session, col, select

from agendas.errors import Outdated
from agendas.facts.account import AccountState, EventFacts
from agendas.facts.program import ProgramSettings
from agendas.facts.reviews import ReviewFacts
from agendas.rules.deals import excused_before, stall
from agendas.rules.fold import fold, without_closed
from agendas.rules.history import corrected_since, judged_since, state_in_hindsight
from agendas.rules.signals import BY_THE_PERSON
from agendas.text.dates import local_date
from agendas.verbs import loading
from agendas.verbs.review_reads import agenda_item, assemble_review, get_review, permalinks
from storage import outbox, reviews
from storage.models.events import Event
from storage.models.reviews import Review, ReviewItem
from storage.models.subjects import SignalRow

Moment = Literal["opened", "closed"]


@dataclass(frozen=True, slots=True)
class Past:
    """The recorded history of an account: its events, and the signals of its people."""

    events: list[EventFacts] = field(default_factory=list)
    signals: list[SignalRow] = field(default_factory=list)

    def days_until(self, cutoff: datetime) -> dict[int, date]:
        """The day of each person's latest signal as it was known at the cutoff."""
        days: dict[int, date] = {}
        for signal in self.signals:
            stands = signal.taken_back_at is None or signal.taken_back_at > cutoff
            if signal.contact_id and signal.kind in BY_THE_PERSON and signal.counts_since <= cutoff and stands:
                on = signal.happened_at.astimezone(UTC).date()
                days[signal.contact_id] = max(days.get(signal.contact_id, on), on)
        return days


def rebuild_review(session: Session, workspace_id: str, review_id: int, *, moment: Moment = "closed") -> ReviewFacts:
    """The review as it was when it opened or closed, from the events recorded until then and no snapshot.

    Which accounts took part, in what order and for how many minutes, are facts of the review itself.
    Raises Outdated when there is no such review, or it is not closed yet.
    """
    review = get_review(session, workspace_id, review_id)
    cutoff = review.opened_at if moment == "opened" else review.closed_at
    if cutoff is None:
        raise Outdated("That review is not closed yet.")
    rows = reviews.items(session, review_id)
    account_ids = [row.account_id for row in rows]
    stored = recorded_until(session, account_ids, cutoff)
    history = _pasts(stored, _signals_of_people(session, account_ids))
    states = {number: state for number in history if (state := _state_at(history[number], cutoff)) is not None}
    last_reviews = _held_reviews(session, rows, history)
    settings = ProgramSettings.of(review.settings)
    shown = [loading.event_facts(row) for row in stored]
    engagement = loading.engagements(session, list(states), cutoff)
    facts = loading.assemble(
        states,
        last_reviews,
        shown,
        loading.ProgramContext(
            engagement=engagement,
            when_named=loading.states_when_named(session, states, last_reviews, shown, zone=review.zone, until=cutoff),
            left_out=loading.left_out_before(session, review, states),
        ),
        now=cutoff,
        zone=review.zone,
        settings=settings,
    )
    links = permalinks(session, review.workspace_id, outbox.of_review(session, review.row_id))
    items = (agenda_item(review, row, facts[row.account_id], links) for row in rows)
    return assemble_review(session, review, tuple(items))


def recorded_until(session: Session, account_ids: Collection[int], cutoff: datetime) -> list[Event]:
    query = select(Event).where(col(Event.account_id).in_(account_ids), Event.recorded_at <= cutoff)
    return list(session.exec(query.order_by(col(Event.id))))


def _signals_of_people(session: Session, account_ids: Collection[int]) -> list[SignalRow]:
    """The signals of known people at these accounts, those taken back too."""
    query = select(SignalRow).where(col(SignalRow.account_id).in_(account_ids), col(SignalRow.contact_id).is_not(None))
    return list(session.exec(query))


def _held_reviews(
    session: Session, rows: Sequence[ReviewItem], history: Mapping[int, Past]
) -> dict[int, loading.LastReview]:
    """Return the accounts' last held reviews, folded from their histories."""
    before_ids = [row.before_item_id for row in rows if row.before_item_id is not None]
    before = session.exec(select(ReviewItem).where(col(ReviewItem.id).in_(before_ids))).all()
    held = {item.review_id: reviews.by_id(session, item.review_id) for item in before}
    earlier = loading.previous_reviews(session, before)
    found = {}
    for item in before:
        review = held[item.review_id]
        if review is not None and review.closed_at is not None:
            last_review = earlier.get(item.account_id)
            past = history.get(item.account_id, Past())
            found[item.account_id] = replace(
                _held_review(past, review, last_review), excused_reviews=item.excused_reviews
            )
    return found


def _held_review(history: Past, review: Review, earlier: loading.LastReview | None) -> loading.LastReview:
    closed_at = review.closed_at or review.opened_at
    state = _state_at(history, closed_at)
    floor = earlier.closed_at if earlier else closed_at - loading.LOOK_BACK
    # a correction made since does not turn a review at which it did not stall into one at which it did
    opened = (_state_at(history, review.opened_at), fold(_known_at(history, review.opened_at)))
    return loading.LastReview(
        without_closed(state, floor) if state else None,
        closed_at,
        all(state is not None and _is_stalled(state, review, earlier) for state in opened),
        local_date(review.planned_at, review.zone),
        review.opened_at,
        corrected=corrected_since(history.events, closed_at),
        judged=judged_since(history.events, closed_at),
    )


def _known_at(history: Past, at: datetime) -> list[EventFacts]:
    return [event for event in history.events if event.recorded_at <= at]


def _is_stalled(opened: AccountState, review: Review, earlier: loading.LastReview | None) -> bool:
    settings = ProgramSettings.of(review.settings)
    excused = excused_before(earlier.excused_reviews, opened, earlier.opened_at) if earlier else 0
    answer = stall(opened, now=review.opened_at, zone=review.zone, settings=settings, excused_before=excused)
    return answer.is_stalled


def _state_at(history: Past, cutoff: datetime) -> AccountState | None:
    """Return the account's state as known at the cutoff, with its items in stored order."""
    # by what is known at the time of the rebuilding: without what was corrected since
    state = state_in_hindsight(history.events, cutoff)
    if state is None:
        return None
    days = history.days_until(cutoff)
    contacts = (replace(contact, signalled_on=days.get(contact.id)) for contact in state.contacts)
    return replace(
        state,
        blockers=tuple(sorted(state.blockers, key=lambda blocker: blocker.id)),
        actions=tuple(sorted(state.actions, key=lambda action: action.id)),
        contacts=tuple(sorted(contacts, key=lambda contact: contact.id)),
        opportunities=tuple(sorted(state.opportunities, key=lambda opportunity: opportunity.key)),
        plays=tuple(sorted(state.plays, key=lambda play: play.id)),
    )


def _pasts(stored: Sequence[Event], of_people: Sequence[SignalRow]) -> dict[int, Past]:
    grouped: dict[int, Past] = defaultdict(Past)
    for row in stored:
        grouped[row.account_id].events.append(loading.event_facts(row))
    for signal in of_people:
        grouped[signal.account_id].signals.append(signal)
    return grouped
