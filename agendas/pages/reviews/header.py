"""The header message of a review: who has to speak and in what order, what waits, and what was left out."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count

from agendas.facts.account import ListStatus
from agendas.facts.deals import Opportunity
from agendas.facts.reviews.agenda import ItemPart
from agendas.facts.reviews.review import AgendaItem, Bucket, ReviewFacts
from agendas.rendering.buttons import labelled
from agendas.rendering.controls import MENU_ENTRIES
from agendas.rendering.page import Buttons, Item, Line, Menu, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.deals.stalled import furthest_deal
from agendas.rules.reviews.placement import BY_EXCEPTION, named_and_counted

SPEAKERS_SHOWN = 8
STATES = (
    *(bucket.value for bucket in Bucket if bucket is not Bucket.STEADY),
    "claimed",
    Bucket.STEADY.value,
    "paused",
    "left",
)
"""States that accounts are counted by: the buckets in their order, claimed steps apart from steady accounts, and
accounts that were paused or left the list after the review was opened."""


def review_header_page(review: ReviewFacts, words: Words) -> Page:
    """Counts, the order with links to each account's message, who is left out or waited for, and the buttons.

    An account without its permalink yet is named without a link. One that was paused or left the list since the
    review opened keeps its place, with the reason, and takes no minutes. A closed review has no buttons.
    """
    discussed = part_of(review, ItemPart.DISCUSSED)
    intervene = sum(_state(item) == Bucket.NEEDS_INTERVENTION.value for item in review.items)
    return Page(
        title=words.raw(
            "review.title",
            at=review.planned_at,
            zone=review.zone,
            discussed=len(staying_of(discussed)),
            total=len(review.items),
            intervene=intervene,
        ),
        items=tuple(_items(review, discussed, words)),
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
    used, updated = sum(item.minutes for item in staying), sum(item.is_updated for item in staying)
    first = words.lines("review.first", review=review, used=used, discussed=len(staying))
    if not review.items:
        yield Rows(first)
        yield Text(words.say("review.nothing"))
        return
    states = [_state(item) for item in review.items]
    counts = [(state, states.count(state)) for state in STATES if state in states]
    since = sorted({item.facts.reviewed_on for item in staying if item.facts.reviewed_on})
    counted = {"counts": counts, "updated": updated, "since": since}
    yield Rows((*first, *words.lines("review.counts", **counted, discussed=len(staying))))
    if discussed:
        speakers = _to_speak(discussed, words) if review.closed_at is None else ()
        yield Rows((*words.lines("review.order", items=_numbered(discussed)), *speakers))
    if review.added or review.left_out_by:
        names = {item.facts.account.account_id: item.facts.account.name for item in review.items}
        added, left_out = (
            [(person, names[account_id]) for account_id, person in chosen if account_id in names]
            for chosen in (review.added, review.left_out_by)
        )
        if said := words.say("review.added_by", added=added, left_out=left_out):
            yield Text(said)
    yield from _not_discussed(review, words)
    if review.closed_at is None:
        start = labelled(words, "updates.start", str(review.id), style="primary")
        yield Buttons((start,), (labelled(words, "review.close", str(review.id)),))


def _numbered(items: tuple[AgendaItem, ...]) -> Iterator[tuple[int, AgendaItem, Opportunity | None]]:
    """The items with their furthest deal, and their number among those still to discuss, 0 for those that are not."""
    numbers = count(1)
    for item in items:
        account = item.facts.account
        yield (0 if account.has_left_list else next(numbers)), item, furthest_deal(account)


def _to_speak(discussed: tuple[AgendaItem, ...], words: Words) -> tuple[str, ...]:
    """A line of the people who have to speak, each with the numbers of the accounts; nothing for a single account.

    Those are the owners, and who was asked for something that is open.
    """
    speakers: dict[str, list[tuple[int, bool]]] = {}
    for number, item, _ in _numbered(discussed):
        account = item.facts.account
        owner = "" if item.facts.owner_is_deactivated else account.profile.owner or ""
        asked = [ask.ask_of for ask in account.open_asks if ask.ask_of and ask.ask_of != owner]
        for person in dict.fromkeys((owner, *asked)) if number else ():
            speakers.setdefault(person, []).append((number, person != owner))
    speakers.pop("", None)
    if len(staying_of(discussed)) < 2 or not speakers:
        return ()
    people = list(speakers.items())
    shown, more = people[:SPEAKERS_SHOWN], max(0, len(people) - SPEAKERS_SHOWN)
    return (words.say("review.to_speak", speakers=shown, more=more),)


def _state(item: AgendaItem) -> str:
    if item.facts.account.has_left_list:
        return "paused" if item.facts.account.list_status is ListStatus.PAUSED else "left"
    return "claimed" if item.placement.is_claimed else item.placement.bucket.value


def _left_out(review: ReviewFacts, words: Words) -> Iterator[Item]:
    """The accounts without minutes in a line; while the review is open each can be added, one by its own button."""
    items = staying_of(part_of(review, ItemPart.LEFT_OUT))
    if not items:
        return
    said = words.say("review.left_out", items=items)
    if review.closed_at is None and len(items) == 1:
        yield Line(said, labelled(words, "review.add", str(items[0].review_item_id)))
        return
    yield Text(said)
    if review.closed_at is None:
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
    yield from _left_out(review, words)
    yield from gone((item for item in review.items if item.part is not ItemPart.DISCUSSED), words)
    lines = words.lines(
        "review.others",
        steady=_steady([item for item in steady if not item.placement.is_claimed], words),
        claimed=[item.facts.account.name for item in steady if item.placement.is_claimed],
        changed=[item.facts.account.name for item in listed if item.placement.bucket is not Bucket.STEADY],
        waiting=_waited_for(review),
        away=_away(review),
    )
    if lines:
        yield Rows(lines)


def _steady(items: list[AgendaItem], words: Words) -> list[str]:
    """The names of the steady accounts; those of tier 3 in one number where they are many."""
    named, count = named_and_counted(items)
    counted = [words.say("review.of_tier", count=count, tier=BY_EXCEPTION)] if count else []
    return [*(item.facts.account.name for item in named), *counted]


def _waited_for(review: ReviewFacts) -> list[tuple[str, int]]:
    """The people who still owe a word on discussed accounts, with how many; most first."""
    if review.closed_at is not None:
        return []
    staying = staying_of(part_of(review, ItemPart.DISCUSSED))
    missing = Counter(person for item in staying for person in item.facts.missing_updates_from)
    return missing.most_common()


def _away(review: ReviewFacts) -> list[tuple[str, date]]:
    """The people of discussed accounts who are away and said nothing, each with their last day away."""
    if review.closed_at is not None:
        return []
    staying = staying_of(part_of(review, ItemPart.DISCUSSED))
    return list(dict(entry for item in staying for entry in item.facts.away).items())
