"""Pages of accounts: my accounts, a card, a history, deals."""

from collections.abc import Iterable

from agendas.facts.reviews.review import AgendaItem
from agendas.pages.accounts.card import account_card
from agendas.pages.accounts.deals import deals_page
from agendas.pages.accounts.details import details_page
from agendas.pages.accounts.history import HistoryLine, history_page
from agendas.pages.accounts.why.explained import explained_page
from agendas.pages.accounts.why.justified import why_page
from agendas.pages.list.accounts import my_accounts_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.reads.account.correctable import is_correctable
from agendas.verbs.reads.account.deals import account_deals
from agendas.verbs.reads.account.history import account_history
from agendas.verbs.reads.account.why import account_placed, account_why
from agendas.verbs.reads.card import FullCard, full_card, own_accounts
from handlers.edge.deps import Deps
from handlers.edge.request import Request


async def my_accounts(request: Request, deps: Deps, *, start: int = 0) -> Page:
    """A page of the accounts that the person owns or partners, after the first `start`."""
    items, next_reviews = await deps.read(
        own_accounts,
        request.workspace_id,
        request.person.user_id,
        now=request.now,
        zone=request.person.time_zone,
    )
    can_record = may(request.person, Deed.RECORD)
    return my_accounts_page(items, deps.words, next_reviews=next_reviews, start=start, can_record=can_record)


async def card(request: Request, deps: Deps, account_id: int, *, public: bool = False) -> Page:
    """One account as it stands; a card that everybody sees has no buttons that record."""
    zone = request.person.time_zone
    found = await deps.read(full_card, request.workspace_id, account_id, now=request.now, zone=zone)
    return card_page(found, request, deps, public=public)


def card_page(found: FullCard, request: Request, deps: Deps, *, public: bool = False) -> Page:
    """The card with buttons for what the person may do."""
    can_record = may(request.person, Deed.RECORD) and not public
    return account_card(
        found.item,
        deps.words,
        next_review_at=found.next_review_at,
        last_events=found.last_events,
        can_record=can_record,
        can_decide=may(request.person, Deed.DECIDE) and not public,
        can_correct=not public and _can_correct(found.last_events, request),
        has_doubts=found.has_doubts,
        away=found.away,
        reader=None if public else request.person,
    )


def details_page_of(item: AgendaItem, request: Request, deps: Deps) -> Page:
    """The details of the account, with buttons for what the person may do."""
    can_act, can_decide = (may(request.person, deed) for deed in (Deed.RECORD, Deed.DECIDE))
    return details_page(item, deps.words, can_act=can_act, can_decide=can_decide)


async def why(request: Request, deps: Deps, account_id: int) -> Page:
    """Why the account is on the list and in its bucket, with the button to change it for who may."""
    zone = request.person.time_zone
    facts = await deps.read(account_why, request.workspace_id, account_id, now=request.now, zone=zone)
    is_open = not facts.account.list_status.is_closed
    return why_page(facts, deps.words, can_change=is_open and may(request.person, Deed.DECIDE))


async def explained(request: Request, deps: Deps, account_id: int, month: str) -> Page:
    """Why the account is in its bucket: since its last held review, or over the month that is named."""
    zone = request.person.time_zone
    read = deps.read_long if month else deps.read
    placed = await read(account_placed, request.workspace_id, account_id, month, now=request.now, zone=zone)
    return explained_page(placed.facts, placed.placement, deps.words, month=placed.month)


async def history(request: Request, deps: Deps, account_id: int, before_id: int | None = None) -> Page:
    """A page of the account's history, newest first, before the event `before_id`."""
    facts = await deps.read(
        account_history,
        request.workspace_id,
        account_id,
        now=request.now,
        zone=request.person.time_zone,
        before_id=before_id,
    )
    return history_page(facts, deps.words, can_correct=_can_correct(facts.lines, request))


def _can_correct(lines: Iterable[HistoryLine], request: Request) -> bool:
    """True if the person may correct one of these entries."""
    person, is_editor = request.person, may(request.person, Deed.RECORD)
    is_open = may(person, Deed.NOMINATE)
    return is_open and any(is_correctable(line, person.user_id, is_editor=is_editor) for line in lines)


async def deals(request: Request, deps: Deps, account_id: int) -> Page:
    """The account's deals: open ones by phase, the latest won and lost, and their sums by currency."""
    zone = request.person.time_zone
    facts = await deps.read(account_deals, request.workspace_id, account_id, now=request.now, zone=zone)
    return deals_page(facts, deps.words)
