"""The audit of a month: the program that it judges, and its letters."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import AccountState, Blocker, EventFacts, ListStatus, NextAction, Stage
from agendas.facts.events import Corrected, Decided, ListChanged
from agendas.facts.evidence import EvidenceJudged
from agendas.facts.group import Contact
from agendas.facts.interventions import ExecutiveMet
from agendas.facts.measures import (
    BehindFigure,
    ClosedDeal,
    ListMove,
    Mark,
    Period,
    PlannedReview,
    Practice,
    Program,
    ProgramAccount,
    ProgramMark,
    Stay,
    TrendPoint,
)
from agendas.facts.people import Author, Function, Leads, Owners
from agendas.facts.plays import PlayRun
from agendas.facts.program import AUDIT_SENT, TIERS, AuditReaders, ProgramSettings, TrailSubject
from agendas.facts.reviews import AgendaFacts, Bucket, CadenceKind, CorrectedEntry, Placement
from agendas.facts.signals import Engagement
from agendas.rules.access import NOBODY_LEADS
from agendas.rules.audit import (
    HABIT_KINDS,
    WINDOW_DAYS,
    buyer_acts,
    by_account,
    is_recent,
    of_executives,
    refusals,
    tiers_decided,
    touches_of,
)
from agendas.rules.deals import excused_before
from agendas.rules.entries import taken_back, uncorrected
from agendas.rules.executive import ExecutiveReport, executive_report
from agendas.rules.fold import UPDATES, fold, needs_whole_history, state_after, with_signals, without_closed
from agendas.rules.history import corrected_since, judged_since, state_in_hindsight
from agendas.rules.measures import Figure, accounts_behind, decisions_of, later_of, month_before, read_period
from agendas.rules.money import CLOSED_LATELY_DAYS, DealHistory, bridges, deal_histories, list_days, still_open
from agendas.rules.pipeline import open_stay
from agendas.rules.reviews import place
from agendas.rules.signals import BY_THE_PERSON
from agendas.text.dates import local_date
from agendas.verbs.follow import stay_facts
from agendas.verbs.loading import (
    LastReview,
    account_state,
    askable_leads,
    engagements,
    event_facts,
    in_hindsight,
    left_out_until,
    library,
    opportunity_facts,
    settings_of,
    silent_owner,
    state_adapter,
)
from storage import (
    account_items,
    accounts,
    deals,
    events,
    measures,
    outbox,
    past_reviews,
    people,
    privacy,
    reviews,
    trail,
    workspaces,
)
from storage.account_items import NO_ITEMS
from storage.database import hidden_in
from storage.letter_subjects import MonthSubject, new_letter
from storage.models.delivery import Letter, LetterKind
from storage.models.measures import ProgramFigures, ProgramMonth
from storage.models.reviews import Cadence, CadenceChange, Review, ReviewState
from storage.models.subjects import OpportunityRow
from storage.models.workspaces import MarkRow, Person
from storage.past_reviews import HeldItem

# Changes of the list in a period, with the names of the accounts.


def list_moves(told: Iterable[EventFacts], names: Mapping[int, str]) -> tuple[ListMove, ...]:
    """Return the changes of the list among these events that stand, oldest first.

    An older entry, which does not tell where the account was, came from the candidates.
    """
    found = ((event, event.change) for event in uncorrected(told) if isinstance(event.change, ListChanged))
    return tuple(
        ListMove(
            account_id=event.account_id,
            name=names.get(event.account_id, ""),
            from_status=ListStatus(change.from_status or ListStatus.CANDIDATE),
            to_status=ListStatus(change.status),
            at=event.happened_at,
            actor=event.actor,
            because=change.because,
            from_tier=change.from_tier,
            to_tier=change.tier,
            decision_id=change.decision_id,
        )
        for event, change in found
    )


# States of the accounts on the list at an instant, by what was recorded until then.

States = dict[int, AccountState]
"""Accounts by id."""

KEPT_FOR = timedelta(days=100)
"""The time for which measures look back: closed items are loaded so long, and reviews told."""

ON_LIST = ("named", "paused")

Item = TypeVar("Item", Blocker, NextAction, Contact, PlayRun)


def states_at(session: Session, workspace_id: str, at: datetime, *, ids: Collection[int] | None = None) -> States:
    """Return the same for an instant that is past, of all accounts or those with these ids.

    Those of a month's end that was kept are read, others go on from the last such month by what was recorded since.
    An account that is not known from there, or whose state asks for its whole history, is folded from all of that.
    """
    month = measures.latest_month(session, workspace_id, at)
    kept = in_order(map(state_adapter.validate_json, measures.states(session, month.row_id, ids))) if month else {}
    if month is not None and month.ended_at == at:
        return kept
    wanted = listed_at(session, workspace_id, at) if ids is None else set(ids)
    since = _gone_on(session, kept, wanted, after=month.ended_at, at=at) if month else {}
    found = since | fold_until(session, wanted - since.keys(), at)
    listed = [state for state in found.values() if state.list_status.is_on_list]
    days = measures.signalled_on(session, [state.account_id for state in listed], at, kinds=BY_THE_PERSON)
    return in_order(as_stored(without_closed(state, at - KEPT_FOR), days) for state in listed)


def listed_at(session: Session, workspace_id: str, at: datetime) -> set[int]:
    """Return the ids of the accounts that were on the list at an instant, and of others that may have been."""
    return measures.on_list(session, workspace_id) | measures.placed_after(session, workspace_id, at)


def fold_until(session: Session, account_ids: Collection[int], at: datetime) -> States:
    """Return these accounts as all that was recorded until an instant makes them; without those not nominated then."""
    told: dict[int, list[EventFacts]] = defaultdict(list)
    for row in measures.history_until(session, account_ids, at) if account_ids else ():
        told[row.account_id].append(event_facts(row))
    folded = ((number, fold(told_of)) for number, told_of in told.items())
    return {number: state for number, state in folded if state is not None}


def in_order(states: Iterable[AccountState]) -> States:
    """Return the accounts by tier and name, as the list has them."""
    return {state.account_id: state for state in sorted(states, key=_by_tier_and_name)}


def as_stored(state: AccountState, signalled_on: Mapping[int, date]) -> AccountState:
    """Return the folded account as it is stored: with the days of signals, and its items in the order of their ids."""
    contacts = (replace(each, signalled_on=signalled_on.get(each.id)) for each in state.contacts)
    return replace(
        state,
        contacts=_by_id(contacts),
        blockers=_by_id(state.blockers),
        actions=_by_id(state.actions),
        plays=_by_id(state.plays),
        opportunities=tuple(sorted(state.opportunities, key=lambda deal: deal.profile.key)),
    )


def gone_on(state: AccountState, told: Sequence[EventFacts]) -> AccountState | None:
    """The state after these events in the order recorded; None where one of them asks for the whole history."""
    for event in told:
        if needs_whole_history(state.last_event_at, event):
            return None
        state = state_after(state, event)
    return state


def _gone_on(session: Session, base: States, wanted: Collection[int], *, after: datetime, at: datetime) -> States:
    known = [number for number in base if number in wanted]
    told: dict[int, list[EventFacts]] = defaultdict(list)
    for row in events.between(session, known, after, at) if known else ():
        told[row.account_id].append(event_facts(row))
    found = ((number, gone_on(base[number], told[number])) for number in known)
    return {number: state for number, state in found if state is not None}


def _by_tier_and_name(state: AccountState) -> tuple[int, str, int]:
    return state.tier or 0, state.name, state.account_id


def _by_id(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: item.id))


# The last held review of accounts at an instant, and the planned ones that passed them by since.


@dataclass(frozen=True, slots=True)
class LastReviews:
    """By account id: its last held review, and how many planned ones passed it by since.

    `stalled_twice` are the accounts that were stalled at their last two held ones: unlike the agenda of a review that
    is to be held, a page of a month is no review of its own.
    """

    held: Mapping[int, LastReview] = field(default_factory=dict)
    left_out: Mapping[int, int] = field(default_factory=Counter)
    stalled_twice: frozenset[int] = frozenset()


def last_reviews_at(session: Session, workspace_id: str, states: States, at: datetime) -> LastReviews:
    """Return the last reviews of these accounts of one workspace, as they were known at an instant."""
    items = measures.held_items(session, list(states), at) if states else {}
    found = past_reviews.held(session, list(items.values()), with_states=False)
    last = {number: LastReview.of(None, held) for number, held in found.items()}
    held = _in_hindsight(session, workspace_id, items, last, at=at)
    left_out = left_out_until(session, states, held_items=items, at=at)
    return LastReviews(held, left_out, _stalled_twice(session, held))


def _stalled_twice(session: Session, held: Mapping[int, LastReview]) -> frozenset[int]:
    before = [last.before_item_id for last in held.values() if last.was_aged and last.before_item_id is not None]
    found = past_reviews.held(session, before, with_states=False)
    return frozenset(number for number, each in found.items() if each.is_aged)


def _in_hindsight(
    session: Session, workspace_id: str, items: Mapping[int, int], last: Mapping[int, LastReview], *, at: datetime
) -> dict[int, LastReview]:
    """Return the reviews without what was corrected since; frozen states are read of those accounts alone."""
    earliest = min((held.closed_at for held in last.values()), default=at)
    rows = measures.of_kinds_between(session, workspace_id, ("corrected",), after=earliest, at=at)
    corrections = [event_facts(row) for row in rows if row.account_id in last]
    wanted = [items[number] for number in {event.account_id for event in corrections}]
    frozen = {number: _with_state(held) for number, held in past_reviews.held(session, wanted).items()}
    if not frozen:
        return dict(last)
    return {**last, **in_hindsight(session, frozen, corrections, until=at)}


def _with_state(held: HeldItem) -> LastReview:
    return LastReview.of(state_adapter.validate_json(held.state) if held.state else None, held)


# Facts of accounts over a period, and their places by them.

NONE_KEPT: Mapping[int, Placement] = {}

REPORTED_READ = 3
"""Entries that decide nothing and are read of each account, the latest: a page of the program names one at most."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An account over a period, and its place by that."""

    facts: AgendaFacts
    placement: Placement


