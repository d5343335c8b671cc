"""Change how the reviews of a channel are prepared."""

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.people import Author
from agendas.facts.reviews.cadence import CadenceFacts, CadenceKind
from agendas.facts.reviews.preparing import Preparation
from agendas.verbs.notices.plan_reminders import follow_move
from agendas.verbs.reviews.cadence import changed, required
from agendas.verbs.reviews.cadences.preparation import keep_preparation
from agendas.verbs.reviews.cadences.trail import trail
from agendas.verbs.updates.updates import full_member

OF_NO_ACCOUNT = "An executive review takes no accounts, so nobody is asked to prepare it."


def change_preparation(session: Session, author: Author, channel_id: str, wanted: Preparation) -> CadenceFacts:
    """Change how the channel's reviews are prepared, from those on of which nobody was asked yet.

    Those who were asked are reminded by the end of updates and the profile that it has now.

    Raises Refused where the channel has no cadence or one of executives, NotAMember for who is none.
    """
    row = required(session, author.workspace_id, channel_id, lock=True)
    if row.kind == CadenceKind.EXECUTIVE:
        raise Refused(OF_NO_ACCOUNT)
    for user_id in (*wanted.optional, *wanted.observing):
        full_member(session, author, user_id)
    before = trail(row)
    keep_preparation(row, wanted)
    session.add(row)
    facts = changed(session, author, row, before)
    follow_move(session, row, author.at)
    return facts
