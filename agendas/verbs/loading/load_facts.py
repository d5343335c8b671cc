"""From the database to the facts of a page: one query set per page, whatever the number of accounts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts, Owners
from agendas.facts.agenda import AgendaFacts
from agendas.facts.settings import DEFAULTS, TIERS, ProgramSettings
from agendas.facts.signals import Engagement
from agendas.rules.history.fold import trim
from agendas.rules.list.fit_proposals import may_reach_tier_1
from agendas.rules.signals.engagement import WEEKS_OF_BASELINE, trend
from agendas.verbs.loading.rows import account_state, event_facts, states
from storage import account_items, accounts, events, people, reviews, signals, workspaces
from storage.account_items import NO_ITEMS
from storage.signals import Sums
from storage.tables import Account, Review, ReviewItem
from storage.tables.types import JsonValue

LOOK_BACK = timedelta(days=35)
"""The time that is read of an account without a held review: the evidence window of 30 days and some."""


@dataclass(frozen=True, slots=True)
class Start:
    """The start of an account's movement: its state when its last held review closed."""

    state: AccountState | None
    closed_at: datetime
    was_aged: bool


def agenda_facts(session: Session, rows: Sequence[Account], *, now: datetime, zone: str) -> dict[int, AgendaFacts]:
    """The facts of accounts of one workspace, for agendas and cards, by account id.

    Movement starts where the account's last held review closed; the settings are those in force.
    """
    settings = settings_of(session, rows[0].workspace_id) if rows else DEFAULTS
    ids = [row.row_id for row in rows]
    starts = last_held(session, rows)
    recorded = map(event_facts, events.since_last_held(session, ids, now - LOOK_BACK))
    stood = _states(session, rows, starts, now)
    engaged = engagements(session, ids, now)
    return assemble(
        stood,
        starts,
        recorded,
        now=now,
        zone=zone,
        settings=settings,
        engaged=engaged,
        tier_1_owners=owners_in_tier_1(session, rows, settings),
        deactivated=deactivated_owners(session, rows),
    )


def item_facts(
    session: Session, review: Review, rows: Sequence[Account], items: Sequence[ReviewItem], *, now: datetime
) -> dict[int, AgendaFacts]:
    """The facts of accounts of one review, with the movement and settings of when the review opened."""
    starts = starts_of(session, items)
    recorded = _since_start(session, [row.row_id for row in rows], starts, now)
    settings = ProgramSettings.of(review.settings)
    stood = _states(session, rows, starts, now)
    engaged = engagements(session, list(stood), now)
    return assemble(
        stood,
        starts,
        recorded,
        now=now,
        zone=review.zone,
        settings=settings,
        engaged=engaged,
        tier_1_owners=owners_in_tier_1(session, rows, settings),
        deactivated=deactivated_owners(session, rows),
    )


def closed_facts(session: Session, review: Review, items: Sequence[ReviewItem]) -> dict[int, AgendaFacts]:
    """The facts of a closed review, as frozen when it closed, without anything recorded later."""
    cutoff = review.closed_at or review.opened_at
    starts = starts_of(session, items)
    recorded = _since_start(session, [item.account_id for item in items], starts, cutoff)
    stood = {item.account_id: state for item in items if (state := frozen(item)) is not None}
    settings = ProgramSettings.of(review.settings)
    engaged = engagements(session, list(stood), cutoff)
    return assemble(stood, starts, recorded, now=cutoff, zone=review.zone, settings=settings, engaged=engaged)


def settings_of(session: Session, workspace_id: str) -> ProgramSettings:
    """The settings in force in a workspace."""
    return ProgramSettings.of(workspaces.own_settings(session, workspace_id))


def engagements(session: Session, account_ids: Collection[int], now: datetime) -> dict[int, Engagement]:
    """The engagement of these accounts at an instant, by id; none for an account without signals lately."""
    found = signals.sums(session, account_ids, now) if account_ids else {}
    return {number: _engagement(sums) for number, sums in found.items()}


def owners_in_tier_1(session: Session, rows: Iterable[Account], settings: ProgramSettings) -> Owners:
    """The owners of the accounts named in tier 1 of their workspace; none where none of these could come there."""
    for row in rows:
        if may_reach_tier_1(row.fit_score, row.tier, settings):
            return accounts.owners_in(session, row.workspace_id, TIERS[0])
    return ()


