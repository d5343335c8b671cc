"""Forms of reviews: cadence, scope, sections, brief, preparation, days off."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from dataclasses import fields as dataclass_fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from agendas.errors import FieldProblems, NotUnderstood, Outdated
from agendas.facts.account import Rhythm
from agendas.facts.reviews import (
    AgendaItem,
    AgendaSection,
    CadenceFacts,
    CadenceKind,
    CadenceWish,
    DayOff,
    Occurrence,
    OccurrenceChange,
    Plan,
    Preparation,
    Reminding,
    ScopeNow,
    sections_of,
)
from agendas.pages.agenda import account_summary
from agendas.rendering.blockkit import plain_blocks
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.schedule import dates_off, has_holidays, local_instant, place_name, upcoming
from agendas.text.dates import day_text, local_date, minutes_before_text, read_date, zone_names
from agendas.text.limits import shown
from agendas.verbs.cadences import NONE_CHOSEN, CadenceScope
from agendas.verbs.closing import Closing
from handlers import forms
from handlers.edge.incoming import Field, Values, values_of
from handlers.edge.replies import View
from handlers.edge.request import OTHER_VERSION

# The form by which a facilitator asks somebody for something before a review.

BRIEF_FRAME = forms.Frame("ask_before_review", "Ask somebody", "Send")
MOST_CHARACTERS = 1500


def build_brief_form(origin: forms.Origin) -> View:
    """The form; `origin.subject` carries the review's cadence and planned date, as its button had them."""
    return forms.form(
        BRIEF_FRAME,
        origin,
        [
            forms.person("whom", "Whom", hint="They get a direct message that says it is from you."),
            forms.text("text", "What", multiline=True),
        ],
    )


def read_brief_form(view: dict[str, Any]) -> tuple[str, str]:
    """The user id and the words. Raises FieldProblems where one is missing, or the words are too long."""
    entered = values_of(view)
    user_id, text = entered.get("whom", "").strip(), entered.get("text", "").strip()
    problems = {}
    if not user_id:
        problems["whom"] = "Choose a person."
    if not text:
        problems["text"] = "Write what you ask them for."
    if len(text) > MOST_CHARACTERS:
        problems["text"] = f"Write at most {MOST_CHARACTERS} characters; these are {len(text)}."
    if problems:
        raise FieldProblems(problems)
    return user_id, text


# Days without a review as people write them: dates in a list or line by line, each with a name if they like.

LONGEST_DATE_WORDS = 4
NAME_CHARACTERS = 80
HAS_DIGIT = re.compile(r"\d")


def days_in_words(plan: Plan, today: date) -> str:
    """The plan's own days off from today on, one in a line."""
    names = {each.on: each.name for each in plan.named_days_off}
    days = sorted(on for on in plan.days_off if on >= today)
    return "\n".join(f"{on.isoformat()} {names.get(on, '')}".strip() for on in days)


def read_days_off(written: str, today: date) -> tuple[DayOff, ...]:
    """The days as written, each once, such as `2026-12-24 Office closed, 2026-12-31`.

    Raises:
        NotUnderstood: for something that is not a date, a past date, a repeated date, or a name that is too long.
    """
    found: dict[date, str] = {}
    for each in _days_off_entries(written, today):
        if each.on in found:
            raise NotUnderstood(f"{day_text(each.on, today)} is there twice. Keep one of them.")
        if each.on < today:
            raise NotUnderstood(f"{day_text(each.on, today)} has passed. Leave it out.")
        if len(each.name) > NAME_CHARACTERS:
            raise NotUnderstood(
                f"The name of {day_text(each.on, today)} is too long; write at most {NAME_CHARACTERS} characters."
            )
        found[each.on] = each.name
    return tuple(DayOff(on, name) for on, name in found.items())


def _days_off_entries(written: str, today: date) -> Iterator[DayOff]:
    """The days of each line; a comma inside a name stays in it, as in `2026-12-24 Closed, all offices`."""
    for row in re.split(r"[\n;]+", written):
        last: DayOff | None = None
        for part in filter(None, map(str.strip, row.split(","))):
            if last is not None and last.name and not HAS_DIGIT.search(part):
                last = DayOff(last.on, f"{last.name}, {part}")
                continue
            if last is not None:
                yield last
            *others, last = _days(part, today)
            yield from others
        if last is not None:
            yield last


