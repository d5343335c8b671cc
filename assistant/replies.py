"""Replies to each kind of question: look up the facts and return their page."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from agendas.facts.answers import AccountEvent
from agendas.facts.review import AgendaItem
from agendas.pages.accounts.group import group_answer_page
from agendas.pages.answers import open_items
from agendas.pages.answers.accounts import (
    accounts_of_page,
    moved_of_page,
    moved_page,
    owner_page,
    stalled_page,
    status_page,
)
from agendas.pages.answers.questions import can_ask_page
from agendas.pages.answers.welcome import greeting_page
from agendas.pages.list.accounts import my_accounts_page
from agendas.rendering.mrkdwn import escape, mention
from agendas.rendering.notice import said
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.home import welcome
from agendas.verbs.home.waiting import waiting_for
from agendas.verbs.loading.recorded_since import LOOK_BACK
from agendas.verbs.reads import news, work
from agendas.verbs.reads.account.group import account_group
from agendas.verbs.reads.accounts import account_card, cards_of, named_by_need
from assistant.context import QuestionContext
from assistant.last_question import Topic
from storage import accounts


def can_ask(context: QuestionContext, *, was_asked: bool = False) -> Page:
    """All that can be asked, with names of the list; `was_asked` when something was, and was not understood."""
    names = welcome.sample_names(context.session, context.workspace_id, context.asker.user_id)
    return can_ask_page(context.words, names, was_asked=was_asked)


def hello(context: QuestionContext) -> Page:
    """A greeting with what waits for the asker."""
    waiting = waiting_for(context.session, context.workspace_id, context.asker, now=context.now)
    return greeting_page(waiting, context.words, zone=context.zone)


def thanks(context: QuestionContext) -> Page:
    """The answer to thanks."""
    return said(context.words.say("welcome.thanks"))


def status(context: QuestionContext, about: Topic) -> Page:
    """Return the status of one account, or of all accounts of a person."""
    if about.account_id is None:
        return mine(context, about)
    item = _card(context, about.account_id)
    review_at = news.next_review_at(context.session, context.workspace_id, [item])
    last = news.last_event(context.session, about.account_id)
    return status_page(item, context.words, next_review_at=review_at.get(about.account_id), last_event=last)


def blockers(context: QuestionContext, about: Topic) -> Page:
    """Open blockers of an account, of a person's accounts, or all."""
    found = work.open_blockers(
        context.session, context.workspace_id, account_id=about.account_id, user_id=about.user_id
    )
    return open_items.blockers_page(
        found,
        context.words,
        now=context.now,
        zone=context.zone,
        about=_about(context, about),
        can_act=context.can_act,
    )


def actions(context: QuestionContext, about: Topic) -> Page:
    """Open next actions of an account, of a person, or all; those overdue or due within a week when asked so."""
    found = work.actions_of(
        context.session,
        context.workspace_id,
        now=context.now,
        zone=context.zone,
        user_id=about.user_id,
        account_id=about.account_id,
        due=about.due,
    )
    return open_items.actions_page(
        found,
        context.words,
        zone=context.zone,
        today=context.today,
        about=_about(context, about),
        due=about.due,
        can_act=context.can_act,
        is_own=(about.user_id, about.account_id, about.due) == (context.asker.user_id, None, work.Due.ALL),
    )


def moved(context: QuestionContext, about: Topic) -> Page:
    """Return the movement of one account since its last held review, or all accounts that moved."""
    if about.account_id is not None:
        return moved_of_page(_card(context, about.account_id), context.words)
    named = named_by_need(context.session, context.workspace_id, now=context.now, zone=context.zone)
    items = [item for item in named if not about.user_id or news.belongs_to(item, about.user_id)]
    moved = [item for item in items if news.has_moved(item) and news.moved_in(item, about.way)]
    since = [item.facts.reviewed_on for item in items if item.facts.reviewed_on]
    return moved_page(moved, context.words, since=since, way=about.way)


