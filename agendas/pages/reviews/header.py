"""The header message of a review: what is discussed, in what order, in how many minutes, and what is not."""

from collections.abc import Iterable, Iterator
from itertools import count

from agendas.facts.account import ListStatus
from agendas.facts.agenda import ItemPart
from agendas.facts.review import AgendaItem, Bucket, ReviewFacts
from agendas.rendering.buttons import close_button, labelled
from agendas.rendering.controls import MENU_ENTRIES
from agendas.rendering.page import Buttons, Heading, Item, Line, Menu, Note, Page, Rows, Text
from agendas.rendering.words import Words

STATES = (
    *(bucket.value for bucket in Bucket if bucket is not Bucket.STEADY),
    "claimed",
    Bucket.STEADY.value,
    "paused",
    "left",
)
"""States that accounts are counted by: the buckets in their order, claimed steps apart from steady accounts, and
accounts that were paused or left the list after the review was opened."""

ADD_BUTTONS = 5
"""Left-out accounts with a line and a button each; more of them share a line and menus."""


def review_header_page(review: ReviewFacts, words: Words) -> Page:
    """Counts per bucket, the order with links to each account's message, who is listed or left out, and how to answer.

    An account without its permalink yet is named without a link. One that was paused or left the list since the
    review opened keeps its place, with the reason, and takes no minutes. A closed review has no Close button.
    """
    discussed = part_of(review, ItemPart.DISCUSSED)
    intervene = sum(_state(item) == Bucket.NEEDS_INTERVENTION.value for item in review.items)
    facts = {"at": review.planned_at, "zone": review.zone}
    return Page(
        title=words.raw(
            "review.title",
            **facts,
            discussed=len(staying_of(discussed)),
            total=len(review.items),
            intervene=intervene,
        ),
        items=(Heading(words.raw("review.heading", **facts)), *_items(review, discussed, words)),
        key=f"review-{review.id}",
    )


def part_of(review: ReviewFacts, part: ItemPart) -> tuple[AgendaItem, ...]:
    """The accounts that are discussed, listed or left_out, in order of need."""
    return tuple(item for item in review.items if item.part is part)


def staying_of(items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    """The accounts that are still reviewed: not those that were paused or left the list since the review opened."""
    return tuple(item for item in items if not item.facts.account.has_left_list)


def gone(items: Iterable[AgendaItem], words: Words) -> Iterator[Item]:
    """A line of the accounts that were paused, and one of those that left the list, each with the reason."""
    accounts = [item.facts.account for item in items if item.facts.account.has_left_list]
    if paused := [account for account in accounts if account.list_status is ListStatus.PAUSED]:
        yield Text(words.say("review.paused", accounts=paused))
    if left := [account for account in accounts if account.list_status is not ListStatus.PAUSED]:
        yield Text(words.say("review.gone", accounts=left))


def _items(review: ReviewFacts, discussed: tuple[AgendaItem, ...], words: Words) -> Iterator[Item]:
    staying = staying_of(discussed)
    used = sum(item.minutes for item in staying)
    yield Text(words.say("review.slot", review=review, used=used, discussed=len(staying)))
    if not review.items:
        yield Text(words.say("review.nothing"))
        return
    states = [_state(item) for item in review.items]
    yield Text(words.say("review.counts", counts=[(s, states.count(s)) for s in STATES if s in states]))
    if discussed:
        yield Rows(words.lines("review.order", items=_numbered(discussed)))
    if review.added:
        names = {item.facts.account.account_id: item.facts.account.name for item in review.items}
        added = [(person, names[account_id]) for account_id, person in review.added if account_id in names]
        yield Text(words.say("review.added_by", added=added))
    yield from _not_discussed(review, words)
    if review.closed_at is None:
        yield Note(words.say("review.how"))
        yield Buttons((close_button(words, review),))


def _numbered(items: tuple[AgendaItem, ...]) -> Iterator[tuple[int, AgendaItem]]:
    """The items with their number among those still to discuss, 0 for those that are not."""
    numbers = count(1)
    for item in items:
        yield (0 if item.facts.account.has_left_list else next(numbers)), item


def _state(item: AgendaItem) -> str:
    if item.facts.account.has_left_list:
        return "paused" if item.facts.account.list_status is ListStatus.PAUSED else "left"
    return "claimed" if item.placement.is_claimed else item.placement.bucket.value


def _left_out(review: ReviewFacts, words: Words) -> Iterator[Item]:
    """The accounts without minutes; while the review is open each can be added."""
    items = staying_of(part_of(review, ItemPart.LEFT_OUT))
    is_open = review.closed_at is None
    if is_open and len(items) <= ADD_BUTTONS:
        for item in items:
            button = labelled(words, "review.add", str(item.review_item_id))
            yield Line(words.say("review.left_out_line", item=item), button)
    elif items:
        yield Text(words.say("review.left_out", items=items))
        if is_open:
            yield from _menus(items, words)


def _menus(items: tuple[AgendaItem, ...], words: Words) -> Iterator[Menu]:
    """Menus to add one of the accounts, as many as Slack's limit of entries needs."""
    for start in range(0, len(items), MENU_ENTRIES):
        part = items[start : start + MENU_ENTRIES]
        label = words.raw("review.add_one", first=start + 1, last=start + len(part), total=len(items))
        entries = tuple((item.facts.account.name, str(item.review_item_id)) for item in part)
        yield Menu(label, "review.add", entries)


def _not_discussed(review: ReviewFacts, words: Words) -> Iterator[Item]:
    listed = staying_of(part_of(review, ItemPart.LISTED))
    steady = [item for item in listed if item.placement.bucket is Bucket.STEADY]
    others = [item.facts.account.name for item in listed if item.placement.bucket is not Bucket.STEADY]
    yield from _left_out(review, words)
    yield from gone((item for item in review.items if item.part is not ItemPart.DISCUSSED), words)
    if others:
        yield Text(words.say("review.listed_others", names=others))
    if steady:
        yield Text(words.say("review.listed", items=steady))