def _days(part: str, today: date) -> list[DayOff]:
    """The dates that a part begins with, the last with a name: `2026-12-24 2026-12-25 Xmas`; refused without any."""
    words, found = part.split(), list[DayOff]()
    while words:
        date_and_count = _leading_date(words, today)
        if date_and_count is None:
            break
        on, count = date_and_count
        found.append(DayOff(on, ""))
        words = words[count:]
    if not found:
        raise NotUnderstood(f"{shown(part)} is not a date. Write dates like 2026-12-25.")
    return [*found[:-1], DayOff(found[-1].on, " ".join(words))]


def _leading_date(words: list[str], today: date) -> tuple[date, int] | None:
    """The longest date that the words begin with, and its number of words; None for anything else."""
    for count in range(min(len(words), LONGEST_DATE_WORDS), 0, -1):
        typed = " ".join(words[:count])
        # words without a digit, such as `Friday`, are a name here
        if not HAS_DIGIT.search(typed):
            continue
        try:
            return read_date(typed, today), count
        except NotUnderstood:
            continue
    return None


# The fields of the schedule form for its dates: rhythm, first date, time, zone and days off, with the next three.

RHYTHMS = (
    ("Every week", Rhythm.WEEKLY.value),
    ("Every two weeks", Rhythm.BIWEEKLY.value),
    ("Every month", Rhythm.MONTHLY.value),
)
PREVIEW = "schedule.preview"
ZONES = "schedule.zone"
HOLIDAYS = "schedule.holidays"
NO_HOLIDAYS = "No public holidays of {} are known here. Choose another country, or write the dates below."


@dataclass(frozen=True, slots=True)
class Filled:
    """The fields of the schedule as entered, before they are checked."""

    rhythm: str
    anchor_on: str
    local_time: str
    zone: str
    days_off: str = ""
    holidays_of: str = ""


def fields(filled: Filled) -> list[Field]:
    """The fields of the schedule form for its dates; each change of one asks for the line of next dates again."""
    holidays_of = (place_name(filled.holidays_of), filled.holidays_of) if filled.holidays_of else None
    return [
        forms.select("rhythm", "How often", RHYTHMS, initial=filled.rhythm, action=PREVIEW),
        forms.day(
            "anchor_on",
            "First date",
            initial=filled.anchor_on,
            action=PREVIEW,
            hint="Every later date is counted from it; every two weeks keeps its own week.",
        ),
        forms.clock("local_time", "At", initial=filled.local_time, action=PREVIEW),
        forms.searched("zone", "Time zone", action=ZONES, initial=(filled.zone, filled.zone), hint="Type a city."),
        forms.searched(
            "holidays_of",
            "No review on public holidays of",
            action=HOLIDAYS,
            initial=holidays_of,
            optional=True,
            is_reporting=True,
            hint="Type a country, and its part where that has holidays of its own: Germany Bayern.",
        ),
        forms.text(
            "days_off",
            "Other days without a review",
            initial=filled.days_off,
            optional=True,
            multiline=True,
            hint="One in a line, with a name if you like: 2026-12-24 Office closed.",
        ),
    ]


def filled_from(had: CadenceFacts, now: datetime) -> Filled:
    """The fields of a cadence as the form holds them; days off that have passed are left out."""
    plan = had.plan
    return Filled(
        plan.rhythm.value,
        plan.anchor_on.isoformat(),
        f"{plan.local_time:%H:%M}",
        plan.zone,
        days_in_words(plan, local_date(now, plan.zone)),
        plan.holidays_of,
    )


def filled_in(entered: Values) -> Filled:
    return Filled(*(entered.get(each.name, "") for each in dataclass_fields(Filled)))