def owner(context: QuestionContext, about: Topic) -> Page:
    """Return the owner of an account."""
    if about.account_id is None:
        return can_ask(context, was_asked=True)
    account = _card(context, about.account_id).facts.account
    source = news.profile_source(context.session, about.account_id)
    return owner_page(account, context.words, source=source, zone=context.zone, today=context.today)


def group(context: QuestionContext, about: Topic) -> Page:
    """Return the buying group of an account: people known, missing, quiet or gone."""
    if about.account_id is None:
        return can_ask(context, was_asked=True)
    facts = account_group(context.session, context.workspace_id, about.account_id, now=context.now, zone=context.zone)
    return group_answer_page(facts, context.words)


def mine(context: QuestionContext, about: Topic) -> Page:
    """The accounts of the asker, or of another person."""
    user_id = about.user_id or context.asker.user_id
    items = cards_of(context.session, context.workspace_id, user_id, now=context.now, zone=context.zone)
    reviews = news.next_review_at(context.session, context.workspace_id, items)
    if user_id == context.asker.user_id:
        can_record = may(context.asker, Deed.RECORD)
        return my_accounts_page(items, context.words, next_reviews=reviews, can_record=can_record)
    return accounts_of_page(items, context.words, about=mention(user_id), next_reviews=reviews)


def stalled(context: QuestionContext, about: Topic) -> Page:
    """Return stalled accounts and those in need of intervention; for one account, its status."""
    if about.account_id is not None:
        return status(context, about)
    items = news.stalled(
        context.session, context.workspace_id, now=context.now, zone=context.zone, user_id=about.user_id
    )
    return stalled_page(items, context.words, about=_about(context, about))


def decided(context: QuestionContext, about: Topic) -> Page:
    """Return the decisions about an account, or those of the last 35 days."""
    found = news.decisions(context.session, context.workspace_id, now=context.now, account_id=about.account_id)
    after = context.now - LOOK_BACK if about.account_id is None else None
    return _events(context, about, "decided", found, after=after)


def changed(context: QuestionContext, about: Topic, *, days_back: int) -> Page:
    """Return the updates since the start of the day `days_back` days ago: all, an account's, or a person's."""
    after = _day_start(context, days_back)
    found = news.changed_since(context.session, context.workspace_id, after, account_id=about.account_id)
    if about.user_id:
        own = {row.row_id for row in accounts.of_owner(context.session, context.workspace_id, about.user_id)}
        found = tuple(each for each in found if each.event.account_id in own)
    return _events(context, about, "changed", found, after=after)


def next_review(context: QuestionContext, about: Topic) -> Page:
    """Return the next reviews; only those that review the account, if one is asked about."""
    found = news.next_reviews(context.session, context.workspace_id, account_id=about.account_id)
    return open_items.next_reviews_page(
        found, context.words, zone=context.zone, today=context.today, about=_about(context, about)
    )


def name_of(context: QuestionContext, account_id: int) -> str:
    """Return the account's name."""
    row = accounts.get(context.session, context.workspace_id, account_id)
    return row.name if row else ""


def _card(context: QuestionContext, account_id: int) -> AgendaItem:
    return account_card(context.session, context.workspace_id, account_id, now=context.now, zone=context.zone)


def _events(
    context: QuestionContext,
    about: Topic,
    kind: Literal["decided", "changed"],
    found: Sequence[AccountEvent],
    *,
    after: datetime | None,
) -> Page:
    """Return the page of these events, with the subject of the question in its heading."""
    zone, today = context.zone, context.today
    subject = _about(context, about)
    return open_items.events_page(kind, found, context.words, zone=zone, today=today, about=subject, after=after)


def _about(context: QuestionContext, about: Topic) -> str:
    """Return the account's name or the person's mention for the heading, '' for a question about everything."""
    if about.account_id is not None:
        return escape(name_of(context, about.account_id))
    return mention(about.user_id) if about.user_id else ""


def _day_start(context: QuestionContext, days_back: int) -> datetime:
    """Return the first instant of the asker's day `days_back` days ago."""
    on = context.today - timedelta(days=days_back)
    return datetime(on.year, on.month, on.day, tzinfo=ZoneInfo(context.zone)).astimezone(UTC)
