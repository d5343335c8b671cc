"""Load the signals that people noted of accounts, which answer what these people were asked before a review."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import EventFacts, Source
from agendas.facts.events import Noted
from agendas.rules.history.weight import AUTOMATIC
from agendas.verbs.loading.recorded_since import LOOK_BACK
from storage.preparing import noted_signals
from storage.tables import SignalRow


def signals_as_notes(session: Session, account_ids: Collection[int], now: datetime) -> list[EventFacts]:
    """Return the signals noted by hand since each account's last held review, as notes of whoever noted them.

    Their ids are negative: they are entries of no history. Signals of programs and files say nothing for anybody.
    """
    if not account_ids:
        return []
    automatic = [source.value for source in AUTOMATIC]
    return [
        _note(row)
        for row in noted_signals.since_last_held(session, account_ids, now - LOOK_BACK, but=automatic)
        if row.recorded_at <= now
    ]


def _note(row: SignalRow) -> EventFacts:
    return EventFacts(
        id=-row.row_id,
        account_id=row.account_id,
        change=Noted(row.text),
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        actor=row.actor,
        source=Source(row.source),
    )
