"""The words `waiting until DATE because TEXT` after /move ACCOUNT."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from agendas.errors import AmbiguousDate, NotUnderstood
from agendas.facts.evidence import Evidence, WaitingSet
from agendas.rules.commands.unclear import Choice, UnclearPart, first_kept
from agendas.text.because import BECAUSE
from agendas.text.dates import only_ahead, read_date
from agendas.text.days import weekday_said
from agendas.text.evidence import readable, take_links
from agendas.text.limits import required_text

WAITING_USAGE = "Say until when and why, with a link: /move ACCOUNT waiting until DATE because TEXT."
UNTIL_WHEN = (
    "Until when does it wait? Say it with the reason and a link: /move ACCOUNT waiting until DATE because TEXT."
)
NO_DATE = re.compile(r"wait(?:ing|s)?(?:\s+(?:un)?'?till?)?\s*[.,:]?\s*", re.IGNORECASE)
WAITING = re.compile(r"wait(?:ing|s)?\s+(?:un)?'?till?\s+(?P<rest>\S.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class WaitWords:
    """A date to wait for, with the reason without its links, and these as evidence."""

    wanted: WaitingSet
    evidence: tuple[Evidence, ...]


def read_waiting(rest: str, today: date, now: datetime) -> WaitWords | None:
    """Read the words after `/move ACCOUNT` on the asker's local date; None if they name no date to wait for.

    Raises UnclearPart for a date that cannot be read, and for one without a reason.
    """
    found = WAITING.fullmatch(rest.strip())
    if found is None:
        _ask_until_when(rest.strip())
        return None
    because = BECAUSE.search(found["rest"])
    typed = found["rest"][: because.start()] if because else found["rest"]
    reason = found["rest"][because.start() :] if because else ""
    entered = {"text": readable(found["rest"][because.end() :] if because else "")}
    as_text = first_kept(rest.strip())
    try:
        until = _ahead(typed.strip(" ,"), today)
    except AmbiguousDate as two:
        dates = sorted(two.dates)
        choices = tuple(Choice(weekday_said(on, today), f"waiting until {on.isoformat()} {reason}") for on in dates)
        raise UnclearPart(str(two), choices, as_text=as_text, entered=entered) from None
    except NotUnderstood as refused:
        if because is None:
            return None  # news such as "waiting until legal signs"
        raise UnclearPart(str(refused), as_text=as_text, entered=entered) from None
    if because is None:
        raise UnclearPart(WAITING_USAGE, as_text=as_text, entered=entered | {"until": until.isoformat()})
    text, links = take_links(found["rest"][because.end() :], now)
    for each in links:
        text = text.replace(each.url, "")
    return WaitWords(WaitingSet(until, required_text(" ".join(text.split()), WAITING_USAGE)), links)


def _ask_until_when(typed: str) -> None:
    """Raise UnclearPart for `waiting` with a reason at most, and no date."""
    because = BECAUSE.search(typed)
    if NO_DATE.fullmatch(typed[: because.start()] if because else typed):
        reason = readable(typed[because.end() :]) if because else ""
        raise UnclearPart(UNTIL_WHEN, as_text=first_kept(typed), entered={"text": reason})


def _ahead(typed: str, today: date) -> date:
    """The date that the words are; of two that they can be, the only one to come. Raises as `read_date`."""
    try:
        return read_date(typed, today)
    except AmbiguousDate as two:
        return only_ahead(two, today)
