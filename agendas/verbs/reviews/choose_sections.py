"""Choose the sections of the agendas of a channel's reviews, shown on one of its accounts."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.people import Author
from agendas.facts.reviews.agenda import ItemPart
from agendas.facts.reviews.cadence import CadenceFacts, CadenceKind
from agendas.facts.reviews.review import AgendaItem
from agendas.facts.reviews.sections import USUAL, AgendaSection
from agendas.rules.reviews.placement import place
from agendas.verbs.loading.load_facts import agenda_facts
from agendas.verbs.reviews.cadence import changed, required
from agendas.verbs.reviews.cadences.trail import trail
from agendas.verbs.reviews.scope import Scope
from storage import accounts, reviews

OF_NO_ACCOUNT = "An executive review takes no accounts, so it has no agenda of theirs."
NONE_CHOSEN = "Choose at least one section."


def choose_sections(session: Session, author: Author, channel_id: str, wanted: Sequence[AgendaSection]) -> CadenceFacts:
    """Choose the sections and their order, from the next review on: one that is open keeps those it opened with.

    Raises Refused where the channel has no cadence or one of executives, or nothing is chosen.
    """
    row = required(session, author.workspace_id, channel_id, lock=True)
    if row.kind == CadenceKind.EXECUTIVE:
        raise Refused(OF_NO_ACCOUNT)
    if not wanted:
        raise Refused(NONE_CHOSEN)
    before = trail(row)
    row.sections = [] if tuple(wanted) == USUAL else [each.value for each in wanted]
    session.add(row)
    return changed(session, author, row, before)


def account_to_show(session: Session, workspace_id: str, channel_id: str, scope: Scope) -> int:
    """Return the account by which to show the sections, 0 where there is none.

    It is the first that the channel's latest review discussed, else the first one named in the scope.
    """
    for review in reviews.latest_in(session, workspace_id, channel_id, 1):
        discussed = reviews.numbered(session, review.row_id, ItemPart.DISCUSSED)
        if discussed:
            return discussed[0][1]
    return min(accounts.in_scope(session, workspace_id, **scope), default=0)


def shown_account(
    session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str
) -> AgendaItem | None:
    """Return the account as it stands now, None where the reader sees no such account."""
    rows = accounts.get_many(session, workspace_id, {account_id}) if account_id else []
    if not rows:
        return None
    facts = agenda_facts(session, rows, now=now, zone=zone)[account_id]
    return AgendaItem(position=1, facts=facts, placement=place(facts))
