"""Put the facts of accounts together from their states, their last reviews and what was recorded since."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.people import Leads, Owners
from agendas.facts.program.settings import ProgramSettings
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.facts.signals import Engagement
from agendas.rules.deals.stalled import excused_before
from agendas.rules.history.fold import trim
from agendas.verbs.loading.last_review import LastReview
from agendas.verbs.loading.recorded_since import LOOK_BACK, counts


@dataclass(frozen=True, slots=True)
class Beside:
    """Facts beside the accounts' own history: by account id, or of all of them as `AgendaFacts` has them.

    `when_named` are states by account id, `deactivated` owners whom Slack deactivated.
    """

    engagement: Mapping[int, Engagement]
    unreviewed: Mapping[int, int]
    when_named: Mapping[int, AccountState] = field(default_factory=dict)
    tier_1_owners: Owners | None = None
    deactivated: Collection[str] = ()
    tiers_of_plays: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    leads: Leads = field(default_factory=Leads)


def assemble(
    states: Mapping[int, AccountState],
    last_reviews: Mapping[int, LastReview],
    recorded: Iterable[EventFacts],
    beside: Beside,
    *,
    now: datetime,
    zone: str,
    settings: ProgramSettings,
) -> dict[int, AgendaFacts]:
    """Return the facts of accounts in these states, trimmed to what is open or changed since the last review."""
    events_of = _by_account(recorded)
    found = {}
    for account_id, state in states.items():
        last_review = last_reviews.get(account_id)
        since = last_review.closed_at if last_review else None
        floor = since or now - LOOK_BACK
        is_deactivated = state.profile.owner in beside.deactivated
        found[account_id] = AgendaFacts(
            account=trim(state, floor),
            before=last_review.state if last_review else None,
            since=since,
            reviewed_on=last_review.held_on if last_review else None,
            now=now,
            zone=zone,
            events=tuple(event for event in events_of[account_id] if counts(event, state, since, floor)),
            aged_before=last_review.was_aged if last_review else False,
            excused_before=_excused_before(state, last_review),
            unreviewed=beside.unreviewed.get(account_id, 0),
            missing_updates_from=() if is_deactivated else silent_owner(state, since),
            settings=settings,
            engagement=beside.engagement.get(account_id),
            tier_1_owners=beside.tier_1_owners,
            owner_is_deactivated=is_deactivated,
            tiers_of_plays=beside.tiers_of_plays,
            leads=beside.leads,
            corrected=last_review.corrected if last_review else (),
            judged=last_review.judged if last_review else (),
            when_named=beside.when_named.get(account_id),
        )
    return found


def _excused_before(state: AccountState, held: LastReview | None) -> int:
    return excused_before(held.excused_reviews, state, held.opened_at) if held else 0


def _by_account(recorded: Iterable[EventFacts]) -> dict[int, list[EventFacts]]:
    events_of: dict[int, list[EventFacts]] = defaultdict(list)
    for event in recorded:
        events_of[event.account_id].append(event)
    return events_of


def silent_owner(state: AccountState, since: datetime | None) -> tuple[str, ...]:
    """Return the owner if nothing was recorded of the account since its last held review."""
    updated_at = state.last_update_at
    if state.profile.owner is None or (updated_at is not None and (since is None or updated_at > since)):
        return ()
    return (state.profile.owner,)
