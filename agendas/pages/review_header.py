"""The header message of a review: what is discussed, in what order, in how many minutes, and what is not."""

from collections.abc import Iterator

from agendas.facts import Bucket, Movement
from agendas.pages.buttons import close_button
from agendas.pages.page import Buttons, Heading, Item, Note, Page, Rows, Text
from agendas.pages.words import Words
from agendas.review_facts import AgendaItem, ReviewFacts

STATES = (*(bucket.value for bucket in Bucket if bucket is not Bucket.STEADY), "claimed", Bucket.STEADY.value)
"""What accounts are counted as: the buckets in their order, and a step only claimed apart from the steady ones."""


def review_header_page(review: ReviewFacts, words: Words) -> Page:
    """Counts per bucket, the order with links to each account's message, who is listed or left out, and how to answer.

    An account without its permalink yet is named without a link. The Close button goes when the review is closed.
    """
    discussed = part_of(review, "discussed")
    intervene = sum(item.placement.bucket is Bucket.NEEDS_INTERVENTION for item in review.items)
    facts = {"at": review.planned_at, "zone": review.zone}
    return Page(
        title=words.raw("review.title", **facts, discussed=len(discussed), intervene=intervene),
        items=(Heading(words.raw("review.heading", **facts)), *_items(review, discussed, words)),
        key=f"review-{review.id}",
    )


def part_of(review: ReviewFacts, part: str) -> tuple[AgendaItem, ...]:
    """The accounts that are discussed, listed or left_out, in order of need."""
    return tuple(item for item in review.items if item.part == part)


def _items(review: ReviewFacts, discussed: tuple[AgendaItem, ...], words: Words) -> Iterator[Item]:
    used = sum(item.minutes for item in discussed)
    yield Text(words.say("review.slot", review=review, used=used, discussed=len(discussed)))
    if not review.items:
        yield Text(words.say("review.nothing"))
        return
    states = [_state(item) for item in review.items]
    yield Text(words.say("review.counts", counts=[(s, states.count(s)) for s in STATES if s in states]))
    if discussed:
        yield Rows(words.lines("review.order", items=discussed))
    yield from _not_discussed(review, words)
    if review.closed_at is None:
        yield Note(words.say("review.how"))
        yield Buttons((close_button(words, review.id),))


def _state(item: AgendaItem) -> str:
    bucket, movement = item.placement.bucket, item.placement.movement.movement
    is_claimed = bucket is Bucket.STEADY and movement is Movement.ADVANCED_UNVERIFIED
    return "claimed" if is_claimed else bucket.value


def _not_discussed(review: ReviewFacts, words: Words) -> Iterator[Item]:
    listed = part_of(review, "listed")
    steady = [item.facts.account.name for item in listed if item.placement.bucket is Bucket.STEADY]
    others = [item.facts.account.name for item in listed if item.placement.bucket is not Bucket.STEADY]
    if left_out := part_of(review, "left_out"):
        yield Text(words.say("review.left_out", items=left_out))
    if others:
        yield Text(words.say("review.listed_others", names=others))
    if steady:
        yield Text(words.say("review.listed", names=steady))
