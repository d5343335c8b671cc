"""The card of one account in a few lines, and of several a line each."""

from agendas.pages.answers.asked_card import LAST_EVENTS, asked_card
from agendas.verbs.reads.card import full_card
from assistant.context import QuestionContext
from assistant.look_ups.accounts.asked import period_of
from assistant.look_ups.accounts.listing import listing
from assistant.look_ups.found import Found
from assistant.query import Query


def card(context: QuestionContext, query: Query) -> Found:
    """Return how the account does; of several, and of those that fit a filter, a line for each."""
    if len(query.of) != 1:
        return listing(context, query)
    found = full_card(context.session, context.workspace_id, query.of[0], now=context.now, zone=context.zone)
    page = asked_card(
        found.item,
        context.words,
        next_review_at=found.next_review_at,
        last_events=found.last_events,
        can_act=context.can_act,
        note=_note(context, query, found.item.facts.account.name),
        away=found.away,
    )
    return Found(page, query.of, tuple(line.event.id for line in found.last_events[:LAST_EVENTS]))


def _note(context: QuestionContext, query: Query, name: str) -> str:
    """A card stands as of today: whoever asks about days is told how to ask about them."""
    days = period_of(context, query)
    return context.words.say("fields.card_of_today", days=days, name=name) if days else ""