def dates_line(filled: Filled, changes: tuple[OccurrenceChange, ...], now: datetime) -> str:
    """The next three dates and the days off between them, in order, or what is wrong in the form so far."""
    try:
        plan = plan_from(filled, now)
    except FieldProblems as problems:
        return f"Next dates: {escape(str(problems))}"
    dates = [each.at.astimezone(ZoneInfo(plan.zone)) for each in upcoming(plan, now, changes)]
    days = [(each.date(), f"{each:%a %-d %b %Y, %H:%M}") for each in dates]
    if dates:
        off = dates_off(plan, local_date(now, plan.zone), dates[-1].date(), changes)
        days += [(each.on, _no_review(each)) for each in off]
    return f"Next dates: {'; '.join(each for _, each in sorted(days))} ({plan.zone})"


def _no_review(off: DayOff) -> str:
    return f"{off.on:%a %-d %b}: {escape(off.name) + ', ' if off.name else ''}no review"


def plan_from(filled: Filled, now: datetime) -> Plan:
    """The plan of the cadence. Raises FieldProblems for each field that is wrong."""
    problems: dict[str, str] = {}
    if filled.zone not in zone_names():
        problems["zone"] = "Choose a time zone."
    anchor_on = forms.day_in({"anchor_on": filled.anchor_on}, "anchor_on")
    local_time = forms.time_in({"local_time": filled.local_time}, "local_time")
    if anchor_on is None:
        problems["anchor_on"] = "Choose the first date."
    if local_time is None:
        problems["local_time"] = "Choose the time."
    # a wrong zone must not hide what is wrong besides it
    today = local_date(now, filled.zone if "zone" not in problems else "UTC")
    if filled.holidays_of and not has_holidays(filled.holidays_of, today.year):
        problems["holidays_of"] = NO_HOLIDAYS.format(place_name(filled.holidays_of))
    days_off: tuple[DayOff, ...] = ()
    try:
        days_off = read_days_off(filled.days_off, today)
    except NotUnderstood as wrong:
        problems["days_off"] = str(wrong)
    if anchor_on is None or local_time is None or problems:
        raise FieldProblems(problems)
    return Plan(
        rhythm=forms.choice_in({"rhythm": filled.rhythm}, "rhythm", Rhythm) or Rhythm.WEEKLY,
        anchor_on=anchor_on,
        local_time=local_time,
        zone=filled.zone,
        days_off=frozenset(each.on for each in days_off),
        named_days_off=tuple(each for each in days_off if each.name),
        holidays_of=filled.holidays_of,
    )


def zones_like(typed: str) -> tuple[tuple[str, str], ...]:
    """(label, zone) of the zones whose name holds what was typed, at most 100."""
    wanted = typed.strip().casefold().replace(" ", "_")
    found = sorted(zone for zone in zone_names() if wanted in zone.casefold())
    return tuple((zone, zone) for zone in found[:100])


# The form that says how the reviews of a channel are prepared.

PREPARATION_FRAME = forms.Frame("preparation", "Preparation", "Save")
HOUR = 60
LEADS = (24 * HOUR, 36 * HOUR, 48 * HOUR)
"""Minutes before a review at which people may be asked; days without work are passed over. 0 means never."""
CUTOFFS = (HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR)
MOST_LEAD_MINUTES = 7 * 24 * HOUR
TWICE = "Choose each person once: {} among the optional people too."


def build_preparation_form(had: Preparation, words: Words, origin: forms.Origin) -> View:
    """The form with the preparation as it is; its own times are offered even where they are none of the usual."""
    leads = [(minutes_before_text(minutes), str(minutes)) for minutes in sorted({*LEADS, had.prep_minutes} - {0})]
    cutoffs = [(minutes_before_text(minutes), str(minutes)) for minutes in sorted({*CUTOFFS, had.cutoff_minutes})]
    profiles = [(words.raw("cadence.profile", profile=each), each.value) for each in Reminding]
    return forms.form(
        PREPARATION_FRAME,
        replace(origin, seen=forms.marks_of(_preparation_entries(had))),
        [
            forms.line(words.say("cadence.preparation_intro")),
            forms.select("lead", "Ask people", [*leads, ("Nobody is asked", "0")], initial=str(had.prep_minutes)),
            forms.select("cutoff", "Updates are on the agenda until", cutoffs, initial=str(had.cutoff_minutes)),
            forms.select("reminding", "Reminders", profiles, initial=had.reminding.value),
            forms.persons("optional", "Optional people", initial=had.optional, hint="Asked, and not waited for."),
            forms.persons(
                "observing", "Observing people", initial=had.observing, hint="Never asked and not waited for."
            ),
        ],
    )


