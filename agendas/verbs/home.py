"""A person's Home, read in one go."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from sqlmodel import Session

from agendas.facts.account import Decision, ListStatus, NextAction
from agendas.facts.answered_items import FoundItem
from agendas.facts.answers import AskToday, FirstWords, WaitingWork
from agendas.facts.people import PersonFacts
from agendas.facts.reviews import AgendaItem, Bucket
from agendas.pages.home import HomeFacts
from agendas.rules.access import Permission, may
from agendas.rules.fold import action_of
from agendas.rules.reviews import order
from agendas.text.dates import local_date
from agendas.verbs import reads, review_reads
from agendas.verbs.card import list_counts
from agendas.verbs.loading import facts_to_place, is_member, person_at
from agendas.verbs.reads import admin_ids, all_placed, asks_found, blockers_found, to_score, workspace_health
from agendas.verbs.roster import accounts_of, covering_for, own_days_on
from storage import accounts, find, people
from storage.find import Among

# Reads of a person's Home, each bounded however long the list and the history are. Nothing here writes.

MOST_PLACED = 600
"""Accounts placed at most: where the list is longer, only the person's own are. Ours, of a fifth of a ms each."""

MOST_BLOCKERS = 50


def home_facts(session: Session, workspace_id: str, person: PersonFacts, *, now: datetime) -> HomeFacts:
    """Return everything that the person's Home shows; of a list that is too long, only their own accounts."""
    zone, user_id = person.time_zone, person.user_id
    counts = list_counts(session, workspace_id)
    is_short = sum(counts.named.values()) <= MOST_PLACED
    away = covering_for(session, workspace_id, user_id, now=now, zone=zone)
    whose = (user_id, *(each.user_id for each in away))
    own = accounts_of(session, workspace_id, whose, or_executive=True, most=MOST_PLACED)
    rows = {row.row_id: row for row in (*own, *(accounts.fitting(session, workspace_id) if is_short else ()))}
    facts = facts_to_place(session, list(rows.values()), now=now, zone=zone, settings=counts.settings)
    items = all_placed(session, workspace_id, list(facts.values()))
    actions = reads.actions_of(session, workspace_id, user_id)
    return HomeFacts(
        person=person,
        now=now,
        running=review_reads.in_workspace(session, workspace_id),
        actions=actions,
        scores=to_score(session, workspace_id, person, now=now),
        asks=tuple(asks_of(session, workspace_id, user_id, actions)),
        blockers=blockers_for(session, workspace_id, person),
        accounts=_by_need(items, {row.row_id for row in own}),
        named=counts.named,
        stuck=_stuck(items) if is_short else None,
        settings=counts.settings,
        away=own_days_on(session, workspace_id, user_id, local_date(now, zone)),
        covering_for=away,
        health=workspace_health(session, workspace_id, now=now) if may(person, Permission.INSPECT) else None,
    )


def asks_of(session: Session, workspace_id: str, user_id: str, actions: Iterable[FoundItem]) -> Iterator[FoundItem]:
    """Yield the person's open asks, except those listed already as their next action."""
    own = [found.thing for found in actions if isinstance(found.thing, NextAction)]
    for each in asks_found(people.accounts_that_may_have_asks(session, workspace_id)):
        if each.person == user_id and isinstance(each.thing, Decision) and action_of(each.thing, own) is None:
            yield each


def blockers_for(session: Session, workspace_id: str, person: PersonFacts) -> tuple[FoundItem, ...]:
    """Return the open blockers that the person owns or is asked about, oldest first; no lead is named with them.

    Where nobody is asked by name, everybody of the function that it needs is.
    """
    own_function = [person.function.value] if person.function else []
    needs = {*own_function, *people.led_by(session, workspace_id, person.user_id)}
    rows = find.blockers(session, Among.listed(workspace_id), owner=person.user_id, needs=needs)
    found = (replace(each, asked=None) for each in blockers_found(session, workspace_id, rows))
    mine = (each for each in found if person.user_id == each.person or each.helper in ("", person.user_id))
    return tuple(islice(mine, MOST_BLOCKERS))


