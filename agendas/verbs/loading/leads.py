"""Load who leads which function, where something needs one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import AccountState
from agendas.facts.people import Function, Lead, Leads, Right
from agendas.rules.access.leads import NOBODY_LEADS
from agendas.verbs.loading.days_away import people_at
from agendas.verbs.loading.rows import is_member
from storage import people, responsibilities
from storage.tables import Account


def leads_of(session: Session, workspace_id: str, *, now: datetime) -> tuple[Lead, ...]:
    """Return every function with the person who leads it, if anybody does."""
    rows = people.leads(session, workspace_id)
    found = {each.user_id: each for each in people_at(session, list(rows.values()), now)}
    return tuple(Lead(each, found[rows[each].user_id] if each in rows else None) for each in Function)


def askable_leads(session: Session, workspace_id: str) -> Leads:
    """Return the leads who can be asked, and which own people of accounts cannot.

    Absence counts for nothing here: who is away answers later.
    """
    found = responsibilities.helpers(session, workspace_id)
    unable = frozenset(row.user_id for _, row in found if not is_member(row) or row.right == Right.OBSERVER)
    return Leads({lead: row.user_id for lead, row in found if lead and row.user_id not in unable}, unable)


def leads_needed(session: Session, rows: Sequence[Account], states: Mapping[int, AccountState]) -> Leads:
    """Return the leads who can be asked where an open blocker of these accounts, of one workspace, needs a function."""
    needs_one = any(blocker.needs for state in states.values() for blocker in state.open_blockers)
    return askable_leads(session, rows[0].workspace_id) if needs_one and rows else NOBODY_LEADS


def needed_by(session: Session, workspace_id: str, needs: Iterable[str | None]) -> Leads:
    """Return the leads who can be asked where one of these is a function."""
    return askable_leads(session, workspace_id) if any(needs) else NOBODY_LEADS
