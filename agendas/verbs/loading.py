"""Load facts from stored rows, and turn facts into rows."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, TypeGuard

from pydantic import TypeAdapter
from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import (
    AccountState,
    ActionStatus,
    Blocker,
    Decision,
    EventFacts,
    ListStatus,
    NextAction,
    Rhythm,
    Source,
    Stage,
)
from agendas.facts.deals import Opportunity, OpportunityProfile, OpportunityType, Phase
from agendas.facts.events import Corrected, Noted, Profile, changes, evidences
from agendas.facts.evidence import EvidenceJudged, Waiting
from agendas.facts.fit import FitScore
from agendas.facts.group import BuyingRole, Contact, ContactDepth, ContactProfile, Support
from agendas.facts.narrative import Justification, NarrativeVersion, ProductInput
from agendas.facts.people import Function, Lead, Leads, Owners, PersonFacts, Right
from agendas.facts.plays import Motion, Play, PlayEnd, PlayMotion, PlayRun
from agendas.facts.program import DEFAULTS, HOLIDAYS, TIERS, ProgramSettings
from agendas.facts.reviews import AgendaFacts, Away, CorrectedEntry, DayOff, OccurrenceChange, Plan
from agendas.facts.signals import Engagement, Signal, SignalKind, SignalStrength
from agendas.rules.access import NOBODY_LEADS, Permission, may
from agendas.rules.account_list import may_reach_tier_1
from agendas.rules.deals import excused_before, stall
from agendas.rules.fit import fit_of
from agendas.rules.fold import with_signals, without_closed
from agendas.rules.group import AGAINST, needs_everybody
from agendas.rules.history import (
    AUTOMATIC,
    corrected_since,
    is_since_naming,
    judged_since,
    state_in_hindsight,
    state_when_named,
    weight_of,
)
from agendas.rules.import_tables import is_shared
from agendas.rules.movement import may_move
from agendas.rules.plays import LibraryPlay, library_with
from agendas.rules.preparing import longest, stand_in_of
from agendas.rules.signals import WEEKS_OF_BASELINE, trend
from agendas.text.dates import local_date
from storage import (
    account_items,
    accounts,
    events,
    imports,
    measures,
    past_reviews,
    people,
    preparing,
    reviews,
    signals,
    workspaces,
)
from storage.account_items import ITEM_TABLES, NO_ITEMS, AccountItems, ItemRow
from storage.events import Recorded
from storage.models.accounts import Account, ActionRow, BlockerRow
from storage.models.events import Event
from storage.models.following import DaysAway
from storage.models.reviews import Cadence, CadenceChange, Review, ReviewItem
from storage.models.subjects import ContactRow, OpportunityRow, PlayRow, SignalRow
from storage.models.workspaces import Person
from storage.past_reviews import HeldItem, LeftOut
from storage.signals import SignalPoints


@dataclass(frozen=True, slots=True)
class LastReview:
    """An account's last held review, from which its movement counts: the state at the close, and the day it was for.

    `corrected` are entries that counted then and were corrected since: the state is without them. `judged` are entries
    from before the close whose evidence was judged after it. `was_aged`: the account was stalled at the opening.
    `excused_reviews` counts held reviews in a row, up to this one, at which a confirmed date excused a stall;
    `before_item_id` is the account's item in the held review before this one.
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
    def of(cls, state: AccountState | None, held: HeldItem) -> "LastReview":
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


@dataclass(frozen=True, slots=True)
class ProgramContext:
    """Facts that an account's own history does not have; the fields have the meaning of those of `AgendaFacts`.

    By account id: `engagement`, `left_out` (number of held reviews that left it out) and `when_named` (its state then).
    Of all accounts: the rest. `deactivated` are owners whom Slack deactivated; `tiers_of_plays` is by key of the play.
    """

    engagement: Mapping[int, Engagement]
    left_out: Mapping[int, int]
    when_named: Mapping[int, AccountState] = field(default_factory=dict)
    tier_1_owners: Owners | None = None
    deactivated: Collection[str] = ()
    tiers_of_plays: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    leads: Leads = field(default_factory=Leads)


# The facts of accounts for a page, with one set of queries however many accounts there are.


def agenda_facts(session: Session, rows: Sequence[Account], *, now: datetime, zone: str) -> dict[int, AgendaFacts]:
    """Return the facts of accounts of one workspace, for agendas and cards, by account id.

    Movement counts from the close of the account's last held review; the settings are those in force.
    """
    settings = settings_of(session, rows[0].workspace_id) if rows else DEFAULTS
    ids = [row.row_id for row in rows]
    recorded = relevant_since_review(session, ids, now)
    last_reviews = in_hindsight(session, last_held_reviews(session, rows), recorded, until=now)
    states = _states(session, rows, [held.closed_at for held in last_reviews.values()], now)
    engagement = engagements(session, ids, now)
    return assemble(
        states,
        last_reviews,
        recorded,
        ProgramContext(
            engagement=engagement,
            when_named=states_when_named(session, states, last_reviews, recorded, zone=zone, until=now),
            left_out=left_out_since(session, states),
            tier_1_owners=owners_in_tier_1(session, rows, settings),
            deactivated=deactivated_owners(session, rows),
            tiers_of_plays=tiers_of_plays(session, rows, states.values()),
            leads=leads_needed(session, rows, states),
        ),
        now=now,
        zone=zone,
        settings=settings,
    )


def item_facts(
    session: Session, review: Review, rows: Sequence[Account], items: Sequence[ReviewItem], *, now: datetime
) -> dict[int, AgendaFacts]:
    """Return the facts of accounts of an open review as of now, with last held reviews and settings of its opening."""
    last_reviews = previous_reviews(session, items)
    settings = ProgramSettings.of(review.settings)
    states = _states(session, rows, [held.closed_at for held in last_reviews.values()], now)
    recorded = relevant_since(session, states, last_reviews, now)
    last_reviews = in_hindsight(session, last_reviews, recorded, until=now)
    engagement = engagements(session, list(states), now)
    return assemble(
        states,
        last_reviews,
        recorded,
        ProgramContext(
            engagement=engagement,
            when_named=states_when_named(session, states, last_reviews, recorded, zone=review.zone, until=now),
            left_out=left_out_before(session, review, states),
            tier_1_owners=owners_in_tier_1(session, rows, settings),
            deactivated=deactivated_owners(session, rows),
            tiers_of_plays=tiers_of_plays(session, rows, states.values()),
            leads=leads_needed(session, rows, states),
        ),
        now=now,
        zone=review.zone,
        settings=settings,
    )


