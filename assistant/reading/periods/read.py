"""Find the days in a text: "since Monday", "from 1 to 15 November", "older than 30 days", "by Friday"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from agendas.errors import NotUnderstood
from agendas.text.limits import shown
from assistant.query import Period
from assistant.reading.periods.dates import SEASONS
from assistant.reading.periods.days import Days, Unit, moved
from assistant.reading.periods.forms import days_of
from assistant.reading.periods.spelled import spelled
from assistant.reading.periods.starts import may_begin_days
from assistant.reading.periods.units import COUNTED, UNIT_NAMES, WHOLE, counted, unit_named
from assistant.reading.periods.where_dates_stand import may_be_days
from assistant.reading.tokens import Token, as_typed

MOST_WORDS = 7
"""Words of the longest form of days: `the end of the week after next`."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class When:
    """Days that a text tells, and the tokens from `start` up to `end` that tell them.

    Attributes:
        past, coming: the days as those of what happened, and of what is to come; None where they can't be told.
        is_age: true for "older than 30 days", "for three weeks", "more than a month ago": `past.last` is the day that
            many days ago, with nothing since where it is said of what did not happen.
        is_since_review: true for "since the last review" of each account.
        step: the unit and number by which the days said before are moved: "the week before" is (`Unit.WEEK`, -1).
        problem: a sentence for days that are said but can't be read, '' for none.
    """

    start: int
    end: int
    past: Period | None = None
    coming: Period | None = None
    is_age: bool = False
    is_since_review: bool = False
    step: tuple[Unit, int] | None = None
    problem: str = ""


SINCE = frozenset({"on or after", "since", "from", "after", "starting", "as of"})
UNTIL = frozenset({"by", "until", "till", "til", "through", "up to", "upto"})
AT_LATEST = frozenset({"no later than", "not later than", "at the latest by", "on or before", "at or before"})
BEFORE = frozenset({"before", "prior to", "earlier than", "ahead of"})
WITHIN = frozenset({"on", "in", "during", "over", "for", "within", "throughout", "of"})
LEADS = sorted(SINCE | UNTIL | AT_LATEST | BEFORE | WITHIN | {"between"}, key=lambda lead: -lead.count(" "))
LEADS_BY_WORD = {
    word: [each for each in LEADS if each.split()[0] == word] for word in {lead.split()[0] for lead in LEADS}
}
"""The words before days by the first of them, the longest first."""
ONWARDS = ("on", "onward", "onwards", "forward")
RANGE_LEADS = ("", "from", "between", "during", "for", "in")
TO = ("to", "and", "until", "till", "til", "through", "thru")

LAST_REVIEW = (
    r"(?:(?:the|our|my|its|their) )?(?:last|previous|latest|most recent) (?:account )?(?:reviews?|meetings?|sessions?)"
    r"|we last met|(?:the|our) review"
)
SINCE_REVIEW = re.compile(rf"since (?:{LAST_REVIEW})")
OLDER = r"(?:for |in )?(?:(?:more|older|longer|greater|later) than|over|above|beyond|at least|>|upwards of)"
YOUNGER = r"(?:(?:in )?(?:less|fewer|newer|younger|sooner) than|under|below|<|within|inside)"
AHEAD = "from now|from today|away|ahead"
AGE = re.compile(rf"(?:{OLDER}|for(?: about| almost| nearly| some)?) {COUNTED}(?: (?:ago|old|now|(?P<ahead>{AHEAD})))?")
FRESH = re.compile(rf"{YOUNGER}(?: the next| next| the)? {COUNTED}(?: (?:ago|old))?")
OLD = re.compile(rf"{COUNTED} (?:or more|old|or older|plus)")
STEP = re.compile(rf"the (?:(?P<way>previous|following) )?(?P<unit>{WHOLE}|day)(?: (?P<after>before|after))?")


def read_periods(tokens: Sequence[Token], today: date) -> tuple[When, ...]:
    """Return the days that a text tells, in its order; today is the asker's local date."""
    words = [spelled(each) for each in tokens]
    found: list[When] = []
    position = 0
    while position < len(words):
        if words[position : position + 3] == ["as", "of", "today"]:
            # what is so now, and no day
            position += 3
            continue
        when = _when_at(tokens, words, position, today) if may_begin_days(words[position]) else None
        when = when or _own_days(tokens, words, position, today)
        if when is None:
            position += 1
            continue
        found.append(when)
        position = when.end
    exact = [each for each in found if SEASONS.keys().isdisjoint(words[each.start : each.end])]
    return tuple(_joined(exact or found, words))


def _when_at(tokens: Sequence[Token], words: Sequence[str], start: int, today: date) -> When | None:
    """Return the longest days that begin at a token."""
    for end in range(min(len(words), start + MOST_WORDS + 3), start, -1):
        said = " ".join(words[start:end])
        try:
            found = _special(said, start, end, today) or _with_lead(tokens, words, (start, end), today)
        except NotUnderstood as problem:
            return When(start, end, problem=str(problem))
        except (ValueError, OverflowError):
            typed = as_typed(tokens[start:end])
            return When(start, end, problem=f"{shown(typed)} is not in the calendar.")
        if found is not None:
            return found
    return None


