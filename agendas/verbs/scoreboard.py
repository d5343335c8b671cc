"""The scoreboard of a month."""

from datetime import datetime

from sqlmodel import Session

from agendas.rules.scoreboard import Known, Scoreboard, read_scoreboard, scoreboard_of
from agendas.text.dates import local_date
from agendas.verbs.loading import library
from agendas.verbs.measures import load_program, month_asked
from agendas.verbs.reads import list_people
from storage import accounts, workspaces


def scoreboard(session: Session, workspace_id: str, typed: str, *, asker: str, now: datetime) -> Scoreboard:
    """Return the scoreboard that the words name, of the accounts that the session shows.

    Raises as `read_scoreboard` does, and NotUnderstood for a month to come.
    """
    known = _known(session, workspace_id, asker, now) if typed.strip() else Known(asker)
    today = local_date(now, workspaces.zone(session, workspace_id))
    asked = read_scoreboard(typed, known, today=today)
    period = month_asked(session, workspace_id, asked.month, now=now)
    found = load_program(session, workspace_id, period, now=now)
    names = {each: known.people.get(each, "") for each in asked.wanted.accounts.owners if each}
    return scoreboard_of(found, asked.wanted, names=names, plays=known.plays)


def _known(session: Session, workspace_id: str, asker: str, now: datetime) -> Known:
    """Return what the words of a filter can name."""
    return Known(
        asker,
        accounts.segments(session, workspace_id, of_any_status=True),
        {each.user_id: each.name for each in list_people(session, workspace_id, now=now)},
        {each.play.key: each.play.name for each in library(session, workspace_id)},
    )
