"""The library of plays: what each tier allows, and every play with its steps."""

from collections.abc import Iterator, Sequence

from agendas.facts.program.settings import TIERS
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Button, Buttons, Heading, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.plays.library import LibraryPlay, allowed_in

PLAYS_SHOWN = 10
"""Plays on one page: with their steps, as many as people read at once."""


def library_page(
    library: Sequence[LibraryPlay], words: Words, *, tier: int | None = None, can_decide: bool, start: int = 0
) -> Page:
    """Every play, or those of one tier, after the first `start`; retired ones last, for who may bring them back."""
    of_tier = [each for each in library if tier in (None, *each.play.tiers)]
    entries = [each for each in of_tier if not each.is_retired]
    entries += [each for each in of_tier if each.is_retired and can_decide]
    first = start if start < len(entries) else 0
    shown = entries[first : first + PLAYS_SHOWN]
    tiers = TIERS if tier is None else (tier,)
    items: list[Item] = [Heading(words.raw("plays.heading", tier=tier))]
    items.append(Rows(tuple(words.say("plays.of_tier", tier=each, plays=allowed_in(each, library)) for each in tiers)))
    for entry in shown:
        items += _entry(entry, words, can_decide=can_decide)
    rest = len(entries) - first - len(shown)
    items += [Note(words.say("plays.more", count=rest))] if rest else []
    buttons = tuple(_foot(words, tier, more=first + len(shown) if rest else 0, can_decide=can_decide))
    items += [Buttons(buttons)] if buttons else []
    title = words.raw("plays.title", tier=tier, count=sum(not each.is_retired for each in of_tier))
    return Page(title, tuple(items), key=f"plays-{tier or 0}-{first}")


def play_saved_page(entry: LibraryPlay, words: Words) -> Page:
    """That the play is in the library as it is now, or retired."""
    said = (Text(words.say("plays.saved", entry=entry)), *_entry(entry, words, can_decide=False))
    return Page(words.raw("plays.saved", entry=entry), said, key="play_saved")


def _entry(entry: LibraryPlay, words: Words, *, can_decide: bool) -> Iterator[Item]:
    said = words.say("plays.entry", entry=entry)
    yield Line(said, labelled(words, "plays.change", entry.play.key)) if can_decide else Text(said)
    if not entry.is_retired:
        yield Rows(tuple(words.say("plays.step", step=step) for step in entry.play.steps))


def _foot(words: Words, tier: int | None, *, more: int, can_decide: bool) -> Iterator[Button]:
    if can_decide:
        yield labelled(words, "plays.add")
    if more:
        yield labelled(words, "plays.more", f"{more} {tier or ''}".strip())
