"""A channel's cadence in words: rhythm, zone, scope, and the next three dates with what was moved or skipped."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from agendas.facts.reviews.cadence import CadenceFacts, CadenceKind
from agendas.facts.reviews.review import OpenReview
from agendas.facts.reviews.sections import USUAL
from agendas.rendering.buttons import labelled
from agendas.rendering.filters import zone_name
from agendas.rendering.page import Button, Buttons, Heading, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.reviews.schedule import skipped_ahead
from agendas.text.days import local_date

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DATES_SHOWN = 3
SKIPPED_SHOWN = 6
"""Skipped dates of one page at most, each with its button."""


@dataclass(frozen=True, slots=True)
class CadenceChanged:
    """A change of a channel's reviews that somebody made: `what` is moved, skipped, held, paused or resumed.

    `planned_on` is the date of the one that was changed, None for all of them; `next_at` is the next one.
    """

    what: str
    by: str
    zone: str
    planned_on: date | None = None
    moved_to: datetime | None = None
    because: str = ""
    next_at: datetime | None = None


def cadence_page(
    cadence: CadenceFacts,
    words: Words,
    *,
    now: datetime,
    running: OpenReview | None = None,
    can_decide: bool = True,
    can_hold: bool | None = None,
) -> Page:
    """Return the cadence of a channel: its time, length, accounts and next three dates.

    Args:
        cadence: the channel's cadence.
        words: the sentences.
        now: the instant of asking; dates of another year carry it.
        running: the channel's open review, which can then be closed.
        can_decide: false hides the buttons from people who may only read.
        can_hold: whether a skipped date has the button that takes it back; None where `can_decide` says so.
    """
    said = {
        "cadence": cadence,
        "weekday": WEEKDAYS[cadence.plan.anchor_on.weekday()],
        "position": (cadence.plan.anchor_on.day - 1) // 7 + 1,
        "zone_abbreviation": _zone_abbreviation(cadence, now),
    }
    next_at = cadence.upcoming[0].at if cadence.upcoming else None
    items: list[Item] = [
        Heading(words.raw("cadence.heading")),
        *_open_line(running, words),
        Text(words.say("cadence.summary", **said)),
        Rows(tuple(_scope(cadence, words))),
        *_dates(cadence, words, now, can_hold=can_decide if can_hold is None else can_hold),
    ]
    if can_decide and cadence.upcoming:
        items.append(Buttons(tuple(labelled(words, word, str(cadence.id)) for word in ("review.move", "review.skip"))))
    if cadence.wanted_more_often:
        items.append(Note(words.say("cadence.more_often", wanted=cadence.wanted_more_often)))
    if can_decide:
        items.append(_buttons(cadence, words, running))
    return Page(words.raw("cadence.title", **said, next_at=next_at), tuple(items), key=f"cadence-{cadence.id}")


def no_cadence_page(words: Words, *, running: OpenReview | None = None, can_decide: bool = True) -> Page:
    """That the channel has no review yet, with the button that schedules one for those who may; `running` is open."""
    title, first = words.raw("cadence.absent_title"), _open_line(running, words)
    if not can_decide:
        return Page(title, (*first, Text(words.say("cadence.absent_for_reader"))), key="cadence")
    schedule = Buttons((labelled(words, "review.schedule", style="primary"), *_closing(running, words)))
    return Page(title, (*first, Text(words.say("cadence.absent")), schedule), key="cadence")


def cadence_changed_page(change: CadenceChanged, words: Words) -> Page:
    """The message to the channel whose reviews somebody moved, skipped, paused or resumed."""
    said = Text(words.say("cadence.said", change=change))
    return Page(words.raw("cadence.said_title", change=change), (said,), key="cadence-change")


def _open_line(running: OpenReview | None, words: Words) -> tuple[Item, ...]:
    return (Text(words.say("agenda.open_review", review=running, zone=running.zone)),) if running else ()


def _closing(running: OpenReview | None, words: Words) -> tuple[Button, ...]:
    return (labelled(words, "review.close", str(running.id)),) if running else ()


def _scope(cadence: CadenceFacts, words: Words) -> Iterator[str]:
    """Lines about the accounts that are reviewed, how people prepare, and the sections of the agendas."""
    is_executive = cadence.kind is CadenceKind.EXECUTIVE
    yield words.say("cadence.executive" if is_executive else "cadence.scope", cadence=cadence)
    if cadence.is_private:
        yield words.say("cadence.private")
    yield from _scope_now(cadence, words)
    if not is_executive:
        yield words.say("cadence.preparation", preparation=cadence.preparation)
    if _are_chosen(cadence):
        yield words.say("cadence.sections", sections=cadence.sections)


def _scope_now(cadence: CadenceFacts, words: Words) -> tuple[str, ...]:
    if cadence.scope_now is None:
        return ()
    return tuple(words.lines("cadence.scope_now", now=cadence.scope_now, minutes=cadence.minutes))


def _dates(cadence: CadenceFacts, words: Words, now: datetime, *, can_hold: bool) -> Iterator[Item]:
    """The next dates, and among them the days off and those that were skipped, all in order."""
    zone, today = cadence.plan.zone, local_date(now, cadence.plan.zone)
    reasons = {change.planned_on: change.because for change in cadence.changes}
    found: list[tuple[date, str | Line]] = []
    for each in cadence.upcoming[:DATES_SHOWN]:
        because = reasons.get(each.planned_on, "")
        said = words.say("cadence.occurrence", occurrence=each, because=because, zone=zone, today=today)
        found.append((local_date(each.at, zone), said))
    found += _skipped(cadence, words, now, can_hold=can_hold)
    found += [(each.on, words.say("cadence.day_off", off=each, today=today)) for each in cadence.days_left_out]
    lines: list[str] = [words.say("cadence.upcoming_label", is_paused=cadence.is_paused)]
    lines += [] if cadence.upcoming else [words.say("cadence.no_dates")]
    for _, line in sorted(found, key=lambda each: each[0]):
        if isinstance(line, str):
            lines.append(line)
            continue
        if lines:
            yield Rows(tuple(lines))
        yield line
        lines = []
    if lines:
        yield Rows(tuple(lines))


def _skipped(cadence: CadenceFacts, words: Words, now: datetime, *, can_hold: bool) -> list[tuple[date, str | Line]]:
    """The skipped dates from today on, each with the button that takes it back as long as it is ahead."""
    today = local_date(now, cadence.plan.zone)
    ahead = {each.planned_on for each in skipped_ahead(cadence.plan, now, cadence.changes)} if can_hold else set()
    skipped = [each for each in cadence.changes if each.moved_to is None and each.planned_on >= today]
    found: list[tuple[date, str | Line]] = []
    for change in skipped[:SKIPPED_SHOWN]:
        said, on = words.say("cadence.skipped", change=change, today=today), change.planned_on
        hold = labelled(words, "review.hold", f"{cadence.id} {on.toordinal()}")
        found.append((on, Line(said, hold) if on in ahead else said))
    return found


def _buttons(cadence: CadenceFacts, words: Words, running: OpenReview | None) -> Buttons:
    value = str(cadence.id)
    return Buttons(
        (
            labelled(words, "review.now", value),
            labelled(words, "review.schedule", value),
            *(() if cadence.kind is CadenceKind.EXECUTIVE else _of_accounts(words, value)),
            labelled(words, "review.resume" if cadence.is_paused else "review.pause", value),
            *_closing(running, words),
            labelled(words, "calendar.channel"),
        )
    )


def _of_accounts(words: Words, value: str) -> tuple[Button, ...]:
    return labelled(words, "review.preparation", value), labelled(words, "review.agenda", value)


def _are_chosen(cadence: CadenceFacts) -> bool:
    """True where somebody chose other sections for its agendas than the usual ones."""
    return cadence.kind is CadenceKind.ACCOUNTS and cadence.sections != USUAL


def _zone_abbreviation(cadence: CadenceFacts, now: datetime) -> str:
    at = cadence.upcoming[0].at if cadence.upcoming else now
    return zone_name(at.astimezone(ZoneInfo(cadence.plan.zone)))
