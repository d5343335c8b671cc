"""Dates that the buyer confirmed, for which an account waits."""

from collections.abc import Sequence

from sqlmodel import Session

from agendas.errors import FieldProblems, Refused
from agendas.facts.author import Author
from agendas.facts.evidence import Evidence, WaitingSet
from agendas.rules.reviews.waiting import problems_of, refusal_of
from agendas.text.days import local_date
from agendas.verbs.record.record import Recorded
from agendas.verbs.record.tell import tell
from agendas.verbs.updates.evidence import with_actors
from agendas.verbs.updates.updates import open_account
from storage import accounts, held_reviews


def wait(
    session: Session, author: Author, account_id: int, wanted: WaitingSet, *, evidence: Sequence[Evidence]
) -> Recorded:
    """Record a date to wait for; it replaces the one before. The actor of the evidence is chosen or read.

    Raises:
        FieldProblems: for a date that has passed or is too far ahead, and without evidence that the buyer confirmed it.
        Refused: for an account that is not named, or was excused at two held reviews in a row, and for evidence that
            cannot be.
    """
    account = open_account(session, author, account_id)
    pieces = with_actors(session, author, account, told=wanted.text, evidence=evidence)
    if problems := problems_of(wanted.until, pieces, today=local_date(author.at, author.zone)):
        raise FieldProblems(problems)
    if refusal := refusal_of(account, _excused_before(session, author.workspace_id, account_id)):
        raise Refused(refusal)
    return tell(session, author, account_id, wanted, evidence=pieces)


def _excused_before(session: Session, workspace_id: str, account_id: int) -> int:
    row = accounts.get(session, workspace_id, account_id)
    held_item_id = row.held_item_id if row else None
    found = held_reviews.held(session, [held_item_id] if held_item_id else [], with_states=False)
    return found[account_id].excused_reviews if account_id in found else 0
