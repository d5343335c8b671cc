"""The value of the button for older entries: where to go on, and what was asked for."""

import re
from datetime import UTC, date, datetime, timedelta

from agendas.facts.program.trail import TrailFilter
from storage.audit.trail import Place

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
VALUE = re.compile(
    r"(?P<instant>\d{1,18}) (?P<kind>[ae]) (?P<number>\d{1,18}) (?P<account>\d{1,18}) (?P<user>-|[UW][A-Z0-9]{2,20}) "
    r"(?P<first>-|\d{4}-\d\d-\d\d) (?P<last>-|\d{4}-\d\d-\d\d)",
    re.ASCII,
)


def written_value(wanted: TrailFilter, place: Place) -> str:
    """Return the value that the next page is read from."""
    microseconds = (place.at - EPOCH) // timedelta(microseconds=1)
    kind = "e" if place.is_event else "a"
    dates = " ".join(each.isoformat() if each else "-" for each in (wanted.first, wanted.last))
    return f"{microseconds} {kind} {place.id} {wanted.account_id or 0} {wanted.user_id or '-'} {dates}"


def read_value(value: str) -> tuple[TrailFilter, Place] | None:
    """Return what a value says, None for one that no button of this version carries."""
    found = VALUE.fullmatch(value)
    if found is None:
        return None
    try:
        place = Place(EPOCH + timedelta(microseconds=int(found["instant"])), found["kind"] == "e", int(found["number"]))
        first, last = (None if each == "-" else date.fromisoformat(each) for each in (found["first"], found["last"]))
    except (ValueError, OverflowError):
        return None
    user_id = "" if found["user"] == "-" else found["user"]
    return TrailFilter(int(found["account"]) or None, user_id, first, last), place
