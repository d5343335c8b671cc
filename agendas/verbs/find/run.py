"""Run a query: the one way from a question to its answer, whoever read the question."""

from agendas.errors import NotUnderstood
from agendas.facts.query import FORMS, Form, Query, Subject
from agendas.verbs.find import account_answers, answers, program
from agendas.verbs.find.accounts import Found, QuestionContext
from agendas.verbs.find.briefs import brief
from agendas.verbs.find.members import members
from agendas.verbs.find.reviews import reviews


def has_answer(query: Query) -> bool:
    """Return whether there is an answer of that form about the subject."""
    return query.form in FORMS[query.subject]


def run(context: QuestionContext, query: Query) -> Found:
    """Return what the query finds, in a read, as the asker may see it. Raises NotUnderstood for no such combination."""
    if not has_answer(query):
        raise NotUnderstood(f"Cadence has no answer of that form about {query.subject.value.replace('_', ' ')}.")
    match query.subject:
        case Subject.ACCOUNTS if query.form is Form.BRIEF:
            return brief(context, query)
        case Subject.ACCOUNTS:
            return account_answers.FORMS[query.form](context, query)
        case Subject.PROGRAM:
            return program.FORMS[query.form](context, query)
        case Subject.REVIEWS:
            return reviews(context, query)
        case Subject.MEMBERS:
            return members(context, query)
    return answers.FORMS[query.form](context, query)