def _by_need(items: Iterable[AgendaItem], own: set[int]) -> tuple[AgendaItem, ...]:
    """The person's accounts: named ones in order of need, then paused ones and candidates."""
    own_items = [item for item in items if item.facts.account.account_id in own]
    named = [item for item in own_items if _is_named(item)]
    return (*order(named), *(item for item in own_items if not _is_named(item)))


def _stuck(items: Sequence[AgendaItem]) -> tuple[int, int]:
    """The numbers of named accounts that need intervention, and that are stalled."""
    buckets = [item.placement.bucket for item in items if _is_named(item)]
    return buckets.count(Bucket.NEEDS_INTERVENTION), buckets.count(Bucket.STALLED)


def _is_named(item: AgendaItem) -> bool:
    return item.facts.account.list_status is ListStatus.NAMED


# Reads for the first words to a person, and names for examples. Nothing here writes.

SAMPLES = 2
"""Accounts that examples name."""


def welcome_facts(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> FirstWords | None:
    """Return the facts of the bot's first message to the person; None for somebody who may not use the bot."""
    row = people.find(session, workspace_id, user_id)
    if not is_member(row):
        return None
    samples = sample_names(session, workspace_id, user_id)
    return FirstWords(person_at(session, row, now), admin_ids(session, workspace_id), samples)


def sample_names(session: Session, workspace_id: str, user_id: str) -> tuple[str, ...]:
    """Return the names of up to two listed accounts, starting with those that the person owns or partners."""
    own = [row.name for row in accounts.of_person(session, workspace_id, user_id) if row.list_status == "named"]
    others = accounts.page(session, workspace_id, ("named",), skipped=0, limit=SAMPLES) if len(own) < SAMPLES else []
    return tuple(dict.fromkeys([*own, *(row.name for row in others)]))[:SAMPLES]


def to_ask_today(session: Session, workspace_id: str, person: PersonFacts, *, now: datetime) -> AskToday:
    """Return what questions may be suggested of: the person's late work, their account that is worst off, reviews."""
    actions = reads.actions_of(session, workspace_id, person.user_id)
    today = local_date(now, person.time_zone)
    own = reads.cards_of(session, workspace_id, person.user_id, now=now, zone=person.time_zone)
    stuck = (Bucket.NEEDS_INTERVENTION, Bucket.STALLED)
    worst = next((each for each in own if _is_named(each) and each.placement.bucket in stuck), None)
    return AskToday(
        has_late=any(each.is_late(today) for each in actions),
        stuck=worst.facts.account.name if worst else "",
        has_reviews=bool(review_reads.in_workspace(session, workspace_id)),
        samples=sample_names(session, workspace_id, person.user_id),
    )


# Asks and blockers that wait for a person, and their numbers for a greeting. Nothing here writes.


def asks_and_blockers(session: Session, workspace_id: str, person: PersonFacts) -> tuple[FoundItem, ...]:
    """Return the open asks of the person that became no next action of theirs, and the blockers that wait for them."""
    actions = reads.actions_of(session, workspace_id, person.user_id)
    asks = asks_of(session, workspace_id, person.user_id, actions)
    return (*asks, *blockers_for(session, workspace_id, person))


def waiting_for(session: Session, workspace_id: str, person: PersonFacts, *, now: datetime) -> WaitingWork:
    """Return what waits for the person, in numbers, with the open reviews and names for examples."""
    zone, user_id = person.time_zone, person.user_id
    actions = reads.actions_of(session, workspace_id, user_id)
    today = local_date(now, zone)
    return WaitingWork(
        actions=len(actions),
        late=sum(each.is_late(today) for each in actions),
        asks=len(list(asks_of(session, workspace_id, user_id, actions))),
        blockers=len(blockers_for(session, workspace_id, person)),
        scores=len(reads.to_score(session, workspace_id, person, now=now)),
        reviews=tuple(review_reads.in_workspace(session, workspace_id)),
        samples=sample_names(session, workspace_id, user_id),
    )
