"""Filters for templates: dates, money, counts and people as our sentences write them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from agendas.facts.account import EventFacts
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    BlockerOpened,
    Moved,
    NothingMoved,
)
from agendas.facts.evidence import EvidenceAdded, WaitingSet
from agendas.rendering.mrkdwn import Mrkdwn, escape, link, mention
from agendas.rendering.splitting import parted
from agendas.text.characters import beginning
from agendas.text.evidence import without_links
from agendas.text.limits import shortened as cut
from agendas.text.links import host_of

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TOLD_BY_TEXT = BlockerOpened | ActionAdded | WaitingSet
"""Changes that nothing but their text tells: where it is an address alone, it is shown."""
_MARK = re.compile("(&[a-z]+;|<[^<>]*>)")
"""An escape, a mention or a link: its letters are no text."""

WEEK_DAYS = 7

STRUCK_CHARACTERS = 1_000
"""Longest stroke; a line of a message holds 3,000 characters. Ours."""

_WORDS = {"acv": "ACV", "mqa": "MQA", "dm": "DM", "exec_move": "executive move", "tech_change": "technology change"}


def day(value: date | datetime, zone: str = "UTC", today: date | None = None) -> str:
    """`Mon 30 Nov`; given `today`, the weekday only within seven days of it and another year named: `15 Jan 2027`.

    An instant is read in `zone`.
    """
    on = value.astimezone(ZoneInfo(zone)).date() if isinstance(value, datetime) else value
    weekday = f"{_DAYS[on.weekday()]} " if today is None or abs((on - today).days) <= WEEK_DAYS else ""
    year = f" {on.year}" if today is not None and today.year != on.year else ""
    return f"{weekday}{on.day} {_MONTHS[on.month - 1]}{year}"


def month(value: date) -> str:
    """`Nov 2026`."""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def short_day(value: date | datetime, today: date, zone: str = "UTC") -> str:
    """`day` with its arguments in the order that lines of an account need."""
    return day(value, zone, today)


def time_of_day(value: datetime, zone: str) -> str:
    """`09:30 EST`; zones without an abbreviation are written `UTC+10:30`."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{local:%H:%M} {zone_name(local)}"


def day_time(value: datetime, zone: str, today: date | None = None) -> str:
    """`Mon 30 Nov 09:30 EST`."""
    return f"{day(value, zone, today)} {time_of_day(value, zone)}"


def clock(value: datetime, zone: str) -> Mrkdwn:
    """`Tue 09:00`, the time in each reader's own zone by Slack's date token; the day and the fallback in `zone`."""
    return Mrkdwn(f"{_DAYS[value.astimezone(ZoneInfo(zone)).weekday()]} {hour(value, zone)}")


def hour(value: datetime, zone: str) -> Mrkdwn:
    """`09:00`, the time in each reader's own zone by Slack's date token; the fallback in `zone`."""
    local = value.astimezone(ZoneInfo(zone))
    fallback = escape(f"{local:%H:%M} {zone_name(local)}")
    return Mrkdwn(f"<!date^{int(value.timestamp())}^{{time}}|{fallback}>")


def zone_name(local: datetime) -> str:
    """The abbreviation of a local instant's zone, or `UTC+10:30` where the zone has none."""
    name = local.tzname() or "UTC"
    if name[0] not in "+-":
        return name
    hours, minutes = name[:3], name[3:5]
    return f"UTC{hours}" + (f":{minutes}" if minutes not in ("", "00") else "")


def money(cents: int | None, currency: str = "") -> str:
    """`USD 120,000`; cents only when there are some; `not recorded` for None."""
    if cents is None:
        return "not recorded"
    whole, rest = divmod(abs(cents), 100)
    amount = f"{'-' if cents < 0 else ''}{whole:,}" + (f".{rest:02d}" if rest else "")
    return f"{currency} {amount}".strip()


def short_money(cents: int, currency: str = "") -> str:
    """`USD 420k`, `USD 1.2M`; an amount below ten thousand whole."""
    thousands = round(cents / 100_000)
    if abs(thousands) < 10:
        amount = f"{round(cents / 100):,}"
    elif abs(thousands) < 1_000:
        amount = f"{thousands}k"
    else:
        amount = f"{tenths(cents / 100_000_000)}M"
    return f"{currency} {amount}".strip()


