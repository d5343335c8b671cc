"""Load the facts by which accounts are placed: fewer than an agenda shows, for many accounts at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts, Stage
from agendas.facts.program.settings import ProgramSettings
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.rules.group.triggers import AGAINST, needs_everybody
from agendas.rules.reviews.stage_steps import may_move
from agendas.verbs.loading.assemble import Beside, assemble
from agendas.verbs.loading.engagements import engagements
from agendas.verbs.loading.hindsight import in_hindsight, states_when_named
from agendas.verbs.loading.last_review import LastReview
from agendas.verbs.loading.load_facts import (
    last_held_reviews,
    owners_in_tier_1,
)
from agendas.verbs.loading.passed_reviews import passed_since
from agendas.verbs.loading.recorded_since import telling_since_review
from agendas.verbs.loading.rows import account_state
from storage import account_items
from storage.account_items import NO_ITEMS
from storage.past_reviews import held_reviews
from storage.tables import Account


def facts_to_place(
    session: Session, rows: Sequence[Account], *, now: datetime, zone: str, settings: ProgramSettings
) -> dict[int, AgendaFacts]:
    """Return the facts needed to place accounts and to show a line of each, by account id.

    Leaves out plays, closed items, and people who do not influence the placement.
    """
    ids = [row.row_id for row in rows]
    recent = telling_since_review(session, ids, now)
    with_everybody = [row.row_id for row in rows if needs_everybody(Stage(row.stage))]
    found = account_items.open_ones(session, ids, with_everybody=with_everybody, against=AGAINST)
    states = {row.row_id: account_state(row, found.get(row.row_id, NO_ITEMS)) for row in rows}
    last_reviews = in_hindsight(session, _last_reviews(session, rows, states, recent), recent, until=now)
    return assemble(
        states,
        last_reviews,
        recent,
        Beside(
            engagement=engagements(session, ids, now),
            when_named=states_when_named(session, states, last_reviews, recent, zone=zone, until=now),
            unreviewed=passed_since(session, rows, states, last_reviews, now=now),
            tier_1_owners=owners_in_tier_1(session, rows, settings),
        ),
        now=now,
        zone=zone,
        settings=settings,
    )


def _last_reviews(
    session: Session, rows: Sequence[Account], states: Mapping[int, AccountState], recent: Iterable[EventFacts]
) -> dict[int, LastReview]:
    """Return the last held reviews; reads a frozen state only if the account may have moved since."""
    moved = {event.account_id for event in recent if may_move(event.change)}
    held = held_reviews.held(
        session, [row.held_item_id for row in rows if row.held_item_id is not None], with_states=False
    )
    unmoved = {
        account_id: LastReview.of(states[account_id], one)
        for account_id, one in held.items()
        if account_id not in moved
    }
    return unmoved | last_held_reviews(session, [row for row in rows if row.row_id in moved])
