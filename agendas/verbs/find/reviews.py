"""Reviews, for questions: the next, the last held, the open one, or those of some days."""

from collections.abc import Sequence

from sqlmodel import Session

from agendas.facts.past_review import FoundReview
from agendas.facts.query import Form, Query, Which
from agendas.pages import matches
from agendas.pages.matches import MOST_SHOWN
from agendas.pages.recap import opened_review_page
from agendas.pages.said_back import said_back
from agendas.rules.reviews import is_reviewed
from agendas.rules.schedule import upcoming
from agendas.verbs import review_reads
from agendas.verbs.find.accounts import Found, QuestionContext, Scope, back_of, of_owners, scope_of, span_of
from agendas.verbs.loading import account_state, change_facts, plan_of
from agendas.verbs.past_reviews import opened_review, past_review
from agendas.verbs.reads import is_visible
from agendas.verbs.review_reads import functions_of
from storage import past_reviews
from storage import reviews as stored
from storage.find import EVER, DateSpan
from storage.models.reviews import Review, ReviewState

# Reviews of any channel: over, open and planned.

MOST_READ = 100
"""Past reviews read for one answer: two years of weekly ones."""

MOST_PLANNED = 60
"""Meetings of one cadence that are looked at: more than a year of weekly ones."""


def over(
    context: QuestionContext,
    scope: Scope | None = None,
    span: DateSpan = EVER,
    *,
    only_held: bool = False,
    limit: int = MOST_READ,
) -> list[FoundReview]:
    """Return reviews that are over, planned for days of the span and with an account of the scope, newest first."""
    session, workspace_id, ids = context.session, context.workspace_id, scope.ids if scope else None
    days = {"first": span.first, "last": span.last}
    rows = past_reviews.ended_between(session, workspace_id, account_ids=ids, **days, only_held=only_held, limit=limit)
    functions = functions_of(session, workspace_id) if rows else {}
    return [
        FoundReview(row.channel_id, row.planned_at, row.zone, past=past_review(row, functions))
        for row in _visible(session, workspace_id, rows)
    ]


def _visible(session: Session, workspace_id: str, rows: Sequence[Review]) -> list[Review]:
    """The reviews, without those never posted of private cadences whose accounts the reader may not see."""
    if all(row.state == ReviewState.CLOSED for row in rows):
        return list(rows)
    hidden = {row.id for row in stored.cadences(session, workspace_id) if not is_visible(session, row)}
    return [row for row in rows if row.state == ReviewState.CLOSED or row.cadence_id not in hidden]


def running(context: QuestionContext, scope: Scope | None = None) -> list[FoundReview]:
    """Return the reviews that are open now; with a scope those that its accounts are in."""
    session, workspace_id = context.session, context.workspace_id
    if scope is None:
        found = review_reads.in_workspace(session, workspace_id)
    else:
        by_id = {each.id: each for each in review_reads.of_accounts(session, workspace_id, scope.ids).values()}
        found = tuple(by_id.values())
    leads = {row.channel_id: row.facilitator for row in stored.cadences(session, workspace_id)} if found else {}
    return [
        FoundReview(one.channel_id, one.planned_at, one.zone, running=one, facilitator=leads.get(one.channel_id, ""))
        for one in found
    ]


def planned(context: QuestionContext, scope: Scope | None = None, span: DateSpan = EVER) -> list[FoundReview]:
    """Return the meetings of the cadences in the span, soonest first; without an end only the next one of each.

    With a scope, of the cadences that review one of its accounts; else of those that the reader may see. A paused one
    has no instant.
    """
    session, now = context.session, context.now
    found: list[FoundReview] = []
    accounts = [account_state(row) for row in scope.rows] if scope else None
    for row in stored.cadences(session, context.workspace_id):
        are_reviewed = None if accounts is None else (is_reviewed(each, row.channel_id, row.scope) for each in accounts)
        if not (is_visible(session, row) if are_reviewed is None else any(are_reviewed)):
            continue
        instants = [None if row.is_paused else row.next_at]
        if span.end and instants[0]:
            after = max(now, span.begin) if span.begin else now
            changes = change_facts(stored.changes(session, row.row_id))
            instants = [each.at for each in upcoming(plan_of(session, row), after, changes, MOST_PLANNED)]
        found += [FoundReview(row.channel_id, at, row.zone, facilitator=row.facilitator) for at in instants]
    in_span = [each for each in found if each.planned_at is None or span.has(each.planned_at)]
    # paused ones last; `now` only takes the place of the instant that they lack
    return sorted(in_span, key=lambda each: (each.planned_at is None, each.planned_at or now))


# Answers about reviews, in each form.


def reviews(context: QuestionContext, query: Query) -> Found:
    """Tell of reviews in the form asked for, the next or newest first.

    A card is the past review as it was when it closed. Yes or no says of one that is over if it was held, and who tells
    who was there; of a review that is to come who leads it.
    """
    query = of_owners(query)
    scope = scope_of(context, query, left_too=True)
    found = _find(context, query, scope)
    known = scope.names if scope else {}
    said = said_back(query, back_of(context, query, {}), but=("of", "which"))
    names = tuple(known[number] for number in query.of if number in known)
    asked = matches.ItemsAsked(query.subject, context.now, context.zone, query.which or "", said=said, names=names)
    past = found[0].past if found else None
    if query.form is Form.CARD and past is not None and past.id:
        opened = opened_review(context.session, context.workspace_id, past.id, now=context.now)
        of_review = tuple(item.facts.account.account_id for item in opened.review.items)
        return Found(opened_review_page(opened, context.words), of_review)
    page = matches.reviews_page(asked, found[:MOST_SHOWN], context.words, query.form, total=len(found))
    return Found(page, tuple(number for number in query.of if number in known))


def _find(context: QuestionContext, query: Query, scope: Scope | None) -> list[FoundReview]:
    """The reviews that the query means: the last held, the open ones, those to come, or those of its days."""
    span = span_of(query.period, context.zone)
    if query.which is Which.LAST:
        return over(context, scope, span, only_held=True)[:1]
    open_ones = running(context, scope)
    if query.which is Which.OPEN:
        return open_ones
    if query.which is Which.NEXT or span == EVER:
        to_come = [*open_ones, *planned(context, scope, span)]
        # where none is to come, a question that did not ask for the next one gets past ones
        return to_come or ([] if query.which else over(context, scope, span))
    is_to_come = span.end is None or span.end > context.now
    return [
        *over(context, scope, span),
        *(each for each in open_ones if span.has(each.planned_at)),
        *(planned(context, scope, span) if is_to_come else ()),
    ]
