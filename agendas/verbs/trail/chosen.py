"""Choices of somebody for a planned review, as the review obeys them when it opens."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.facts.program.trail import TrailSubject
from agendas.facts.reviews.review import AgendaItem
from agendas.rules.preparing.chosen import Chosen, chosen_of
from agendas.verbs.loading.plan import slot_of
from agendas.verbs.trail.note import note_change
from storage.tables import Cadence, Review


def chosen_for(cadence: Cadence | None, slot: str, planned_on: date) -> Mapping[int, Chosen]:
    """Return what was chosen for the planned date, by account id; nothing for a review on request, another one."""
    if cadence is None or slot != slot_of(cadence.row_id, planned_on):
        return {}
    return chosen_of(cadence.chosen, planned_on)


def note_chosen(session: Session, review: Review, items: Sequence[AgendaItem], chosen: Mapping[int, Chosen]) -> None:
    """Note who chose the part that each account has in the review that opens, which its header tells."""
    for item in items:
        account_id = item.facts.account.account_id
        choice = chosen.get(account_id)
        if choice is not None and choice.part is item.part:
            note_change(
                session,
                Author(review.workspace_id, choice.by, Source.SYSTEM, review.opened_at),
                TrailSubject.REVIEW,
                review.row_id,
                after={"account_id": account_id, "part": item.part.value},
                account_id=account_id,
            )
