"""Look-ups of reviews: the next, the last held, the open one, or those of some days."""

from dataclasses import replace

from agendas.facts.found.items import EVER, Span
from agendas.facts.found.reviews import FoundReview
from agendas.pages.answers.items import reviews as pages
from agendas.pages.answers.items.pages import MOST_SHOWN
from agendas.pages.reviews.past import opened_review_page
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads.found import reviews
from agendas.verbs.reads.past.reviews import opened_review
from assistant.context import QuestionContext
from assistant.look_ups.found import Forms, Found
from assistant.look_ups.items.finding import span_of
from assistant.look_ups.scope import Scope, scope_of
from assistant.look_ups.teams import back_of
from assistant.query import Form, Query, Which
from assistant.said_back import said_back

MOST_READ = 100
"""Past reviews read for one answer: two years of weekly ones."""


def list_(context: QuestionContext, query: Query) -> Found:
    """List the reviews, the next or newest first."""
    query, scope = _scoped(context, query)
    found = _find(context, query, scope)
    page = pages.reviews_page(_asked(context, query, scope), found[:MOST_SHOWN], context.words, total=len(found))
    return Found(page, _listed(query, scope))


def count(context: QuestionContext, query: Query) -> Found:
    """Say how many there are."""
    query, scope = _scoped(context, query)
    found = _find(context, query, scope)
    page = pages.reviews_count_page(_asked(context, query, scope), context.words, total=len(found))
    return Found(page, _listed(query, scope))


def yes_no(context: QuestionContext, query: Query) -> Found:
    """Say whether there is such a review, and of one that is over if it was held."""
    query, scope = _scoped(context, query)
    found = _find(context, query, scope)
    page = pages.review_held_page(_asked(context, query, scope), found[:MOST_SHOWN], context.words)
    return Found(page, _listed(query, scope))


def who(context: QuestionContext, query: Query) -> Found:
    """Say who was there; of a review that is to come who leads it."""
    query, scope = _scoped(context, query)
    found = _find(context, query, scope)
    page = pages.attended_page(_asked(context, query, scope), found[:MOST_SHOWN], context.words)
    return Found(page, _listed(query, scope))


def card(context: QuestionContext, query: Query) -> Found:
    """Show the past review as it was when it closed; of others the line."""
    query, scope = _scoped(context, query)
    found = _find(context, query, scope)
    past = found[0].past if found else None
    if past is None or not past.id:
        return list_(context, query)
    opened = opened_review(context.session, context.workspace_id, past.id, now=context.now)
    listed = tuple(item.facts.account.account_id for item in opened.review.items)
    return Found(opened_review_page(opened, context.words), listed)


FORMS: Forms = {
    Form.LIST: list_,
    Form.COUNT: count,
    Form.CARD: card,
    Form.WHEN: list_,
    Form.WHO: who,
    Form.YES_NO: yes_no,
}


def _scoped(context: QuestionContext, query: Query) -> tuple[Query, Scope | None]:
    """The query with its accounts; somebody's reviews are those of the accounts that they own or partner."""
    if query.whose and not query.owners:
        query = replace(query, owners=query.whose, whose=())
    return query, scope_of(context, query, left_too=True)


def _find(context: QuestionContext, query: Query, scope: Scope | None) -> list[FoundReview]:
    ids = scope.ids if scope else None
    span = span_of(context, query)
    match query.which:
        case Which.NEXT:
            return [*_running(context, ids), *_planned(context, scope, span)]
        case Which.OPEN:
            return _running(context, ids)
        case Which.LAST:
            return _over(context, ids, span, only_held=True)[:1]
    if span == EVER:
        return [*_running(context, ids), *_planned(context, scope, span)] or _over(context, ids, span)
    to_come = _planned(context, scope, span) if span.end is None or span.end > context.now else []
    open_ones = [each for each in _running(context, ids) if each.planned_at and span.has(each.planned_at)]
    return [*_over(context, ids, span), *open_ones, *to_come]


def _running(context: QuestionContext, ids: tuple[int, ...] | None) -> list[FoundReview]:
    return reviews.running(context.session, context.workspace_id, ids)


def _over(
    context: QuestionContext, ids: tuple[int, ...] | None, span: Span, *, only_held: bool = False
) -> list[FoundReview]:
    return reviews.over(
        context.session, context.workspace_id, account_ids=ids, span=span, only_held=only_held, limit=MOST_READ
    )


def _planned(context: QuestionContext, scope: Scope | None, span: Span) -> list[FoundReview]:
    states = [account_state(row) for row in scope.rows] if scope else None
    return reviews.planned(context.session, context.workspace_id, states, now=context.now, span=span)


def _asked(context: QuestionContext, query: Query, scope: Scope | None) -> pages.ReviewsAsked:
    known = scope.names if scope else {}
    names = tuple(known[number] for number in query.of if number in known)
    said = said_back(query, back_of(context, query, {}), but=("of", "which"))
    return pages.ReviewsAsked(context.zone, context.today, query.which or "", said, names)


def _listed(query: Query, scope: Scope | None) -> tuple[int, ...]:
    return tuple(number for number in query.of if scope and number in scope.names)