def deactivated_owners(session: Session, rows: Sequence[Account]) -> Collection[str]:
    """The owners of these accounts of a workspace whom Slack deactivated."""
    return people.deactivated(session, rows[0].workspace_id, {row.owner for row in rows}) if rows else ()


def names(session: Session, workspace_id: str, user_ids: Collection[str]) -> dict[str, str]:
    """The names of these people who are not bots by user id, for texts that cannot mention."""
    found = people.get_many(session, workspace_id, user_ids) if user_ids else ()
    return {person.user_id: person.name for person in found if not person.is_bot}


def frozen(item: ReviewItem) -> AccountState | None:
    """The account as it stood when the review closed, or opened if it is still open."""
    return _stored_state(item.closed_state or item.opened_state)


def last_held(session: Session, rows: Iterable[Account]) -> dict[int, Start]:
    """The start of the movement of each account that was in a held review, by account id."""
    return _starts(session, [row.held_item_id for row in rows if row.held_item_id is not None])


def starts_of(session: Session, items: Sequence[ReviewItem]) -> dict[int, Start]:
    """The start of the movement of a review's items, by account id; none for an account's first review."""
    return _starts(session, [item.before_item_id for item in items if item.before_item_id is not None])


def assemble(
    stood: Mapping[int, AccountState],
    starts: Mapping[int, Start],
    recorded: Iterable[EventFacts],
    *,
    now: datetime,
    zone: str,
    settings: ProgramSettings,
    engaged: Mapping[int, Engagement],
    tier_1_owners: Owners | None = None,
    deactivated: Collection[str] = (),
) -> dict[int, AgendaFacts]:
    """The facts of accounts that stood like this at `now`, trimmed to what is open or happened since their start."""
    happened: dict[int, list[EventFacts]] = defaultdict(list)
    for event in recorded:
        happened[event.account_id].append(event)
    found = {}
    for account_id, state in stood.items():
        start = starts.get(account_id)
        since = start.closed_at if start else None
        floor = since or now - LOOK_BACK
        is_gone = state.profile.owner in deactivated
        found[account_id] = AgendaFacts(
            account=trim(state, floor),
            before=start.state if start else None,
            since=since,
            now=now,
            zone=zone,
            events=tuple(event for event in happened[account_id] if event.recorded_at > floor),
            aged_before=start.was_aged if start else False,
            missing_updates_from=() if is_gone else _silent_owner(state, since),
            settings=settings,
            engagement=engaged.get(account_id),
            tier_1_owners=tier_1_owners,
            owner_is_deactivated=is_gone,
        )
    return found


def _engagement(sums: Sums) -> Engagement:
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


def _states(
    session: Session, rows: Sequence[Account], starts: Mapping[int, Start], now: datetime
) -> dict[int, AccountState]:
    """The accounts as stored, with their parts; blockers and actions open, or closed since the earliest start."""
    ids = [row.row_id for row in rows]
    earliest = _earliest(starts, len(rows), now)
    found = account_items.of_accounts(session, ids, earliest)
    return {row.row_id: account_state(row, found.get(row.row_id, NO_ITEMS)) for row in rows}


def _since_start(
    session: Session, account_ids: Sequence[int], starts: Mapping[int, Start], until: datetime
) -> list[EventFacts]:
    earliest = _earliest(starts, len(account_ids), until)
    return list(map(event_facts, events.between(session, account_ids, earliest, until)))


def _earliest(starts: Mapping[int, Start], account_count: int, now: datetime) -> datetime:
    """The earliest instant from which anything of these accounts is shown."""
    closed = [start.closed_at for start in starts.values()]
    return min(closed) if closed and len(closed) >= account_count else min([*closed, now - LOOK_BACK])


def _starts(session: Session, item_ids: Collection[int]) -> dict[int, Start]:
    return {
        account_id: Start(_stored_state(one.state), one.closed_at, one.is_aged)
        for account_id, one in reviews.held(session, item_ids).items()
    }


def _stored_state(stored: JsonValue) -> AccountState | None:
    return states.validate_python(stored) if stored else None


def _silent_owner(state: AccountState, since: datetime | None) -> tuple[str, ...]:
    """The owner, when nobody recorded anything of the account since its last held review."""
    said = state.last_update_at
    if state.profile.owner is None or (said is not None and (since is None or said > since)):
        return ()
    return (state.profile.owner,)