def _own_days(tokens: Sequence[Token], words: Sequence[str], start: int, today: date) -> When | None:
    """Return the days of "my week" and "Nora's day", and of "how does the week look"."""
    unit = words[start + 1] if words[start] in ("my", "our", "the") and start + 1 < len(words) else words[start]
    is_first = unit == words[start]
    if unit not in UNIT_NAMES or (is_first and not (start and tokens[start - 1].is_possessive)):
        return None
    end = start + 1 + (not is_first)
    if words[start] == "the" and not "".join(words[end : end + 1]).startswith("look"):
        return None
    days = days_of(f"this {unit}" if unit != "day" else "today", today)
    return _bounded(days, "", start, end) if days else None


def _special(said: str, start: int, end: int, today: date) -> When | None:
    """Return what stands on its own: ages, the last review, and steps from the days said before."""
    if SINCE_REVIEW.fullmatch(said):
        return When(start, end, is_since_review=True)
    if (step := STEP.fullmatch(said)) and (step["way"] or step["after"]):
        back = (step["way"] or step["after"]) in ("previous", "before")
        return When(start, end, step=(unit_named(step["unit"]), -1 if back else 1))
    if found := AGE.fullmatch(said) or OLD.fullmatch(said):
        number, unit = counted(found["count"], found["unit"])
        period = Period(None, moved(today, unit, -number))
        is_ahead = said.startswith("in ") or bool(found.groupdict().get("ahead"))
        coming = Period(moved(today, unit, number) + ONE_DAY) if is_ahead else period
        return When(start, end, period, coming, is_age=True)
    if found := FRESH.fullmatch(said):
        number, unit = counted(found["count"], found["unit"])
        return When(start, end, Period(moved(today, unit, -number)), Period(today, moved(today, unit, number)))
    return None


def _with_lead(tokens: Sequence[Token], words: Sequence[str], span: tuple[int, int], today: date) -> When | None:
    """Return days with the word before them that says from or up to when, if there is one."""
    start, end = span
    leads = LEADS_BY_WORD.get(words[start], ())
    lead = next((each for each in leads if list(words[start : start + each.count(" ") + 1]) == each.split()), "")
    for each in (lead, "") if lead else ("",):
        begin = start + (each.count(" ") + 1 if each else 0)
        if begin < end and may_be_days(tokens, words, (begin, end), each):
            is_onwards = words[end - 1] in ONWARDS and end - 1 > begin and (each in SINCE or words[end - 1] != "on")
            days = days_of(_days_said(each, words[begin : end - is_onwards]), today)
            if days is not None:
                is_of_day = each == "from" and words[begin:end] == ["yesterday"]
                return _bounded(days, "since" if is_onwards else "" if is_of_day else each, start, end)
            if each in RANGE_LEADS and (days := _range(tokens, words, (begin, end), today)):
                return _bounded(days, "", start, end)
    return None


def _days_said(lead: str, words: Sequence[str]) -> str:
    """Return the words of days; "for the week" is this week."""
    if lead in WITHIN and lead != "on" and words[0] == "the" and len(words) == 2 and words[1] in UNIT_NAMES:
        return " ".join(("this", *words[1:]))
    return " ".join(words)


def _range(tokens: Sequence[Token], words: Sequence[str], span: tuple[int, int], today: date) -> Days | None:
    """Return the days from one to another: `monday to friday`, `oct-dec`, `1 nov and 15 nov`."""
    begin, end = span
    for middle in range(begin + 1, end):
        is_word = words[middle] in TO
        if not (is_word or tokens[middle].is_glued or tokens[middle - 1].mark == "-"):
            continue
        first = days_of(" ".join(words[begin:middle]), today)
        last = days_of(" ".join(words[middle + is_word : end]), today) if first else None
        if first and last:
            last = last.not_before(first)
            return replace(
                first,
                past=replace(first.past, last=last.past.last),
                coming=replace(first.coming, last=last.coming.last),
                is_day=False,
            )
    return None


def _bounded(days: Days, lead: str, start: int, end: int) -> When:
    """Return the days as the word before them bounds them: `since` from their first, `by` up to their last."""
    past, coming = days.past, days.coming
    if lead in ("since", "starting", "as of", "on or after") or (lead == "from" and days.is_day):
        return When(start, end, Period(past.first), Period(coming.first if lead == "from" else past.first))
    if lead == "after":
        return When(start, end, Period(past.last + ONE_DAY), Period(coming.last + ONE_DAY))
    if lead in UNTIL or lead in AT_LATEST:
        return When(start, end, Period(None, past.last), Period(None, coming.last))
    if lead in BEFORE:
        return When(start, end, Period(None, past.first - ONE_DAY), Period(None, coming.first - ONE_DAY))
    return When(start, end, Period(past.first, past.last), Period(coming.first, coming.last))


def _joined(found: Sequence[When], words: Sequence[str]) -> list[When]:
    """Return the days with those that touch made one: "this week and next week", "today or tomorrow"."""
    joined: list[When] = []
    for when in found:
        last = joined[-1] if joined else None
        if last is not None and words[last.end : when.start] in (["and"], ["or"], ["plus"]) and _touch(last, when):
            joined[-1] = replace(
                last, end=when.end, past=_both(last.past, when.past), coming=_both(last.coming, when.coming)
            )
        else:
            joined.append(when)
    return joined


def _touch(one: When, other: When) -> bool:
    """Return true if the second days begin the day after the first end."""
    first, second = one.coming, other.coming
    return bool(first and second and first.last and first.first and second.first == first.last + ONE_DAY)


def _both(one: Period | None, other: Period | None) -> Period | None:
    return Period(one.first, other.last) if one and other else None
