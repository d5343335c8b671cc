"""The executive review as a meeting: its page in the channel, the same page a day before, and its recap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from agendas.facts.account import Decision
from agendas.facts.measures.executive import ExecutiveReport
from agendas.facts.reviews.review import ReviewFacts
from agendas.pages.executive.page import executive_page
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Item, Note, Page, Rows
from agendas.rendering.words import Words
from agendas.text.days import local_date


@dataclass(frozen=True, slots=True)
class Meeting:
    """An executive review that is planned: its channel, and when, in the zone of its reader."""

    channel_id: str
    at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Decisions of an executive review, and asks taken in it: (account's name, what was asked, user id)."""

    decided: Sequence[tuple[str, Decision]] = ()
    taken: Sequence[tuple[str, str, str]] = ()


def executive_review_page(report: ExecutiveReport, review: ReviewFacts, outcome: Outcome, words: Words) -> Page:
    """The executive page as posted for a review, what came of it so far, who leads it, and the button to close it."""
    page, today = executive_page(report, words), local_date(review.planned_at, review.zone)
    items: list[Item] = [*page.items]
    if so_far := words.lines("executive.come_of_it", outcome=outcome, today=today):
        items.append(Rows((words.say("executive.so_far"), *so_far)))
    items.append(Note(words.say("executive.led", review=review)))
    if review.closed_at is None:
        items.append(Buttons((labelled(words, "review.close", str(review.id)),)))
    return replace(page, items=tuple(items), key=f"review-{review.id}")


def executive_before_page(
    report: ExecutiveReport, meeting: Meeting, words: Words, *, can_act: bool, reader: str
) -> Page:
    """The executive page a day before its review, for one person: `reader`, a user id."""
    page = executive_page(report, words, can_act=can_act, reader=reader)
    first = Note(words.say("executive.before", meeting=meeting))
    return replace(page, title=words.raw("executive.before_title", meeting=meeting), items=(first, *page.items))


def executive_recap_page(review: ReviewFacts, month: date, outcome: Outcome, words: Words) -> Page:
    """The recap: whether it was held and by whom, its decisions read back, the asks taken in it, and the next one."""
    today = local_date(review.closed_at or review.planned_at, review.zone)
    lines = words.lines("executive.recap", review=review, month=month, outcome=outcome, today=today)
    title = words.raw("executive.recap_title", review=review, month=month, count=len(outcome.decided))
    return Page(title, (Rows(lines),), key=f"recap-{review.id}")
