"""Choose before a review opens which accounts it discusses, beyond what the rules say."""

from datetime import date
from typing import NamedTuple

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.account import ListStatus
from agendas.facts.people import Author
from agendas.facts.program.trail import TrailSubject
from agendas.facts.reviews.agenda import ItemPart
from agendas.rendering.filters import day
from agendas.rules.preparing.chosen import Chosen, chosen_of, to_store
from agendas.verbs.briefing.shown import show_again
from agendas.verbs.trail.note import note_change
from storage import accounts, reviews
from storage.tables import Account, Cadence

NOT_NEXT = "That review has begun, or is not the next one of its channel any more. See its dates with /review there."
GONE = "That cadence does not exist any more. See the next reviews with /review."


class Choice(NamedTuple):
    """The account whose part was chosen, and the day its review is planned for."""

    name: str
    planned_on: date


def choose(
    session: Session, author: Author, cadence_id: int, planned_on: date, *, account_id: int, part: ItemPart
) -> Choice:
    """Take the account into the planned review, or leave it out; the last choice counts until the review opens.

    Raises Refused where the review has begun or is not the next one any more, or does not review the account.
    """
    row = next_review(session, author, cadence_id, planned_on, lock=True)
    account = accounts.get(session, author.workspace_id, account_id)
    if account is None or not _is_reviewed(session, row, account):
        named = account.name if account is not None else "That account"
        raise Refused(f"{named} is not among the accounts that this review takes. See them with /review schedule.")
    chosen = dict(chosen_of(row.chosen, planned_on))
    before = chosen.get(account_id)
    chosen[account_id] = Chosen(part, author.user_id)
    row.chosen = to_store(chosen, planned_on)
    session.add(row)
    noted = {"account_id": account_id, "planned_on": planned_on.isoformat()}
    note_change(
        session,
        author,
        TrailSubject.CADENCE,
        row.row_id,
        before=noted | {"part": before.part.value if before else ""},
        after=noted | {"part": part.value},
        account_id=account_id,
    )
    show_again(session, row, author)
    return Choice(account.name, planned_on)


def next_review(session: Session, author: Author, cadence_id: int, planned_on: date, *, lock: bool = False) -> Cadence:
    """Return the cadence whose next review is planned on that day. Raises Refused where it is not."""
    known = reviews.cadence(session, cadence_id)
    if known is None or known.workspace_id != author.workspace_id:
        raise Outdated(GONE)
    row = reviews.cadence_of(session, author.workspace_id, known.channel_id, lock=lock)
    if row is None or row.next_on != planned_on or row.next_at is None or row.next_at <= author.at:
        raise Refused(f"{NOT_NEXT} Nothing was changed for {day(planned_on)}.")
    return row


def _is_reviewed(session: Session, row: Cadence, account: Account) -> bool:
    if account.list_status != ListStatus.NAMED or account.private_channel not in ("", row.channel_id):
        return False
    return account.row_id in accounts.in_scope(session, row.workspace_id, **row.scope)
