"""Dates of a cadence: a pure function of wall time, zone, anchor date and days off."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice, takewhile
from typing import Literal
from zoneinfo import ZoneInfo

from agendas.errors import NotUnderstood
from agendas.facts.account import Rhythm
from agendas.facts.program import TIERS, ProgramSettings, of_tier
from agendas.facts.reviews import DayOff, Occurrence, OccurrenceChange, Plan
from agendas.text.limits import shown
from agendas.text.names import normal_key

# Public holidays of countries and of their parts, as the package `holidays` knows them; it needs no network.

LAST_YEAR = 2100
"""The last year that the package computes."""
PARTS_OF = 5
"""Countries whose parts are listed too; what was typed fits more than these only while it is short."""
OFFERED = 100
"""Most choices of a select."""
SMALL_WORDS = re.compile(r"\b(And|Of|The)\b")
ENGLISH = "en_US"
NO_PLACE = frozenset({"", "none", "nothing", "nowhere", "off"})
NAMES_SHOWN = 5
"""Places named to whoever typed what several of them could be."""


def holiday_on(place: str, on: date) -> str:
    """The name of the place's public holiday on that day, '' for none."""
    return _holidays_in(place, on.year).get(on, "") if place and on.year <= LAST_YEAR else ""


def has_holidays(place: str, year: int) -> bool:
    return bool(_holidays_in(place, year))


def place_name(place: str) -> str:
    """The place as people write it, `Germany, Bayern`; its code where it is not known."""
    country, _, part = place.partition("-")
    name = _countries().get(country) if place else None
    if name is None:
        return place
    return f"{name}, {_parts(country).get(part, part)}" if part else name


def places_like(typed: str) -> tuple[tuple[str, str], ...]:
    """(name, place) of the countries whose name has what was typed, at most 100.

    A country's code stands for that one alone. Where few countries fit, each is followed by its parts; further words
    choose among the parts: `germany bay`.
    """
    wanted = normal_key(typed)
    if wanted.upper() in _countries():
        countries = [wanted.upper()]
    else:
        keys = {code: normal_key(name) for code, name in _countries().items()}
        countries = [code for code, key in keys.items() if wanted in key or wanted.startswith(f"{key} ")]
    places = [(_countries()[code], code) for code in countries]
    if len(countries) <= PARTS_OF:
        places = [each for code in countries for each in _with_parts(code, wanted)]
    return tuple(places[:OFFERED])


def _with_parts(country: str, wanted: str) -> Iterator[tuple[str, str]]:
    """The (name, place) of the country and of its parts that the further words fit."""
    name = _countries()[country]
    further = wanted.removeprefix(normal_key(name)).strip() if wanted.startswith(normal_key(name)) else ""
    if not further:
        yield name, country
    for part, part_name in _parts(country).items():
        if further in normal_key(part_name) or further == part.casefold():
            yield f"{name}, {part_name}", f"{country}-{part}"


def read_place(typed: str) -> str:
    """Return the place of that name or code (`Germany Bayern`, `DE-BY`); '' for `none` or nothing typed.

    Raises NotUnderstood for a place that is not known, or for words that several places have in their names.
    """
    wanted = normal_key(typed)
    if wanted in NO_PLACE:
        return ""
    # a code such as DE-BY: its first two letters are the country's
    if typed.strip().upper() in (place for _, place in places_like(typed.strip()[:2])):
        return typed.strip().upper()
    places = places_like(typed)
    exact = [place for name, place in places if normal_key(name) == wanted]
    if len(places) == 1 or exact:
        return exact[0] if exact else places[0][1]
    if not places:
        raise NotUnderstood(
            f"No public holidays of {shown(typed)} are known. Write a country, such as Germany, or a part of one, such "
            "as Germany Bayern."
        )
    names = "; ".join(name for name, _ in places[:NAMES_SHOWN])
    raise NotUnderstood(f"{shown(typed)} can be several places: {names}. Write one of them.")


