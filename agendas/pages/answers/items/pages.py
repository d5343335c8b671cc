"""Answers about things of accounts: lists, numbers, yes or no, and single sentences, the fact first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from agendas.facts.found.items import FoundItem
from agendas.facts.group import Contact
from agendas.pages.answers.items.asked import ItemKind, ItemsAsked
from agendas.pages.answers.items.lines import WHEN, WHO, WHY, line_of, said_of
from agendas.pages.open_items.lists import LINES as MOST_WITH_BUTTONS
from agendas.pages.open_items.lists import MORE, OWED
from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import Mrkdwn, read
from agendas.rendering.notice import said as sentence
from agendas.rendering.page import Buttons, Item, Note, Page, Rows, Text
from agendas.rendering.words import Words


@dataclass(frozen=True, slots=True)
class Sums:
    """Cents by currency, and the number of deals that have no amount."""

    amounts: tuple[tuple[str, int], ...]
    unknown: int = 0


MOST_SHOWN = 15
"""Lines of one answer: two screens of a phone. The number of all of them is in its heading."""

BY_ACCOUNT = (ItemKind.MOVEMENT, ItemKind.CLAIMS, ItemKind.MISSING)
"""Kinds of which accounts are counted."""

MOST_SENTENCES = 3
"""Lines of an answer to when, who and why: the nearest, or the latest."""


def list_page(asked: ItemsAsked, found: Sequence[FoundItem], words: Words, *, total: int) -> Page:
    """The things in the order given under what was asked, `total` of them; open ones with buttons for the reader.

    People of whom none is confirmed in a role that was asked for are shown below that.
    """
    if not found:
        return sentence(words.say("items.nothing", at=asked))
    if asked.goes_on and asked.can_act:
        found = found[:MOST_WITH_BUTTONS]
    if asked.kind is ItemKind.MISSING and len(asked.names) == len(found) == 1:
        return sentence(words.say("items.missing_of_one", found=found[0], at=asked))
    if not total and len(asked.names) == 1 and (gone := _who_left(found)):
        return sentence(words.say("items.left_instead", at=asked, found=gone))
    name = "items.heading" if total else "items.none_confirmed"
    heading = words.say(name, **{"at": asked} | ({"count": total, "accounts": 0} if total else {}))
    return _page(asked, heading, _drawn(asked, found, words), _rest(asked, len(found), total, words))


def _who_left(found: Sequence[FoundItem]) -> Sequence[FoundItem]:
    """The people, where all of them left: nobody is there, nor suggested for the role."""
    people = [each.thing for each in found if isinstance(each.thing, Contact)]
    return found[:MOST_SENTENCES] if people and all(each.profile.left_on for each in people) else ()


def placed_page(asked: ItemsAsked, found: Sequence[FoundItem], words: Words) -> Page:
    """A line for each account, as it moved or not since its last held review."""
    return _sentences(asked, [said_of(each, asked, words) for each in found])


def no_page(asked: ItemsAsked, found: Sequence[FoundItem], words: Words) -> Page:
    """No, with a line for each thing that shows why: an account that did not move, a person with another role."""
    return _sentences(asked, [words.say("items.no_line", line=said_of(each, asked, words)) for each in found])


def count_page(asked: ItemsAsked, words: Words, *, total: int) -> Page:
    """The number of things in one line, with the number of their accounts where that is another."""
    if not total:
        return sentence(words.say("items.nothing", at=asked))
    others = asked.accounts if asked.accounts not in (1, total) and asked.kind not in BY_ACCOUNT else 0
    return sentence(words.say("items.heading", at=asked, count=total, accounts=others))


def counts_page(asked: ItemsAsked, counts: Sequence[tuple[Mrkdwn, int]], words: Words, *, total: int) -> Page:
    """The number of things, and of those of each part, in the order given."""
    if not counts:
        return sentence(words.say("items.nothing", at=asked))
    heading = words.say("items.heading", at=asked, count=total, accounts=0)
    lines = tuple(words.say("items.counts_line", label=label, count=count) for label, count in counts)
    return _page(asked, heading, (Rows(lines),))


def yes_no_page(
    asked: ItemsAsked, found: Sequence[FoundItem], words: Words, *, total: int, instead: Sequence[FoundItem] = ()
) -> Page:
    """Yes with what there is, or no. `instead` are the open things that are not done yet, where that was asked."""
    if not found and instead:
        there = replace(asked, state="open", is_named=True)
        lines = [words.say("items.not_yet", at=asked, line=said_of(each, there, words)) for each in instead]
        return _sentences(asked, lines[:MOST_SENTENCES])
    if not found:
        return sentence(words.say("items.no", at=asked))
    yes = words.say("items.yes", at=asked, count=total)
    if total == 1 and not asked.can_act:
        return sentence(Mrkdwn(f"{yes} {said_of(found[0], asked, words)}"))
    return _page(asked, yes, _drawn(asked, found, words), _rest(asked, len(found), total, words))


def when_page(asked: ItemsAsked, found: Sequence[FoundItem], words: Words, *, total: int) -> Page:
    """The day first, in a line for each of the first things."""
    return _said(asked, found, words, WHEN, total=total)


def who_page(asked: ItemsAsked, found: Sequence[FoundItem], words: Words, *, total: int) -> Page:
    """The person first, in a line for each of the first things."""
    return _said(asked, found, words, WHO, total=total)


def why_page(asked: ItemsAsked, found: Sequence[FoundItem], words: Words, *, total: int) -> Page:
    """The reason, in a line for each of the first things."""
    return _said(asked, found, words, WHY, total=total)


def _said(
    asked: ItemsAsked,
    found: Sequence[FoundItem],
    words: Words,
    sentences: Mapping[ItemKind, str],
    *,
    total: int,
) -> Page:
    if not found:
        return sentence(words.say("items.nothing", at=asked))
    if not total and len(asked.names) == 1 and (gone := _who_left(found)):
        return sentence(words.say("items.left_instead", at=asked, found=gone))
    lines = [said_of(each, asked, words, sentences) for each in found]
    if total == 1 and not asked.beyond:
        return sentence(lines[0])
    heading = words.say("items.heading", at=asked, count=total, accounts=0)
    if not total and asked.kind is ItemKind.PEOPLE:
        heading = words.say("items.none_confirmed", at=asked)
    rows = tuple(words.say("items.line", text=line) for line in lines)
    return _page(asked, heading, (Rows(rows),), _rest(asked, len(found), total, words))


def _sentences(asked: ItemsAsked, lines: Sequence[Mrkdwn]) -> Page:
    return Page(read(lines[0]), (Rows(tuple(lines)),), key=f"items-{asked.kind.value}")


def _drawn(asked: ItemsAsked, found: Sequence[FoundItem], words: Words) -> tuple[Item, ...]:
    """A row for each thing; the first ones that the reader can settle have their buttons."""
    items: list[Item] = []
    for number, each in enumerate(found):
        line = line_of(each, asked, words) if asked.can_act and number < MOST_WITH_BUTTONS else None
        row = words.say("items.line", text=said_of(each, asked, words))
        if line is not None:
            items.append(line)
        elif items and isinstance(items[-1], Rows):
            items[-1] = Rows((*items[-1].lines, row))
        else:
            items.append(Rows((row,)))
    return tuple(items)


def _rest(asked: ItemsAsked, shown: int, total: int, words: Words) -> tuple[Item, ...]:
    """The way to the others: page by page for the reader's own, else by asking for fewer."""
    if shown >= total:
        return ()
    if asked.goes_on and asked.can_act:
        note = Note(words.say("program.span", first=1, last=shown, total=total))
        return (note, Buttons((labelled(words, MORE[OWED], str(shown)),)))
    return (Note(words.say("items.span", shown=shown, total=total)),)


