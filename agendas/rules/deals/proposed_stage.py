"""The stage that a deal of the CRM implies: proposed where the account stands below it, never taken by itself."""

from dataclasses import dataclass, replace
from datetime import datetime

from agendas.facts.account import AccountState, Stage
from agendas.facts.deals import Opportunity, Phase
from agendas.facts.events import Moved
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor
from agendas.rules.deals.crm_evidence import crm_of, evidence_of
from agendas.text.days import local_date


@dataclass(frozen=True, slots=True)
class StageProposal:
    """A deal, the stage that it implies, and since when; `since` is None where the CRM tells no day."""

    deal: Opportunity
    stage: Stage
    since: datetime | None

    @property
    def is_won(self) -> bool:
        """True if the deal was won, false for an open one."""
        return self.deal.profile.phase is Phase.WON


@dataclass(frozen=True, slots=True)
class AccountProposal:
    """A proposal, and the account that it is about."""

    account_id: int
    account_name: str
    proposal: StageProposal


@dataclass(frozen=True, slots=True)
class RunProposals:
    """Proposals by the deals of one import: those that stand, and a sentence for each one that does not any more."""

    run_id: int
    standing: tuple[AccountProposal, ...] = ()
    gone: tuple[str, ...] = ()


def proposed_stage(account: AccountState) -> StageProposal | None:
    """Return the furthest stage above the account's own that one of its deals implies; None when there is none.

    Of several deals that imply it, the earliest counts: with the first won one the account became a customer. A deal
    from before the account left that stage again implies nothing any more, nor does one whose stage was declined.
    """
    if account.list_status.is_closed:
        return None
    found = [each for deal in account.opportunities if (each := implied_by(deal)) is not None]
    higher = [each for each in found if each.stage.rank > account.stage.rank and not _is_over(account, each)]
    return min(higher, key=_furthest_first, default=None)


def implied_by(deal: Opportunity) -> StageProposal | None:
    """Return the stage that the deal implies: customer by a won one, opportunity by an open one, none by a lost one."""
    if deal.profile.phase is Phase.WON:
        return StageProposal(deal, Stage.CUSTOMER, deal.closed_at)
    return StageProposal(deal, Stage.OPPORTUNITY, _opened_at(deal)) if deal.is_open else None


def proposal_by(account: AccountState, key: str, stage: Stage) -> StageProposal | str:
    """Return the step to that stage which this deal implies, or the sentence that says why it does not any more."""
    deal = next((each for each in account.opportunities if each.key == key), None)
    if account.list_status.is_closed:
        return f"{account.name} is {account.list_status.value} by now, so nothing was recorded."
    if deal is None:
        return f"{account.name}: that deal is not known any more, so nothing was recorded."
    implied = implied_by(deal)
    if implied is None:
        return f"{account.name}: {deal.profile.name} was lost since, so nothing was recorded."
    if implied.stage is not stage:
        became = "won" if implied.is_won else "opened again"
        return f"{account.name}: {deal.profile.name} was {became} since, so nothing was recorded. Its card says more."
    if account.stage.rank >= stage.rank:
        return f"{account.name} is at {account.stage.value} already, so nothing was recorded."
    if _is_left_behind(account, implied):
        return f"{account.name} moved back to {account.stage.value} after that deal, so nothing was recorded."
    if _is_declined(implied):
        return f"{account.name}: {stage.value} was declined for {deal.profile.name}, so nothing was recorded."
    return implied


def step_of(proposal: StageProposal, zone: str, *, reviewed_at: datetime | None = None) -> Moved:
    """Return the step that confirming the proposal records; its text says the day in the IANA `zone`.

    `reviewed_at` is when the account's last held review closed: a step of a day up to it is reclassified.
    """
    state = "Closed won" if proposal.is_won else "Open deal"
    if proposal.since is None:
        day = ", on which day is not known" if proposal.is_won else ", since when is not known"
    else:
        on = local_date(proposal.since, zone)
        day = f" {'on' if proposal.is_won else 'since'} {on.day} {on:%b %Y}"
    return Moved(
        f"{state} in {crm_of(proposal.deal.profile)}{day}",
        proposal.stage.value,
        since_known=proposal.since is not None,
        from_deal=proposal.deal.key,
        is_reclassified=proposal.since is not None and reviewed_at is not None and proposal.since <= reviewed_at,
    )


def evidence_for(proposal: StageProposal) -> Evidence:
    """Return the CRM's row as evidence of the step: the buyer's act where the deal was won, else our own record.

    Without a day it is dated when the deal was found so.
    """
    shown = evidence_of(proposal.deal.profile, proposal.since or proposal.deal.stage_since)
    actor = EvidenceActor.BUYER if proposal.is_won else EvidenceActor.US
    return replace(shown, actor=actor, act=BuyerAct.DEAL, step=proposal.stage.value)


def _is_over(account: AccountState, proposal: StageProposal) -> bool:
    return _is_left_behind(account, proposal) or _is_declined(proposal)


def _is_declined(proposal: StageProposal) -> bool:
    """Return true if the stage, or a later one, was declined for the deal."""
    declined = proposal.deal.declined_stage
    return bool(declined) and proposal.stage.rank <= Stage(declined).rank


def _is_left_behind(account: AccountState, proposal: StageProposal) -> bool:
    left_at = account.left_customer_at if proposal.stage is Stage.CUSTOMER else account.left_opportunity_at
    return left_at is not None and left_at >= (proposal.since or proposal.deal.stage_since)


def _opened_at(deal: Opportunity) -> datetime | None:
    """The instant at which it was opened; None where an import found it open without any date."""
    is_found = not deal.stage_since_known and deal.opened_at == deal.stage_since
    return None if is_found else deal.opened_at


def _furthest_first(proposal: StageProposal) -> tuple[int, bool, datetime, str]:
    since = proposal.since or proposal.deal.stage_since
    return -proposal.stage.rank, proposal.since is None, since, proposal.deal.key