@dataclass(frozen=True, slots=True)
class _Ends:
    """The accounts on the list at the beginning of a period and at its end, and all that was recorded in it."""

    before: States
    after: States
    told: Mapping[int, Sequence[EventFacts]]


@dataclass(frozen=True, slots=True)
class _Before:
    """An account at the beginning of a period by what was known at its end."""

    state: AccountState | None
    corrected: tuple[CorrectedEntry, ...] = ()
    judged: tuple[EventFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class _OutsideFacts:
    """Facts from outside the accounts' own history, as `AgendaFacts` has them."""

    last: LastReviews
    engaged: Mapping[int, Engagement]
    tier_1_owners: Owners
    deactivated: Collection[str]
    tiers_of_plays: Mapping[str, tuple[int, ...]]
    leads: Leads


def placed_over(
    session: Session,
    workspace_id: str,
    period: Period,
    *,
    before: States,
    after: States,
    settings: ProgramSettings,
    kept: Mapping[int, Placement] = NONE_KEPT,
) -> dict[int, Placed]:
    """Return the accounts on the list at the end of the period with their places, by id, in the order of `after`.

    Movement counts from the beginning of the period; what concerns reviews, as how often one passed an account by,
    from the account's last held one. `kept` are the places that were kept of the period, which stand.
    """
    ends = _Ends(before, after, _deciding_between(session, list(after), period))
    found = _facts(session, ends, _outside(session, workspace_id, period, after), period=period, settings=settings)
    return {number: Placed(facts, kept.get(number) or place(facts)) for number, facts in found.items()}


def _deciding_between(session: Session, account_ids: Collection[int], period: Period) -> dict[int, list[EventFacts]]:
    """Return the period's events that places and pages need, by account id.

    In the order recorded: all that decides, and the latest of the others.
    """
    found: dict[int, list[EventFacts]] = {number: [] for number in account_ids}
    for row in measures.deciding(session, account_ids, period.begins_at, period.ends_at, reported=REPORTED_READ):
        found[row.account_id].append(event_facts(row))
    return found


def _outside(session: Session, workspace_id: str, period: Period, states: States) -> _OutsideFacts:
    """Read the facts from outside the histories. Deactivation has no history, so in a past period nobody is."""
    owners = {state.profile.owner for state in states.values()}
    needs_lead = any(blocker.needs for state in states.values() for blocker in state.open_blockers)
    return _OutsideFacts(
        last=last_reviews_at(session, workspace_id, states, period.ends_at),
        engaged=engagements(session, list(states), period.ends_at),
        tier_1_owners=_owners_in_tier_1(states.values()),
        deactivated=people.deactivated(session, workspace_id, owners) if period.is_running else (),
        tiers_of_plays={each.play.key: each.play.tiers for each in library(session, workspace_id)},
        leads=askable_leads(session, workspace_id) if needs_lead else NOBODY_LEADS,
    )


def _facts(
    session: Session, ends: _Ends, outside: _OutsideFacts, *, period: Period, settings: ProgramSettings
) -> dict[int, AgendaFacts]:
    before = _in_hindsight_placing(session, ends, period)
    held = outside.last.held
    return {
        number: AgendaFacts(
            account=state,
            before=before[number].state,
            since=period.begins_at,
            now=period.ends_at,
            zone=period.zone,
            events=tuple(ends.told[number]),
            missing_updates_from=_silent(state, period.begins_at, outside.deactivated),
            aged_before=number in outside.last.stalled_twice,
            excused_before=_excused(state, held.get(number)),
            left_out=outside.last.left_out.get(number, 0),
            settings=settings,
            engagement=outside.engaged.get(number),
            tier_1_owners=outside.tier_1_owners,
            owner_is_deactivated=state.profile.owner in outside.deactivated,
            reviewed_on=held[number].held_on if number in held else None,
            tiers_of_plays=outside.tiers_of_plays,
            leads=outside.leads,
            corrected=before[number].corrected,
            judged=before[number].judged,
        )
        for number, state in ends.after.items()
    }


def _silent(state: AccountState, since: datetime, deactivated: Collection[str]) -> tuple[str, ...]:
    return () if state.profile.owner in deactivated else silent_owner(state, since)


def _excused(state: AccountState, held: LastReview | None) -> int:
    return excused_before(held.excused_reviews, state, held.opened_at) if held else 0


def _owners_in_tier_1(states: Iterable[AccountState]) -> Owners:
    named = (state for state in states if state.list_status is ListStatus.NAMED and state.tier == TIERS[0])
    return tuple(state.profile.owner for state in named)


def _in_hindsight_placing(session: Session, ends: _Ends, period: Period) -> dict[int, _Before]:
    """Return the accounts at the beginning without what was corrected in the period, with what was judged in it.

    Reads the history of those accounts alone that have a correction or a judgement.
    """
    amended = [
        number
        for number in ends.after
        if any(isinstance(event.change, Corrected | EvidenceJudged) for event in ends.told[number])
    ]
    known: dict[int, list[EventFacts]] = defaultdict(list)
    for row in measures.history_until(session, amended, period.ends_at) if amended else ():
        known[row.account_id].append(event_facts(row))
    found = {number: _Before(ends.before.get(number)) for number in ends.after}
    for number in amended:
        found[number] = _amended(found[number], known[number], period.begins_at)
    return found


def _amended(before: _Before, known: Sequence[EventFacts], at: datetime) -> _Before:
    judged, corrected = judged_since(known, at), corrected_since(known, at)
    if not corrected or before.state is None:
        return replace(before, judged=judged)
    state = state_in_hindsight(known, at)
    return _Before(with_signals(state, before.state) if state else None, corrected, judged)


# Our people who are mentioned by a program's facts.


def mentioned(placed: Iterable[Placed], told: Iterable[EventFacts], reviews: Iterable[PlannedReview]) -> frozenset[str]:
    """Return the user ids of the people who are responsible, recorded or promised something, or took part."""
    found = {event.actor for event in told}
    found.update(*(review.people for review in reviews))
    found.update(*(_of_account(one.facts) for one in placed))
    return frozenset(each for each in found if each)


def names_of(known: Sequence[Person]) -> dict[str, str]:
    return {person.user_id: person.name for person in known if not person.is_bot}


def functions_of(known: Sequence[Person]) -> dict[str, Function]:
    return {person.user_id: Function(person.function) for person in known if person.function}


def _of_account(facts: AgendaFacts) -> Iterator[str]:
    account, profile = facts.account, facts.account.profile
    given = (profile.owner, profile.marketing_partner, profile.our_executive)
    yield from (each for each in given if each)
    yield from (action.owner for action in account.actions)
    yield from (ask.ask_of for ask in account.asks if ask.ask_of)
    yield from (each.scored_by for each in account.fit)
    yield from (each.given_by for each in account.product)
    yield from (run.started_by for run in account.plays)
    yield from (event.actor for event in facts.events)


# Places of accounts as they were kept at a month's end.

placements: TypeAdapter[Placement] = TypeAdapter(Placement)


def kept_places(session: Session, workspace_id: str, period: Period) -> dict[int, Placement]:
    """Return the places over a whole month by account id, with their reasons; none for one that is not kept."""
    month = _month(session, workspace_id, period)
    found = measures.places(session, month.row_id) if month else ()
    return {each.account_id: placements.validate_json(each.placement) for each in found}


def kept_buckets(session: Session, workspace_id: str, period: Period) -> dict[int, Bucket]:
    """Return the buckets over a whole month of the accounts named at its end, none where it is not kept."""
    month = _month(session, workspace_id, period)
    found = measures.places(session, month.row_id) if month else ()
    named = (each for each in found if each.list_status == ListStatus.NAMED)
    return {each.account_id: Bucket(each.bucket) for each in named}


def _month(session: Session, workspace_id: str, period: Period) -> ProgramMonth | None:
    month = None if period.is_running else measures.latest_month(session, workspace_id, period.ends_at)
    spans = month is not None and (month.began_at, month.ended_at) == (period.begins_at, period.ends_at)
    return month if spans else None


# Planned reviews of the program as they were known at an instant, with who took part.


def planned_reviews(session: Session, workspace_id: str, after: datetime, at: datetime) -> tuple[PlannedReview, ...]:
    """Return the reviews planned after an instant, as known at `at`, skipped ones included, oldest first.

    The functions of the people are for `with_functions`. For a reader from whom accounts are hidden a review counts
    where one of its accounts is shown, and one of a private cadence that was not posted nowhere.
    """
    found = measures.planned(session, workspace_id, after, at)
    accounts: dict[int, list[int]] = defaultdict(list)
    for review_id, account_id, part in measures.accounts_of(session, [review.row_id for review, _ in found]):
        if part != "left_out":
            accounts[review_id].append(account_id)
    hides = bool(hidden_in(session))
    posted = (
        _planned(review, accounts[review.row_id], at)
        for review, is_private in found
        if not hides or accounts[review.row_id] or (_has_no_accounts(review) and not is_private)
    )
    skipped = _skipped(measures.skipped(session, workspace_id, at), after, at, hides=hides)
    return tuple(sorted((*posted, *skipped), key=lambda each: (each.planned_at, each.id)))


def with_functions(found: Iterable[PlannedReview], functions: Mapping[str, Function]) -> tuple[PlannedReview, ...]:
    return tuple(_with_functions(each, functions) for each in found)


def _with_functions(review: PlannedReview, functions: Mapping[str, Function]) -> PlannedReview:
    present = frozenset(functions[person] for person in review.people if person in functions)
    return replace(review, functions=present)


def _has_no_accounts(review: Review) -> bool:
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


# The program's settings as they were at an instant, from those in force and the audit trail of what changed since.


def settings_at(session: Session, workspace_id: str, at: datetime) -> ProgramSettings:
    """Return the settings that were in force at an instant, which is past, as kept with a month that ended then."""
    month = measures.latest_month(session, workspace_id, at)
    if month is not None and month.ended_at == at:
        return ProgramSettings.of(month.settings)
    stored = settings_of(session, workspace_id).to_store()
    for entry in reversed(trail.of_subject(session, workspace_id, TrailSubject.SETTINGS.value)):
        if entry.at > at:
            stored |= entry.before or {}
    known = ProgramSettings.of(stored)
    return known.with_own(dict(known.own))


# Stays in stages of a program at an instant.

LOOK_BACK = timedelta(days=366)
"""A year in days of the calendar: the first of them counts from its beginning."""


def stays_at(session: Session, workspace_id: str, states: States, at: datetime) -> tuple[Stay, ...]:
    """Return the stays that ended in the year before an instant, as known then, and the running stays of `states`."""
    ended = map(stay_facts, measures.stays_known_at(session, workspace_id, at, ended_after=at - LOOK_BACK))
    lasting = (open_stay(state) for state in states.values())
    found = (*ended, *(each for each in lasting if each is not None))
    return tuple(sorted(found, key=lambda each: (each.began_at, each.account_id, each.stage.rank)))


# Deals by their days, as they are known now: what is told late counts on its own day.


def histories_since(session: Session, workspace_id: str, period: Period, states: States) -> tuple[DealHistory, ...]:
    """Return the deals of accounts whose deals or place on the list changed since the period began, by day.

    Of the other `states`, the accounts on the list at its end, the open deals, as open all the time. The entries of an
    account are read whole, as a row of a deal's history may change what another row says.
    """
    changed = deals.changed_since(session, workspace_id, period.begins_at)
    events_of: dict[int, list[EventFacts]] = defaultdict(list)
    for row in deals.entries(session, changed, "opportunity_changed", "list_changed"):
        events_of[row.account_id].append(event_facts(row))
    steady = (deal for number, state in states.items() if number not in changed for deal in state.open_deals)
    found = [still_open(deal, period.first - timedelta(days=1)) for deal in steady]
    for events_of_account in events_of.values():
        found += deal_histories(events_of_account, period.zone)
    return tuple(found)


def closed_deals(
    session: Session, workspace_id: str, period: Period, states: States, histories: Iterable[DealHistory]
) -> tuple[ClosedDeal, ...]:
    """Return the deals that closed in the year until the end of a period, by the list of their day, oldest first.

    `states` are the accounts on the list at the end; those that left it before are read as they are now.
    """
    # a day of the zone may begin or end on another one of UTC
    first = period.last - timedelta(days=CLOSED_LATELY_DAYS)
    begins_at = datetime.combine(first, time.min, ZoneInfo(period.zone)).astimezone(UTC)
    rows = deals.closed_between(session, workspace_id, begins_at, period.ends_at)
    rows = on_list_when_closed(session, rows, period.zone)
    left = accounts.get_many(session, workspace_id, {row.account_id for row in rows} - states.keys())
    known = states | {row.row_id: account_state(row) for row in left}
    known_at = {each.key: each.days[-1].known_at for each in histories if each.days[-1].known_at > period.begins_at}
    found = ((known[row.account_id], opportunity_facts(row)) for row in rows)
    return tuple(
        ClosedDeal(account, deal, local_date(deal.closed_at, period.zone), known_at.get(deal.key))
        for account, deal in found
        if deal.closed_at
    )


def on_list_when_closed(session: Session, rows: Sequence[OpportunityRow], zone: str) -> list[OpportunityRow]:
    """Return those of these closed deals whose account was on the list at some time of the day on which they closed."""
    told: dict[int, list[EventFacts]] = defaultdict(list)
    for row in deals.entries(session, {row.account_id for row in rows}, "list_changed"):
        told[row.account_id].append(event_facts(row))
    listed = {number: list_days(uncorrected(events), zone) for number, events in told.items()}
    return [
        row
        for row in rows
        if row.closed_at
        and row.account_id in listed
        and listed[row.account_id].at_some_time_of(local_date(row.closed_at, zone))
    ]


# The trend of the program: earlier figures, as their reader may know them.

points: TypeAdapter[TrendPoint] = TypeAdapter(TrendPoint)

TREND_LOOK_BACK = timedelta(days=400)
"""A year of months, and a margin."""


def trend_before(session: Session, workspace_id: str, at: datetime) -> tuple[TrendPoint, ...]:
    """Return the figures of held reviews and of months that ended before an instant, oldest first.

    Whoever may not see every account gets those without the private ones, and none of the time from the first entry of
    an account hidden from them until the last became private: it is counted in those.
    """
    rows = measures.figures_until(session, workspace_id, at, after=at - TREND_LOOK_BACK)
    if not hidden_in(session):
        return tuple(points.validate_python(row.figures) for row in rows)
    began_at, ended_at = privacy.counted_openly(session)
    known = (row.others or row.figures for row in rows if not _is_between(row.ended_at, began_at, ended_at))
    return tuple(map(points.validate_python, known))


def _is_between(instant: datetime, began_at: datetime | None, ended_at: datetime | None) -> bool:
    return began_at is not None and ended_at is not None and began_at <= instant < ended_at


# Load the whole program over a period, as its reader may see it, with a constant number of statements.

TOLD_KINDS = ("decided", "ask_answered", "ask_taken", "item_edited", "list_changed", "corrected")
"""Kinds of events that decisions and changes of the list are told by, with what takes them back."""

Before = dict[int, Bucket]
"""Tier and bucket by account id."""


def load_program(session: Session, workspace_id: str, period: Period, *, now: datetime) -> Program:
    """Return the program over the period, by what was recorded until its end.

    The accounts that the session hides are in no part of it. Names and functions of people are those of now.
    """
    settings = _settings(session, workspace_id, period)
    begins = states_at(session, workspace_id, period.begins_at)
    ends = _ends(session, workspace_id, period)
    kept = kept_places(session, workspace_id, period)
    placed = placed_over(session, workspace_id, period, before=begins, after=ends, settings=settings, kept=kept)
    earlier = month_before(period)
    before = _before(session, workspace_id, earlier, begins) if earlier.ends_at == period.begins_at else {}
    after = month_before(period).begins_at
    rows = measures.of_kinds_between(session, workspace_id, TOLD_KINDS, after=after, at=period.ends_at)
    told = tuple(map(event_facts, rows))
    reviews = planned_reviews(session, workspace_id, min(period.begins_at, period.ends_at - KEPT_FOR), period.ends_at)
    known = people.get_many(session, workspace_id, mentioned(placed.values(), told, reviews))
    began_at = measures.first_recorded_at(session, workspace_id)
    histories = histories_since(session, workspace_id, period, ends)
    found = Program(
        period=period,
        settings=settings,
        accounts=_accounts(placed, begins, _recorded_later(session, placed, period, now)),
        closed=closed_deals(session, workspace_id, period, ends, histories),
        bridges=bridges(histories, period.first, period.last),
        stays=stays_at(session, workspace_id, ends, period.ends_at),
        reviews=with_functions(reviews, functions_of(known)),
        trend=trend_before(session, workspace_id, period.ends_at),
        before=before,
        history_since=local_date(began_at, period.zone) if began_at else None,
        people=names_of(known),
        functions=functions_of(known),
    )
    return _with_practice(session, workspace_id, _with_decisions(session, found, told))


def _settings(session: Session, workspace_id: str, period: Period) -> ProgramSettings:
    if period.is_running:
        return settings_of(session, workspace_id)
    return settings_at(session, workspace_id, period.ends_at)


def _ends(session: Session, workspace_id: str, period: Period) -> States:
    if period.is_running:
        rows = accounts.fitting(session, workspace_id, ON_LIST)
        found = account_items.of_accounts(session, [row.row_id for row in rows], period.ends_at - KEPT_FOR)
        return {row.row_id: account_state(row, found.get(row.row_id, NO_ITEMS)) for row in rows}
    return states_at(session, workspace_id, period.ends_at)


def _before(session: Session, workspace_id: str, period: Period, ends: States) -> Before:
    """Return the month's buckets of the accounts named at its end, stored or computed again."""
    if kept := kept_buckets(session, workspace_id, period):
        return kept
    begins = states_at(session, workspace_id, period.begins_at)
    settings = settings_at(session, workspace_id, period.ends_at)
    placed = placed_over(session, workspace_id, period, before=begins, after=ends, settings=settings)
    named = ((number, one) for number, one in placed.items() if one.facts.account.list_status is ListStatus.NAMED)
    return {number: one.placement.bucket for number, one in named}


def _with_decisions(session: Session, found: Program, told: tuple[EventFacts, ...]) -> Program:
    period, states = found.period, {each.account_id: each.facts.account for each in found.accounts}
    earlier = month_before(period)
    of_period = tuple(event for event in told if event.recorded_at > period.begins_at)
    names = measures.names(session, {event.account_id for event in told})
    known = states | fold_until(session, _asked_and_gone(told, states), period.ends_at)
    return replace(
        found,
        decisions=decisions_of(told, known, after=earlier.begins_at, until=earlier.ends_at),
        decided=decisions_of(told, known, after=period.begins_at, until=period.ends_at),
        list_moves=list_moves(of_period, names),
        names={number: name for number, name in names.items() if number not in states},
    )


def _asked_and_gone(told: Iterable[EventFacts], states: States) -> set[int]:
    """The accounts that left the list since something was asked for them; their actions say whether it was done."""
    asked = (event for event in told if isinstance(event.change, Decided) and event.change.ask_of)
    return {event.account_id for event in asked} - states.keys()


def _accounts(
    placed: Mapping[int, Placed], begins: States, later: Mapping[int, tuple[EventFacts, ...]]
) -> tuple[ProgramAccount, ...]:
    return tuple(
        ProgramAccount(
            facts=one.facts,
            placement=one.placement,
            was_named=number in begins and begins[number].list_status is ListStatus.NAMED,
            recorded_later=later.get(number, ()),
        )
        for number, one in placed.items()
    )


def _recorded_later(
    session: Session, placed: Mapping[int, Placed], period: Period, now: datetime
) -> dict[int, tuple[EventFacts, ...]]:
    """Return, for a period that is past, its entries that were recorded or corrected after it, by account id.

    One recorded in the period and corrected later is the entry itself.
    """
    if period.is_running or not placed:
        return {}
    rows = measures.recorded_later(session, list(placed), period.begins_at, period.ends_at, now=now)
    known = {event.id: event for one in placed.values() for event in one.facts.events}
    found: dict[int, list[EventFacts]] = defaultdict(list)
    for event in later_of(map(event_facts, rows), known):
        found[event.account_id].append(event)
    return {number: tuple(events) for number, events in found.items()}


# Habits of the team over the 100 days before the end of a period, by what was recorded until then.

LOOKS_BACK = timedelta(days=WINDOW_DAYS + 1)
"""The window's first day counts whole, whatever the time of its last one."""

OF_PROGRAM = ("list_changed", "executive_met", "corrected")
"""Kinds of events that are read of all accounts, those that left the list too: they are few."""


def _with_practice(session: Session, workspace_id: str, program: Program) -> Program:
    period = program.period
    after = period.ends_at - LOOKS_BACK
    read = measures.of_kinds_between(session, workspace_id, OF_PROGRAM, after=after, at=period.ends_at)
    of_program = tuple(map(event_facts, read))
    wrote = measures.writers(session, [review.id for review in program.reviews if review.was_held], period.ends_at)
    marks = measures.marks_between(session, workspace_id, after, period.ends_at)
    who = {*(who for _, who in wrote), *_givers(marks), *_met(of_program)}
    known = functions_of(people.get_many(session, workspace_id, who))
    theirs = {each.account_id: each.facts.account.profile.our_executive for each in program.accounts}
    met = of_executives(of_program, known, theirs)
    with_play, became = _with_play(program), _became_mqa(program)
    told = measures.of_accounts_between(session, sorted(with_play), HABIT_KINDS, after=after, at=period.ends_at)
    signalled = measures.signalled(session, sorted(with_play), BY_THE_PERSON, after=after, at=period.ends_at)
    updates = measures.updates_between(session, sorted(became), UPDATES, after=after, at=period.ends_at)
    gone = taken_back((event.id, event.change.event_id) for event in of_program if isinstance(event.change, Corrected))
    found = Practice(
        refusals=refusals(of_program),
        tiers_decided=tiers_decided(of_program, program.reviews),
        writers=_writers(wrote, known),
        buyer_acts=buyer_acts(map(event_facts, told), signalled),
        updates=by_account((number, at) for event_id, number, at in updates if event_id not in gone),
        touches=touches_of(met, period.zone),
        marks=tuple(_mark(row, known) for row in marks),
    )
    return replace(program, practice=found)


def _with_play(program: Program) -> set[int]:
    """Return the accounts on which a play began in the window."""
    return {
        each.account_id
        for each in program.accounts
        if any(is_recent(program, run.started_at) for run in each.facts.account.plays)
    }


def _became_mqa(program: Program) -> set[int]:
    """Return the accounts that became MQA in the window."""
    stays = (stay for stay in program.stays if stay.stage is Stage.MQA and is_recent(program, stay.began_at))
    return {stay.account_id for stay in stays}


def _met(events: Iterable[EventFacts]) -> Iterator[str]:
    yield from (event.change.ours for event in events if isinstance(event.change, ExecutiveMet))


def _givers(marks: Iterable[MarkRow]) -> Iterator[str]:
    yield from (row.user_id for row in marks)


def _writers(wrote: Iterable[tuple[int, str]], functions: Mapping[str, Function]) -> Mapping[int, frozenset[Function]]:
    found: dict[int, set[Function]] = defaultdict(set)
    for review_id, who in wrote:
        if who in functions:
            found[review_id].add(functions[who])
    return {number: frozenset(those) for number, those in found.items()}


def _mark(row: MarkRow, functions: Mapping[str, Function]) -> ProgramMark:
    return ProgramMark(Mark(row.kind), row.user_id, row.month, row.at, functions.get(row.user_id))


# Periods of a workspace's program, in the zone of the program.


def month_asked(session: Session, workspace_id: str, typed: str, *, now: datetime) -> Period:
    """Return the month that the words name, the running one without any, or a month up to the day that they name.

    Raises NotUnderstood for other words, and for a month or day to come.
    """
    return read_period(typed, workspaces.zone(session, workspace_id), now=now)


# The program over a month that somebody names, for pages of its figures. Nothing here writes.


def program_of_month(session: Session, workspace_id: str, typed: str, *, now: datetime) -> Program:
    """Return the program over the month that the words name, of the accounts that the session shows.

    Raises NotUnderstood for words that are no month, or one to come.
    """
    period = month_asked(session, workspace_id, typed, now=now)
    return load_program(session, workspace_id, period, now=now)


# Reads of the accounts behind a figure. Nothing here writes.


def behind(session: Session, workspace_id: str, month: str, figure: Figure, *, now: datetime) -> BehindFigure:
    """Return the accounts that this figure of the month counts, as the session shows them.

    Raises NotUnderstood for words that are no month.
    """
    found = program_of_month(session, workspace_id, month, now=now)
    known, ids = {each.account_id: each for each in found.accounts}, accounts_behind(found, figure)
    accounts = tuple(known[number] for number in ids if number in known)
    return BehindFigure(figure.text, found.period, accounts, len(ids) - len(accounts))


def figure_of(text: str) -> Figure:
    """Return the figure that a button carries. Raises Outdated for one of another version."""
    figure = Figure.read(text)
    if figure is None:
        raise Outdated("This number is from another version of Cadence. Ask for the page anew.")
    return figure


# Reads of the executive review and of the accounts behind its numbers. Nothing here writes.


def executive(session: Session, workspace_id: str, typed: str, *, now: datetime) -> ExecutiveReport:
    """Return the executive review of the month that the words name, of the accounts that the session shows.

    Raises NotUnderstood for words that are no month, or one to come.
    """
    return _with_now(session, executive_report(program_of_month(session, workspace_id, typed, now=now)), workspace_id)


def executive_of(session: Session, workspace_id: str, period: Period, *, now: datetime) -> ExecutiveReport:
    """Return the executive review of a period over the accounts visible to the session.

    The foundations that are missing in it are those of the audit, which judges the habits of the team too.
    """
    return _with_now(session, executive_report(load_program(session, workspace_id, period, now=now)), workspace_id)


def _with_now(session: Session, report: ExecutiveReport, workspace_id: str) -> ExecutiveReport:
    """The report of a past period with the accounts that need something in it as they are stored now."""
    if report.period.is_running:
        return report
    needing = {each.account.account_id for each in report.interventions}
    needing |= {each.account_id for each in report.untouched}
    rows = accounts.get_many(session, workspace_id, needing)
    return replace(report, now={row.row_id: account_state(row) for row in rows})


# Note that somebody uses the program's figures: what is measured has to be read, too.


def note_opened(session: Session, author: Author, month: date) -> bool:
    """Note that the person opened the executive page of this month by its button; False where it is noted today."""
    return _note(session, author, Mark.PAGE_OPENED, month)


def note_ask_taken(session: Session, author: Author, month: date) -> bool:
    """Note that the person took an ask on the executive page of this month; False where one is noted today."""
    return _note(session, author, Mark.ASK_TAKEN, month)


def note_list_reviewed(session: Session, author: Author, month: date) -> bool:
    """Record that the whole list was reviewed; False if the person has already recorded it today."""
    return _note(session, author, Mark.LIST_REVIEWED, month)


def _note(session: Session, author: Author, kind: Mark, month: date) -> bool:
    """Keep the sign with the first day of its month."""
    first = month.replace(day=1)
    return measures.add_mark(session, author.workspace_id, author.user_id, kind=kind.value, month=first, at=author.at)


# Letters with the audit of a month that ended, to those whom the program's settings name.

PAGE = "month_audit"

NEWS_FOR = timedelta(days=3)
"""A month that ended longer ago is no news: its figures were worked out late, as of the history of an upgrade."""


def send_audit(session: Session, figures: ProgramFigures, now: datetime) -> None:
    """Queue the audit of the month whose figures were kept, once for each reader that is wanted."""
    wanted = settings_of(session, figures.workspace_id).value(AUDIT_SENT)
    if wanted == AuditReaders.NOBODY or now - figures.ended_at > NEWS_FOR:
        return
    readers = _channels if wanted == AuditReaders.REVIEW_CHANNELS else _executives
    month = f"{figures.on:%Y-%m}"
    letters = [_letter(figures.workspace_id, month, *reader, now=now) for reader in readers(session, figures)]
    outbox.queue_many(session, letters)


def _channels(session: Session, figures: ProgramFigures) -> Iterator[tuple[str, str]]:
    for cadence in reviews.cadences(session, figures.workspace_id):
        if not cadence.is_paused:
            yield cadence.channel_id, ""


def _executives(session: Session, figures: ProgramFigures) -> Iterator[tuple[str, str]]:
    for person in people.with_function(session, figures.workspace_id):
        if person.function == Function.EXECUTIVE:
            yield "", person.user_id


def _letter(workspace_id: str, month: str, channel_id: str, user_id: str, *, now: datetime) -> Letter:
    kind, key = LetterKind.POST if channel_id else LetterKind.DIRECT, f"audit:{month}:{channel_id or user_id}"
    where = {"channel_id": channel_id, "user_id": user_id}
    return new_letter(kind, workspace_id, PAGE, MonthSubject(month), key=key, at=now, **where)
