"""The program over a period, loaded once for all the pages and figures that are asked of it until something changes."""

from datetime import datetime, timedelta
from threading import Lock

from sqlmodel import Session

from agendas.facts.measures.program import Period, Program
from agendas.text.days import local_date
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.measures.load import program
from agendas.verbs.measures.practice import with_practice
from storage.database.hidden_rows import hidden_in
from storage.database.kept import kept_in
from storage.measures.marker import marker

VALID_FOR = timedelta(minutes=5)
"""A kept program is loaded anew after so long, as a week back from now, or who is called how, changes by itself."""

KEPT = 4
"""Programs kept of one database: a few months, for one or two kinds of readers. Each takes some megabytes."""

_lock = Lock()


def known_program(session: Session, workspace_id: str, period: Period, *, now: datetime) -> Program:
    """Return the program with its team's habits, as loaded before where nothing changed; its running month ends then.

    It is another one for whoever sees other accounts, on another local day, with other settings, and as soon as
    anything was recorded.
    """
    begun = (workspace_id, period.begins_at, period.last, period.zone, local_date(now, period.zone))
    ends_at = None if period.is_running else period.ends_at
    key = (begun, ends_at, hidden_in(session), settings_of(session, workspace_id), marker(session))
    kept = kept_in(session)
    with _lock:
        known: tuple[datetime, Program] | None = kept.get(key)
    if known is not None and known[0] <= now < known[0] + VALID_FOR:
        return known[1]
    found = with_practice(session, workspace_id, program(session, workspace_id, period, now=now))
    with _lock:
        kept[key] = (now, found)
        kept.move_to_end(key)
        while len(kept) > KEPT:
            kept.popitem(last=False)
    return found
