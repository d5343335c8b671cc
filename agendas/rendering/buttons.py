"""Buttons with the labels that the words give to their actions."""

from agendas.facts.review import OpenReview, ReviewFacts
from agendas.rendering.page import Button, Confirm
from agendas.rendering.words import Words


def labelled(words: Words, action: str, value: str = "", *, style: str = "", confirm: Confirm | None = None) -> Button:
    """A button for one action, with that action's label."""
    return Button(words.label(action), action, value, style, confirm)


def close_button(words: Words, review: OpenReview | ReviewFacts) -> Button:
    """The button that closes a review, which asks first."""
    confirm = Confirm(
        words.raw("buttons.close_title", review=review),
        words.raw("buttons.close_text"),
        words.raw("buttons.close_yes"),
        words.raw("buttons.back"),
    )
    return labelled(words, "review.close", str(review.id), confirm=confirm)