def read_preparation_form(view: dict[str, Any], had: Preparation) -> Preparation:
    """The preparation entered; changes that others made to `had` since the form was opened are kept.

    Raises FieldProblems for what is wrong, or what both changed.
    """
    entered = forms.merge_entered(values_of(view), forms.origin_of(view).seen, _preparation_entries(had))
    lead, cutoff = (_minutes(entered, name) for name in ("lead", "cutoff"))
    optional, observing = (
        tuple(dict.fromkeys(each for each in entered.get(name, "").split(",") if each))
        for name in ("optional", "observing")
    )
    problems: dict[str, str] = {}
    if lead and cutoff >= lead:
        problems["cutoff"] = f"People are asked {minutes_before_text(lead)}. Choose a later end of updates."
    twice = [each for each in observing if each in optional]
    if twice:
        problems["observing"] = TWICE.format("1 of them stands" if len(twice) == 1 else f"{len(twice)} of them stand")
    if problems:
        raise FieldProblems(problems)
    reminding = forms.choice_in(entered, "reminding", Reminding) or Reminding.STANDARD
    return Preparation(lead, cutoff, reminding, optional, observing)


def _preparation_entries(had: Preparation) -> Values:
    return {
        "lead": str(had.prep_minutes),
        "cutoff": str(had.cutoff_minutes),
        "reminding": had.reminding.value,
        "optional": ",".join(had.optional),
        "observing": ",".join(had.observing),
    }


def _minutes(entered: Values, name: str) -> int:
    """The minutes chosen; 0 means that nobody is asked, and only `lead` may be 0. Raises FieldProblems for others."""
    if entered.get(name) == "0" and name == "lead":
        return 0
    minutes = forms.number_entered(entered, name, most=MOST_LEAD_MINUTES)
    if not minutes:
        raise FieldProblems({name: forms.NOT_OFFERED})
    return minutes


# The forms that end, skip and move a review.

CLOSE = forms.Frame("close_review", "Close the review", "Close")
SKIP = forms.Frame("skip_review", "Skip one review", "Skip")
MOVE = forms.Frame("move_review", "Move one review", "Move")
ATTENDANCE = forms.Frame("review_attendance", "Who was there", "Save")
BOTH = "The recap says whether sales and marketing were both there."
WROTE = f"{BOTH} Whoever recorded something in it counts as there."
HELD = (("Yes, it was held", "yes"), ("No, it was not held", "no"))


@dataclass(frozen=True, slots=True)
class MoveEntry:
    planned_on: date
    moved_to: datetime
    because: str


def build_close(origin: forms.Origin, closing: Closing, *, closer: str) -> View:
    """The form that asks whether a review was held and who was there; where it cannot have been, it says so."""
    if not closing.can_be_held:
        return forms.form(CLOSE, origin, [forms.small(_not_held(closing))])
    hint = "" if closing.wrote else "Nobody recorded or decided anything in it."
    return forms.form(
        CLOSE,
        origin,
        [
            forms.select("held", "Was it held", HELD, initial="yes" if closing.wrote else "no", hint=hint),
            forms.persons(
                "attended", "Who was there", initial=tuple(dict.fromkeys((*closing.wrote, closer))), hint=WROTE
            ),
        ],
    )


def read_close(view: dict[str, Any]) -> tuple[bool, tuple[str, ...]]:
    """False if the form says that it was not held; and the user ids of those who were there, () if not asked."""
    return values_of(view).get("held") != "no", read_attendance(view)