def states_to_freeze(
    session: Session, rows: Sequence[Account], items: Sequence[ReviewItem], *, now: datetime
) -> dict[int, AccountState]:
    """Return the states to store with a closing review, by account id.

    Of the closed items each keeps those closed since its last held review; without one, those of `LOOK_BACK`.
    """
    before = [item.before_item_id for item in items if item.before_item_id is not None]
    held = past_reviews.held(session, before, with_states=False)
    since = {account_id: review.closed_at for account_id, review in held.items()}
    states = _states(session, rows, since.values(), now)
    return {
        account_id: without_closed(state, since.get(account_id, now - LOOK_BACK))
        for account_id, state in states.items()
    }


def closed_facts(session: Session, review: Review, items: Sequence[ReviewItem]) -> dict[int, AgendaFacts]:
    """Return the facts of a closed review as frozen at its close, without anything recorded later."""
    # always closed: only the type of `closed_at` is wider
    cutoff = review.closed_at or review.opened_at
    last_reviews = previous_reviews(session, items)
    states = {item.account_id: state for item in items if (state := frozen_state(item)) is not None}
    recorded = events_since(session, states, last_reviews, cutoff)
    last_reviews = in_hindsight(session, last_reviews, recorded, until=cutoff)
    settings = ProgramSettings.of(review.settings)
    engagement = engagements(session, list(states), cutoff)
    return assemble(
        states,
        last_reviews,
        recorded,
        ProgramContext(
            engagement=engagement,
            when_named=states_when_named(session, states, last_reviews, recorded, zone=review.zone, until=cutoff),
            # the rest of the context is known only as it is today
            left_out=left_out_before(session, review, states),
        ),
        now=cutoff,
        zone=review.zone,
        settings=settings,
    )


def _states(
    session: Session, rows: Sequence[Account], closed_at: Collection[datetime], now: datetime
) -> dict[int, AccountState]:
    """Return the stored accounts with their items, closed ones back to the earliest of the last reviews (`closed_at`).

    Where an account was in none, those closed in the last `LOOK_BACK` are read too.
    """
    is_each_reviewed = bool(closed_at) and len(closed_at) >= len(rows)
    earliest = min(closed_at) if is_each_reviewed else min([*closed_at, now - LOOK_BACK])
    found = account_items.of_accounts(session, [row.row_id for row in rows], earliest)
    return {row.row_id: account_state(row, found.get(row.row_id, NO_ITEMS)) for row in rows}


def frozen_state(item: ReviewItem) -> AccountState | None:
    """Return the account's state at the close of the review, or at its opening while it is open."""
    stored = item.closed_state or item.opened_state
    return state_adapter.validate_python(stored) if stored else None


def last_held_reviews(session: Session, rows: Iterable[Account]) -> dict[int, LastReview]:
    """Return the last held review of each account that was in one, by account id."""
    return _held_reviews(session, [row.held_item_id for row in rows if row.held_item_id is not None])


def previous_reviews(session: Session, items: Sequence[ReviewItem]) -> dict[int, LastReview]:
    """Return the held reviews before a review's items, by account id; an account's first review has none."""
    return _held_reviews(session, [item.before_item_id for item in items if item.before_item_id is not None])


def _held_reviews(session: Session, item_ids: Collection[int]) -> dict[int, LastReview]:
    """The held reviews of these review items by account id, each with the account's state at its close."""
    return {
        account_id: LastReview.of(state_adapter.validate_json(held.state), held)
        for account_id, held in past_reviews.held(session, item_ids).items()
    }


def settings_of(session: Session, workspace_id: str) -> ProgramSettings:
    """Return the workspace's settings: its own values, the defaults for the rest."""
    return ProgramSettings.of(workspaces.own_settings(session, workspace_id))


