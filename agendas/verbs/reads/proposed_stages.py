"""Reads of the stages that deals of the CRM imply. Nothing here writes."""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts, Stage
from agendas.facts.deals import StageDeclined
from agendas.facts.events import Moved
from agendas.rules.deals.proposed_stage import AccountProposal, RunProposals, StageProposal, proposal_by, proposed_stage
from agendas.rules.history.corrections import standing
from agendas.rules.history.fold import fold
from agendas.text.days import day_said, local_date
from agendas.verbs.loading.rows import account_state, event_facts
from storage import account_items, accounts, events, imports
from storage.account_items import NO_ITEMS


def proposals_of_run(session: Session, workspace_id: str, run_id: int, *, now: datetime, zone: str) -> RunProposals:
    """Return what the deals of an import propose now, by the accounts' names, and what does not stand any more."""
    last_ids = imports.last_of_import(session, workspace_id, run_id)
    states: dict[int, AccountState] = {}
    for chunk in imports.chunks(last_ids):
        items = account_items.of_accounts(session, chunk, now)
        rows = accounts.get_many(session, workspace_id, chunk)
        states |= {row.row_id: account_state(row, items.get(row.row_id, NO_ITEMS)) for row in rows}
    proposed = {number: one for number, state in states.items() if (one := proposed_stage(state)) is not None}
    found = (AccountProposal(number, states[number].name, one) for number, one in proposed.items())
    others = {number: last_ids[number] for number in states if number not in proposed}
    return RunProposals(
        run_id,
        standing=tuple(sorted(found, key=lambda each: each.account_name.casefold())),
        gone=tuple(_gone(session, states, others, zone=zone)),
    )


def still_proposed(session: Session, state: AccountState, key: str, stage: Stage, *, zone: str) -> StageProposal | str:
    """Return the proposal, or the sentence that says why it does not stand any more, with who settled it already."""
    proposal = proposal_by(state, key, stage)
    settled = _settled(session, state.account_id, key, stage) if isinstance(proposal, str) else None
    if settled is None:
        return proposal
    by = f"by <@{settled.actor}> on {day_said(local_date(settled.recorded_at, zone))}"
    if isinstance(settled.change, StageDeclined):
        return f"{state.name}: declined already {by}."
    return proposal if state.stage.rank < stage.rank else f"{state.name}: done already {by}."


def _settled(session: Session, account_id: int, key: str, stage: Stage) -> EventFacts | None:
    """Return the last standing entry by which somebody confirmed or declined the deal's stage."""
    recorded = events.of_kinds(session, account_id, ("moved", "stage_declined", "corrected"))
    found = None
    for event in standing(map(event_facts, recorded)):
        change = event.change
        if isinstance(change, Moved) and (change.from_deal, change.to_stage) == (key, stage.value):
            found = event
        if isinstance(change, StageDeclined) and (change.deal_key, change.stage) == (key, stage.value):
            found = event
    return found


def _gone(session: Session, states: dict[int, AccountState], last_ids: dict[int, int], *, zone: str) -> Iterator[str]:
    """Yield why each account has no proposal any more that had one when the import was done."""
    later = imports.with_later_ones(session, last_ids)
    for number, history in _histories(session, later).items():
        then = fold(event for event in history if event.id <= last_ids[number])
        proposal = proposed_stage(then) if then else None
        if proposal is None:
            continue
        still = still_proposed(session, states[number], proposal.deal.key, proposal.stage, zone=zone)
        if isinstance(still, str):
            yield still


def _histories(session: Session, account_ids: Collection[int]) -> dict[int, list[EventFacts]]:
    found: dict[int, list[EventFacts]] = {number: [] for number in sorted(account_ids)}
    for chunk in imports.chunks(account_ids):
        for row in imports.events_of(session, chunk):
            found[row.account_id].append(event_facts(row))
    return found
