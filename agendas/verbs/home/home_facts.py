"""Reads of a person's Home, each bounded however long the list and the history are. Nothing here writes."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import ListStatus
from agendas.facts.answers import AccountAction, AccountAsk, AccountBlocker
from agendas.facts.people import PersonFacts
from agendas.facts.reviews.review import AgendaItem, Bucket
from agendas.pages.home.facts import HomeFacts
from agendas.rules.access.leads import asked_of
from agendas.rules.access.rights import Deed, may
from agendas.rules.history.asks import action_of
from agendas.rules.reviews.placement import order
from agendas.text.days import local_date
from agendas.verbs.loading.item_rows import blocker_facts
from agendas.verbs.loading.leads import needed_by
from agendas.verbs.loading.load_facts_to_place import facts_to_place
from agendas.verbs.loading.rows import account_state
from agendas.verbs.loading.standing_in import accounts_of, own_days_on, standing_for
from agendas.verbs.reads import work
from agendas.verbs.reads.accounts import all_placed
from agendas.verbs.reads.card import list_counts
from agendas.verbs.reads.fit_requests import to_score
from agendas.verbs.reads.health import workspace_health
from agendas.verbs.reads.reviews import open_reviews
from storage import account_items, accounts, people, responsibilities

MOST_PLACED = 600
"""Accounts placed at most: where the list is longer, only the person's own are. Ours, of a fifth of a ms each."""

MOST_BLOCKERS = 50


def home_facts(session: Session, workspace_id: str, person: PersonFacts, *, now: datetime) -> HomeFacts:
    """Return what the person's Home shows."""
    zone, user_id = person.time_zone, person.user_id
    counts = list_counts(session, workspace_id)
    is_short = sum(counts.named.values()) <= MOST_PLACED
    standing = standing_for(session, workspace_id, user_id, now=now, zone=zone)
    whose = (user_id, *(each.user_id for each in standing))
    own = accounts_of(session, workspace_id, whose, or_executive=True, most=MOST_PLACED)
    rows = {row.row_id: row for row in (*own, *(accounts.on_list(session, workspace_id) if is_short else ()))}
    facts = facts_to_place(session, list(rows.values()), now=now, zone=zone, settings=counts.settings)
    items = all_placed(session, workspace_id, list(facts.values()))
    actions = work.actions_of(session, workspace_id, now=now, zone=zone, user_id=user_id)
    return HomeFacts(
        person=person,
        now=now,
        running=open_reviews.in_workspace(session, workspace_id),
        actions=actions,
        scores=to_score(session, workspace_id, person, now=now),
        asks=tuple(asks_of(session, workspace_id, user_id, actions)),
        blockers=blockers_for(session, workspace_id, person),
        accounts=_by_need(items, {row.row_id for row in own}),
        named=counts.named,
        stuck=_stuck(items) if is_short else None,
        settings=counts.settings,
        away=own_days_on(session, workspace_id, user_id, local_date(now, zone)),
        standing_for=standing,
        health=workspace_health(session, workspace_id, now=now) if may(person, Deed.INSPECT) else None,
    )


def asks_of(
    session: Session, workspace_id: str, user_id: str, actions: Iterable[AccountAction]
) -> Iterator[AccountAsk]:
    """Yield the open asks of the person, without those that a next action of theirs stands for."""
    own = [found.action for found in actions]
    for row in responsibilities.decided(session, workspace_id):
        for ask in account_state(row).open_asks:
            if ask.ask_of == user_id and action_of(ask, own) is None:
                yield AccountAsk(row.row_id, row.name, ask)


def blockers_for(session: Session, workspace_id: str, person: PersonFacts) -> tuple[AccountBlocker, ...]:
    """Return the open blockers that the person owns, or that need their function or one they lead, oldest first."""
    needs = {
        *([person.function.value] if person.function else []),
        *people.led_by(session, workspace_id, person.user_id),
    }
    found = account_items.open_blockers_for(
        session, workspace_id, owner=person.user_id, needs=needs, limit=MOST_BLOCKERS
    )
    leads = needed_by(session, workspace_id, (row.needs for row, _ in found))
    return tuple(
        AccountBlocker(
            row.account_id, account.name, blocker_facts(row), helper=asked_of(row.needs, account, leads) or ""
        )
        for row, account in found
    )


def _by_need(items: Iterable[AgendaItem], own: set[int]) -> tuple[AgendaItem, ...]:
    """The person's accounts: named ones in order of need, then paused ones and candidates."""
    theirs = [item for item in items if item.facts.account.account_id in own]
    named = [item for item in theirs if _is_named(item)]
    return (*order(named), *(item for item in theirs if not _is_named(item)))


def _stuck(items: Sequence[AgendaItem]) -> tuple[int, int]:
    """The numbers of named accounts that need intervention, and that are stalled."""
    buckets = [item.placement.bucket for item in items if _is_named(item)]
    return buckets.count(Bucket.NEEDS_INTERVENTION), buckets.count(Bucket.STALLED)


def _is_named(item: AgendaItem) -> bool:
    return item.facts.account.list_status is ListStatus.NAMED
