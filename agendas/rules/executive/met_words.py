"""A meeting of executives in words: `@paula Dana Weber, CFO on 12 nov: agreed on a pilot`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from agendas.errors import AmbiguousDate, NotUnderstood
from agendas.rules.commands.persons import take_first_owner
from agendas.rules.commands.unclear import Choice, UnclearPart
from agendas.text.date_forms import DAYS_PER_WEEK, WEEKDAYS, add_months
from agendas.text.dates import folded, read_date
from agendas.text.days import weekday_said
from agendas.text.evidence import MENTION, readable
from agendas.text.limits import NAME_LIMIT_CHARACTERS, shown, within_limit
from agendas.text.word_stream import TypedWords, without_marks

USAGE = (
    "/account ACCOUNT met [@who] THEIR NAME [on DATE]: WHAT CAME OF IT, as in: /account acme met @paula Dana Weber, "
    "CFO on 12 nov: agreed on a pilot"
)
MONTHS_BACK = 9
"""A day and month without a year is of the last such day where that is no longer ago, and else still to come."""

_PARTS = re.compile(r"(?P<head>.*?):(?=\s|$)(?P<told>.*)", re.DOTALL)
_NEAR = r"today|(?:(?:the )?day before )?yesterday(?: morning| afternoon| evening)?|\w+ (?:day|week)s? ago|last \w+"
_DAY = re.compile(rf"(?P<name>.*?)[\s,]+(?:on\s+(?P<on>\S.*)|(?P<near>{_NEAR}))", re.IGNORECASE | re.DOTALL)
_YEAR = re.compile(r"\d{4}|'\d{2}|\d[./-]\d{1,2}[./-]\d{2}")


@dataclass(frozen=True, slots=True)
class MeetingTold:
    """A meeting as told: whom of theirs, what came of it, who of ours ('' is the author), and the day (None is today).

    `theirs` is a name, with the title after a comma where it is said.
    """

    theirs: str
    text: str
    ours: str = ""
    on: date | None = None


def read_meeting(rest: str, today: date) -> MeetingTold:
    """Read the words after `/account ACCOUNT met` on the asker's local date.

    Raises UnclearPart for a name, an outcome or a person of ours that is missing, and for a date that is none.
    """
    words = TypedWords(rest)
    ours = take_first_owner(words) or ""
    # the colon of `@who: agreed` ends the name of nobody of theirs
    text = f": {words.text}" if words.taken_person.endswith(":") else words.text
    parts = _PARTS.fullmatch(text)
    head = _said(parts["head"] if parts else text)
    told = readable(parts["told"]).strip() if parts else ""
    dated = _DAY.fullmatch(head)
    theirs = (dated["name"] if dated else head).strip(" ,")
    entered = {"ours": ours, "theirs": theirs, "text": told}
    on = _day(dated["on"] or dated["near"], rest, today, entered) if dated else None
    entered |= {"on": on.isoformat()} if on else {}
    if MENTION.search(theirs) or not any(map(str.isalnum, theirs)):
        entered["theirs"] = " ".join(MENTION.sub(" ", theirs).split())
        raise UnclearPart(f"Say whom of theirs they met. Write {USAGE}.", entered=entered)
    if len(theirs) > NAME_LIMIT_CHARACTERS:
        entered["theirs"] = ""
        said = f"{shown(theirs)} is too long for a name. Write a colon after it: {USAGE}."
        raise UnclearPart(said, entered=entered | {"text": told or theirs})
    if not told:
        raise UnclearPart(f"Say after a colon what came of it. Write {USAGE}.", entered=entered)
    return MeetingTold(theirs, within_limit(told), ours, on)


def _said(escaped: str) -> str:
    return " ".join(without_marks(readable(escaped)).split())


def _day(typed: str, rest: str, today: date, entered: dict[str, str]) -> date:
    """The day that the words are. Raises UnclearPart, with what else was understood, where they are none or two."""
    try:
        return _past(read_date(typed, today), typed, today)
    except AmbiguousDate as two:
        meant = dict.fromkeys(_past(on, typed, today) for on in two.dates)
        came = [on for on in meant if on <= today]
        if len(came) == 1:
            return came[0]
        said = [(on, rest.replace(typed, on.isoformat(), 1)) for on in sorted(came or meant)]
        choices = tuple(Choice(weekday_said(on, today), again) for on, again in said if again != rest)
        raise UnclearPart(str(two), choices, entered=entered) from None
    except NotUnderstood as refused:
        raise UnclearPart(str(refused), entered=entered) from None


def _past(on: date, typed: str, today: date) -> date:
    """The day that has come, where a weekday or a day and month without a year are read as one to come."""
    if on <= today or _YEAR.search(typed):
        return on
    if folded(typed) in WEEKDAYS:
        return on - timedelta(days=DAYS_PER_WEEK)
    year_before = add_months(on, -12)
    return year_before if year_before >= add_months(today, -MONTHS_BACK) else on
