"""Days on which everybody is away: no cadence of the workspace has a review on them."""

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.facts.reviews.preparing import Away
from agendas.rules.reviews.schedule import EVERYONE_AWAY, left_out
from agendas.text.days import local_date
from agendas.verbs.loading.plan import plan_of
from agendas.verbs.loading.rows import change_facts
from agendas.verbs.reviews.announce import announce
from agendas.verbs.reviews.next_date import plan_next
from storage import reviews
from storage.tables import Cadence


def follow_everyone_away(session: Session, author: Author, away: Away, *, is_back: bool = False) -> int:
    """Plan the next review of each cadence after a change of these days; return how many planned dates they cover.

    Each channel with such a date is told of the first one, unless the days were taken back.
    """
    rows = reviews.cadences(session, author.workspace_id)
    return sum(_follow(session, author, row, away, is_told=not is_back) for row in rows)


def _follow(session: Session, author: Author, row: Cadence, away: Away, *, is_told: bool) -> int:
    plan_next(session, row, at=author.at)
    if row.is_paused or not is_told:
        return 0
    first = max(away.from_on, local_date(author.at, row.zone))
    found = left_out(plan_of(session, row), first, away.until_on, change_facts(reviews.changes(session, row.row_id)))
    if found:
        because = away.name or EVERYONE_AWAY
        announce(session, author, row, what="skipped", planned_on=found[0].on, because=because)
    return len(found)
