"""Dates that the buyer confirmed, for which an account waits."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from agendas.errors import FieldProblems, Refused
from agendas.facts.evidence import Evidence, WaitingSet
from agendas.facts.people import Author
from agendas.rules.history.corrections import standing
from agendas.rules.reviews.waiting import problems_of, refusal_of
from agendas.text.days import local_date
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.record.record import Recorded
from agendas.verbs.record.tell import tell
from agendas.verbs.updates.evidence import with_actors
from agendas.verbs.updates.updates import open_account
from storage import accounts, events
from storage.past_reviews import held_reviews


def wait(
    session: Session, author: Author, account_id: int, wanted: WaitingSet, *, evidence: Sequence[Evidence]
) -> Recorded:
    """Record a date to wait for; it replaces the one before. The actor of the evidence is chosen or read.

    Raises:
        FieldProblems: for a date that has passed or is too far ahead, and without evidence of its own that the buyer
            confirmed it.
        Refused: for an account that is not named, or was excused at two held reviews in a row, and for evidence that
            cannot be.
    """
    account = open_account(session, author, account_id)
    if refusal := refusal_of(account, _excused_before(session, author.workspace_id, account_id)):
        raise Refused(refusal)
    pieces = with_actors(session, author, account, told=wanted.text, evidence=evidence)
    today, shown = local_date(author.at, author.zone), _shown_before(session, account_id)
    if problems := problems_of(wanted.until, pieces, today=today, shown=shown):
        raise FieldProblems(problems)
    return tell(session, author, account_id, wanted, evidence=pieces)


def _excused_before(session: Session, workspace_id: str, account_id: int) -> int:
    row = accounts.get(session, workspace_id, account_id)
    held_item_id = row.held_item_id if row else None
    found = held_reviews.held(session, [held_item_id] if held_item_id else [], with_states=False)
    return found[account_id].excused_reviews if account_id in found else 0


def _shown_before(session: Session, account_id: int) -> dict[str, date]:
    """The dates of the account that nobody took back, by the links that showed them."""
    told = standing(map(event_facts, events.of_kinds(session, account_id, ["waiting_set", "corrected"])))
    return {
        piece.url: event.change.until
        for event in told
        if isinstance(event.change, WaitingSet)
        for piece in event.evidence
        if piece.url
    }
