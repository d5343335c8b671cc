"""The answer of each kind of question: what is looked up, and the page that says it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from agendas.facts.review import AgendaItem
from agendas.pages.accounts.group import group_answer_page
from agendas.pages.answers import open_items
from agendas.pages.answers.accounts import (
    accounts_of_page,
    can_ask_page,
    moved_of_page,
    moved_page,
    owner_page,
    stalled_page,
    status_page,
)
from agendas.pages.list.accounts import my_accounts_page
from agendas.rendering.mrkdwn import escape, mention
from agendas.rendering.page import Page
from agendas.verbs.loading.load_facts import LOOK_BACK
from agendas.verbs.reads import news, work
from agendas.verbs.reads.account.group import account_group
from agendas.verbs.reads.accounts import account_card, cards_of
from assistant.asking import Asking
from assistant.last_question import Remembered
from storage import accounts


def status(asking: Asking, about: Remembered) -> Page:
    """Return the status of one account, or of all accounts of a person."""
    if about.account_id is None:
        return mine(asking, about)
    item = _card(asking, about.account_id)
    review_at = news.next_review_at(asking.session, asking.workspace_id, [item])
    last = news.last_event(asking.session, about.account_id)
    return status_page(item, asking.words, next_review_at=review_at.get(about.account_id), last_event=last)


def blockers(asking: Asking, about: Remembered) -> Page:
    """Open blockers of an account, of a person's accounts, or all."""
    found = work.open_blockers(asking.session, asking.workspace_id, account_id=about.account_id, user_id=about.user_id)
    return open_items.blockers_page(found, asking.words, now=asking.now, zone=asking.zone, about=_about(asking, about))


def actions(asking: Asking, about: Remembered) -> Page:
    """Open next actions of an account, of a person, or all; those overdue or due within a week when asked so."""
    found = work.actions_of(
        asking.session,
        asking.workspace_id,
        now=asking.now,
        zone=asking.zone,
        user_id=about.user_id,
        account_id=about.account_id,
        due=about.due,
    )
    return open_items.actions_page(
        found, asking.words, zone=asking.zone, today=asking.today, about=_about(asking, about), due=about.due
    )


def moved(asking: Asking, about: Remembered) -> Page:
    """Return the movement of one account since its last held review, or all accounts that moved."""
    if about.account_id is not None:
        return moved_of_page(_card(asking, about.account_id), asking.words)
    items = news.moved_since_last_review(asking.session, asking.workspace_id, now=asking.now, zone=asking.zone)
    wanted = [
        item
        for item in items
        if news.moved_in(item, about.way) and (not about.user_id or news.belongs_to(item, about.user_id))
    ]
    return moved_page(wanted, asking.words, way=about.way)


def owner(asking: Asking, about: Remembered) -> Page:
    """Return the owner of an account."""
    if about.account_id is None:
        return can_ask_page(asking.words, was_asked=True)
    account = _card(asking, about.account_id).facts.account
    source = news.profile_source(asking.session, about.account_id)
    return owner_page(account, asking.words, source=source, zone=asking.zone, today=asking.today)


def group(asking: Asking, about: Remembered) -> Page:
    """Return the buying group of an account: people known, missing, quiet or gone."""
    if about.account_id is None:
        return can_ask_page(asking.words, was_asked=True)
    facts = account_group(asking.session, asking.workspace_id, about.account_id, now=asking.now, zone=asking.zone)
    return group_answer_page(facts, asking.words)


def mine(asking: Asking, about: Remembered) -> Page:
    """The accounts of the asker, or of another person."""
    user_id = about.user_id or asking.asker.user_id
    items = cards_of(asking.session, asking.workspace_id, user_id, now=asking.now, zone=asking.zone)
    reviews = news.next_review_at(asking.session, asking.workspace_id, items)
    if user_id == asking.asker.user_id:
        return my_accounts_page(items, asking.words, next_reviews=reviews)
    return accounts_of_page(items, asking.words, about=mention(user_id), next_reviews=reviews)


def stalled(asking: Asking, about: Remembered) -> Page:
    """Return stalled accounts and those in need of intervention; for one account its status, which says if it is."""
    if about.account_id is not None:
        return status(asking, about)
    items = news.stalled(asking.session, asking.workspace_id, now=asking.now, zone=asking.zone, user_id=about.user_id)
    return stalled_page(items, asking.words, about=_about(asking, about))


def decided(asking: Asking, about: Remembered) -> Page:
    """Return the decisions about an account, or those of the last 35 days."""
    found = news.decisions(asking.session, asking.workspace_id, now=asking.now, account_id=about.account_id)
    after = asking.now - LOOK_BACK if about.account_id is None else None
    return open_items.events_page(
        "decided", found, asking.words, zone=asking.zone, today=asking.today, about=_about(asking, about), after=after
    )


def changed(asking: Asking, about: Remembered, *, days_back: int) -> Page:
    """Return the updates since the beginning of that day; of an account, or of a person's accounts."""
    after = _beginning(asking, days_back)
    found = news.changed_since(asking.session, asking.workspace_id, after, account_id=about.account_id)
    if about.user_id:
        own = {row.row_id for row in accounts.of_owner(asking.session, asking.workspace_id, about.user_id)}
        found = tuple(each for each in found if each.event.account_id in own)
    return open_items.events_page(
        "changed", found, asking.words, zone=asking.zone, today=asking.today, about=_about(asking, about), after=after
    )


def next_review(asking: Asking, about: Remembered) -> Page:
    """Return the next reviews; only those that review the account, if one is asked about."""
    found = news.next_reviews(asking.session, asking.workspace_id, account_id=about.account_id)
    return open_items.next_reviews_page(
        found, asking.words, zone=asking.zone, today=asking.today, about=_about(asking, about)
    )


def name_of(asking: Asking, account_id: int) -> str:
    """Return the account's name."""
    row = accounts.get(asking.session, asking.workspace_id, account_id)
    return row.name if row else ""


def _card(asking: Asking, account_id: int) -> AgendaItem:
    return account_card(asking.session, asking.workspace_id, account_id, now=asking.now, zone=asking.zone)


def _about(asking: Asking, about: Remembered) -> str:
    """The account's name, or the person's mention, '' for everything."""
    if about.account_id is not None:
        return escape(name_of(asking, about.account_id))
    return mention(about.user_id) if about.user_id else ""


def _beginning(asking: Asking, days_back: int) -> datetime:
    """The first instant of the asker's day so many days ago."""
    on = asking.today - timedelta(days=days_back)
    return datetime(on.year, on.month, on.day, tzinfo=ZoneInfo(asking.zone)).astimezone(UTC)
