"""Reads of recent history: movement, stalls, changes, decisions, and the next reviews. Nothing here writes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts, Movement, Source
from agendas.facts.agenda import MovementFlag
from agendas.facts.answers import AccountEvent, NextReview
from agendas.facts.events import Corrected
from agendas.facts.evidence import EvidenceJudged
from agendas.facts.review import AgendaItem, Bucket
from agendas.rules.history.corrections import standing
from agendas.rules.reviews.scope import in_scope
from agendas.verbs.loading.recorded_since import LOOK_BACK
from agendas.verbs.loading.rows import account_state, event_facts
from agendas.verbs.reads.account.history import latest_lines, subject_in, subjects
from agendas.verbs.reads.accounts import named_by_need
from agendas.verbs.reads.reviews import open_reviews
from storage import accounts, events, reviews
from storage.tables import Cadence

NEWS_KINDS = (
    "nominated",
    "list_changed",
    "moved",
    "nothing_moved",
    "evidence_added",
    "evidence_judged",
    "waiting_set",
    "blocker_opened",
    "blocker_changed",
    "action_added",
    "action_changed",
    "decided",
    "ask_answered",
    "corrected",
)
STALLED_BUCKETS = (Bucket.NEEDS_INTERVENTION, Bucket.STALLED)


def has_moved(item: AgendaItem) -> bool:
    """Return true for a step, a claim, an expansion, or a place on the list that is new or lost."""
    answer = item.placement.movement
    return answer.movement is not Movement.UNCHANGED or MovementFlag.EXPANDED in answer.flags


def moved_in(item: AgendaItem, way: str) -> bool:
    """Return true if the account moved that way: advanced with evidence, regressed or expanded; '' takes any way."""
    answer = item.placement.movement
    return way in ("", answer.movement.value) or way in answer.flags


def stalled(
    session: Session, workspace_id: str, *, now: datetime, zone: str, user_id: str = ""
) -> tuple[AgendaItem, ...]:
    """Return the named accounts that are stalled or need intervention, in order of need; of one person if given."""
    items = named_by_need(session, workspace_id, now=now, zone=zone)
    stuck = (item for item in items if item.placement.bucket in STALLED_BUCKETS)
    return tuple(item for item in stuck if not user_id or belongs_to(item, user_id))


def belongs_to(item: AgendaItem, user_id: str) -> bool:
    """Return true if the person owns or partners the account."""
    profile = item.facts.account.profile
    return user_id in (profile.owner, profile.marketing_partner)


def changed_since(
    session: Session,
    workspace_id: str,
    after: datetime,
    *,
    account_id: int | None = None,
    kinds: Sequence[str] = NEWS_KINDS,
) -> tuple[AccountEvent, ...]:
    """Return the events recorded after an instant that still count, newest first, without corrections.

    What Cadence itself found about older evidence is left out, too.
    """
    wanted = (*kinds, "corrected")
    recorded = map(event_facts, events.recorded_since(session, workspace_id, after, wanted, account_id=account_id))
    news = [event for event in standing(recorded) if not _is_bookkeeping(event)]
    rows = accounts.get_many(session, workspace_id, {event.account_id for event in news})
    names = {row.row_id: row.name for row in rows}
    texts = subjects(session, news)
    newest_first = sorted(news, key=lambda event: event.id, reverse=True)
    return tuple(AccountEvent(names[event.account_id], event, subject_in(event, texts)) for event in newest_first)


def _is_bookkeeping(event: EventFacts) -> bool:
    """True for a correction, and for what Cadence itself found about older evidence."""
    is_own_reading = isinstance(event.change, EvidenceJudged) and event.source is Source.SYSTEM
    return is_own_reading or isinstance(event.change, Corrected)


def decisions(
    session: Session, workspace_id: str, *, now: datetime, account_id: int | None = None
) -> tuple[AccountEvent, ...]:
    """Return the decisions of the last 35 days, newest first; for one account, all of its decisions."""
    if account_id is None:
        return changed_since(session, workspace_id, now - LOOK_BACK, kinds=("decided",))
    row = accounts.get(session, workspace_id, account_id)
    recorded = [*events.of_kind(session, account_id, "decided"), *events.of_kind(session, account_id, "corrected")]
    counted = [event for event in standing(map(event_facts, recorded)) if not isinstance(event.change, Corrected)]
    return tuple(AccountEvent(row.name, event) for event in reversed(counted)) if row else ()


def next_reviews(session: Session, workspace_id: str, *, account_id: int | None = None) -> tuple[NextReview, ...]:
    """Return the next meetings of the cadences, soonest first; only those that review the account, if one is given.

    With the reviews that are open now, those of channels without a cadence first.
    """
    row = accounts.get(session, workspace_id, account_id) if account_id is not None else None
    state = account_state(row) if row else None
    if account_id is None:
        running = {each.channel_id: each for each in open_reviews.in_workspace(session, workspace_id)}
    else:
        found = open_reviews.of_accounts(session, workspace_id, [account_id])
        running = {each.channel_id: each for each in found.values()}
    planned = [
        NextReview(each.channel_id, each.next_at, each.zone, each.is_paused, running.pop(each.channel_id, None))
        for each in reviews.cadences(session, workspace_id)
        if (account_id is None and is_told(session, each))
        or (state is not None and is_reviewed(state, each.channel_id, each.scope))
    ]
    return (*(NextReview(each.channel_id, None, each.zone, open_review=each) for each in running.values()), *planned)


def is_told(session: Session, cadence: Cadence) -> bool:
    """Return true unless it is private, and none of its accounts is found."""
    return not cadence.is_private or bool(accounts.in_scope(session, cadence.workspace_id, **cadence.scope))


def next_review_at(session: Session, workspace_id: str, items: Iterable[AgendaItem]) -> dict[int, datetime]:
    """Return the instant of each account's next review, by account id; accounts without a cadence are left out."""
    planned = reviews.next_meetings(session, workspace_id)
    found = {
        item.facts.account.account_id: [
            at for channel_id, at, scope in planned if is_reviewed(item.facts.account, channel_id, scope)
        ]
        for item in items
    }
    return {account_id: min(instants) for account_id, instants in found.items() if instants}


def is_reviewed(account: AccountState, channel_id: str, scope: Mapping[str, Any]) -> bool:
    """Return true when a cadence of the channel reviews the account: a private one is reviewed in its channel alone."""
    return account.private_channel in ("", channel_id) and in_scope(account, scope)


def last_event(session: Session, account_id: int) -> EventFacts | None:
    """Return the latest event of the account that counts, None when it has none."""
    return next((line.event for line in latest_lines(session, account_id, 1)), None)


def profile_source(session: Session, account_id: int) -> EventFacts | None:
    """Return the event that set the account's current profile: its nomination or its last edit."""
    kinds = ("nominated", "edited", "corrected")
    recorded = [event_facts(row) for kind in kinds for row in events.of_kind(session, account_id, kind)]
    counted = [event for event in standing(recorded) if not isinstance(event.change, Corrected)]
    return counted[-1] if counted else None
