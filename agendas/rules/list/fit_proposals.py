"""Proposals for the list by fit: a tier or a no for a candidate, up or down for a named account.

The score proposes and people decide, so every proposal carries its reasons in numbers. All cut-offs are settings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from agendas.facts.account import AccountState, ListStatus
from agendas.facts.events import DecisionKind
from agendas.facts.fit import Criterion, FitShort
from agendas.facts.people import Owners
from agendas.facts.program.settings import DEFAULTS, TIERS, ProgramSettings
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.rules.fit.score import FitAnswer, fit_of
from agendas.rules.list.capacity import reached

SETTLING = (DecisionKind.KEEP, DecisionKind.CHANGE_TIER)
"""Decisions of a review after which nothing is proposed for a while: people had the account before them."""


class Proposed(StrEnum):
    """Kind of proposal."""

    NAME = "name"
    REJECT = "reject"
    PROMOTE = "promote"
    DEMOTE = "demote"
    REMOVE = "remove"


class Why(StrEnum):
    """A reason for a proposal, or against a higher tier."""

    VETO = "veto"
    REACHES = "reaches"
    BELOW = "below"
    UNSURE = "unsure"
    UNJUSTIFIED = "unjustified"
    FULL = "full"
    OWNER_FULL = "owner_full"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, about which tier, in numbers: the fit against the tier's, percent known, or places taken of how many."""

    why: Why
    tier: int = 0
    number: float = 0
    limit: int = 0
    criterion: Criterion | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal with its tier, unless the account is to leave, and its reasons: the deciding one first."""

    what: Proposed
    tier: int | None
    reasons: tuple[Reason, ...]


def proposal_of(
    account: AccountState, *, now: datetime, settings: ProgramSettings = DEFAULTS, tier_1_owners: Owners | None = None
) -> Proposal | None:
    """Return the proposal for the account, or None: fit proposes nothing, or a review decided otherwise lately.

    Args:
        account: a candidate or named account; nothing is proposed for any other.
        now: the present instant.
        settings: the cut-offs.
        tier_1_owners: the owners of the accounts named in tier 1; None leaves out whether a place is free.
    """
    answer = fit_of(account.fit, settings)
    if answer.fit is None:
        return None
    if account.list_status is ListStatus.CANDIDATE:
        return _for_candidate(account, answer, settings, tier_1_owners=tier_1_owners)
    if account.list_status is ListStatus.NAMED and not _is_settled(account, now, settings):
        return _for_named(account, answer, settings, tier_1_owners=tier_1_owners)
    return None


def pending(facts: AgendaFacts) -> Proposal | None:
    """Return the proposal to show with an account; none on a review that is closed."""
    if facts.tier_1_owners is None or not facts.account.fit:
        return None
    return proposal_of(facts.account, now=facts.now, settings=facts.settings, tier_1_owners=facts.tier_1_owners)


def short_of(account: AccountState, tier: int, settings: ProgramSettings = DEFAULTS) -> FitShort | None:
    """Return the account's fit if it does not reach this tier, or rules the account out; None if it reaches it."""
    answer, cut = fit_of(account.fit, settings), _cut(tier, settings)
    wanted_known = settings.number("fit.confidence") if tier == TIERS[0] else 0
    is_reached = answer.fit is not None and answer.fit >= cut and answer.percent_known >= wanted_known
    if is_reached and not answer.vetoes:
        return None
    return FitShort(answer.fit, cut, answer.percent_known, wanted_known, answer.vetoes)


def may_reach_tier_1(fit: float | None, tier: int | None, settings: ProgramSettings = DEFAULTS) -> bool:
    """Return true if free places in tier 1 matter for an account of this fit."""
    return fit is not None and tier != TIERS[0] and fit >= _cut(TIERS[0], settings)


def _for_candidate(
    account: AccountState, answer: FitAnswer, settings: ProgramSettings, *, tier_1_owners: Owners | None
) -> Proposal:
    if answer.vetoes:
        return Proposal(Proposed.REJECT, None, _vetoes(answer))
    against: list[Reason] = []
    for tier in TIERS:
        found = tuple(_against(tier, account, answer, settings, tier_1_owners=tier_1_owners))
        if not found:
            return Proposal(Proposed.NAME, tier, (_reaches(tier, answer, settings), *against))
        against += found
    return Proposal(Proposed.REJECT, None, tuple(against[-1:]))


def _for_named(
    account: AccountState, answer: FitAnswer, settings: ProgramSettings, *, tier_1_owners: Owners | None
) -> Proposal | None:
    if answer.vetoes:
        return Proposal(Proposed.REMOVE, None, _vetoes(answer))
    if account.tier is None or answer.percent_known < settings.number("fit.confidence"):
        return None
    if (answer.fit or 0) < _cut(account.tier, settings):
        below = _below(account.tier, answer, settings)
        lower = (tier for tier in TIERS if tier > account.tier and (answer.fit or 0) >= _cut(tier, settings))
        tier = next(lower, None)
        return Proposal(Proposed.DEMOTE if tier else Proposed.REMOVE, tier, (below,))
    for tier in range(TIERS[0], account.tier):
        if not any(_against(tier, account, answer, settings, tier_1_owners=tier_1_owners)):
            return Proposal(Proposed.PROMOTE, tier, (_reaches(tier, answer, settings),))
    return None


def _against(
    tier: int, account: AccountState, answer: FitAnswer, settings: ProgramSettings, *, tier_1_owners: Owners | None
) -> Iterator[Reason]:
    """Yield the reasons that keep the account out of the tier; only tier 1 asks for more than its fit."""
    if (answer.fit or 0) < _cut(tier, settings):
        yield _below(tier, answer, settings)
        return
    if tier != TIERS[0]:
        return
    if answer.percent_known < settings.number("fit.confidence"):
        yield Reason(Why.UNSURE, tier, answer.percent_known, settings.number("fit.confidence"))
    if not account.justification.why_account.strip():
        yield Reason(Why.UNJUSTIFIED, tier)
    owner, taken = account.profile.owner, tier_1_owners or ()
    full = reached(tier, owner, settings, in_tier=len(taken), of_owner=taken.count(owner) if owner else 0)
    if full is not None:
        yield Reason(Why.OWNER_FULL if full.owner else Why.FULL, tier, full.count, full.cap)


def _is_settled(account: AccountState, now: datetime, settings: ProgramSettings) -> bool:
    last = account.decision
    if last is None or last.decision not in SETTLING:
        return False
    return now - last.decided_at < timedelta(days=settings.number("fit.keep"))


def _vetoes(answer: FitAnswer) -> tuple[Reason, ...]:
    return tuple(Reason(Why.VETO, criterion=each) for each in answer.vetoes)


def _reaches(tier: int, answer: FitAnswer, settings: ProgramSettings) -> Reason:
    return Reason(Why.REACHES, tier, answer.fit or 0, _cut(tier, settings))


def _below(tier: int, answer: FitAnswer, settings: ProgramSettings) -> Reason:
    return Reason(Why.BELOW, tier, answer.fit or 0, _cut(tier, settings))


def _cut(tier: int, settings: ProgramSettings) -> int:
    return settings.number(f"fit.tier.{tier}")
