"""The past reviews of a channel: held or not, and whether sales and marketing were there."""

from collections.abc import Sequence

from agendas.facts.people import Function
from agendas.facts.review import ReviewFacts
from agendas.rendering.page import Heading, Page, Rows, Text
from agendas.rendering.words import Words


def past_reviews_page(reviews: Sequence[ReviewFacts], words: Words) -> Page:
    """One line per closed review, in the order given."""
    heading = Heading(words.raw("review.past_heading"))
    held = sum(review.was_held is True for review in reviews)
    title = words.raw("review.past_title", count=len(reviews), held=held)
    if not reviews:
        return Page(title, (heading, Text(words.say("review.past_nothing"))), key="past-reviews")
    lines = [line for review in reviews for line in _line(review, words)]
    return Page(title, (heading, Rows(tuple(lines))), key="past-reviews")


def _line(review: ReviewFacts, words: Words) -> tuple[str, ...]:
    functions = {function for _, function in review.attended}
    return words.lines(
        "review.past_line",
        review=review,
        sales=Function.SALES in functions,
        marketing=Function.MARKETING in functions,
    )
