"""Load the facts of accounts for a page, with one set of queries however many accounts there are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import AccountState
from agendas.facts.people import Owners
from agendas.facts.program.settings import DEFAULTS, TIERS, ProgramSettings
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.rules.history.fold import trim
from agendas.rules.imports.reading.values import is_shared
from agendas.rules.list.fit_proposals import may_reach_tier_1
from agendas.verbs.loading import play_library
from agendas.verbs.loading.assemble import Beside, assemble
from agendas.verbs.loading.engagements import engagements
from agendas.verbs.loading.hindsight import in_hindsight, states_when_named
from agendas.verbs.loading.last_review import LastReview
from agendas.verbs.loading.leads import leads_needed
from agendas.verbs.loading.passed_reviews import passed_before, passed_since
from agendas.verbs.loading.recorded_since import LOOK_BACK, events_since, telling_since, telling_since_review
from agendas.verbs.loading.rows import account_state, state_adapter
from storage import account_items, accounts, people, workspaces
from storage.account_items import NO_ITEMS
from storage.past_reviews import held_reviews
from storage.tables import Account, Review, ReviewItem


def agenda_facts(session: Session, rows: Sequence[Account], *, now: datetime, zone: str) -> dict[int, AgendaFacts]:
    """Return the facts of accounts of one workspace, for agendas and cards, by account id.

    Movement counts from the close of the account's last held review; the settings are those in force.
    """
    settings = settings_of(session, rows[0].workspace_id) if rows else DEFAULTS
    ids = [row.row_id for row in rows]
    recorded = telling_since_review(session, ids, now)
    last_reviews = in_hindsight(session, last_held_reviews(session, rows), recorded, until=now)
    states = _states(session, rows, _closing_times(last_reviews), now)
    engagement = engagements(session, ids, now)
    return assemble(
        states,
        last_reviews,
        recorded,
        Beside(
            engagement=engagement,
            when_named=states_when_named(session, states, last_reviews, recorded, zone=zone, until=now),
            unreviewed=passed_since(session, rows, states, last_reviews, now=now),
            tier_1_owners=owners_in_tier_1(session, rows, settings),
            deactivated=deactivated_owners(session, rows),
            tiers_of_plays=play_library.tiers_of_plays(session, rows, states.values()),
            leads=leads_needed(session, rows, states),
        ),
        now=now,
        zone=zone,
        settings=settings,
    )


def item_facts(
    session: Session, review: Review, rows: Sequence[Account], items: Sequence[ReviewItem], *, now: datetime
) -> dict[int, AgendaFacts]:
    """Return the facts of accounts of one review, with their last held review and the settings as of its opening."""
    last_reviews = previous_reviews(session, items)
    settings = ProgramSettings.of(review.settings)
    states = _states(session, rows, _closing_times(last_reviews), now)
    recorded = telling_since(session, states, last_reviews, now)
    last_reviews = in_hindsight(session, last_reviews, recorded, until=now)
    engagement = engagements(session, list(states), now)
    return assemble(
        states,
        last_reviews,
        recorded,
        Beside(
            engagement=engagement,
            when_named=states_when_named(session, states, last_reviews, recorded, zone=review.zone, until=now),
            unreviewed=passed_before(session, review, states, last_reviews),
            tier_1_owners=owners_in_tier_1(session, rows, settings),
            deactivated=deactivated_owners(session, rows),
            tiers_of_plays=play_library.tiers_of_plays(session, rows, states.values()),
            leads=leads_needed(session, rows, states),
        ),
        now=now,
        zone=review.zone,
        settings=settings,
    )


def states_to_freeze(
    session: Session, rows: Sequence[Account], items: Sequence[ReviewItem], *, now: datetime
) -> dict[int, AccountState]:
    """Return the accounts of a closing review as `item_facts` has them, by account id: all that is frozen."""
    before = [item.before_item_id for item in items if item.before_item_id is not None]
    held = held_reviews.held(session, before, with_states=False)
    since = {account_id: one.closed_at for account_id, one in held.items()}
    states = _states(session, rows, since.values(), now)
    return {account_id: trim(state, since.get(account_id, now - LOOK_BACK)) for account_id, state in states.items()}


def closed_facts(session: Session, review: Review, items: Sequence[ReviewItem]) -> dict[int, AgendaFacts]:
    """Return the facts of a closed review as frozen at its close, without anything recorded later."""
    cutoff = review.closed_at or review.opened_at
    last_reviews = previous_reviews(session, items)
    states = {item.account_id: state for item in items if (state := frozen(item)) is not None}
    recorded = events_since(session, states, last_reviews, cutoff)
    last_reviews = in_hindsight(session, last_reviews, recorded, until=cutoff)
    settings = ProgramSettings.of(review.settings)
    engagement = engagements(session, list(states), cutoff)
    return assemble(
        states,
        last_reviews,
        recorded,
        Beside(
            engagement=engagement,
            when_named=states_when_named(session, states, last_reviews, recorded, zone=review.zone, until=cutoff),
            unreviewed=passed_before(session, review, states, last_reviews),
        ),
        now=cutoff,
        zone=review.zone,
        settings=settings,
    )


def settings_of(session: Session, workspace_id: str) -> ProgramSettings:
    """Return the settings in force in a workspace."""
    return ProgramSettings.of(workspaces.own_settings(session, workspace_id))


def own_domains(session: Session, workspace_id: str, members: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return our own domains: those set as such, and those of our members' addresses that no mail provider has.

    `members` are those of `people.own_members`.
    """
    theirs = {domain for _, email in members if (domain := email.rpartition("@")[2]) and not is_shared(domain)}
    return frozenset({*theirs, *settings_of(session, workspace_id).chosen("signals.our_domains")})


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


def frozen(item: ReviewItem) -> AccountState | None:
    """Return the account's state at the close of the review, or at its opening while it is open."""
    stored = item.closed_state or item.opened_state
    return state_adapter.validate_python(stored) if stored else None


def last_held_reviews(session: Session, rows: Iterable[Account]) -> dict[int, LastReview]:
    """Return the last held review of each account that was in one, by account id."""
    return _held_reviews(session, [row.held_item_id for row in rows if row.held_item_id is not None])


def previous_reviews(session: Session, items: Sequence[ReviewItem]) -> dict[int, LastReview]:
    """Return the held reviews before a review's items, by account id; an account's first review has none."""
    return _held_reviews(session, [item.before_item_id for item in items if item.before_item_id is not None])


def _states(
    session: Session, rows: Sequence[Account], closed_at: Collection[datetime], now: datetime
) -> dict[int, AccountState]:
    """Return the stored accounts with their items, closed ones back to the earliest of the last reviews."""
    ids = [row.row_id for row in rows]
    earliest = _earliest(closed_at, len(rows), now)
    found = account_items.of_accounts(session, ids, earliest)
    return {row.row_id: account_state(row, found.get(row.row_id, NO_ITEMS)) for row in rows}


def _closing_times(last_reviews: Mapping[int, LastReview]) -> list[datetime]:
    return [one.closed_at for one in last_reviews.values()]


def _earliest(closed_at: Collection[datetime], account_count: int, now: datetime) -> datetime:
    """The earliest instant from which anything of these accounts is shown."""
    if closed_at and len(closed_at) >= account_count:
        return min(closed_at)
    return min([*closed_at, now - LOOK_BACK])


def _held_reviews(session: Session, item_ids: Collection[int]) -> dict[int, LastReview]:
    return {
        account_id: LastReview.of(state_adapter.validate_json(one.state), one)
        for account_id, one in held_reviews.held(session, item_ids).items()
    }
