"""The list on one date, and what changed on it between two."""

from collections.abc import Sequence
from itertools import groupby

from agendas.facts import ListStatus
from agendas.pages.buttons import labelled
from agendas.pages.page import Buttons, Heading, Item, Note, Page, Rows, Text
from agendas.pages.words import Words
from agendas.program_settings import TIERS
from agendas.rules.versions import ChangesFacts, VersionFacts

NAMES_SHOWN = 150
CHANGES_SHOWN = 30
"""With a reason each they are about what one message holds."""

Group = tuple[str, Sequence[str]]
"""A label and the lines under it."""

_PLACES = (
    *((ListStatus.NAMED, tier) for tier in (*TIERS, None)),
    (ListStatus.PAUSED, None),
    (ListStatus.CANDIDATE, None),
)
"""What is counted of a version, in the order in which it is shown."""


def version_page(facts: VersionFacts, words: Words, *, start: int = 0) -> Page:
    """How many accounts there were by tier, and their names; a part of a long list, after the first `start`."""
    counts = facts.version.counts()
    numbers = [(_label(place, words), counts[place]) for place in _PLACES if counts[place] or place[1]]
    groups = [
        (words.say("versions.group", label=_label(place, words), count=counts[place]), _names(facts, place, words))
        for place in _PLACES[:-1]
        if counts[place]
    ]
    items = (
        Heading(words.raw("versions.version_heading", on=facts.on)),
        Text(words.say("versions.numbers", numbers=numbers)),
        *(_part(groups, words, start=start, most=NAMES_SHOWN, dates=f"{facts.on}") if groups else _nobody(words)),
    )
    named = sum(counts[place] for place in _PLACES if place[0] is ListStatus.NAMED)
    return Page(words.raw("versions.version_title", on=facts.on, named=named), items, key="version")


def changes_page(facts: ChangesFacts, words: Words, *, start: int = 0) -> Page:
    """What changed, by kind and the newest first, each with by whom, when and why; a part of a long list."""
    before, after = facts.before.counts(), facts.after.counts()
    numbers = [
        (_label(place, words), before[place], after[place])
        for place in _PLACES
        if before[place] or after[place] or place[1]
    ]
    groups: list[Group] = []
    for what, members in groupby(facts.changes, key=lambda change: change.what):
        lines = [
            words.say("versions.change", name=facts.names.get(each.after.account_id, "?"), change=each, zone=facts.zone)
            for each in members
        ]
        groups.append((words.say("versions.what", what=what, count=len(lines)), lines))
    dates = f"{facts.first} {facts.second}"
    span = words.say("versions.span", first=facts.first, second=facts.second)
    items = (
        Heading(words.raw("versions.changes_heading")),
        Text(f"{span}\n{words.say('versions.moved_numbers', numbers=numbers)}"),
        *(
            _part(groups, words, start=start, most=CHANGES_SHOWN, dates=dates)
            if groups
            else (Text(words.say("versions.nothing_changed")),)
        ),
    )
    title = words.raw("versions.changes_title", count=len(facts.changes), first=facts.first, second=facts.second)
    return Page(title, items, key="versions")


def _nobody(words: Words) -> tuple[Item, ...]:
    return (Text(words.say("versions.nobody")),)


def _names(facts: VersionFacts, place: tuple[ListStatus, int | None], words: Words) -> Sequence[str]:
    names = sorted((facts.names.get(number, "?") for number in facts.version.at(*place)), key=str.casefold)
    return [words.say("versions.name", name=name) for name in names]


def _label(place: tuple[ListStatus, int | None], words: Words) -> str:
    status, tier = place
    return words.say("versions.label", status=status, tier=tier)


def _part(groups: Sequence[Group], words: Words, *, start: int, most: int, dates: str) -> tuple[Item, ...]:
    """The lines after the first `start` under their labels, and the button for more, which carries the dates."""
    total = sum(len(lines) for _, lines in groups)
    first = start if start < total else 0
    following = min(first + most, total)
    items: list[Item] = []
    before = 0
    for label, lines in groups:
        shown = lines[max(first - before, 0) : max(following - before, 0)]
        if shown:
            items.append(Rows((label, *shown)))
        before += len(lines)
    if following - first < total:
        items.append(Note(words.say("program.span", first=first + 1, last=following, total=total)))
    items.append(Note(words.say("versions.note")))
    if following < total:
        items.append(Buttons((labelled(words, "abm.versions_more", f"{following} {dates}"),)))
    return tuple(items)
