"""Details of a recap: what came of each account, behind a button of the recap and in its files."""

from dataclasses import replace

from agendas.facts.reviews.review import ReviewFacts
from agendas.pages.reviews.outcome import outcomes
from agendas.pages.reviews.recap import recap_page
from agendas.rendering.page import Buttons, Item, Line, Note, Page, Rows
from agendas.rendering.words import Words
from agendas.text.days import local_date


def recap_details_page(review: ReviewFacts, words: Words) -> Page:
    """The accounts of which there is something to tell, each with its movement, decisions, promises and blockers."""
    title = words.raw("recap.details_title", at=review.planned_at, zone=review.zone)
    note = Note(words.say("recap.correct"))
    return Page(
        title,
        (*_accounts(review, words), note),
        key=f"recap-details-{review.id}",
        continued=words.say("recap.continued"),
    )


def recap_file_page(review: ReviewFacts, words: Words, *, before: ReviewFacts | None = None) -> Page:
    """The recap with its details on one page, without buttons, for a file."""
    recap = recap_page(review, words, before=before)
    shown = [_without_button(item) for item in recap.items if not isinstance(item, Buttons)]
    return replace(recap, items=(*shown, *_accounts(review, words)))


def _accounts(review: ReviewFacts, words: Words) -> tuple[Item, ...]:
    today = local_date(review.closed_at or review.planned_at, review.zone)
    found = tuple(
        Rows(words.lines("recap.account", each=each, today=today)) for each in outcomes(review) if each.is_any
    )
    return found or (Rows((words.say("recap.nothing_came"),)),)


def _without_button(item: Item) -> Item:
    return Rows((item.mrkdwn,)) if isinstance(item, Line) else item
