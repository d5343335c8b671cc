"""The question of an account on its agenda, until a decision or what was recorded answers it."""

from agendas.facts.reviews.agenda import ItemPart
from agendas.facts.reviews.question import Question
from agendas.facts.reviews.review import AgendaItem
from agendas.rules.reviews.question.priority import question_of, still_asked


def asked(item: AgendaItem) -> Question | None:
    """Return the question of an account that is discussed; in a review the one kept at its opening, while it holds.

    None once the review decided about the account.
    """
    if item.part is not ItemPart.DISCUSSED or has_decided(item):
        return None
    if item.opened_at is None:
        return question_of(item.facts, item.placement)
    return still_asked(item.question, item.facts, item.placement) if item.question else None


def has_decided(item: AgendaItem) -> bool:
    """True if the review that the account is in decided about it."""
    last = item.facts.account.decision
    return last is not None and item.opened_at is not None and last.decided_at >= item.opened_at
