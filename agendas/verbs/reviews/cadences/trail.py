"""A cadence as the audit trail keeps it."""

from agendas.facts.reviews.cadence import CadenceKind, OccurrenceChange
from agendas.verbs.reviews.cadences.preparation import preparation_trail
from storage.tables import Cadence


def trail(row: Cadence) -> dict[str, object]:
    """Return the fields of a cadence for the audit trail."""
    return {
        "rhythm": row.rhythm,
        "anchor_on": row.anchor_on.isoformat(),
        "local_time": row.local_time.isoformat(),
        "zone": row.zone,
        "minutes": row.minutes,
        "facilitator": row.facilitator,
        "scope": row.scope,
        "days_off": row.days_off,
        **({"holidays_of": row.holidays_of} if row.holidays_of else {}),
        "is_paused": row.is_paused,
        **({"is_private": True} if row.is_private else {}),
        **({"kind": row.kind} if row.kind != CadenceKind.ACCOUNTS else {}),
        **({"paused_because": row.paused_because} if row.paused_because else {}),
        **preparation_trail(row),
        **({"sections": row.sections} if row.sections else {}),
        "next_on": row.next_on.isoformat() if row.next_on else None,
    }


def occurrence_trail(change: OccurrenceChange, *, is_held: bool = False) -> dict[str, object]:
    """Return one date that was moved or skipped, or `is_held` after all, for the audit trail."""
    moved_to = change.moved_to.isoformat() if change.moved_to else None
    said = {"planned_on": change.planned_on.isoformat(), "moved_to": moved_to, "because": change.because}
    return said | ({"is_held": True} if is_held else {})
