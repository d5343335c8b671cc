"""Reads of deals and of the entries about them, for imports; and which phase each stage of a CRM means."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from storage import imports, workspaces
from storage.models.events import Event
from storage.models.subjects import OpportunityRow
from storage.models.workspaces import Workspace


def by_keys(session: Session, workspace_id: str, keys: Collection[str]) -> list[OpportunityRow]:
    """The workspace's deals with these keys, read in chunks: a query can have only so many parameters."""
    found: list[OpportunityRow] = []
    ordered = sorted(keys)
    for start in range(0, len(ordered), imports.CHUNK_ROWS):
        is_one = col(OpportunityRow.key).in_(ordered[start : start + imports.CHUNK_ROWS])
        found += session.exec(select(OpportunityRow).where(OpportunityRow.workspace_id == workspace_id, is_one))
    return found


def of_accounts(session: Session, account_ids: Collection[int]) -> list[OpportunityRow]:
    """The deals of these accounts, open and closed, in the order in which they were recorded."""
    query = select(OpportunityRow).where(col(OpportunityRow.account_id).in_(account_ids))
    return list(session.exec(query.order_by(col(OpportunityRow.id))))


def closed_between(session: Session, workspace_id: str, begin: datetime, until: datetime) -> list[OpportunityRow]:
    """The deals of any account that were won or lost between two instants, both included, in the order of closing."""
    row = OpportunityRow
    was_closed = (col(row.phase).in_(("won", "lost")), col(row.closed_at).between(begin, until))
    query = select(row).where(row.workspace_id == workspace_id, *was_closed)
    return list(session.exec(query.order_by(col(row.closed_at), col(row.id))))


def crms_with(session: Session, workspace_id: str, ids: Sequence[str]) -> set[str]:
    """The CRMs in which some deal of the workspace has one of these ids."""
    wanted = set(ids)
    # a deal's key is `system:id`
    parts = (key.partition(":") for _, _, key in names(session, workspace_id))
    return {system for system, _, deal_id in parts if deal_id in wanted}


def names(session: Session, workspace_id: str) -> list[tuple[int, str, str]]:
    """Every deal of the workspace: the id of its account, its name and its key."""
    query = select(OpportunityRow).where(OpportunityRow.workspace_id == workspace_id)
    return [(row.account_id, row.name, row.key) for row in session.exec(query.order_by(col(OpportunityRow.id)))]


def first_won(session: Session, workspace_id: str) -> list[tuple[int, datetime | None, str]]:
    """The first deal that each account has won: the account's id, the day it was won if known, and the deal's key.

    A deal won on an unknown day comes before those of known days.
    """
    row = OpportunityRow
    query = (
        select(row)
        .where(row.workspace_id == workspace_id, col(row.phase) == "won")
        .order_by(col(row.account_id), col(row.closed_at).asc().nulls_first(), col(row.id))
    )
    first: dict[int, OpportunityRow] = {}
    for deal in session.exec(query):
        first.setdefault(deal.account_id, deal)
    return [(account_id, deal.closed_at, deal.key) for account_id, deal in first.items()]


def entries(session: Session, account_ids: Collection[int], *kinds: str) -> list[Event]:
    """The events of these kinds and all corrections of these accounts, each account's in the order recorded.

    They are read in chunks of accounts, as a query can have only so many parameters.
    """
    found: list[Event] = []
    for chunk in imports.chunks(account_ids):
        query = select(Event).where(col(Event.account_id).in_(chunk), col(Event.kind).in_((*kinds, "corrected")))
        found += session.exec(query.order_by(col(Event.id)))
    return found


def changed_since(session: Session, workspace_id: str, at: datetime) -> set[int]:
    """The accounts whose deals or place on the list changed by what was recorded after an instant."""
    query = select(Event.account_id).where(
        Event.workspace_id == workspace_id,
        col(Event.kind).in_(("opportunity_changed", "list_changed", "corrected")),
        col(Event.recorded_at) > at,
    )
    return set(session.exec(query.distinct()))


def phases(session: Session, workspace_id: str) -> dict[str, dict[str, str]]:
    """The phase that people assigned to each stage, by CRM and the stage's name there."""
    workspace = session.get(Workspace, workspace_id)
    return dict(workspace.phases or {}) if workspace else {}


def save_phases(session: Session, workspace_id: str, system: str, phases: Mapping[str, str]) -> None:
    """Store phases of the CRM's stages, replacing stages of the same name."""
    workspaces.lock(session, workspace_id)
    workspace = session.get(Workspace, workspace_id)
    if workspace is not None:
        known = dict(workspace.phases or {})
        # a new dict, for the column to be written
        workspace.phases = known | {system: known.get(system, {}) | dict(phases)}
        session.add(workspace)
