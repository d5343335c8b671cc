"""Facts of accounts over a period, and their places by them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts, ListStatus
from agendas.facts.events import Corrected
from agendas.facts.evidence import EvidenceJudged
from agendas.facts.measures.program import Period
from agendas.facts.people import Leads, Owners
from agendas.facts.program.settings import TIERS, ProgramSettings
from agendas.facts.reviews.agenda import AgendaFacts, CorrectedEntry
from agendas.facts.reviews.review import Placement
from agendas.facts.signals import Engagement
from agendas.rules.access.leads import NOBODY_LEADS
from agendas.rules.deals.stalled import excused_before
from agendas.rules.history.fold import with_signals
from agendas.rules.history.hindsight import corrected_since, judged_since, state_in_hindsight
from agendas.rules.reviews.placement import place
from agendas.verbs.loading.assemble import silent_owner
from agendas.verbs.loading.engagements import engagements
from agendas.verbs.loading.last_review import LastReview
from agendas.verbs.loading.leads import askable_leads
from agendas.verbs.loading.play_library import library
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.measures.last_reviews import LastReviews, last_reviews_at
from agendas.verbs.measures.states import States
from storage import people
from storage.measures import history

NONE_KEPT: Mapping[int, Placement] = {}

TOLD_READ = 3
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
class _Beside:
    """Facts beside the accounts' own history, as `AgendaFacts` has them."""

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
    ends = _Ends(before, after, _told_between(session, list(after), period))
    found = _facts(session, ends, _beside(session, workspace_id, period, after), period=period, settings=settings)
    return {number: Placed(facts, kept.get(number) or place(facts)) for number, facts in found.items()}


def _told_between(session: Session, account_ids: Collection[int], period: Period) -> dict[int, list[EventFacts]]:
    """Return what was recorded of these accounts in the period as far as places and pages need it, by account id.

    In the order recorded: all that decides, and the latest of the others.
    """
    found: dict[int, list[EventFacts]] = {number: [] for number in account_ids}
    for row in history.telling(session, account_ids, period.begins_at, period.ends_at, told=TOLD_READ):
        found[row.account_id].append(event_facts(row))
    return found


def _beside(session: Session, workspace_id: str, period: Period, states: States) -> _Beside:
    """Return the rest. Who is deactivated is known of now alone, so of a past period nobody is."""
    owners = {state.profile.owner for state in states.values()}
    needs_lead = any(blocker.needs for state in states.values() for blocker in state.open_blockers)
    return _Beside(
        last=last_reviews_at(session, workspace_id, states, period.ends_at),
        engaged=engagements(session, list(states), period.ends_at),
        tier_1_owners=_owners_in_tier_1(states.values()),
        deactivated=people.deactivated(session, workspace_id, owners) if period.is_running else (),
        tiers_of_plays={each.play.key: each.play.tiers for each in library(session, workspace_id)},
        leads=askable_leads(session, workspace_id) if needs_lead else NOBODY_LEADS,
    )


def _facts(
    session: Session, ends: _Ends, beside: _Beside, *, period: Period, settings: ProgramSettings
) -> dict[int, AgendaFacts]:
    before = _in_hindsight(session, ends, period)
    held = beside.last.held
    return {
        number: AgendaFacts(
            account=state,
            before=before[number].state,
            since=period.begins_at,
            now=period.ends_at,
            zone=period.zone,
            events=tuple(ends.told[number]),
            missing_updates_from=_silent(state, period.begins_at, beside.deactivated),
            aged_before=number in beside.last.stalled_twice,
            excused_before=_excused(state, held.get(number)),
            unreviewed=beside.last.unreviewed.get(number, 0),
            settings=settings,
            engagement=beside.engaged.get(number),
            tier_1_owners=beside.tier_1_owners,
            owner_is_deactivated=state.profile.owner in beside.deactivated,
            reviewed_on=held[number].held_on if number in held else None,
            tiers_of_plays=beside.tiers_of_plays,
            leads=beside.leads,
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


def _in_hindsight(session: Session, ends: _Ends, period: Period) -> dict[int, _Before]:
    """Return the accounts at the beginning without what was corrected in the period, with what was judged in it.

    Reads the history of those accounts alone that have a correction or a judgement.
    """
    amended = [
        number
        for number in ends.after
        if any(isinstance(event.change, Corrected | EvidenceJudged) for event in ends.told[number])
    ]
    known: dict[int, list[EventFacts]] = defaultdict(list)
    for row in history.until(session, amended, period.ends_at) if amended else ():
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
