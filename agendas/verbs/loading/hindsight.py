"""The last held reviews of accounts by what is known now: without what was corrected since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts, ListStatus
from agendas.facts.events import Corrected
from agendas.facts.evidence import EvidenceJudged
from agendas.facts.program.settings import ProgramSettings
from agendas.rules.deals.stalled import excused_before, stall
from agendas.rules.history.fold import with_signals
from agendas.rules.history.hindsight import (
    corrected_since,
    is_since_naming,
    judged_since,
    state_in_hindsight,
    state_when_named,
)
from agendas.rules.reviews.stage_steps import may_move
from agendas.verbs.loading.last_review import LastReview
from agendas.verbs.loading.rows import event_facts
from storage import events, imports, reviews
from storage.past_reviews import held_reviews
from storage.past_reviews.held_reviews import Held
from storage.tables import Review


def in_hindsight(
    session: Session, last_reviews: Mapping[int, LastReview], recorded: Iterable[EventFacts], *, until: datetime
) -> dict[int, LastReview]:
    """Return the held reviews by account id, without what was corrected between their close and `until`.

    With the entries from before whose evidence was judged in that time.

    `recorded` are the events of that time. Reads the history of those accounts alone that have such a correction.
    """
    known = tuple(recorded)
    last_reviews = _with_judged(session, last_reviews, known)
    wanted = _with_late_corrections(session, last_reviews, known)
    if not wanted:
        return dict(last_reviews)
    history: dict[int, list[EventFacts]] = defaultdict(list)
    for row in imports.events_of(session, wanted):
        if row.recorded_at <= until:
            history[row.account_id].append(event_facts(row))
    held = {row.row_id: row for row in reviews.by_ids(session, {last_reviews[each].review_id for each in wanted})}
    before_ids = [number for each in wanted if (number := last_reviews[each].before_item_id) is not None]
    before = held_reviews.held(session, before_ids, with_states=False)
    rebuilt = {}
    for each in wanted:
        last = last_reviews[each]
        rebuilt[each] = _rebuilt(last, history[each], held[last.review_id], before.get(each))
    return {**last_reviews, **rebuilt}


def states_when_named(
    session: Session,
    states: Mapping[int, AccountState],
    last_reviews: Mapping[int, LastReview],
    recorded: Iterable[EventFacts],
    *,
    zone: str,
    until: datetime,
) -> dict[int, AccountState]:
    """Return the state in which each account was named that no held review saw on the list, by account id.

    `recorded` are the events since. Reads the history of those accounts alone of which any may have moved it.
    """
    named_at = {
        account_id: state.named_at
        for account_id, state in states.items()
        if state.list_status is ListStatus.NAMED and state.named_at and not _was_on_list(last_reviews.get(account_id))
    }
    wanted = {
        event.account_id
        for event in recorded
        if event.account_id in named_at
        and may_move(event.change)
        and is_since_naming(event, named_at[event.account_id], zone)
    }
    history: dict[int, list[EventFacts]] = defaultdict(list)
    for row in imports.events_of(session, wanted) if wanted else ():
        if row.recorded_at <= until:
            history[row.account_id].append(event_facts(row))
    found = {each: state_when_named(history[each], named_at[each], zone) for each in wanted}
    return {account_id: state for account_id, state in found.items() if state is not None}


def _was_on_list(held: LastReview | None) -> bool:
    return held is not None and held.state is not None and held.state.list_status.is_on_list


def _with_judged(
    session: Session, last_reviews: Mapping[int, LastReview], recorded: Sequence[EventFacts]
) -> Mapping[int, LastReview]:
    ids = {event.change.event_id for event in recorded if isinstance(event.change, EvidenceJudged)}
    if not ids:
        return last_reviews
    told = [event_facts(row) for row in events.get_many(session, ids - {event.id for event in recorded})]
    history: dict[int, list[EventFacts]] = defaultdict(list)
    for event in (*sorted(told, key=lambda each: each.id), *recorded):
        history[event.account_id].append(event)
    found = {each: judged_since(history[each], held.closed_at) for each, held in last_reviews.items()}
    return {each: replace(held, judged=found[each]) if found[each] else held for each, held in last_reviews.items()}


def _with_late_corrections(
    session: Session, last_reviews: Mapping[int, LastReview], recorded: Sequence[EventFacts]
) -> list[int]:
    """Return the accounts of which something known at the held review was corrected after it."""
    told_at = {event.id: event.recorded_at for event in recorded}
    since = [each for each in recorded if _is_after_review(each, last_reviews)]
    corrected = {each.change.event_id: each.account_id for each in since if isinstance(each.change, Corrected)}
    if missing := corrected.keys() - told_at.keys():
        told_at |= {row.row_id: row.recorded_at for row in events.get_many(session, missing)}
    reached = {
        account_id
        for event_id, account_id in corrected.items()
        if event_id in told_at and told_at[event_id] <= last_reviews[account_id].closed_at
    }
    return [account_id for account_id in last_reviews if account_id in reached]


def _is_after_review(event: EventFacts, last_reviews: Mapping[int, LastReview]) -> bool:
    held = last_reviews.get(event.account_id)
    return held is not None and event.recorded_at > held.closed_at


def _rebuilt(held: LastReview, history: Sequence[EventFacts], review: Review, before: Held | None) -> LastReview:
    state = state_in_hindsight(history, held.closed_at)
    if state is None or held.state is None:
        return held
    return replace(
        held,
        state=with_signals(state, held.state),
        was_aged=held.was_aged and _was_stalled(history, review, before),
        corrected=corrected_since(history, held.closed_at),
    )


def _was_stalled(history: Sequence[EventFacts], review: Review, before: Held | None) -> bool:
    """Judge the account as the review opened; `before` is its held review before that one."""
    opened = state_in_hindsight(history, review.opened_at)
    if opened is None:
        return False
    excused = excused_before(before.excused_reviews, opened, before.opened_at) if before else 0
    settings = ProgramSettings.of(review.settings)
    answer = stall(opened, now=review.opened_at, zone=review.zone, settings=settings, excused_before=excused)
    return answer.is_stalled