def _page(asked: ItemsAsked, heading: Mrkdwn, *parts: Sequence[Item]) -> Page:
    items = tuple(item for part in parts for item in part)
    return Page(read(heading).rstrip(":"), (Text(heading), *items), key=f"items-{asked.kind.value}")


def sum_page(asked: ItemsAsked, sums: Sums, words: Words, *, total: int) -> Page:
    """The sum of deals in one line, by currency."""
    if not total:
        return sentence(words.say("items.nothing", at=asked))
    return sentence(words.say("items.sum", at=asked, sums=sums, count=total))


def sums_page(
    asked: ItemsAsked, whole: Sums, parts: Sequence[tuple[Mrkdwn, Sums, int]], words: Words, *, total: int
) -> Page:
    """The sum of deals, and of those of each part, in the order given."""
    if not total:
        return sentence(words.say("items.nothing", at=asked))
    heading = words.say("items.sum", at=asked, sums=whole, count=total)
    lines = [words.say("items.sum_line", label=label, sums=sums, count=count) for label, sums, count in parts]
    return _page(asked, heading, (Rows(tuple(lines)),))


def compared_label(name: str, value: object, names: Mapping[int, str], words: Words) -> Mrkdwn:
    """The person, account or tier that is compared with others; `name` is that of the filter."""
    account = names.get(value, "") if isinstance(value, int) else ""
    return words.say("items.compared", name=name, value=value, account=account)
