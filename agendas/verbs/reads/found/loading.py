"""Parts that reads of things of many accounts share: accounts and days to ask for, accounts found, and sources."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlmodel import Session

from agendas.facts.account import ListStatus, Stage
from agendas.facts.found.items import Among, FoundItem, OfAccount, Span
from agendas.rules.list.filters import ON_VIEW
from agendas.text.spelling import has_words, plain_words
from agendas.verbs.loading.rows import event_facts
from storage import events
from storage.found.items import MOST_READ, AccountColumns, Days, Of
from storage.tables import Account

__all__ = ["MOST_READ", "about", "account_of", "days_of", "of_rows", "with_sources"]


def of_rows(among: Among, *, left_too: bool = False) -> Of:
    """Return the accounts to read of: those that the list shows, and where `left_too` those that left it as well."""
    statuses = among.statuses or (() if left_too else ON_VIEW)
    return Of(among.workspace_id, among.ids, tuple(each.value for each in statuses))


def days_of(span: Span) -> Days:
    """Return the span for a read of the database."""
    return Days(span.begin, span.end, span.first, span.last)


def account_of(columns: AccountColumns | Account) -> OfAccount:
    """Return what lines need of the account."""
    return OfAccount(
        account_id=columns.id or 0,
        name=columns.name,
        tier=columns.tier,
        stage=Stage(columns.stage),
        status=ListStatus(columns.list_status),
        segment=columns.segment,
        owner=columns.owner,
        marketing_partner=columns.marketing_partner,
        our_executive=columns.our_executive,
    )


def about(found: Iterable[tuple[str, FoundItem]], words: str) -> list[FoundItem]:
    """Return the things whose own text, which comes before each, has all of these words."""
    wanted = plain_words(words)
    return [item for text, item in found if not wanted or has_words(text, wanted)]


def with_sources(session: Session, found: Sequence[FoundItem]) -> tuple[FoundItem, ...]:
    """Return the things with the events that made them: who said so, when, with which evidence."""
    told = {row.row_id: event_facts(row) for row in events.get_many(session, [each.id for each in found])}
    return tuple(replace(each, source=told.get(each.id)) for each in found)
