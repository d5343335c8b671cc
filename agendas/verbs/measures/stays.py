"""Stays in stages: those of a program at an instant, and the older ones of an account counted from its history."""

from collections import defaultdict
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.facts.measures.program import Stay
from agendas.rules.measures.stays import as_told, folded, open_stay
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.measures.states import States
from agendas.verbs.record.follow_stays import add_stays, stay_facts
from storage import events
from storage.measures import history, stays

LOOK_BACK = timedelta(days=366)
"""A year in days of the calendar: the first of them counts from its beginning."""


def stays_at(session: Session, workspace_id: str, states: States, at: datetime) -> tuple[Stay, ...]:
    """Return the stays that ended in the year before an instant, as known then, and those of `states` that last.

    Of accounts whose older stays are still to be counted they are taken from the history.
    """
    uncounted = frozenset(stays.uncounted(session, workspace_id=workspace_id))
    rows = stays.known_at(session, workspace_id, at, ended_after=at - LOOK_BACK)
    ended = [stay_facts(row) for row in rows if row.account_id not in uncounted]
    if uncounted:
        ended += [
            each for each in _of_history(session, uncounted, at) if each.ended_at and each.ended_at > at - LOOK_BACK
        ]
    lasting = (open_stay(state) for state in states.values())
    found = (*ended, *(each for each in lasting if each is not None))
    return tuple(sorted(found, key=lambda each: (each.began_at, each.account_id, each.stage.rank)))


def count_older_stays(session: Session, account_id: int) -> None:
    """Count the stays of an account from all that was recorded of it, as they came to be known."""
    row = stays.account_to_count(session, account_id)
    if row is None:
        return
    told = [event_facts(each) for each in events.of_account(session, account_id)]
    stays.delete_of(session, account_id)
    add_stays(session, row.workspace_id, as_told(told))
    row.stays_counted = True
    session.add(row)


def leave_uncounted(session: Session, account_id: int) -> None:
    """Mark the account as counted: counting it failed too often, so it has those stays that end from now on."""
    row = stays.account_to_count(session, account_id)
    if row is not None:
        row.stays_counted = True
        session.add(row)


def _of_history(session: Session, account_ids: frozenset[int], at: datetime) -> list[Stay]:
    told: dict[int, list[EventFacts]] = defaultdict(list)
    for row in history.until(session, account_ids, at):
        told[row.account_id].append(event_facts(row))
    return [stay for each in told.values() for stay in folded(each)[1]]
