"""The list on one date, and what changed on it between two."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from agendas.facts.account import ListStatus
from agendas.facts.program.settings import TIERS
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Heading, Item, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.list.versions import ChangesFacts, ListChange, VersionFacts

NAMES_SHOWN = 150
CHANGES_SHOWN = 30
"""With a reason each they are about what one message holds."""

Place = tuple[ListStatus, int | None]

_PLACES: tuple[Place, ...] = (
    *((ListStatus.NAMED, tier) for tier in (*TIERS, None)),
    (ListStatus.PAUSED, None),
    (ListStatus.CANDIDATE, None),
)
"""Counts of a version, in the order shown."""


@dataclass(frozen=True, slots=True)
class _Group:
    """A label, and what is told under it: a line each, made of those that are shown only, as a list may be long."""

    label: str
    members: Sequence[Any]
    draw: Callable[[Any], str]


def version_page(facts: VersionFacts, words: Words, *, start: int = 0) -> Page:
    """Return the number of accounts by tier, and their names; a part of a long list, after the first `start`."""
    counts = facts.version.counts()
    numbers = [(_label(place, words), counts[place]) for place in _PLACES if counts[place] or place[1]]
    groups = [
        _Group(
            words.say("versions.group", label=_label(place, words), count=counts[place]),
            sorted((facts.names.get(number, "?") for number in facts.version.at(*place)), key=str.casefold),
            lambda name: words.say("versions.name", name=name),
        )
        for place in _PLACES[:-1]
        if counts[place]
    ]
    items = (
        Heading(words.raw("versions.version_heading", on=facts.on)),
        Text(words.say("versions.numbers", numbers=numbers)),
        *(() if groups else (Text(words.say("versions.nobody")),)),
        *_part(groups, words, start=start, most=NAMES_SHOWN, dates=f"{facts.on}"),
    )
    named = sum(counts[place] for place in _PLACES if place[0] is ListStatus.NAMED)
    return Page(words.raw("versions.version_title", on=facts.on, named=named), items, key="version")


def changes_page(facts: ChangesFacts, words: Words, *, start: int = 0) -> Page:
    """Return the changes by kind, newest first, each with author, date and reason; a long list from `start` on."""
    before, after = facts.before.counts(), facts.after.counts()
    numbers = [
        (_label(place, words), before[place], after[place])
        for place in _PLACES
        if before[place] or after[place] or place[1]
    ]

    def drawn(change: ListChange) -> str:
        name = facts.names.get(change.after.account_id, "?")
        return words.say("versions.change", name=name, change=change, zone=facts.zone)

    groups = [
        _Group(words.say("versions.what", what=what, count=len(members)), members, drawn)
        for what, members in ((what, list(found)) for what, found in groupby(facts.changes, lambda each: each.what))
    ]
    span = words.say("versions.span", first=facts.first, second=facts.second)
    items = (
        Heading(words.raw("versions.changes_heading")),
        Text(f"{span}\n{words.say('versions.moved_numbers', numbers=numbers)}"),
        *(() if groups else (Text(words.say("versions.nothing_changed")),)),
        *_part(groups, words, start=start, most=CHANGES_SHOWN, dates=f"{facts.first} {facts.second}"),
    )
    title = words.raw("versions.changes_title", count=len(facts.changes), first=facts.first, second=facts.second)
    return Page(title, items, key="versions")


def _label(place: Place, words: Words) -> str:
    status, tier = place
    return words.say("versions.label", status=status, tier=tier)


def _part(groups: Sequence[_Group], words: Words, *, start: int, most: int, dates: str) -> tuple[Item, ...]:
    """The lines after the first `start` under their labels, and the button for more, which carries the dates."""
    total = sum(len(group.members) for group in groups)
    first = start if start < total else 0
    following = min(first + most, total)
    items: list[Item] = []
    before = 0
    for group in groups:
        shown = group.members[max(first - before, 0) : max(following - before, 0)]
        if shown:
            items.append(Rows((group.label, *map(group.draw, shown))))
        before += len(group.members)
    if following - first < total:
        items.append(Note(words.say("program.span", first=first + 1, last=following, total=total)))
    items.append(Note(words.say("versions.note")))
    if following < total:
        items.append(Buttons((labelled(words, "abm.versions_more", f"{following} {dates}"),)))
    return tuple(items)
