"""Fields of one or several accounts, or of those that fit a filter: the fact first, then who told it and when."""

from dataclasses import replace

from agendas.pages.answers.fields import Telling
from agendas.verbs.reads.reviews import open_reviews
from assistant.context import QuestionContext
from assistant.look_ups.accounts.listing import in_order
from assistant.look_ups.accounts.loaded import OF_ROW, load, load_rows
from assistant.look_ups.accounts.telling import told_page
from assistant.look_ups.accounts.things import code_of, fact_of
from assistant.look_ups.accounts.yes_no import yes_or_no
from assistant.look_ups.found import Found
from assistant.look_ups.items import reviews
from assistant.look_ups.scope import fitting
from assistant.query import Field, Form, Query, Subject, Which


def fields(context: QuestionContext, query: Query) -> Found:
    """Return the fields asked for, of each account in the order of the question, else those in trouble first.

    For accounts that are not as the question has them, say that instead: "the value of Osprey, tier 2".
    """
    codes = [code_of(each) for each in query.fields or (Field.STATE,)]
    scope = fitting(context, query)
    if query.of and not scope.rows:
        return yes_or_no(context, replace(query, form=Form.YES_NO, fields=()))
    if query.fields == (Field.NEXT_REVIEW,) and _is_in_open_review(context, query):
        reviewed = replace(query, subject=Subject.REVIEWS, form=Form.WHEN, which=Which.NEXT, fields=())
        return reviews.list_(context, reviewed)
    is_of_rows = query.of and OF_ROW.issuperset(codes)
    loaded = (load_rows if is_of_rows else load)(context, scope, codes, of=query.of)
    items = loaded.items if query.of else in_order(query, loaded)
    facts = [(item, [fact_of(code, loaded, item) for code in codes]) for item in items]
    return told_page(context, query, facts, Telling.FACT)


def _is_in_open_review(context: QuestionContext, query: Query) -> bool:
    """Return true for accounts of a review that is open, which comes before the next date."""
    return bool(open_reviews.of_accounts(context.session, context.workspace_id, query.of)) if query.of else False