def own_domains(session: Session, workspace_id: str, members: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return our own domains: from the settings, and from the addresses of `members` except public mail providers."""
    of_members = {domain for _, email in members if (domain := email.rpartition("@")[2]) and not is_shared(domain)}
    return frozenset({*of_members, *settings_of(session, workspace_id).chosen("signals.our_domains")})


def owners_in_tier_1(session: Session, rows: Iterable[Account], settings: ProgramSettings) -> Owners:
    """Return the owners of the workspace's tier 1 accounts, or nothing if none of these accounts could reach tier 1."""
    for row in rows:
        if may_reach_tier_1(row.fit_score, row.tier, settings):
            return accounts.owners_in(session, row.workspace_id, TIERS[0])
    return ()


def deactivated_owners(session: Session, rows: Sequence[Account]) -> Collection[str]:
    """Return the owners of these accounts whom Slack deactivated; the accounts are of one workspace."""
    return people.deactivated(session, rows[0].workspace_id, {row.owner for row in rows}) if rows else ()


def names(session: Session, workspace_id: str, user_ids: Collection[str]) -> dict[str, str]:
    """Return the names of these people by user id, without bots, for texts that cannot hold mentions."""
    found = people.get_many(session, workspace_id, user_ids) if user_ids else ()
    return {person.user_id: person.name for person in found if not person.is_bot}


# The facts by which accounts are placed: fewer than an agenda shows, for many accounts at once.


def facts_to_place(
    session: Session, rows: Sequence[Account], *, now: datetime, zone: str, settings: ProgramSettings
) -> dict[int, AgendaFacts]:
    """Return the facts needed to place accounts and to show a line of each, by account id.

    Leaves out plays, closed items, and people who do not influence the placement.
    """
    ids = [row.row_id for row in rows]
    recent = relevant_since_review(session, ids, now)
    with_everybody = [row.row_id for row in rows if needs_everybody(Stage(row.stage))]
    found = account_items.open_ones(session, ids, with_everybody=with_everybody, against=AGAINST)
    states = {row.row_id: account_state(row, found.get(row.row_id, NO_ITEMS)) for row in rows}
    last_reviews = in_hindsight(session, _last_reviews(session, rows, states, recent), recent, until=now)
    return assemble(
        states,
        last_reviews,
        recent,
        ProgramContext(
            engagement=engagements(session, ids, now),
            when_named=states_when_named(session, states, last_reviews, recent, zone=zone, until=now),
            left_out=left_out_since(session, states),
            tier_1_owners=owners_in_tier_1(session, rows, settings),
        ),
        now=now,
        zone=zone,
        settings=settings,
    )


def _last_reviews(
    session: Session, rows: Sequence[Account], states: Mapping[int, AccountState], recent: Iterable[EventFacts]
) -> dict[int, LastReview]:
    """Return the last held reviews; reads a frozen state only if the account may have moved since.

    For the others the state of now stands for the one at the review's close.
    """
    moved = {event.account_id for event in recent if may_move(event.change)}
    steady_ids = [row.held_item_id for row in rows if row.held_item_id is not None and row.row_id not in moved]
    steady = past_reviews.held(session, steady_ids, with_states=False)
    unmoved = {account_id: LastReview.of(states[account_id], held) for account_id, held in steady.items()}
    return unmoved | last_held_reviews(session, [row for row in rows if row.row_id in moved])


# The facts put together from states, last reviews and what was recorded since.


def assemble(
    states: Mapping[int, AccountState],
    last_reviews: Mapping[int, LastReview],
    recorded: Iterable[EventFacts],
    context: ProgramContext,
    *,
    now: datetime,
    zone: str,
    settings: ProgramSettings,
) -> dict[int, AgendaFacts]:
    """Return the facts of accounts in these states, trimmed to what is open or changed since the last review."""
    events_of: dict[int, list[EventFacts]] = defaultdict(list)
    for event in recorded:
        events_of[event.account_id].append(event)
    found = {}
    for account_id, state in states.items():
        last_review = last_reviews.get(account_id)
        since = last_review.closed_at if last_review else None
        floor = since or now - LOOK_BACK
        # events count since the held review; without one since the naming, without both since `LOOK_BACK` ago
        named_at, known = None if since else state.named_at, events_of[account_id]
        counted = [each for each in known if (each.recorded_at >= named_at if named_at else each.recorded_at > floor)]
        is_deactivated = state.profile.owner in context.deactivated
        excused = excused_before(last_review.excused_reviews, state, last_review.opened_at) if last_review else 0
        found[account_id] = AgendaFacts(
            account=without_closed(state, floor),
            before=last_review.state if last_review else None,
            since=since,
            reviewed_on=last_review.held_on if last_review else None,
            now=now,
            zone=zone,
            events=tuple(counted),
            aged_before=last_review.was_aged if last_review else False,
            excused_before=excused,
            left_out=context.left_out.get(account_id, 0),
            missing_updates_from=() if is_deactivated else silent_owner(state, since),
            settings=settings,
            engagement=context.engagement.get(account_id),
            tier_1_owners=context.tier_1_owners,
            owner_is_deactivated=is_deactivated,
            tiers_of_plays=context.tiers_of_plays,
            leads=context.leads,
            corrected=last_review.corrected if last_review else (),
            judged=last_review.judged if last_review else (),
            when_named=context.when_named.get(account_id),
        )
    return found


def silent_owner(state: AccountState, since: datetime | None) -> tuple[str, ...]:
    """Return the owner, if any, unless an update was recorded since the last held review, without one at any time."""
    updated_at = state.last_update_at
    if state.profile.owner is None or (updated_at is not None and (since is None or updated_at > since)):
        return ()
    return (state.profile.owner,)


# Events recorded of accounts since their last held review, or since they were named.

LOOK_BACK = timedelta(days=35)
"""History read of an account that was neither reviewed nor named: the evidence window of 30 days and a margin."""

REPORTED_READ = 25
"""Entries that decide nothing and are read of each account, the latest ones: more than any page but Details shows."""


def relevant_since_review(session: Session, account_ids: Collection[int], now: datetime) -> list[EventFacts]:
    """Return what a card or a list needs of what was recorded since each account's last held review.

    Without such a review it counts from the naming, without a naming from `LOOK_BACK` ago. In the order recorded.
    """
    rows = events.relevant_since_last_held(session, account_ids, now - LOOK_BACK, reported=REPORTED_READ)
    return _with_judged(session, list(map(recorded_facts, rows)))


def relevant_since(
    session: Session, states: Mapping[int, AccountState], last_reviews: Mapping[int, LastReview], until: datetime
) -> list[EventFacts]:
    """Return the events of `events_since` that an agenda needs: all that change it, and the latest reports of each."""
    unreviewed, first, closed_at = _read_from(states, last_reviews, until)
    known = events.relevant_between(session, list(last_reviews), closed_at, until, reported=REPORTED_READ)
    rows = (*known, *events.relevant_between(session, unreviewed, first, until, reported=REPORTED_READ))
    return _with_judged(session, list(map(recorded_facts, rows)))


def events_since(
    session: Session, states: Mapping[int, AccountState], last_reviews: Mapping[int, LastReview], until: datetime
) -> list[EventFacts]:
    """Return the events of the accounts since the earliest of their last reviews, or since they were named."""
    unreviewed, first, closed_at = _read_from(states, last_reviews, until)
    known = events.between(session, list(last_reviews), closed_at, until)
    return list(map(event_facts, (*known, *events.between(session, unreviewed, first, until))))


def _read_from(
    states: Mapping[int, AccountState], last_reviews: Mapping[int, LastReview], until: datetime
) -> tuple[list[int], datetime, datetime]:
    """Return (accounts without a held review, from when to read their events, from when those of all others)."""
    unreviewed = [account_id for account_id in states if account_id not in last_reviews]
    named_at = [at for account_id in unreviewed if (at := states[account_id].named_at) is not None]
    # what is recorded later than this instant is read, and the naming itself is wanted
    first = min([*named_at, until - LOOK_BACK]) - timedelta(microseconds=1)
    return unreviewed, first, min((last.closed_at for last in last_reviews.values()), default=until)


def _with_judged(session: Session, recorded: Sequence[EventFacts]) -> list[EventFacts]:
    """Return the events with the earlier entries whose evidence they judge, which may show a step only since then."""
    judged = {event.change.event_id for event in recorded if isinstance(event.change, EvidenceJudged)}
    missing = judged - {event.id for event in recorded}
    if not missing:
        return list(recorded)
    found = map(event_facts, events.get_many(session, missing))
    return sorted((*recorded, *found), key=lambda event: event.id)


# The last held reviews of accounts by what is known now: without what was corrected since.


def in_hindsight(
    session: Session, last_reviews: Mapping[int, LastReview], recorded: Iterable[EventFacts], *, until: datetime
) -> dict[int, LastReview]:
    """Return the held reviews by account id, with their state as it is known now.

    Entries corrected between the review's close and `until` are taken out of the state, and entries from before the
    close whose evidence was judged in that time are added. `recorded` are the events of that time. Only accounts with
    such a correction have their history read.
    """
    since_review = tuple(recorded)
    last_reviews = _with_judged_since(session, last_reviews, since_review)
    corrected_ids = _with_late_corrections(session, last_reviews, since_review)
    if not corrected_ids:
        return dict(last_reviews)
    history: dict[int, list[EventFacts]] = defaultdict(list)
    for row in imports.events_of(session, corrected_ids):
        if row.recorded_at <= until:
            history[row.account_id].append(event_facts(row))
    to_rebuild = {account_id: last_reviews[account_id] for account_id in corrected_ids}
    held = {row.row_id: row for row in reviews.by_ids(session, {last.review_id for last in to_rebuild.values()})}
    before_ids = [last.before_item_id for last in to_rebuild.values() if last.before_item_id is not None]
    before = past_reviews.held(session, before_ids, with_states=False)
    rebuilt = {
        account_id: _rebuilt(last, history[account_id], held[last.review_id], before.get(account_id))
        for account_id, last in to_rebuild.items()
    }
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
    """Return, by account id, the state in which each account was named, if it was in no held review since.

    The movement of these accounts counts from that state. `recorded` are the events since the naming; what was recorded
    after `until` is left out. Only accounts that an event may have moved are in the result: others need no history.
    """
    named_at = {
        account_id: state.named_at
        for account_id, state in states.items()
        if state.list_status is ListStatus.NAMED
        and state.named_at
        and not ((held := last_reviews.get(account_id)) and held.state and held.state.list_status.is_on_list)
    }
    may_have_moved = {
        event.account_id
        for event in recorded
        if event.account_id in named_at
        and may_move(event.change)
        and is_since_naming(event, named_at[event.account_id], zone)
    }
    # one read for all accounts, up to the latest naming among them; each account's own naming is applied below
    history: dict[int, list[EventFacts]] = defaultdict(list)
    last_named_at = max((named_at[each] for each in may_have_moved), default=until)
    for row in imports.events_until_named(session, may_have_moved, last_named_at) if may_have_moved else ():
        if row.recorded_at <= until:
            history[row.account_id].append(event_facts(row))
    found = {each: state_when_named(history[each], named_at[each], zone) for each in may_have_moved}
    return {account_id: state for account_id, state in found.items() if state is not None}


def _with_judged_since(
    session: Session, last_reviews: Mapping[int, LastReview], recorded: Sequence[EventFacts]
) -> Mapping[int, LastReview]:
    """The held reviews, each with the entries from before its close whose evidence was judged after it."""
    if not any(isinstance(event.change, EvidenceJudged) for event in recorded):
        return last_reviews
    history: dict[int, list[EventFacts]] = defaultdict(list)
    for event in _with_judged(session, recorded):
        history[event.account_id].append(event)
    return {
        account_id: replace(held, judged=judged_since(history[account_id], held.closed_at))
        for account_id, held in last_reviews.items()
    }


def _with_late_corrections(
    session: Session, last_reviews: Mapping[int, LastReview], recorded: Sequence[EventFacts]
) -> list[int]:
    """Return the accounts with an entry recorded by the held review's close and corrected after it."""
    recorded_at = {event.id: event.recorded_at for event in recorded}
    corrected = {
        event.change.event_id: event.account_id
        for event in recorded
        if isinstance(event.change, Corrected)
        and (held := last_reviews.get(event.account_id)) is not None
        and event.recorded_at > held.closed_at
    }
    if missing := corrected.keys() - recorded_at.keys():
        recorded_at |= {row.row_id: row.recorded_at for row in events.get_many(session, missing)}
    known_at_review = {
        account_id
        for event_id, account_id in corrected.items()
        if event_id in recorded_at and recorded_at[event_id] <= last_reviews[account_id].closed_at
    }
    return [account_id for account_id in last_reviews if account_id in known_at_review]


def _rebuilt(
    last_review: LastReview, history: Sequence[EventFacts], review: Review, held_before: HeldItem | None
) -> LastReview:
    """Return the held review with its state folded again without entries corrected since; as it is without a state.

    It counts as stalled at the opening only where it did so then and the corrected history agrees.
    """
    state = state_in_hindsight(history, last_review.closed_at)
    if state is None or last_review.state is None:
        return last_review
    return replace(
        last_review,
        state=with_signals(state, last_review.state),
        was_aged=last_review.was_aged and _was_stalled(history, review, held_before),
        corrected=corrected_since(history, last_review.closed_at),
    )


def _was_stalled(history: Sequence[EventFacts], review: Review, held_before: HeldItem | None) -> bool:
    """True if the account, by its corrected history, was stalled as the review opened, after `held_before`."""
    opened = state_in_hindsight(history, review.opened_at)
    if opened is None:
        return False
    excused = excused_before(held_before.excused_reviews, opened, held_before.opened_at) if held_before else 0
    settings = ProgramSettings.of(review.settings)
    answer = stall(opened, now=review.opened_at, zone=review.zone, settings=settings, excused_before=excused)
    return answer.is_stalled


# How many held reviews left an account out since the last that did not.

States = Mapping[int, AccountState]


def left_out_since(session: Session, states: States) -> Counter[int]:
    """Return how many held reviews left each of these accounts out until now, by id."""
    return _left_out(states, past_reviews.since_last_held(session, list(_named_at(states))))


def left_out_before(session: Session, review: Review, states: States) -> Counter[int]:
    """Return how many held reviews had left out each account of a review by when the review opened, by id."""
    return _left_out(states, past_reviews.before_review(session, list(_named_at(states)), review))


def left_out_until(session: Session, states: States, *, held_items: Mapping[int, int], at: datetime) -> Counter[int]:
    """Return how many held reviews had left each account out by an instant, by id.

    `held_items`: the id of each account's item in its last held review; later items have higher ids.
    """
    items = measures.left_out(session, list(_named_at(states)), at)
    later = [(each.account_id, each.planned_at) for each in items if each.item_id > held_items.get(each.account_id, 0)]
    return _left_out(states, later)


def _named_at(states: States) -> dict[int, datetime]:
    """The instants at which the named accounts were named."""
    return {
        account_id: state.named_at
        for account_id, state in states.items()
        if state.list_status is ListStatus.NAMED and state.named_at is not None
    }


def _left_out(states: States, left_out: LeftOut) -> Counter[int]:
    """Count by account the reviews that left it out and were planned after it was named."""
    # the last held review need not be compared: `left_out` has only reviews that opened after it did
    named_at = _named_at(states)
    return Counter(account_id for account_id, planned_at in left_out if planned_at > named_at[account_id])


# Entries of accounts since the review that was their last one when people were asked to prepare another.

BY_NOBODY = tuple(source.value for source in AUTOMATIC)


@dataclass(frozen=True, slots=True)
class EntriesSinceAsked:
    """Entries, and the instants at which reviews closed, by account id.

    An entry answers somebody who was asked if it was recorded after the last review that closed before they were asked,
    held or not. So one update answers several reviews of one day, also once the first of them was held. Before an
    account's first review, an entry answers if it was recorded since the cadences were made.
    """

    events: Mapping[int, Sequence[EventFacts]] = field(default_factory=dict)
    closings: Mapping[int, Sequence[datetime]] = field(default_factory=dict)

    def of(self, account_id: int, asked_at: datetime, last_made_at: datetime) -> list[EventFacts]:
        """Return the entries that answer somebody asked to prepare the account: those since the review before that.

        Before a first review those since `last_made_at`, when the newest of the cadences was made: what was recorded
        while the program was still set up answers nobody.
        """
        before = [at for at in self.closings.get(account_id, ()) if at <= asked_at]
        since = before[-1] if before else last_made_at
        return [each for each in self.events.get(account_id, ()) if each.recorded_at >= since]


def entries_since_asked(
    session: Session, account_ids: Collection[int], first_asked_at: datetime, now: datetime
) -> EntriesSinceAsked:
    """Return the entries of accounts that people were asked about from `first_asked_at` on; signals as notes."""
    if not account_ids:
        return EntriesSinceAsked()
    ids = sorted(account_ids)
    found = [*relevant_since_review(session, ids, now), *signals_as_notes(session, ids, now)]
    return with_asked(session, ids, found, first_asked_at, now=now)


def with_asked(
    session: Session, ids: Sequence[int], recent: Sequence[EventFacts], first_asked_at: datetime, *, now: datetime
) -> EntriesSinceAsked:
    """Return `entries_since_asked` where the caller has read the entries since each last held review (`recent`)."""
    found = list(recent)
    closings = past_reviews.closings(session, ids, after=now - LOOK_BACK)
    # where a review closed after the people were asked, entries from before that close answer them too
    closed_since = [account_id for account_id, times in closings.items() if times[-1] > first_asked_at]
    if closed_since:
        after = min(_since(closings[account_id], first_asked_at) for account_id in closed_since)
        found += [event_facts(row) for row in events.between(session, closed_since, after, now)]
        noted = preparing.after(session, closed_since, after, excluded=BY_NOBODY)
        found += [_note(row) for row in noted if row.recorded_at <= now]
    by_account: dict[int, dict[int, EventFacts]] = defaultdict(dict)
    for event in found:
        by_account[event.account_id][event.id] = event
    return EntriesSinceAsked({account_id: list(by_id.values()) for account_id, by_id in by_account.items()}, closings)


def _since(closings: Sequence[datetime], asked_at: datetime) -> datetime:
    """The close of the last review before people were asked; without one, `LOOK_BACK` before they were asked."""
    return max((at for at in closings if at <= asked_at), default=asked_at - LOOK_BACK)


def signals_as_notes(session: Session, account_ids: Collection[int], now: datetime) -> list[EventFacts]:
    """Return the signals noted by hand since each account's last held review, as notes of whoever noted them.

    Their ids are negative, since they are in no history. Signals of programs and files are left out, since they answer
    for nobody.
    """
    if not account_ids:
        return []
    return [
        _note(row)
        for row in preparing.since_last_held(session, account_ids, now - LOOK_BACK, excluded=BY_NOBODY)
        if row.recorded_at <= now
    ]


def _note(row: SignalRow) -> EventFacts:
    """The signal as a note of whoever noted it; its id is negative, since it is in no history."""
    return EventFacts(
        id=-row.row_id,
        account_id=row.account_id,
        change=Noted(row.text),
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        actor=row.actor,
        source=Source(row.source),
    )


# The engagement of accounts: the sums of their signals' points over windows of time.


def engagements(session: Session, account_ids: Collection[int], now: datetime) -> dict[int, Engagement]:
    """Return the engagement of these accounts at an instant, by id; accounts without recent signals are left out."""
    found = signals.points_of(session, account_ids, now) if account_ids else {}
    return {account_id: _engagement(sums) for account_id, sums in found.items()}


def _engagement(sums: SignalPoints) -> Engagement:
    """The sums of points as engagement, with the trend of the last week against a usual one."""
    points = sums.points
    weekly_baseline = points["baseline"] / WEEKS_OF_BASELINE
    return Engagement(
        last_90=points["last_90"],
        last_30=points["last_30"],
        earlier_30s=(points["before_30"], points["before_60"], points["before_90"]),
        last_7=points["last_7"],
        weekly_baseline=weekly_baseline,
        trend=trend(points["last_7"], weekly_baseline),
        last_signal_at=sums.last_at,
    )


# Who is away on a day, and people with it.

A_DAY = timedelta(days=1)


def away_facts(row: DaysAway) -> Away:
    return Away(row.user_id, row.from_on, row.until_on, row.stand_in, row.name, row.row_id)


def away_on(session: Session, workspace_id: str, user_ids: Collection[str], on: date) -> Mapping[str, Away]:
    """Return the days away of these people and their stand-ins, where they are away on the local day `on`.

    If several ranges cover the day, the longest counts. On days when everybody is away, each person has an entry. A
    stand-in who is deactivated or may not record is left out of the entry; one who is away too has an entry.
    """
    return _away(session, workspace_id, dict.fromkeys(user_ids, on))


def people_at(session: Session, rows: Sequence[Person], now: datetime) -> tuple[PersonFacts, ...]:
    """Return stored people of one workspace as facts; absence is judged by the date in each one's zone."""
    if not rows:
        return ()
    away = _away(session, rows[0].workspace_id, {row.user_id: local_date(now, row.time_zone) for row in rows})
    return tuple(_with_absence(row, away) for row in rows)


def person_at(session: Session, row: Person, now: datetime) -> PersonFacts:
    """Return the stored person as facts; absence is judged by the date in the person's zone."""
    return people_at(session, [row], now)[0]


def absent_among(
    session: Session, workspace_id: str, user_ids: Collection[str | None], now: datetime
) -> tuple[PersonFacts, ...]:
    """Return the active people among these who are away now, in the order given."""
    wanted = {user_id: None for user_id in user_ids if user_id}
    today = local_date(now, "UTC")
    # today in any zone is at most a day from today in UTC; where nobody is away in these days, no person is read
    ids = {*wanted, preparing.EVERYBODY}
    if not wanted or not preparing.between(session, workspace_id, today - A_DAY, today + A_DAY, user_ids=ids):
        return ()
    found = people_at(session, people.get_many(session, workspace_id, wanted), now)
    absent = {each.user_id: each for each in found if each.is_away and not each.is_deleted}
    return tuple(absent[user_id] for user_id in wanted if user_id in absent)


def ranges_from(
    session: Session, workspace_id: str, user_ids: Collection[str], first: date
) -> Mapping[str, list[Away]]:
    """Return each person's days away, and everybody's, that have not ended before `first`."""
    rows = preparing.days_away_from(session, workspace_id, first, user_ids={*user_ids, preparing.EVERYBODY})
    everybody = [away_facts(row) for row in rows if row.user_id == preparing.EVERYBODY]
    found = {user_id: list(everybody) for user_id in user_ids}
    for row in rows:
        if row.user_id in found:
            found[row.user_id].append(away_facts(row))
    return found


def everyone_away(session: Session, workspace_id: str) -> tuple[Away, ...]:
    """Return all days on which everybody is away, those that are over too."""
    found = preparing.between(session, workspace_id, date.min, date.max, user_ids=(preparing.EVERYBODY,))
    return tuple(map(away_facts, found))


def _with_absence(row: Person, away: Mapping[str, Away]) -> PersonFacts:
    """The person as facts, with the end of their absence and their stand-in where they are away."""
    entry = away.get(row.user_id)
    if entry is None:
        return person_facts(row)
    found = person_facts(row, is_away=True)
    return replace(found, away_until=entry.until_on, stand_in=stand_in_of(row.user_id, away))


def _away(session: Session, workspace_id: str, days: Mapping[str, date]) -> dict[str, Away]:
    """Return who is away, by user id, of these people, each on a local day of their own, and of their stand-ins."""
    if not days:
        return {}
    # a stand-in's own day may be the one before or after
    first, last = min(days.values()) - A_DAY, max(days.values()) + A_DAY
    ranges: dict[str, list[Away]] = {}
    for row in preparing.between(session, workspace_id, first, last):
        ranges.setdefault(row.user_id, []).append(away_facts(row))
    if not ranges:
        return {}
    absent = _covering(ranges, days)
    # a stand-in's day is that of whom they stand in for, unless they are asked about themselves
    days_of_stand_ins = {entry.stand_in: days[user_id] for user_id, entry in absent.items()}
    able = _able_to_record(session, workspace_id, days_of_stand_ins.keys() - {""})
    entries = _covering(ranges, {each: on for each, on in days_of_stand_ins.items() if each in able} | dict(days))
    return {
        user_id: entry if entry.stand_in in able else replace(entry, stand_in="") for user_id, entry in entries.items()
    }


def _covering(ranges: Mapping[str, Iterable[Away]], days: Mapping[str, date]) -> dict[str, Away]:
    """The range, own or everybody's, that covers each person's day, the longest of several; no entry without one."""
    everybody = ranges.get(preparing.EVERYBODY, ())
    found = {}
    for user_id, on in days.items():
        entry = longest(each for each in (*ranges.get(user_id, ()), *everybody) if each.covers(on))
        if entry is not None:
            found[user_id] = entry
    return found


def _able_to_record(session: Session, workspace_id: str, user_ids: Collection[str]) -> frozenset[str]:
    """Return the people among these who may record."""
    if not user_ids:
        return frozenset()
    return frozenset(row.user_id for row in people.get_many(session, workspace_id, user_ids) if can_answer(row))


# Who leads which function, where something needs one.


def leads_of(session: Session, workspace_id: str, *, now: datetime) -> tuple[Lead, ...]:
    """Return every function with the person who leads it, if anybody does."""
    rows = people.leads(session, workspace_id)
    found = {each.user_id: each for each in people_at(session, list(rows.values()), now)}
    return tuple(Lead(each, found[rows[each].user_id] if each in rows else None) for each in Function)


def askable_leads(session: Session, workspace_id: str) -> Leads:
    """Return the leads who can be asked, and those leads, executives and marketing partners who cannot (`unable`).

    Absence counts for nothing here: who is away answers later.
    """
    found = people.helpers(session, workspace_id)
    unable = frozenset(user_id for _, user_id, is_able in found if not is_able)
    return Leads({lead: user_id for lead, user_id, is_able in found if lead and is_able}, unable)


def leads_needed(session: Session, rows: Sequence[Account], states: Mapping[int, AccountState]) -> Leads:
    """Return the leads who can be asked where an open blocker of these accounts, of one workspace, needs a function."""
    needs_one = any(blocker.needs for state in states.values() for blocker in state.open_blockers)
    return askable_leads(session, rows[0].workspace_id) if needs_one and rows else NOBODY_LEADS


def needed_by(session: Session, workspace_id: str, needs: Iterable[str | None]) -> Leads:
    """Return the leads who can be asked for help; none, and without a read, where none of `needs` names a function."""
    return askable_leads(session, workspace_id) if any(needs) else NOBODY_LEADS


# The plan of a cadence's dates.


def plan_of(session: Session, row: Cadence) -> Plan:
    """Return the schedule of the stored cadence, with the days on which nobody of the workspace works."""
    return plans_of(session, [row])[row.row_id]


def plans_of(session: Session, rows: Iterable[Cadence]) -> Mapping[int, Plan]:
    """Return the schedules of stored cadences by id, as `plan_of`, with two reads for each workspace."""
    found = list(rows)
    workspace_ids = {row.workspace_id for row in found}
    away = {each: everyone_away(session, each) for each in workspace_ids}
    holidays_of = {each: str(settings_of(session, each).value(HOLIDAYS)) for each in workspace_ids}
    return {row.row_id: _plan(row, away[row.workspace_id], holidays_of[row.workspace_id]) for row in found}


def slot_of(cadence_id: int, planned_on: date) -> str:
    """Return the slot of a planned date of the cadence, by which its review is known."""
    return f"{cadence_id}:{planned_on.isoformat()}"


def _plan(row: Cadence, away: Sequence[Away], nobody_works_in: str) -> Plan:
    """The cadence's plan; `nobody_works_in` is the place whose public holidays the whole workspace has off."""
    return Plan(
        rhythm=Rhythm(row.rhythm),
        anchor_on=row.anchor_on,
        local_time=row.local_time,
        zone=row.zone,
        days_off=_dates.validate_python(row.days_off),
        named_days_off=tuple(DayOff(on, name) for on, name in _names.validate_python(row.day_names).items()),
        holidays_of=row.holidays_of,
        everyone_away=tuple(away),
        nobody_works_in=nobody_works_in,
    )


_dates: TypeAdapter[frozenset[date]] = TypeAdapter(frozenset[date])
_names: TypeAdapter[dict[date, str]] = TypeAdapter(dict[date, str])


# The workspace's library of plays: the built-in ones and its own.

PLAYS: TypeAdapter[Play] = TypeAdapter(Play)


def library(session: Session, workspace_id: str) -> tuple[LibraryPlay, ...]:
    """Return every play of the workspace's library, retired ones too."""
    own = account_items.get_all(session, workspace_id)
    return library_with((PLAYS.validate_python(row.definition), row.is_retired) for row in own)


def tiers_of_plays(
    session: Session, rows: Sequence[Account], accounts: Iterable[AccountState]
) -> dict[str, tuple[int, ...]]:
    """Return the tiers of every play by its key; nothing, and no look at the library, where no play runs.

    The accounts, as rows and as facts, are of one workspace.
    """
    if all(run.end is not None for account in accounts for run in account.plays) or not rows:
        return {}
    return {each.play.key: each.play.tiers for each in library(session, rows[0].workspace_id)}


def play_of(session: Session, workspace_id: str, key: str) -> LibraryPlay:
    """Return the play of this key. Raises Outdated when there is none."""
    found = next((each for each in library(session, workspace_id) if each.play.key == key), None)
    if found is None:
        raise Outdated("That play is not in the library any more. See it with /abm plays.")
    return found


# Accounts, events, people and cadences as rows and as facts.


def account_state(row: Account, items: AccountItems = NO_ITEMS) -> AccountState:
    return AccountState(
        account_id=row.row_id,
        profile=Profile(aliases=tuple(row.aliases), **dict(zip(PROFILE_FIELDS, _of_profile(row), strict=True))),
        list_status=ListStatus(row.list_status),
        stage=Stage(row.stage),
        claimed_from=Stage(row.claimed_from) if row.claimed_from else None,
        motion_decided=Motion(row.motion_decided) if row.motion_decided else None,
        justification=Justification(row.why_account, row.why_now, row.motion),
        decision=None if row.decision is None else _decisions.validate_python(row.decision),
        waiting=None if row.waiting is None else _waiting.validate_python(row.waiting),
        asks=_asks.validate_python(row.asks) if row.asks else (),
        fit=scores_of(row),
        narrative=None if row.narrative is None else _narratives.validate_python(row.narrative),
        product=_product.validate_python(row.product) if row.product else (),
        blockers=tuple(map(blocker_facts, items.blockers)),
        actions=tuple(map(action_facts, items.actions)),
        contacts=tuple(map(contact_facts, items.contacts)),
        opportunities=tuple(map(opportunity_facts, items.opportunities)),
        plays=tuple(map(play_facts, items.plays)),
        **dict(zip(STATE_FIELDS, _of_state(row), strict=True)),
    )


def scores_of(row: Account) -> tuple[FitScore, ...]:
    return _fit.validate_python(row.fit) if row.fit else ()


def write_state(row: Account, state: AccountState, settings: ProgramSettings = DEFAULTS) -> None:
    """Write the state to the account's row; its items have rows of their own.

    The settings hold the weights of the fit scores; an account without scores needs none.
    """
    for name, value in state_values(state, settings).items():
        # setting an attribute costs ten times as much as comparing it, and most of them stay the same
        if getattr(row, name) != value:
            setattr(row, name, value)


def fit_values(scores: tuple[FitScore, ...], settings: ProgramSettings) -> dict[str, float | None]:
    """Return the fit and its confidence computed from the scores, by column."""
    if not scores:
        return {"fit_score": None, "fit_confidence": None}
    answer = fit_of(scores, settings)
    return {"fit_score": answer.fit, "fit_confidence": answer.confidence}


def state_values(state: AccountState, settings: ProgramSettings = DEFAULTS) -> dict[str, Any]:
    """Return the account's state by column, to insert it."""
    profile = state.profile
    return {
        **{name: getattr(profile, name) for name in PROFILE_FIELDS},
        **{name: getattr(state, name) for name in STATE_FIELDS},
        **{name: getattr(state.justification, name) for name in JUSTIFICATION_FIELDS},
        "aliases": list(profile.aliases),
        "list_status": state.list_status.value,
        "stage": state.stage.value,
        "claimed_from": state.claimed_from.value if state.claimed_from else None,
        "motion_decided": state.motion_decided.value if state.motion_decided else "",
        "decision": None if state.decision is None else _decisions.dump_python(state.decision, mode="json"),
        "waiting": None if state.waiting is None else _waiting.dump_python(state.waiting, mode="json"),
        "asks": _asks.dump_python(state.asks, mode="json"),
        "fit": _fit.dump_python(state.fit, mode="json"),
        **fit_values(state.fit, settings),
        "narrative": None if state.narrative is None else _narratives.dump_python(state.narrative, mode="json"),
        "product": _product.dump_python(state.product, mode="json"),
    }


def event_facts(row: Event) -> EventFacts:
    return EventFacts(
        id=row.row_id,
        account_id=row.account_id,
        change=changes.validate_python(row.change),
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        actor=row.actor,
        source=Source(row.source),
        evidence=evidences.validate_python(row.evidence) if row.evidence else (),
        review_id=row.review_id,
    )


def recorded_facts(row: Recorded) -> EventFacts:
    """Return an event as facts whose JSON the database gave as text."""
    return EventFacts(
        id=row.id,
        account_id=row.account_id,
        change=changes.validate_json(row.change),
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        actor=row.actor,
        source=Source(row.source),
        evidence=evidences.validate_json(row.evidence),
        review_id=row.review_id,
    )


def event_values(event: EventFacts, *, workspace_id: str, import_run_id: int | None) -> dict[str, Any]:
    """Return the event's values by column, to insert it; the database assigns its id."""
    return {
        "workspace_id": workspace_id,
        "account_id": event.account_id,
        "kind": event.change.kind,
        "change": changes.dump_python(event.change, mode="json"),
        "evidence": evidences.dump_python(event.evidence, mode="json"),
        "happened_at": event.happened_at,
        "recorded_at": event.recorded_at,
        "actor": event.actor,
        "source": event.source.value,
        "weight": weight_of(event).value,
        "review_id": event.review_id,
        "import_run_id": import_run_id,
    }


def person_facts(row: Person, *, is_away: bool = False) -> PersonFacts:
    return PersonFacts(
        user_id=row.user_id,
        name=row.name,
        right=Right(row.right),
        function=Function(row.function) if row.function else None,
        time_zone=row.time_zone,
        is_away=is_away,
        is_deleted=row.is_deleted,
    )


def is_member(row: Person | None) -> TypeGuard[Person]:
    """Return true for an active full member: no guest, no bot, nobody deactivated or of another company."""
    return row is not None and not (row.is_guest or row.is_external or row.is_bot or row.is_deleted)


def can_answer(row: Person) -> bool:
    """Return true for somebody who can be asked: an active full member who may record something."""
    return is_member(row) and may(person_facts(row), Permission.RECORD)


def change_facts(rows: Sequence[CadenceChange]) -> tuple[OccurrenceChange, ...]:
    return tuple(OccurrenceChange(row.planned_on, row.moved_to, row.because) for row in rows)


state_adapter: TypeAdapter[AccountState] = TypeAdapter(AccountState)
_decisions: TypeAdapter[Decision | None] = TypeAdapter(Decision | None)
_waiting: TypeAdapter[Waiting | None] = TypeAdapter(Waiting | None)
_asks: TypeAdapter[tuple[Decision, ...]] = TypeAdapter(tuple[Decision, ...])
_fit: TypeAdapter[tuple[FitScore, ...]] = TypeAdapter(tuple[FitScore, ...])
_narratives: TypeAdapter[NarrativeVersion | None] = TypeAdapter(NarrativeVersion | None)
_product: TypeAdapter[tuple[ProductInput, ...]] = TypeAdapter(tuple[ProductInput, ...])
PROFILE_FIELDS = tuple(name for name in Profile.__dataclass_fields__ if name != "aliases")
STATE_FIELDS = (
    "tier",
    "because",
    "named_at",
    "list_changed_at",
    "stage_since",
    "stage_since_known",
    "stage_has_evidence",
    "claimed_from_is_shown",
    "last_movement_at",
    "last_buyer_touch_at",
    "left_opportunity_at",
    "left_customer_at",
    "last_update_at",
    "last_event_at",
    "private_channel",
)
JUSTIFICATION_FIELDS = tuple(Justification.__dataclass_fields__)
_of_profile, _of_state = attrgetter(*PROFILE_FIELDS), attrgetter(*STATE_FIELDS)


# The items of accounts as rows and as facts: blockers, next actions, people, deals and plays.

AccountItem = Blocker | NextAction | Contact | Opportunity | PlayRun
_of_blocker, _of_action = attrgetter(*Blocker.__dataclass_fields__), attrgetter(*NextAction.__dataclass_fields__)


def account_item_rows(workspace_id: str, account_id: int, state: AccountState) -> AccountItems:
    """Return all items of the state as rows to store."""
    rows: dict[str, Any] = {
        name: [account_item_row(workspace_id, account_id, item) for item in getattr(state, name)]
        for name in ITEM_TABLES
    }
    return AccountItems(**rows)


def changed_rows(workspace_id: str, account_id: int, before: AccountState, after: AccountState) -> list[ItemRow]:
    """Return the items that are new or changed in the state after, as rows to store."""
    return [
        account_item_row(workspace_id, account_id, item)
        for name in ITEM_TABLES
        for item in getattr(after, name)
        if item not in getattr(before, name)
    ]


def blocker_facts(row: BlockerRow) -> Blocker:
    return Blocker(*_of_blocker(row))


def action_facts(row: ActionRow) -> NextAction:
    values = dict(zip(NextAction.__dataclass_fields__, _of_action(row), strict=True))
    return NextAction(**values | {"status": ActionStatus(row.status)})


def contact_facts(row: ContactRow) -> Contact:
    profile = ContactProfile(
        name=row.name,
        title=row.title,
        email=row.email,
        roles=tuple(map(BuyingRole, row.roles)),
        suggested_roles=tuple(map(BuyingRole, row.suggested_roles)),
        support=Support(row.support),
        depth=ContactDepth(row.depth),
        touched_on=row.touched_on,
        left_on=row.left_on,
        crm_system=row.crm_system,
        crm_id=row.crm_id,
    )
    # a row that was read has an id: only its type is wider
    return Contact(row.id or 0, profile, row.added_at, row.changed_at, row.signalled_on, row.heard_on)


def opportunity_facts(row: OpportunityRow) -> Opportunity:
    profile = OpportunityProfile(
        key=row.key,
        name=row.name,
        stage_name=row.stage_name,
        phase=Phase(row.phase),
        type=OpportunityType(row.type),
        amount_cents=row.amount_cents,
        currency=row.currency,
        closes_on=row.closes_on,
        next_step=row.next_step,
        adds_value=row.adds_value,
    )
    return Opportunity(
        profile,
        row.opened_at,
        row.stage_since,
        row.pushes,
        row.closed_at,
        stage_since_known=row.stage_since_known,
        declined_stage=row.declined_stage,
        opening_known=row.opening_known,
    )


def play_facts(row: PlayRow) -> PlayRun:
    values = {name: getattr(row, name) for name in PlayRun.__dataclass_fields__}
    end, motion = PlayEnd(row.end) if row.end else None, PlayMotion(row.motion) if row.motion else None
    return PlayRun(**values | {"end": end, "motion": motion})


def account_item_row(workspace_id: str, account_id: int, item: AccountItem) -> ItemRow:
    """Return the item as a row to store, of the table of its kind."""
    keys: dict[str, Any] = {"workspace_id": workspace_id, "account_id": account_id}
    match item:
        case Blocker():
            return BlockerRow(**keys, **_values(item))
        case NextAction():
            return ActionRow(**keys, **_values(item) | {"status": item.status.value})
        case Contact():
            return _contact_row(keys, item)
        case Opportunity():
            return _opportunity_row(keys, item)
        case PlayRun():
            end, motion = item.end.value if item.end else None, item.motion.value if item.motion else ""
            return PlayRow(**keys, **_values(item) | {"end": end, "motion": motion})


def _contact_row(keys: dict[str, Any], contact: Contact) -> ContactRow:
    profile = contact.profile
    values = _values(profile) | {
        "roles": [role.value for role in profile.roles],
        "suggested_roles": [role.value for role in profile.suggested_roles],
        "support": profile.support.value,
        "depth": profile.depth.value,
    }
    return ContactRow(
        id=contact.id,
        added_at=contact.added_at,
        changed_at=contact.changed_at,
        signalled_on=contact.signalled_on,
        heard_on=contact.heard_on,
        **keys,
        **values,
    )


def _opportunity_row(keys: dict[str, Any], opportunity: Opportunity) -> OpportunityRow:
    profile = opportunity.profile
    values = _values(profile) | {"phase": profile.phase.value, "type": profile.type.value}
    return OpportunityRow(
        opened_at=opportunity.opened_at,
        stage_since=opportunity.stage_since,
        pushes=opportunity.pushes,
        closed_at=opportunity.closed_at,
        stage_since_known=opportunity.stage_since_known,
        declined_stage=opportunity.declined_stage,
        opening_known=opportunity.opening_known,
        **keys,
        **values,
    )


def _values(item: Any) -> dict[str, Any]:
    """The item's own fields by name, with their values as they are."""
    return {name: getattr(item, name) for name in item.__dataclass_fields__}


def signal_facts(row: SignalRow) -> Signal:
    return Signal(
        id=row.row_id,
        signal=SignalKind(row.kind),
        strength=SignalStrength(row.strength),
        text=row.text,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        actor=row.actor,
        source=Source(row.source).value,
        points=row.points,
        url=row.url,
        contact_id=row.contact_id,
    )