def build_attendance(origin: forms.Origin, present: Sequence[str]) -> View:
    return forms.form(ATTENDANCE, origin, [forms.persons("attended", "Who was there", initial=present, hint=BOTH)])


def read_attendance(view: dict[str, Any]) -> tuple[str, ...]:
    return tuple(user_id for user_id in values_of(view).get("attended", "").split(",") if user_id)


def _not_held(closing: Closing) -> str:
    """The sentence of the form where the review cannot have been held, with how many were asked to prepare it."""
    asked = f" {closing.asked} were asked to prepare it." if closing.asked else ""
    return (
        f"Nobody decided or updated anything in it, so it closes as *not held*.{asked} If you met, record a "
        "decision or an update first: its accounts then count as reviewed."
    )


def build_skip(origin: forms.Origin, dates: Sequence[Occurrence], *, zone: str) -> View:
    """The form to skip one of these dates, one at least; the first is preselected."""
    return forms.form(
        SKIP,
        origin,
        [
            forms.select("planned_on", "Which", _choices(dates, zone), initial=dates[0].planned_on.isoformat()),
            forms.text("because", "Why", multiline=True),
        ],
    )


def read_skip(view: dict[str, Any]) -> tuple[date, str]:
    """The occurrence and the reason. Raises FieldProblems without a reason."""
    entered = values_of(view)
    if not entered.get("because", "").strip():
        raise FieldProblems({"because": "Give the reason in a sentence."})
    return _planned_on(entered), entered["because"].strip()


def build_move(origin: forms.Origin, dates: Sequence[Occurrence], *, zone: str) -> View:
    """The form to move one of these dates, one at least; it opens with the first and its own time."""
    first = dates[0].at.astimezone(ZoneInfo(zone))
    return forms.form(
        MOVE,
        origin,
        [
            forms.select("planned_on", "Which", _choices(dates, zone), initial=dates[0].planned_on.isoformat()),
            forms.day("day", "To", initial=first.date().isoformat()),
            forms.clock("time", "At", initial=f"{first:%H:%M}", hint=f"In the time zone of these reviews: {zone}."),
            forms.text("because", "Why", optional=True),
        ],
    )


def read_move(view: dict[str, Any], *, zone: str) -> MoveEntry:
    """The occurrence and the new instant, read in the cadence's zone. Raises FieldProblems without a date or time."""
    entered = values_of(view)
    on, at = forms.day_in(entered, "day"), forms.time_in(entered, "time")
    if on is None or at is None:
        raise FieldProblems({name: "Choose one." for name in ("day", "time") if not entered.get(name)})
    if zone not in zone_names():
        raise Outdated(OTHER_VERSION)
    moved_to, _ = local_instant(on, at, zone)
    return MoveEntry(_planned_on(entered), moved_to, entered.get("because", "").strip())


def _planned_on(entered: Values) -> date:
    """The planned date of the occurrence chosen. Raises FieldProblems without one."""
    chosen = forms.day_in(entered, "planned_on")
    if chosen is None:
        raise FieldProblems({"planned_on": forms.NOT_OFFERED})
    return chosen


def _choices(dates: Sequence[Occurrence], zone: str) -> list[tuple[str, str]]:
    """(label, planned date) of each occurrence; the label has its time in this zone."""
    return [
        (f"{each.at.astimezone(ZoneInfo(zone)):%a %-d %b %Y, %H:%M %Z}", each.planned_on.isoformat()) for each in dates
    ]


# The fields of the schedule form that say what is reviewed: accounts, and which of them, or the program.

CHANGED = "schedule.scope"
SEGMENTS, ACCOUNTS = "schedule.segments", "schedule.accounts"
SCOPE_BLOCK = "scope_now"
VALUE_CHARACTERS = 150
"""Slack's limit for the value of an option."""

KIND = "kind"
KINDS = (("Account review", CadenceKind.ACCOUNTS.value), ("Executive review", CadenceKind.EXECUTIVE.value))
KIND_HINT = "An executive review posts the month on one page, most often monthly; the accounts below do not count."


