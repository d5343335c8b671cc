"""Reads of why an account is on the list and in its bucket. Nothing here writes."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from agendas.errors import NoAccount
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.facts.reviews.review import Placement
from agendas.pages.accounts.why.justified import WhyFacts
from agendas.rules.list.justification import said_parts
from agendas.rules.measures.periods import month_said
from agendas.verbs.loading.rows import account_state, event_facts
from agendas.verbs.measures.of_month import program_of_month
from agendas.verbs.reads.accounts import account_card, get_account
from storage import events

KINDS = ("nominated", "list_changed", "justified", "corrected")


@dataclass(frozen=True, slots=True)
class Placed:
    """An account with its place over a month, or since its last held review where `month` is empty."""

    facts: AgendaFacts
    placement: Placement
    month: str = ""


def account_why(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> WhyFacts:
    """Return why the account is on the list and in its bucket. Raises Outdated when the account does not exist."""
    row = get_account(session, workspace_id, account_id)
    told = map(event_facts, events.of_kinds(session, account_id, KINDS))
    item = account_card(session, workspace_id, account_id, now=now, zone=zone)
    return WhyFacts(account_state(row), said_parts(told), zone, item)


def account_placed(
    session: Session, workspace_id: str, account_id: int, month: str, *, now: datetime, zone: str
) -> Placed:
    """Return the account with its place over the month that is named, or since its last held review without one.

    Raises Outdated when the account does not exist or was not on the list then, NotUnderstood for no month.
    """
    if not month:
        item = account_card(session, workspace_id, account_id, now=now, zone=zone)
        return Placed(item.facts, item.placement)
    found = program_of_month(session, workspace_id, month, now=now)
    for each in found.accounts:
        if each.account_id == account_id:
            return Placed(each.facts, each.placement, month_said(found.period))
    raise NoAccount
