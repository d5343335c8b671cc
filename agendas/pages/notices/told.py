"""The direct message that tells what others asked of a person and strong signals, and the digest of a day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from agendas.facts.answers import AccountAction, AccountBlocker, Told, ToldSignal
from agendas.pages.open_items.lines import action_line, ask_line, blocker_line
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Divider, Item, Line, Page, Text
from agendas.rendering.words import Words
from agendas.rules.nudging.follow_ups import is_asked
from agendas.text.days import local_date


def told_page(
    told: Sequence[Told | ToldSignal], words: Words, *, now: datetime, zone: str, can_record: bool = True
) -> Page:
    """The message of one thing or more that is new for the person, each with its buttons, its author and its time."""
    names, text = [each.account_name for each in told], _text(told[0]) if len(told) == 1 else ""
    title = words.raw("notices.told_title", names=names, text=text)
    return Page(title, told_items(told, words, now=now, zone=zone, can_record=can_record), key="told")


def told_items(
    told: Sequence[Told | ToldSignal], words: Words, *, now: datetime, zone: str, can_record: bool = True
) -> tuple[Item, ...]:
    """The heading and the lines of what is new for the person; none where nothing is.

    Who may not record anything gets the lines without the buttons that do.
    """
    if not told:
        return ()
    heading = Text(words.say("notices.told_heading", count=len(told)))
    lines = [_line(each, words, now=now, zone=zone) for each in told]
    drawn = [
        line if can_record or isinstance(each, ToldSignal) or each.open is None else Text(line.mrkdwn)
        for each, line in zip(told, lines, strict=True)
    ]
    return (heading, *drawn)


def digest_page(parts: Sequence[tuple[Item, ...]], words: Words, *, on: date) -> Page:
    """The parts of a day's digest below each other; there is one part at least."""
    items: list[Item] = [Text(words.say("notices.digest_heading", on=on))]
    for part in parts:
        items += [*part, Divider()]
    return Page(words.raw("notices.digest_title", on=on), tuple(items[:-1]), key="digest")


def with_preferences(page: Page, words: Words) -> Page:
    """The page with the button by which its reader chooses which messages come and when: last in its row of buttons.

    At the foot where the page has no row.
    """
    button = labelled(words, "preferences.open")
    rows = [(place, item) for place, item in enumerate(page.items) if isinstance(item, Buttons)]
    if not rows:
        return replace(page, items=(*page.items, Buttons((button,))))
    place, row = rows[-1]
    wider = replace(row, items=(*row.items, button))
    return replace(page, items=(*page.items[:place], wider, *page.items[place + 1 :]))


def _line(told: Told | ToldSignal, words: Words, *, now: datetime, zone: str) -> Line:
    if isinstance(told, ToldSignal):
        opens = labelled(words, "account.open", str(told.noted.account_id))
        return Line(words.say("notices.signal", told=told, zone=zone), opens)
    line = _open_line(told, words, now=now, zone=zone)
    if line is None:
        opens = labelled(words, "account.open", str(told.event.account_id))
        return Line(words.say("notices.decided", told=told, zone=zone), opens)
    given = words.say("notices.given", told=told, zone=zone)
    return replace(line, mrkdwn=f"{line.mrkdwn}\n{given}")


def _open_line(told: Told, words: Words, *, now: datetime, zone: str) -> Line | None:
    waiting, today = told.open, local_date(now, zone)
    if isinstance(waiting, AccountAction):
        return action_line(waiting, words, today=today)
    if isinstance(waiting, AccountBlocker):
        return blocker_line(
            waiting,
            words,
            now=now,
            zone=zone,
            with_owner=told.is_for_stand_in or waiting.blocker.owner != told.person,
            is_asked=is_asked(waiting, told.person),
            reader="" if told.is_for_stand_in else told.person,
        )
    return ask_line(told.account_name, waiting, words, today=today) if waiting is not None else None


def _text(told: Told | ToldSignal) -> str:
    """The words of what waits for the person, is settled or was seen, '' for a decision about their account."""
    if isinstance(told, ToldSignal):
        return told.noted.signal.text or told.noted.signal.url
    if isinstance(told.open, AccountAction):
        return told.open.action.text
    if isinstance(told.open, AccountBlocker):
        return told.open.blocker.text
    return told.open.text if told.open is not None else told.subject
