"""Answers that list what is open or what happened, each line with its source: who said it, when, what shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from agendas.facts.answers import AccountAction, AccountBlocker, AccountEvent, NextReview
from agendas.pages.open_items.lines import action_line, blocker_line
from agendas.pages.open_items.lists import LINES
from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Buttons, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.text.days import days_between, local_date


def blockers_page(
    found: Sequence[AccountBlocker],
    words: Words,
    *,
    now: datetime,
    zone: str,
    about: str = "",
    can_act: bool = False,
) -> Page:
    """Open blockers in the order given, with age, owner and what is needed.

    Args:
        found: the blockers.
        words: the sentences.
        now: the instant of asking.
        zone: the asker's zone.
        about: an account's name or a person's mention; empty for everything.
        can_act: gives the first lines their buttons, where the asker alone reads them and may record.
    """
    today = local_date(now, zone)
    lines = [
        words.lines(
            "asked.blocker",
            found=each,
            days_open=days_between(each.blocker.opened_at, now, zone),
            zone=zone,
            today=today,
            is_named=_is_named(about),
        )
        for each in found
    ]
    label = words.say("asked.blockers_label", about=about, count=len(found))
    if not can_act:
        return _page(label, lines, "blockers")
    drawn = [blocker_line(each, words, now=now, zone=zone) for each in found[:LINES]]
    return _with_buttons(label, lines, drawn, "blockers")


def actions_page(
    found: Sequence[AccountAction],
    words: Words,
    *,
    zone: str,
    today: date,
    about: str = "",
    due: str = "all",
    can_act: bool = False,
    is_own: bool = False,
) -> Page:
    """Next actions in the order given, with owner and date; `due` is all, overdue or week, as it was asked.

    With `can_act` the first lines have their buttons: where the asker alone reads them and may record. `is_own` where
    they are all the asker's own: the others then come page by page.
    """
    said = {"zone": zone, "today": today, "is_named": _is_named(about), "with_owner": not about.startswith("<@")}
    lines = [words.lines("asked.action", found=each, **said) for each in found]
    label = words.say("asked.actions_label", about=about, count=len(found), due=due)
    if not can_act:
        return _page(label, lines, "actions")
    page = _with_buttons(label, lines, [action_line(each, words, today=today) for each in found[:LINES]], "actions")
    if not is_own or len(found) <= LINES:
        return page
    more = Note(words.say("program.span", first=1, last=LINES, total=len(found)))
    return replace(
        page, items=(*page.items[: 1 + LINES], more, Buttons((labelled(words, "actions.more", str(LINES)),)))
    )


def events_page(
    kind: Literal["decided", "changed"],
    found: Sequence[AccountEvent],
    words: Words,
    *,
    zone: str,
    today: date,
    about: str = "",
    after: datetime | None = None,
) -> Page:
    """Decisions or all updates recorded since `after`, in the order given, each with its date and author."""
    lines = [
        words.lines("asked.event", found=each, zone=zone, today=today, is_named=_is_named(about)) for each in found
    ]
    facts = {"kind": kind, "count": len(found), "about": about, "after": after, "zone": zone, "today": today}
    return _page(words.say("asked.events_label", **facts), lines, kind)


def next_reviews_page(found: Sequence[NextReview], words: Words, *, zone: str, today: date, about: str = "") -> Page:
    """Return the next dates of reviews, in the asker's zone."""
    lines = [words.lines("asked.review", found=each, zone=zone, today=today) for each in found]
    return _page(words.say("asked.reviews_label", count=len(found), about=about), lines, "reviews")


def elsewhere_page(found: Sequence[NextReview], words: Words, *, zone: str, today: date) -> Page:
    """Where reviews are held: the channels that have one, each with its open review and its next date."""
    first = words.say("cadence.elsewhere", count=len(found))
    lines = tuple(line for each in found for line in words.lines("asked.review", found=each, zone=zone, today=today))
    return Page(read(first), (Text(first), *((Rows(lines),) if lines else ())), key="elsewhere")


def _is_named(about: str) -> bool:
    """Return true if each line names its account: where the heading names the one account, none does."""
    return not about or about.startswith("<@")


def _with_buttons(label: str, lines: Sequence[tuple[str, ...]], drawn: Sequence[Line], key: str) -> Page:
    """The answer's lines, with their sources, and the buttons of the first ones; the rest as rows."""
    first = tuple(replace(line, mrkdwn="\n".join(said)) for line, said in zip(drawn, lines, strict=False))
    rest = tuple(line for said in lines[len(first) :] for line in said)
    return Page(read(label), (Text(label), *first, *((Rows(rest),) if rest else ())), key=key)


def _page(label: str, lines: Iterable[tuple[str, ...]], key: str) -> Page:
    return Page(read(label), (Rows((label, *(line for each in lines for line in each))),), key=key)
