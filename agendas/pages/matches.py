"""Answers about things of accounts: actions, blockers, decisions, deals and the like, and about reviews and members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from agendas.facts.account import Blocker, Decision, NextAction
from agendas.facts.answered_items import FoundItem, MemberFacts
from agendas.facts.group import Contact
from agendas.facts.past_review import FoundReview, PastState
from agendas.facts.people import PersonFacts
from agendas.facts.query import Form, Subject
from agendas.facts.reviews import AgendaItem
from agendas.pages.open_items import LINES, MORE, OWED, open_line
from agendas.rendering.mrkdwn import Mrkdwn, read
from agendas.rendering.page import Buttons, Item, Line, Note, Page, Rows, Text, sentence_page
from agendas.rendering.words import Words, labelled
from agendas.rules.deals import DealSum
from agendas.rules.nudging import asks_reader
from agendas.text.dates import days_between, local_date

# A question about things of accounts as its answer says it back.

NOTHING = Mrkdwn("")


class ItemKind(StrEnum):
    """Kinds of things that are shown otherwise than others of their subject."""

    CLAIMS = "claims"
    """Accounts whose stage is only claimed."""
    MISSING = "missing"
    """Accounts where a role is missing."""
    LEFT = "left"
    """People who left."""


@dataclass(frozen=True, slots=True)
class ItemsAsked:
    """A question in words, and who reads its answer.

    Attributes:
        kind: the kind of things.
        now, zone: the instant of asking, and the reader's IANA zone.
        state: word before the noun: open, overdue, running, next, away; '' where the filters say it.
        order: word for those that come first in the order asked for, where a number of them was: oldest, biggest.
        said: the other filters and the period, in words.
        beyond: the part of `said` that the line of a single thing does not show by itself.
        accounts: number of different accounts of the things.
        is_named: each line names its account.
        is_one_person: the things are of one person, so lines do not say whose.
        is_capped: there may be more things than were read.
        can_act: the reader alone sees the answer and may record.
        goes_on: all of them are the reader's own, so that their list can go on page by page.
        reader: who alone sees the answer, None where others do.
    """

    kind: Subject | ItemKind
    now: datetime
    zone: str
    state: str = ""
    order: str = ""
    said: Mrkdwn = NOTHING
    beyond: Mrkdwn = NOTHING
    names: tuple[str, ...] = ()
    accounts: int = 0
    is_named: bool = True
    is_one_person: bool = False
    is_capped: bool = False
    can_act: bool = False
    goes_on: bool = False
    reader: PersonFacts | None = None

    @property
    def today(self) -> date:
        return local_date(self.now, self.zone)

    def days_since(self, instant: datetime) -> int:
        return days_between(instant, self.now, self.zone)


# Lines of things of accounts, each with its account, and those that are open with the buttons that settle them.

SENTENCES: Mapping[Subject | ItemKind, str] = {
    **dict.fromkeys((Subject.DECISIONS, Subject.CHANGES, Subject.LIST_CHANGES), "entry"),
    ItemKind.CLAIMS: "placed",
}
"""The sentences of things that have not the name of their kind; each knows the forms that begin with another part."""


def item_line(found: FoundItem, asked: ItemsAsked, words: Words, form: Form = Form.LIST) -> Mrkdwn:
    """Return the line of a thing, without a bullet; of an account as it moved since its review its movement."""
    name = "placed" if isinstance(found.thing, AgendaItem) else SENTENCES.get(asked.kind, asked.kind.value)
    return words.say(f"items.{name}", found=found, at=asked, form=form)


def _with_buttons(found: FoundItem, asked: ItemsAsked, words: Words) -> Line | None:
    """The line of a thing that can be settled, None of any other."""
    match found.thing:
        case NextAction(closed_at=None) | Blocker(resolved_at=None):
            pass
        case Decision() if asked.kind is Subject.ASKS and asked.state in ("open", "overdue"):
            pass
        case _:
            return None
    # the decision that asked for an action is answered where its ask is listed
    found = replace(found, source=None)
    return open_line(found, words, today=asked.today, zone=asked.zone, is_asked=asks_reader(found, asked.reader))


# Answers about our own people: function and right, and what is theirs, in numbers.

MOST_MEMBERS = 30
"""People on one page."""


def members_page(asked: ItemsAsked, found: Sequence[PersonFacts], words: Words, *, is_count: bool = False) -> Page:
    """The people by name, or with `is_count` their number alone."""
    lines = () if is_count else [words.say("asked_people.person", person=each) for each in found[:MOST_MEMBERS]]
    name = "members_heading" if found else "no_member"
    heading = words.say(f"asked_people.{name}", at=asked, count=len(found))
    return _counted_page("members", heading, lines, words, total=len(found))


def _counted_page(key: str, heading: Mrkdwn, lines: Sequence[Mrkdwn], words: Words, *, total: int) -> Page:
    """The heading above its lines, with the number of all where there are more; a sentence alone without lines."""
    if not lines:
        return sentence_page(heading)
    rows = Rows(tuple(words.say("items.line", text=each) for each in lines))
    note = (Note(words.say("asked_people.span", shown=len(lines), total=total)),) if total > len(lines) else ()
    return Page(read(heading), (Text(heading), rows, *note), key=key)


def member_page(found: Sequence[MemberFacts], words: Words) -> Page:
    sentence = [words.say("asked_people.member", member=each) for each in found]
    return Page(read(sentence[0]).split("\n", 1)[0], tuple(map(Text, sentence)), key="member")


# Answers about things of accounts: lists, numbers, yes or no, and single sentences, the fact first.

MOST_SHOWN = 15
"""Lines of one answer: two screens of a phone. The number of all of them is in its heading."""

BY_ACCOUNT = (Subject.MOVEMENT, ItemKind.CLAIMS, ItemKind.MISSING)
"""Kinds for which accounts are counted."""

MOST_SENTENCES = 3
"""Lines of an answer to when, who and why: the nearest, or the latest."""


def things_page(
    asked: ItemsAsked, found: Sequence[FoundItem], words: Words, form: Form = Form.LIST, *, total: int
) -> Page:
    """Return the things, `total` of them, in the order given under what was asked; open ones with the reader's buttons.

    Yes or no comes first where that was asked, the day, the person or the reason in each line where `form` says so.
    `total` is 0 where only people were found who are not confirmed in the role asked for: the heading says so, or who
    left where all of them did. A single thing that needs no heading is one sentence.
    """
    is_list, is_yes_no = form is Form.LIST, form is Form.YES_NO
    if not found:
        return sentence_page(words.say("items.no" if is_yes_no else "items.nothing", at=asked))
    if is_list and asked.kind is ItemKind.MISSING and len(asked.names) == len(found) == 1:
        return sentence_page(words.say("items.missing_of_one", found=found[0], at=asked))
    # nobody asked for is there any more: who left is said instead
    if not (total or is_yes_no) and len(asked.names) == 1 and (gone := _who_left(found)):
        return sentence_page(words.say("items.left_instead", at=asked, found=gone))
    name = "yes" if is_yes_no else "heading" if total else "none_confirmed"
    heading = words.say(f"items.{name}", at=asked, count=total, accounts=0)
    if is_list or is_yes_no:
        if is_yes_no and total == 1 and not asked.can_act:
            return sentence_page(Mrkdwn(f"{heading} {item_line(found[0], asked, words)}"))
        return _items_page(asked, heading, _drawn(asked, found, words), _rest(asked, len(found), total, words))
    lines = [item_line(each, asked, words, form) for each in found]
    if total == 1 and not asked.beyond:
        return sentence_page(lines[0])
    rows = Rows(tuple(words.say("items.line", text=line) for line in lines))
    return _items_page(asked, heading, (rows,), _rest(asked, len(found), total, words))


def with_late(page: Page, asked: ItemsAsked, late: Sequence[FoundItem], words: Words) -> Page:
    """Return the page with what was due before its days and is open still below it."""
    heading = Text(words.say("items.late_too", at=asked))
    return replace(page, items=(*page.items, heading, *_drawn(asked, late, words)))


def _who_left(found: Sequence[FoundItem]) -> Sequence[FoundItem]:
    """The people found, where every one of them has left the company, else nobody."""
    people = [each.thing for each in found if isinstance(each.thing, Contact)]
    return found[:MOST_SENTENCES] if people and all(each.profile.left_on for each in people) else ()


def instead_page(asked: ItemsAsked, found: Sequence[FoundItem], words: Words, name: str = "") -> Page:
    """Return a line for each thing shown in the place of what was asked for and is not there.

    `name` is the sentence around each: `no_line` for what shows why not, `not_yet` for what is to be done still.
    """
    lines = [item_line(each, asked, words) for each in found]
    lines = [words.say(f"items.{name}", line=line) for line in lines] if name else lines
    return Page(read(lines[0]), (Rows(tuple(lines)),), key=f"items-{asked.kind.value}")


Part = tuple[Mrkdwn, int, DealSum | None]
"""The label of a part, how many things it has, and what they are worth where that was asked."""


def number_page(
    asked: ItemsAsked, words: Words, *, total: int, sums: DealSum | None = None, parts: Sequence[Part] = ()
) -> Page:
    """Return the number of things and, if different, of their accounts; or the sum of their amounts.

    The parts come below it, where the number is split. That nothing was found is said in a sentence.
    """
    if not total and (sums or not parts):
        return sentence_page(words.say("items.nothing", at=asked))
    if sums:
        heading = words.say("items.sum", at=asked, sums=sums, count=total)
    else:
        differs = not parts and asked.accounts not in (1, total) and asked.kind not in BY_ACCOUNT
        heading = words.say("items.heading", at=asked, count=total, accounts=asked.accounts if differs else 0)
    if not parts:
        return sentence_page(heading)
    lines = (words.say("items.part_line", label=label, count=count, sums=worth) for label, count, worth in parts)
    return _items_page(asked, heading, (Rows(tuple(lines)),))


def _drawn(asked: ItemsAsked, found: Sequence[FoundItem], words: Words) -> tuple[Item, ...]:
    """A row for each thing; the first ones that the reader can settle have their buttons."""
    items: list[Item] = []
    for number, each in enumerate(found):
        sentence = item_line(each, asked, words)
        line = _with_buttons(each, asked, words) if asked.can_act and number < LINES else None
        row = words.say("items.line", text=sentence)
        if line is not None:
            items.append(replace(line, mrkdwn=sentence))
        elif items and isinstance(items[-1], Rows):
            items[-1] = Rows((*items[-1].lines, row))
        else:
            items.append(Rows((row,)))
    return tuple(items)


def _rest(asked: ItemsAsked, shown: int, total: int, words: Words) -> tuple[Item, ...]:
    """For those not shown: with `goes_on` a button to the next page of what the reader owes, else just the numbers."""
    if shown >= total:
        return ()
    if asked.goes_on and asked.can_act:
        note = Note(words.say("program.span", first=1, last=shown, total=total))
        return (note, Buttons((labelled(words, MORE[OWED], str(shown)),)))
    return (Note(words.say("items.span", shown=shown, total=total)),)


def _items_page(asked: ItemsAsked, heading: Mrkdwn, *parts: Sequence[Item]) -> Page:
    items = tuple(item for part in parts for item in part)
    return Page(read(heading).rstrip(":"), (Text(heading), *items), key=f"items-{asked.kind.value}")


# Answers about reviews: when, held or not, who was there.


def reviews_page(
    asked: ItemsAsked, found: Sequence[FoundReview], words: Words, form: Form = Form.LIST, *, total: int
) -> Page:
    """Return the reviews; or, as `form` asks, their number alone, whether there was one, or who was there."""
    if not found:
        name = "no" if form is Form.YES_NO else "no_review"
        return sentence_page(words.say(f"asked_people.{name}", at=asked))
    if form is Form.WHO:
        who = tuple(words.say("asked_people.attended", found=each, at=asked) for each in found)
        return Page(read(who[0]), (Rows(who),), key="reviews")
    lines = [words.say("asked_people.review", found=each, at=asked) for each in found]
    if form is Form.YES_NO:
        # a review that is open or planned answers yes, like one that was held
        is_held = any(each.past is None or each.past.state is PastState.HELD for each in found)
        first = words.say("asked_people.yes" if is_held else "asked_people.not_held", line=lines[0])
        rest = tuple(words.say("items.line", text=line) for line in lines[1:])
        return Page(read(first), (Text(first), *((Rows(rest),) if rest else ())), key="reviews")
    is_count = form is Form.COUNT
    # one review that was asked for by a word, such as `next`, is told in a sentence
    if total == 1 and asked.state and not is_count:
        return sentence_page(words.say("asked_people.review_of", found=found[0], at=asked))
    heading = words.say("asked_people.reviews_heading", at=asked, count=total)
    return _counted_page("reviews", heading, [] if is_count else lines, words, total=total)