def plural(count: int, one: str, many: str = "") -> str:
    """`1 account`, `2 accounts`; `many` where an s is not enough."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def days(count: int, at_least: bool = False) -> str:
    """`1 day`, `14 days`, `at least 14 days`."""
    return ("at least " if at_least else "") + plural(count, "day")


def tenths(value: float) -> str:
    """`82`, `81.9`: a number with one decimal where it has one."""
    return f"{value:.1f}".removesuffix(".0")


def spoken(value: str) -> str:
    """A value of our enums as a word: `customer success`, `MQA`."""
    return _WORDS.get(value, value.replace("_", " "))


def listed(values: Iterable[str], last: str = "and") -> Mrkdwn:
    """`Acme, Globex and Initech`, every value escaped unless it is safe already."""
    safe = [finalize(value) for value in values]
    if len(safe) < 2:
        return Mrkdwn("".join(safe))
    return Mrkdwn(f"{', '.join(safe[:-1])} {finalize(last)} {safe[-1]}")


def people(user_ids: Iterable[str], last: str = "and") -> Mrkdwn:
    """Mentions, listed."""
    return listed([mention(user_id) for user_id in user_ids], last)


def shortened(text: str, limit: int = 300) -> Mrkdwn:
    """A long text up to a word's end before `limit`, and then `… (more in the history)`."""
    one_line = " ".join(text.split())
    if len(one_line) <= limit:
        return escape(one_line)
    cut = beginning(one_line, limit)
    whole_words = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return Mrkdwn(f"{escape(whole_words)}… (more in the history)")


def brief(text: str, limit: int = 100) -> Mrkdwn:
    """A text on one line with an ellipsis where it is longer: the whole of it stands behind Details."""
    return escape(cut(text, limit))


def site(url: str) -> Mrkdwn:
    """A link with the name of its site; '' for an address that names none."""
    return link(url, host_of(url)) if host_of(url) else Mrkdwn("")


def linked_once(event: EventFacts) -> EventFacts:
    """The event without addresses in its text where it has evidence: they are shown once, as evidence."""
    change = event.change
    if not event.evidence or not isinstance(
        change, Moved | NothingMoved | EvidenceAdded | TOLD_BY_TEXT | BlockerChanged | ActionChanged
    ):
        return event
    text = without_links(change.text)
    if not text and isinstance(change, TOLD_BY_TEXT):
        return event
    return replace(event, change=replace(change, text=text))


def ended(text: str) -> Mrkdwn:
    """Somebody's text as a sentence: with a full stop unless it ends in a mark already."""
    safe = finalize(text)
    return safe if not safe or safe[-1] in ".!?…。" else Mrkdwn(f"{safe}.")


def struck(value: object) -> Mrkdwn:
    """Safe text struck out, in lines that no message parts; a mark in it that would end the stroke is replaced."""
    parts = _MARK.split(finalize(value))
    plain = "".join(_unmarked(part, is_mark=place % 2 == 1) for place, part in enumerate(parts))
    return Mrkdwn("\n".join(f"~{piece.strip()}~" for piece in parted(plain, STRUCK_CHARACTERS) if piece.strip()))


def _unmarked(part: str, *, is_mark: bool) -> str:
    address, bar, label = part.partition("|") if is_mark else ("", "", part)
    return address.replace("~", "%7E") + bar + label.replace("~", "\N{TILDE OPERATOR}").replace("`", "'")


def lower(value: object) -> str:
    """In small letters, safe text but for its escapes, mentions and links."""
    return _in_other_letters(value, str.lower)


def upper(value: object) -> str:
    """In capital letters, safe text but for its escapes, mentions and links."""
    return _in_other_letters(value, str.upper)


def capitalize(value: object) -> str:
    """The first letter a capital and the rest small, safe text but for its escapes, mentions and links."""
    small = lower(value)
    return type(small)(small[:1].upper() + small[1:])


def _in_other_letters(value: object, change: Callable[[str], str]) -> str:
    if not hasattr(value, "__html__"):
        return change(str(value))
    parts = _MARK.split(finalize(value))
    return Mrkdwn("".join(part if place % 2 else change(part) for place, part in enumerate(parts)))


def finalize(value: object) -> Mrkdwn:
    """Escape any value put into a sentence, unless it is safe already."""
    if isinstance(value, Mrkdwn):
        return value
    safe = getattr(value, "__html__", None)
    if safe is None:
        return escape(str(value))
    # Jinja escapes for HTML the constants of a template and what is joined to safe text; Slack knows no such quotes
    return Mrkdwn(str(safe()).replace("&#39;", "'").replace("&#34;", '"'))


FILTERS: dict[str, Callable[..., Any]] = {
    "brief": brief,
    "capitalize": capitalize,
    "clock": clock,
    "day": day,
    "day_time": day_time,
    "days": days,
    "ended": ended,
    "hour": hour,
    "link": link,
    "linked_once": linked_once,
    "listed": listed,
    "lower": lower,
    "money": money,
    "month": month,
    "people": people,
    "person": mention,
    "plural": plural,
    "short_day": short_day,
    "short_money": short_money,
    "shortened": shortened,
    "site": site,
    "spoken": spoken,
    "struck": struck,
    "tenths": tenths,
    "time_of_day": time_of_day,
    "unlinked": without_links,
    "upper": upper,
}
