"""Answers about reviews: when, held or not, who was there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agendas.facts.found.reviews import FoundReview
from agendas.facts.past_review import PastState
from agendas.pages.answers.items.asked import NOTHING
from agendas.rendering.mrkdwn import Mrkdwn, read
from agendas.rendering.notice import said as sentence
from agendas.rendering.page import Note, Page, Rows, Text
from agendas.rendering.words import Words


@dataclass(frozen=True, slots=True)
class ReviewsAsked:
    """A question about reviews in words, and who reads its answer; `which` is next, last, open or empty."""

    zone: str
    today: date
    which: str = ""
    said: Mrkdwn = NOTHING
    names: tuple[str, ...] = ()


def reviews_page(asked: ReviewsAsked, found: Sequence[FoundReview], words: Words, *, total: int) -> Page:
    """A line for each review in the order given; a single one of those meant in one sentence."""
    if not found:
        return sentence(words.say("asked_people.no_review", at=asked))
    if total == 1 and asked.which:
        return sentence(words.say("asked_people.review_of", found=found[0], at=asked))
    heading = words.say("asked_people.reviews_heading", at=asked, count=total)
    lines = tuple(
        words.say("asked_people.line", text=words.say("asked_people.review", found=each, at=asked)) for each in found
    )
    note = (Note(words.say("asked_people.span", shown=len(found), total=total)),) if total > len(found) else ()
    return Page(read(heading), (Text(heading), Rows(lines), *note), key="reviews")


def reviews_count_page(asked: ReviewsAsked, words: Words, *, total: int) -> Page:
    """The number of reviews in one line."""
    name = "asked_people.reviews_heading" if total else "asked_people.no_review"
    return sentence(words.say(name, **{"at": asked} | ({"count": total} if total else {})))


def review_held_page(asked: ReviewsAsked, found: Sequence[FoundReview], words: Words) -> Page:
    """Yes with the reviews, no where there is none or where none of them was held."""
    if not found:
        return sentence(words.say("asked_people.no", at=asked))
    is_held = any(each.past is None or each.past.state is PastState.HELD for each in found)
    name = "asked_people.yes" if is_held else "asked_people.not_held"
    lines = [words.say("asked_people.review", found=each, at=asked) for each in found]
    first = words.say(name, line=lines[0])
    rest = tuple(words.say("asked_people.line", text=line) for line in lines[1:])
    return Page(read(first), (Text(first), *((Rows(rest),) if rest else ())), key="reviews")


def attended_page(asked: ReviewsAsked, found: Sequence[FoundReview], words: Words) -> Page:
    """The people who were there, by review."""
    if not found:
        return sentence(words.say("asked_people.no_review", at=asked))
    lines = tuple(words.say("asked_people.attended", found=each, at=asked) for each in found)
    return Page(read(lines[0]), (Rows(lines),), key="reviews")
