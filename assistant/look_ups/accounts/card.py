"""The card of one account in a few lines, and of several a line each."""

from dataclasses import replace

from agendas.pages.answers.accounts import status_page
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons
from agendas.verbs.reads import news
from agendas.verbs.reads.accounts import account_card
from assistant.context import QuestionContext
from assistant.look_ups.accounts.listing import listing
from assistant.look_ups.found import Found
from assistant.query import Query


def card(context: QuestionContext, query: Query) -> Found:
    """Return how the account does; of several, and of those that fit a filter, a line for each."""
    if len(query.of) != 1:
        return listing(context, query)
    item = account_card(context.session, context.workspace_id, query.of[0], now=context.now, zone=context.zone)
    review_at = news.next_review_at(context.session, context.workspace_id, [item])
    last = news.last_event(context.session, query.of[0])
    page = status_page(item, context.words, next_review_at=review_at.get(query.of[0]), last_event=last)

    if context.can_act:
        value = str(query.of[0])
        acts = tuple(labelled(context.words, action, value) for action in ("account.open", "account.update"))
        page = replace(page, items=(*page.items, Buttons(acts)))
    return Found(page, query.of, (last.id,) if last else ())
