"""Reads of an account's buying group. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.facts.interventions.events import ExecutiveMet
from agendas.pages.accounts.group import GroupFacts
from agendas.rules.audit.touches import of_executives, touches_of
from agendas.rules.group.coverage import buying_group
from agendas.text.days import local_date
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.rows import account_state, event_facts
from agendas.verbs.measures.mentioned import functions_of
from agendas.verbs.reads.accounts import get_account
from storage import account_items, events, people

TOUCH_KINDS = ("executive_met", "corrected")


def account_group(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> GroupFacts:
    """Return the account's current buying group, and whom we met there. Raises Outdated for no account."""
    row = get_account(session, workspace_id, account_id)
    state, today = account_state(row, account_items.of_account(session, account_id, now)), local_date(now, zone)
    group = buying_group(state, settings_of(session, workspace_id), today=today)
    told = tuple(map(event_facts, events.of_kinds(session, account_id, TOUCH_KINDS)))
    ours = {event.change.ours for event in told if isinstance(event.change, ExecutiveMet)}
    functions = functions_of(people.get_many(session, workspace_id, ours))
    met = touches_of(told, zone)
    of_them = touches_of(of_executives(told, functions, {account_id: state.profile.our_executive}), zone)
    return GroupFacts(state, group, today, of_them, tuple(each for each in met if each not in of_them))