def scope_fields(had: CadenceFacts | None, chosen: Sequence[tuple[str, str]], lines: str) -> list[Field]:
    """The fields, with the scope of the channel's cadence, and below them what it has now.

    `chosen` are (name, id) of the accounts chosen by name, `lines` mrkdwn.
    """
    segments = had.segments if had else ()
    return [
        forms.several(
            "tiers", "Only tiers", forms.TIERS, initial=[str(tier) for tier in had.tiers] if had else (), action=CHANGED
        ),
        forms.persons("owners", "Only accounts of", initial=had.owners if had else (), action=CHANGED),
        forms.several_searched("segments", "Only segments", action=SEGMENTS, initial=segment_options(segments)),
        forms.several_searched("accounts", "Only these accounts", action=ACCOUNTS, initial=chosen),
        forms.small(lines, SCOPE_BLOCK),
    ]


def entries(had: CadenceFacts) -> Values:
    """The cadence's scope as the form's fields give it back: several values with commas between."""
    return {
        "tiers": ",".join(map(str, had.tiers)),
        "owners": ",".join(had.owners),
        "segments": ",".join(value for _, value in segment_options(had.segments)),
        "accounts": ",".join(map(str, had.account_ids)),
    }


def read_scope_fields(entered: Values) -> CadenceScope:
    """The scope as entered. Raises FieldProblems for a choice that is not offered."""
    numbers = _several(entered, "accounts")
    if not all(number.isdecimal() for number in numbers):
        raise FieldProblems({"accounts": forms.NOT_OFFERED})
    return CadenceScope(
        tiers=tuple(int(tier) for tier in forms.several_in(entered, "tiers", forms.option_values(forms.TIERS))),
        owners=_several(entered, "owners"),
        segments=tuple(each.replace("%2C", ",").replace("%25", "%") for each in _several(entered, "segments")),
        account_ids=tuple(map(int, numbers)),
    )


