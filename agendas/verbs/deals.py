"""Deals of the CRM: the stages that they imply, confirmed by people."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from agendas.errors import CadenceError, Outdated
from agendas.facts.account import Stage
from agendas.facts.deals import StageDeclined
from agendas.facts.people import Author
from agendas.rules.deals import AccountProposal, StageProposal, evidence_for, step_of
from agendas.verbs.reads import still_proposed
from agendas.verbs.record import Recorded, record, show_update
from agendas.verbs.updates import open_account
from storage import past_reviews

CONFIRMED_AT_ONCE = 20
"""Steps recorded in one transaction, so that others are not kept waiting."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The steps recorded, and a sentence for each proposal that is no longer open."""

    recorded: tuple[Recorded, ...] = ()
    left_out: tuple[str, ...] = ()

    def __add__(self, other: "Confirmed") -> "Confirmed":
        return Confirmed((*self.recorded, *other.recorded), (*self.left_out, *other.left_out))


def confirm_stage(session: Session, author: Author, account_id: int, *, key: str, stage: Stage) -> Recorded:
    """Record the step to the stage that the deal of this key implies, as of the deal's own day, with it as evidence.

    Raises Outdated with the reason where the deal does not imply it any more or the account is there already, Refused
    where the account left the list.
    """
    proposal = require_proposed(session, author, account_id, key=key, stage=stage)
    step = step_of(proposal, author.zone, reviewed_at=past_reviews.last_held_at(session, account_id))
    evidence = (evidence_for(proposal),)
    recorded = record(session, author, account_id, step, evidence=evidence, happened_at=proposal.since)
    show_update(session, author, recorded)
    return recorded


def decline_stage(
    session: Session, author: Author, account_id: int, *, key: str, stage: Stage, because: str
) -> Recorded:
    """Record that the deal of this key does not show the stage that it implies. Raises as `confirm_stage`."""
    deal = require_proposed(session, author, account_id, key=key, stage=stage).deal
    recorded = record(session, author, account_id, StageDeclined(key, deal.profile.name, stage.value, because))
    show_update(session, author, recorded)
    return recorded


def require_proposed(session: Session, author: Author, account_id: int, *, key: str, stage: Stage) -> StageProposal:
    """Return the proposal. Raises Outdated, with the reason, where it is no longer open."""
    state = open_account(session, author, account_id)
    proposal = still_proposed(session, state, key, stage, zone=author.zone)
    if isinstance(proposal, str):
        raise Outdated(proposal)
    return proposal


def confirm_stages(session: Session, author: Author, proposals: Iterable[AccountProposal]) -> Confirmed:
    """Record each of these proposals that is still open; give at most CONFIRMED_AT_ONCE of them."""
    recorded, refused = [], []
    # by id, so that two people who confirm the same ones wait for each other
    for each in sorted(proposals, key=lambda one: one.account_id):
        key, stage = each.proposal.deal.key, each.proposal.stage
        try:
            recorded.append(confirm_stage(session, author, each.account_id, key=key, stage=stage))
        except CadenceError as refusal:
            refused.append(str(refusal))
    return Confirmed(tuple(recorded), tuple(refused))
