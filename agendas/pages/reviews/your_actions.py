"""The direct message that an owner gets when a review closes: what they promised, by when."""

from agendas.facts.review import ReviewFacts
from agendas.pages.reviews.recap import open_actions
from agendas.rendering.page import Note, Page, Rows
from agendas.rendering.words import Words


def your_actions_page(review: ReviewFacts, user_id: str, words: Words) -> Page | None:
    """The person's open actions on the review's accounts, soonest first; None when there are none any more."""
    mine = [(name, line) for name, line in open_actions(review) if line.action.owner == user_id]
    if not mine:
        return None
    facts = {"at": review.planned_at, "zone": review.zone, "count": len(mine)}
    lines = [text for name, line in mine for text in words.lines("review.yours_line", name=name, line=line)]
    label = words.say("review.yours_label", channel_id=review.channel_id, **facts)
    note = Note(words.say("review.yours_note", next_at=review.next_at, zone=review.zone))
    return Page(words.raw("review.yours_title", **facts), (Rows((label, *lines)), note), key=f"yours-{review.id}")
