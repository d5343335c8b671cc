"""Changes of a cadence as deeds: set up, changed, paused, resumed, or one date moved, skipped or held after all."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from agendas.facts.program.trail import AuditFacts, Named
from agendas.facts.reviews.agenda import ItemPart
from agendas.facts.reviews.preparing import AS_USUAL
from agendas.pages.trail.deeds import Deed, FieldChange, TrailWhat
from agendas.rules.reviews.holidays import place_name
from agendas.text.days import before_said, day_said

UNKNOWN_ACCOUNT = "an account"

PAUSED_BECAUSE = {
    "channel_left": "Cadence was removed from the channel",
    "channel_deleted": "the channel was deleted",
}

FIELDS = {
    "rhythm": "rhythm",
    "anchor_on": "first date",
    "local_time": "time",
    "zone": "time zone",
    "minutes": "minutes",
    "facilitator": "led by",
    "scope": "accounts",
    "holidays_of": "public holidays of",
    "days_off": "days off",
    "is_private": "its accounts private to the channel",
    "kind": "kind",
}
PREPARATION = {
    "prep_minutes": "asked to prepare",
    "cutoff_minutes": "updates on the agenda until",
    "reminding": "reminding",
    "optional": "optional people",
    "observing": "observing people",
}
USUAL = {"prep_minutes": AS_USUAL.prep_minutes, "cutoff_minutes": AS_USUAL.cutoff_minutes}
"""Values of fields that an entry names only where they differ from these."""
DAYS_SHOWN = 5


def cadence_deed(entry: AuditFacts, named: Named) -> Deed:
    """Return what the entry tells: the one date that was changed, else what differs."""
    before, after = entry.before, entry.after
    number = int(entry.of) if entry.of.isdecimal() else 0
    channel_id = named.channels.get(number, "")
    if entry.account_id is not None:
        name = named.accounts.get(entry.account_id, UNKNOWN_ACCOUNT)
        return Deed(part_chosen(entry), name, channel_id=channel_id, on=date.fromisoformat(str(after["planned_on"])))
    occurrence = after.get("occurrence")
    if isinstance(occurrence, Mapping):
        return _date_changed(occurrence, channel_id, str(after.get("zone") or "UTC"))
    changes = tuple(
        FieldChange(name, was, now)
        for key, name in (FIELDS | PREPARATION).items()
        if (was := _told(key, before, named)) != (now := _told(key, after, named))
    )
    if not before:
        return Deed(TrailWhat.CADENCE_SET, changes=changes, channel_id=channel_id)
    if before.get("is_paused") == after.get("is_paused"):
        return Deed(TrailWhat.CADENCE_CHANGED, changes=changes, channel_id=channel_id)
    paused = bool(after.get("is_paused"))
    reason = after.get("because") or PAUSED_BECAUSE.get(str(after.get("paused_because")), "")
    what = TrailWhat.CADENCE_PAUSED if paused else TrailWhat.CADENCE_RESUMED
    return Deed(what, channel_id=channel_id, because=str(reason) if paused else "")


def part_chosen(entry: AuditFacts) -> TrailWhat:
    """Return the deed of an entry about one account of a review: added to it, or left out of it."""
    is_out = entry.after.get("part") == ItemPart.LEFT_OUT
    return TrailWhat.ACCOUNT_LEFT_OUT if is_out else TrailWhat.ACCOUNT_ADDED


def _date_changed(occurrence: Mapping[object, object], channel_id: str, zone: str) -> Deed:
    moved_to = occurrence.get("moved_to")
    what = TrailWhat.DATE_MOVED if moved_to else TrailWhat.DATE_SKIPPED
    return Deed(
        TrailWhat.DATE_HELD if occurrence.get("is_held") else what,
        because=str(occurrence.get("because") or ""),
        channel_id=channel_id,
        on=date.fromisoformat(str(occurrence["planned_on"])),
        moved_to=datetime.fromisoformat(str(moved_to)) if moved_to else None,
        zone=zone,
    )


def _told(key: str, values: Mapping[str, object], named: Named) -> str:
    return _prepared(key, values.get(key), named) if key in PREPARATION else _said(key, values, named)


def _said(key: str, values: Mapping[str, object], named: Named) -> str:
    """Return the value as people say it, '' where there is none."""
    value = values.get(key)
    if key == "scope":
        return ("none" if values.get("kind") else _scope(value, named)) if values else ""
    if key == "days_off":
        return _days(value)
    if key == "is_private":
        return "yes" if value else ""
    if value is None or value == "":
        return ""
    if key == "holidays_of":
        return place_name(str(value))
    if key == "facilitator":
        return named.people.get(str(value), "")
    if key == "anchor_on":
        on = date.fromisoformat(str(value))
        return f"{day_said(on)} {on.year}"
    return str(value)[:5] if key == "local_time" else str(value)


def _prepared(key: str, value: object, named: Named) -> str:
    """Return how a review is prepared, as usual where the entry does not say it."""
    if key in USUAL:
        return _before(USUAL[key] if value is None else value)
    if key == "reminding":
        return str(value or AS_USUAL.reminding.value)
    return ", ".join(named.people.get(str(each), "somebody") for each in _listed(value))


def _before(minutes: object) -> str:
    """Return a time before a review; `nobody` for the 0 by which nobody is asked."""
    number = int(str(minutes))
    return before_said(number) if number else "nobody"


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _days(value: object) -> str:
    days = [date.fromisoformat(str(each)) for each in value] if isinstance(value, Sequence) else []
    more = f" and {len(days) - DAYS_SHOWN} more" if len(days) > DAYS_SHOWN else ""
    return ", ".join(f"{day_said(on)} {on.year}" for on in days[:DAYS_SHOWN]) + more


def _scope(value: object, named: Named) -> str:
    """Return the scope in words; accounts chosen by name are not counted, since some may be private."""
    scope = value if isinstance(value, Mapping) else {}
    parts = []
    if tiers := scope.get("tiers"):
        parts.append("tier " + ", ".join(map(str, tiers)))
    if owners := scope.get("owners"):
        parts.append("of " + ", ".join(named.people.get(str(each), "somebody") for each in owners))
    if segments := scope.get("segments"):
        parts.append("segment " + ", ".join(map(str, segments)))
    if scope.get("account_ids"):
        parts.append("chosen by name")
    return "; ".join(parts) or "every named account"
