"""Read one page of the account list: counts by group, and only the accounts shown. Nothing here writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import AccountState, Bucket, EventFacts, ListStatus, Stage
from agendas.facts.agenda import AgendaFacts
from agendas.facts.review import AgendaItem, Placement
from agendas.facts.settings import ProgramSettings
from agendas.pages.list.accounts import LIST_ACCOUNTS, ListFacts
from agendas.rules.group.triggers import AGAINST, needs_everybody
from agendas.rules.list.paging import Group, Span, on_view, spans
from agendas.rules.reviews.intervention import is_one_short
from agendas.rules.reviews.placement import place
from agendas.rules.reviews.stage_steps import may_move
from agendas.verbs.loading.load_facts import (
    LOOK_BACK,
    LastReview,
    assemble,
    engagements,
    last_held_reviews,
    owners_in_tier_1,
    settings_of,
)
from agendas.verbs.loading.rows import account_state, event_facts
from storage import account_items, accounts, events, reviews
from storage.account_items import NO_ITEMS
from storage.tables import Account


def account_list(
    session: Session, workspace_id: str, *, now: datetime, zone: str, tier: int | None = None, start: int = 0
) -> ListFacts:
    """Return the page after the first `start` accounts of the list or a tier, the first page if there are no more.

    Accounts of a tier are sorted by name, candidates by fit with the best first.
    """
    stored = accounts.counts(session, workspace_id)
    counts = on_view({(ListStatus(status), tier): number for (status, tier), number in stored.items()}, tier)
    first = start if start < sum(counts.values()) else 0
    settings = settings_of(session, workspace_id)
    rows = list(_rows(session, workspace_id, spans(counts, first, LIST_ACCOUNTS)))
    facts = facts_to_place(session, rows, now=now, zone=zone, settings=settings)
    placed = placements(session, facts, now)
    items = (AgendaItem(position=0, facts=facts[row.row_id], placement=placed[row.row_id]) for row in rows)
    return ListFacts(counts, tuple(items), first, settings)


def facts_to_place(
    session: Session, rows: Sequence[Account], *, now: datetime, zone: str, settings: ProgramSettings
) -> dict[int, AgendaFacts]:
    """Return the facts needed to place accounts and to show a line of each, by account id.

    Leaves out plays, closed items, engagement, and people who do not influence the placement.
    """
    ids = [row.row_id for row in rows]
    recorded = events.since_last_held(session, ids, now - LOOK_BACK)
    with_everybody = [row.row_id for row in rows if needs_everybody(Stage(row.stage))]
    found = account_items.open_ones(session, ids, with_everybody=with_everybody, against=AGAINST)
    states = {row.row_id: account_state(row, found.get(row.row_id, NO_ITEMS)) for row in rows}
    recent = list(map(event_facts, recorded))
    last_reviews = _held_reviews(session, rows, states, recent)
    owners = owners_in_tier_1(session, rows, settings)
    return assemble(
        states, last_reviews, recent, now=now, zone=zone, settings=settings, engagement={}, tier_1_owners=owners
    )


def placements(session: Session, facts: Mapping[int, AgendaFacts], now: datetime) -> dict[int, Placement]:
    """Return the placements of these accounts by id; reads engagement only if an account's bucket depends on it."""
    placed = {number: place(one) for number, one in facts.items()}
    undecided = [
        number
        for number, one in placed.items()
        if one.bucket is not Bucket.NEEDS_INTERVENTION and is_one_short(facts[number], one.movement, one.stall)
    ]
    for number, engaged in engagements(session, undecided, now).items():
        placed[number] = place(replace(facts[number], engagement=engaged))
    return placed


def _held_reviews(
    session: Session, rows: Sequence[Account], states: Mapping[int, AccountState], recent: Iterable[EventFacts]
) -> dict[int, LastReview]:
    """Return the last held reviews; reads a frozen state only if the account may have moved since."""
    moved = {event.account_id for event in recent if may_move(event.change)}
    held = reviews.held(session, [row.held_item_id for row in rows if row.held_item_id is not None], with_states=False)
    unmoved = {
        account_id: LastReview(states[account_id], one.closed_at, one.is_aged)
        for account_id, one in held.items()
        if account_id not in moved
    }
    return unmoved | last_held_reviews(session, [row for row in rows if row.row_id in moved])


def _rows(session: Session, workspace_id: str, shown: Iterable[Span]) -> Iterable[Account]:
    for span in shown:
        yield from accounts.in_group(
            session, workspace_id, *_stored(span.group), skipped=span.skipped, limit=span.count
        )


def _stored(group: Group) -> tuple[str, int | None]:
    return group[0].value, group[1]
