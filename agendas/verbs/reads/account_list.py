"""Reads a page of the list: the groups counted, and no account loaded but those shown. Nothing here writes."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import ListStatus
from agendas.facts.review import AgendaItem
from agendas.pages.list.accounts import LIST_ACCOUNTS, ListFacts
from agendas.rules.list.paging import Group, Span, on_view, spans
from agendas.rules.reviews.placement import place
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.load_facts_to_place import facts_to_place
from storage import accounts
from storage.tables import Account


def account_list(
    session: Session, workspace_id: str, *, now: datetime, zone: str, tier: int | None = None, start: int = 0
) -> ListFacts:
    """The page of the list after its first `start` accounts, or its first page when there are no more; of one tier.

    Each tier's accounts come by name; candidates by their fit, the best first.
    """
    stored = accounts.counts(session, workspace_id)
    counts = on_view({(ListStatus(status), tier): number for (status, tier), number in stored.items()}, tier)
    first = start if start < sum(counts.values()) else 0
    settings = settings_of(session, workspace_id)
    rows = list(_rows(session, workspace_id, spans(counts, first, LIST_ACCOUNTS)))
    facts = facts_to_place(session, rows, now=now, zone=zone, settings=settings)
    shown = (facts[row.row_id] for row in rows)
    items = tuple(AgendaItem(position=0, facts=one, placement=place(one)) for one in shown)
    return ListFacts(counts, items, first, settings)


def _rows(session: Session, workspace_id: str, shown: Iterable[Span]) -> Iterable[Account]:
    for span in shown:
        yield from accounts.in_group(
            session, workspace_id, *_stored(span.group), skipped=span.skipped, limit=span.count
        )


def _stored(group: Group) -> tuple[str, int | None]:
    return group[0].value, group[1]