@lru_cache(maxsize=512)
def _holidays_in(place: str, year: int) -> Mapping[date, str]:
    """The names of the place's public holidays in that year by date, none for a place that is not known."""
    import holidays  # only where it is needed, which is by few: the start does not wait for it

    country, _, part = place.partition("-")
    try:
        by_date = holidays.country_holidays(country, subdiv=part or None, years=year, language=ENGLISH)
    except NotImplementedError:
        return {}
    return dict(by_date)


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """The name of each country, in words for the package's `UnitedKingdom`, by its code; in order of the names."""
    from holidays.registry import COUNTRIES

    names = {entry[1]: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", entry[0]) for entry in COUNTRIES.values()}
    spoken = {code: SMALL_WORDS.sub(lambda found: found[0].lower(), name) for code, name in names.items()}
    return dict(sorted(spoken.items(), key=lambda each: each[1]))


@lru_cache(maxsize=64)
def _parts(country: str) -> Mapping[str, str]:
    """The first name of each part of a country, else its code, by its code; in order of the names."""
    import holidays

    aliases = holidays.country_holidays(country).get_subdivision_aliases()
    names = {code: (called or [code])[0] for code, called in aliases.items()}
    return dict(sorted(names.items(), key=lambda each: each[1]))


# Lateness of a planned post, and whether it is still worth posting.

LATE_LIMIT = timedelta(hours=2)
"""A post later than this is not made by itself: it is shown as missed, with an offer to post it now."""

ON_TIME_BELOW = timedelta(minutes=2)
"""A post this little late is not worth a word."""

POSTING_TAKES = timedelta(minutes=10)
"""Longest time from opening a review just within the limit until its first message is posted."""

WAITED_BELOW = timedelta(minutes=5)
"""A message that waited less than this needs no word about it: a long review takes minutes by Slack's own limits."""


@dataclass(frozen=True, slots=True)
class Lateness:
    """Lateness of a planned post in whole `minutes`; `on_time` and `late` ones are posted, a `missed` one is not."""

    state: Literal["on_time", "late", "missed"]
    minutes: int


def judge(due_at: datetime, now: datetime, limit: timedelta = LATE_LIMIT) -> Lateness:
    """Judge a post at `now`: on time, before it is due with 0 minutes, late up to the limit (included), or missed."""
    late_by = max(now - due_at, timedelta())
    minutes = late_by // timedelta(minutes=1)
    if late_by > limit:
        return Lateness("missed", minutes)
    if late_by >= ON_TIME_BELOW:
        return Lateness("late", minutes)
    return Lateness("on_time", minutes)


def is_too_late(planned_at: datetime, opened_at: datetime, now: datetime) -> bool:
    """Return true if a review that was opened in time and is not posted yet at `now` counts as missed."""
    return judge(planned_at, now).state == "missed" and now - opened_at > POSTING_TAKES


def has_waited(queued_at: datetime, sent_at: datetime) -> bool:
    """Return true if a message was sent so late that it says when it was meant."""
    return sent_at - queued_at >= WAITED_BELOW


def late_by(minutes: int) -> str:
    """Return the lateness in words: `45 minutes late`, `3 hours late`, `2 days late`."""
    hours = minutes // 60
    if hours < 2:
        return f"{minutes} minutes late"
    return f"{hours} hours late" if hours < 48 else f"{hours // 24} days late"


# Check that a review meets as often as its tiers ask for.


def wanted_more_often(
    rhythm: Rhythm, tiers: Collection[int], settings: ProgramSettings
) -> tuple[tuple[int, Rhythm], ...]:
    """Those of `tiers`, or of all if there are none, whose rhythm is more frequent than `rhythm`, each with its own."""
    order = list(Rhythm)
    wanted = ((tier, Rhythm(str(settings.value(of_tier(tier, "rhythm"))))) for tier in tiers or TIERS)
    return tuple((tier, each) for tier, each in wanted if order.index(each) < order.index(rhythm))


DAYS_PER_WEEK = 7
LAST_WEEK_OF_MONTH = 5
"""A monthly plan anchored on a fifth weekday means the last one of each month."""

EVERYONE_AWAY = "everyone is away"
"""Name of a day without a review as everybody of the workspace is away, where they have no name."""

LONGEST_GAP = timedelta(days=1)
"""The most that clocks were ever put forward at once (Samoa left out a whole day in 2011)."""


def upcoming(
    plan: Plan, after: datetime, changes: Sequence[OccurrenceChange], count: int = 3
) -> tuple[Occurrence, ...]:
    """The next `count` occurrences strictly after the instant `after`, soonest first.

    A change counts when its `planned_on` is one of the plan's dates, day off or not; the last one given for a date
    wins. A skipped date is left out, a moved one counts where it was moved to. Fewer than `count` only at the end of
    the calendar.
    """
    change_of = {change.planned_on: change for change in changes if is_planned(plan, change.planned_on)}
    moved = [
        Occurrence(change.planned_on, change.moved_to, was_moved=True)
        for change in change_of.values()
        if change.moved_to is not None and change.moved_to > after
    ]
    # A time moved forward may fall on a later day than its planned date, so the search starts before `after`'s own day.
    first_day = (after.astimezone(ZoneInfo(plan.zone)) - LONGEST_GAP).date()
    regular = (_occurrence(plan, on) for on in planned_dates(plan, first_day) if on not in change_of)
    following = islice((occurrence for occurrence in regular if occurrence.at > after), count)
    return tuple(sorted([*moved, *following], key=lambda occurrence: (occurrence.at, occurrence.planned_on))[:count])


def next_occurrence(plan: Plan, after: datetime, changes: Sequence[OccurrenceChange]) -> Occurrence | None:
    return next(iter(upcoming(plan, after, changes, 1)), None)


def planned_dates(plan: Plan, start: date) -> Iterator[date]:
    """The plan's local dates from `start` on, in order, days off left out; none lies before the anchor."""
    return (on for on in _dates_of_rhythm(plan, start) if day_off(plan, on) is None)


def day_off(plan: Plan, on: date) -> str | None:
    """The name of a day without a review, '' for one without a name, None for any other day."""
    own = next((each.name for each in plan.named_days_off if each.on == on), "")
    name = own or holiday_on(plan.holidays_of, on)
    if name or on in plan.days_off:
        return name
    return next((each.name or EVERYONE_AWAY for each in plan.everyone_away if each.covers(on)), None)


def dates_off(plan: Plan, start: date, last: date, changes: Sequence[OccurrenceChange]) -> tuple[DayOff, ...]:
    """The plan's dates from `start` to `last` that are days off and were not moved or skipped."""
    changed = {change.planned_on for change in changes}
    dates = (on for on in takewhile(lambda on: on <= last, _dates_of_rhythm(plan, start)) if on not in changed)
    return tuple(DayOff(on, name) for on in dates if (name := day_off(plan, on)) is not None)


def is_planned(plan: Plan, on: date) -> bool:
    """Return true if `on` is one of the plan's dates, were there no days off."""
    return next(_dates_of_rhythm(plan, on), None) == on


def skipped_ahead(plan: Plan, after: datetime, changes: Sequence[OccurrenceChange]) -> tuple[Occurrence, ...]:
    """The skipped dates, other than days off, that would be held after the instant `after`, soonest first."""
    dates = (each.planned_on for each in changes if each.moved_to is None)
    skipped = (_occurrence(plan, on) for on in dates if is_planned(plan, on) and day_off(plan, on) is None)
    return tuple(sorted((each for each in skipped if each.at > after), key=lambda each: each.at))


def instant_of(plan: Plan, on: date) -> tuple[datetime, bool]:
    """The instant in UTC of the plan's wall time on that date, and whether it was moved forward."""
    return local_instant(on, plan.local_time, plan.zone)


def local_instant(on: date, local_time: time, zone_name: str) -> tuple[datetime, bool]:
    """The instant in UTC of a wall time in an IANA zone, and whether it was moved forward.

    A wall time that the clocks leave out is moved to the first one that exists; of one that exists twice, the first.
    """
    zone = ZoneInfo(zone_name)
    wall = datetime.combine(on, local_time.replace(fold=0), tzinfo=zone)
    instant = wall.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return instant, False
    # In a gap, fold 0 reads the wall time with the offset before the change, fold 1 with the one after it.
    return _clock_change(wall.replace(fold=1).astimezone(UTC), instant, zone), True


def _clock_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The whole second between two instants from which the later offset holds."""
    later_offset = after.astimezone(zone).utcoffset()
    low, high = 0, int((after - before).total_seconds())
    while low < high:
        middle = (low + high) // 2
        if (before + timedelta(seconds=middle)).astimezone(zone).utcoffset() == later_offset:
            high = middle
        else:
            low = middle + 1
    return before.replace(microsecond=0) + timedelta(seconds=low)


def _occurrence(plan: Plan, on: date) -> Occurrence:
    at, held_forward = instant_of(plan, on)
    return Occurrence(on, at, held_forward=held_forward)


def _dates_of_rhythm(plan: Plan, start: date) -> Iterator[date]:
    """The dates of the rhythm from `start` on, days off included, without end."""
    if plan.rhythm is Rhythm.MONTHLY:
        return _monthly(plan.anchor_on, start)
    return _every_days(DAYS_PER_WEEK * (1 if plan.rhythm is Rhythm.WEEKLY else 2), plan.anchor_on, start)


def _monthly(anchor_on: date, start: date) -> Iterator[date]:
    """The dates on the anchor's weekday at its place in the month, such as each second Tuesday, without end."""
    first = max(anchor_on, start)
    position = (anchor_on.day - 1) // DAYS_PER_WEEK + 1
    for month in range(first.year * 12 + first.month - 1, date.max.year * 12 + 12):
        on = _weekday_of_month(date(month // 12, month % 12 + 1, 1), anchor_on.weekday(), position)
        if on >= first:
            yield on


def _weekday_of_month(first_day: date, weekday: int, position: int) -> date:
    """The `position`th such weekday of the month that begins on `first_day`; the fifth is the last."""
    earliest = first_day + timedelta(days=(weekday - first_day.weekday()) % DAYS_PER_WEEK)
    if position < LAST_WEEK_OF_MONTH:
        return earliest + timedelta(days=DAYS_PER_WEEK * (position - 1))
    fifth = earliest + timedelta(days=DAYS_PER_WEEK * 4)
    return fifth if fifth.month == first_day.month else fifth - timedelta(days=DAYS_PER_WEEK)


def _every_days(days: int, anchor_on: date, start: date) -> Iterator[date]:
    """Each date a multiple of `days` away from the anchor, from `start` on, without end."""
    # rounded up: the first date on or after both the anchor and `start`
    steps = max(0, -((anchor_on - start).days // days))
    ordinal = anchor_on.toordinal() + steps * days
    return map(date.fromordinal, range(ordinal, date.max.toordinal() + 1, days))