def segment_options(segments: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(label, value) of segments, except too long ones; commas in a name are encoded, as they separate values."""
    pairs = ((segment, segment.replace("%", "%25").replace(",", "%2C")) for segment in segments)
    return tuple((label, value) for label, value in pairs if len(value) <= VALUE_CHARACTERS)


def lines_of(found: ScopeNow, words: Words, *, minutes: int) -> str:
    """Return what the scope has now, as mrkdwn."""
    return "\n".join(words.lines("cadence.scope_now", now=found, minutes=minutes))


def _several(entered: Values, name: str) -> tuple[str, ...]:
    return tuple(each for each in entered.get(name, "").split(",") if each)


# The form for a channel's cadence; it shows the next three dates while it is filled in.

SCHEDULE_FRAME = forms.Frame("schedule", "Review schedule", "Save")
RHYTHM_OF = {CadenceKind.ACCOUNTS: Rhythm.WEEKLY, CadenceKind.EXECUTIVE: Rhythm.MONTHLY}
"""The rhythm of a first review of each kind."""
MINUTES = (15, 30, 45, 60, 90)
DEFAULT_MINUTES = 45
CLOSES_AFTER_MINUTES = (120, 480, 1_440, 2_880)
DEFAULT_CLOSES_AFTER_MINUTES = 1_440
LONGEST_IN_MINUTES = 90
MOST_MINUTES = 31 * 1_440
DATES_BLOCK = "next_dates"
DEFAULT_TIME = "09:00"
PRIVATE = "private"
"""The value of the box of a private cadence, and its field."""
FIRST = "first"
"""The marks of a form that was opened while the channel had no cadence."""


def build_schedule_form(
    origin: forms.Origin,
    had: CadenceFacts | None,
    *,
    zone: str,
    asker: str,
    now: datetime,
    chosen: Sequence[tuple[str, str]] = (),
    scope_lines: str = "Every named account.",
    kind: CadenceKind | None = None,
) -> View:
    """The form, with the channel's cadence `had` in it, None for none; `kind` is the one asked for, None for its own.

    `chosen` are (name, id) of the accounts that its scope names, `scope_lines` what the scope has now (mrkdwn).
    """
    kind = kind or (had.kind if had else CadenceKind.ACCOUNTS)
    first = Filled(RHYTHM_OF[kind].value, local_date(now, zone).isoformat(), DEFAULT_TIME, zone)
    filled = filled_from(had, now) if had else first
    blocks: list[Field] = [
        forms.select(KIND, "What is reviewed", KINDS, initial=kind.value, hint=KIND_HINT),
        *fields(filled),
        forms.small(dates_line(filled, had.changes if had else (), now), DATES_BLOCK),
        _number("minutes", "Minutes", MINUTES, had.minutes if had else DEFAULT_MINUTES, action=CHANGED),
        forms.person("facilitator", "Facilitator", initial=had.facilitator if had else asker),
        *scope_fields(had, chosen, scope_lines),
        forms.box(
            "private",
            "Who may see these accounts",
            "The members of this channel alone: all of them become private to it",
            PRIVATE,
            is_ticked=had is not None and had.is_private,
        ),
        _number(
            "closes",
            "Closes by itself after",
            CLOSES_AFTER_MINUTES,
            had.close_after_minutes if had else DEFAULT_CLOSES_AFTER_MINUTES,
        ),
    ]
    return forms.form(
        SCHEDULE_FRAME, replace(origin, seen=forms.marks_of(_schedule_entries(had, now)) if had else FIRST), blocks
    )


def _schedule_entries(had: CadenceFacts, now: datetime) -> Values:
    """The values that the form opens with for the channel's cadence."""
    return {
        **asdict(filled_from(had, now)),
        KIND: had.kind.value,
        "minutes": str(had.minutes),
        "facilitator": had.facilitator,
        **entries(had),
        PRIVATE: PRIVATE if had.is_private else "",
        "closes": str(had.close_after_minutes),
    }


def read_schedule_form(view: dict[str, Any], now: datetime, had: CadenceFacts | None) -> CadenceWish:
    """The cadence asked for; what somebody else changed in `had` since the form was opened stays.

    Raises FieldProblems for each field that is wrong, or that both changed.
    """
    entered, seen = values_of(view), forms.origin_of(view).seen
    # somebody else scheduled the channel's reviews while the form was open
    if had is not None and seen == FIRST:
        raise FieldProblems({"rhythm": forms.CHANGED})
    if had is not None:
        entered = forms.merge_entered(entered, seen, _schedule_entries(had, now))
    kind = forms.choice_in(entered, KIND, CadenceKind) or CadenceKind.ACCOUNTS
    return CadenceWish(
        plan=plan_from(filled_in(entered), now),
        minutes=minutes_in(entered),
        facilitator=entered.get("facilitator", ""),
        close_after_minutes=forms.number_entered(entered, "closes", most=MOST_MINUTES) or DEFAULT_CLOSES_AFTER_MINUTES,
        is_private=_is_private(entered, kind),
        kind=kind,
        **read_scope_fields(entered),
    )


def _is_private(entered: Values, kind: CadenceKind) -> bool:
    """Return whether the box is ticked. Raises FieldProblems if it is for an executive review."""
    is_ticked = entered.get(PRIVATE) == PRIVATE
    if is_ticked and kind is CadenceKind.EXECUTIVE:
        raise FieldProblems({PRIVATE: "An executive review takes no accounts, so it makes none private."})
    return is_ticked


def minutes_in(entered: Values) -> int:
    return forms.number_entered(entered, "minutes", most=MOST_MINUTES) or DEFAULT_MINUTES


def _number(name: str, label: str, usual: tuple[int, ...], had: int, *, action: str = "") -> Field:
    """A choice among the usual numbers of minutes and the one that the cadence has."""
    choices = [(_spoken(minutes), str(minutes)) for minutes in sorted({*usual, had})]
    return forms.select(name, label, choices, initial=str(had), action=action)


def _spoken(minutes: int) -> str:
    """The minutes in words; whole hours as hours where they are more than 90 minutes."""
    return f"{minutes // 60} hours" if minutes > LONGEST_IN_MINUTES and minutes % 60 == 0 else f"{minutes} minutes"


# The form that chooses the sections of a channel's agendas and their order, shown on one account.

SECTIONS_FRAME = forms.Frame("agenda_sections", "Agenda", "Save")
SECTIONS_CHANGED, UP = "sections.changed", "sections.up"
"""The actions of a box that is ticked or cleared, and of the button that moves a section up."""

SHOWN, ROW = "shown", "order"
"""The name of the boxes, and the first part of the name of a section's row; the section follows after a slash."""


def build_sections_form(
    chosen: Sequence[AgendaSection], sample: AgendaItem | None, words: Words, origin: forms.Origin
) -> View:
    """The form with the sections in force; `sample` is the account that they are shown on, None without one."""
    pairs = [(words.raw("cadence.section", section=each), each.value) for each in AgendaSection]
    boxes_of = forms.boxes(SHOWN, "Sections", pairs, initial=[each.value for each in chosen], action=SECTIONS_CHANGED)
    return forms.form(
        SECTIONS_FRAME,
        replace(origin, seen=forms.marks_of(_entries(chosen))),
        [boxes_of, *_below(chosen, sample, words)],
    )


def redraw(view: View, chosen: Sequence[AgendaSection], sample: AgendaItem | None, words: Words) -> View:
    """The open form with these sections in this order; the boxes stay as they are."""
    kept = [block for block in view["blocks"] if block.get("block_id") == SHOWN]
    return forms.redrawn(view, [*kept, *_below(chosen, sample, words)])


def sections_entered(view: dict[str, Any]) -> tuple[AgendaSection, ...]:
    """The sections ticked, in the order of their rows; one ticked just now comes last.

    What another version of the form had is passed over.
    """
    ticked = values_of(view).get(SHOWN, "").split(",")
    rows = [str(block.get("block_id", "")) for block in view["blocks"]]
    in_order = [row.removeprefix(f"{ROW}/") for row in rows if row.startswith(f"{ROW}/")]
    known = {each.value: each for each in AgendaSection}
    wanted = dict.fromkeys((*(each for each in in_order if each in ticked), *ticked))
    return tuple(known[each] for each in wanted if each in known)


def moved_up(chosen: Sequence[AgendaSection], section: str) -> tuple[AgendaSection, ...]:
    """The sections with this one a place further up; unchanged where it is the first, or not among them."""
    index = next((number for number, each in enumerate(chosen) if each == section), 0)
    if not index:
        return tuple(chosen)
    return (*chosen[: index - 1], chosen[index], chosen[index - 1], *chosen[index + 1 :])


def read_sections(view: dict[str, Any], had: Sequence[AgendaSection]) -> tuple[AgendaSection, ...]:
    """The sections chosen, in order; where the person changed nothing, those that the cadence `had` since.

    Raises FieldProblems where none is chosen, or somebody else chose others while the form was open.
    """
    found = sections_entered(view)
    if not found:
        raise FieldProblems({SHOWN: NONE_CHOSEN})
    # merged as one value: the order counts, so two changes of it cannot be mixed
    return sections_of(forms.merge_entered(_entries(found), forms.origin_of(view).seen, _entries(had))[SHOWN].split())


def _entries(chosen: Sequence[AgendaSection]) -> Values:
    """The sections as one value, whose order counts."""
    return {SHOWN: " ".join(each.value for each in chosen)}


def _below(chosen: Sequence[AgendaSection], sample: AgendaItem | None, words: Words) -> list[Field]:
    """A row with a button to move up for each section, and the sample account, if there is one, with these sections."""
    up = words.label(UP)
    rows = [
        forms.pressed(
            f"{ROW}/{each.value}",
            words.say("cadence.section_row", number=number, name=each),
            (up, UP, each.value) if number > 1 else None,
        )
        for number, each in enumerate(chosen, start=1)
    ]
    if sample is None:
        return [*rows, forms.small(words.say("cadence.no_preview"), "preview")]
    items = account_summary(replace(sample, sections=tuple(chosen)), words, can_act=False)
    page = Page(sample.facts.account.name, items, key="preview")
    return [*rows, forms.small(words.say("cadence.preview"), "preview"), *plain_blocks(page)]
