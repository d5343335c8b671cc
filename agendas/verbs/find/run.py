"""Run a query: the one way from a question to its answer, whoever read the question."""

from collections.abc import Mapping

from agendas.errors import NotUnderstood
from agendas.facts.query import Form, Query, Subject
from agendas.verbs.find import account_answers, answers, briefs, program
from agendas.verbs.find.accounts import Forms, Found, QuestionContext

LOOK_UPS: Mapping[Subject, Forms] = {
    Subject.ACCOUNTS: {**account_answers.FORMS, Form.BRIEF: briefs.brief},
    Subject.PROGRAM: program.FORMS,
    **answers.LOOK_UPS,
}
"""Each combination that makes sense; the table of docs/questions.md says the same."""


def has_answer(query: Query) -> bool:
    """Return whether there is an answer of that form about the subject."""
    return query.form in LOOK_UPS.get(query.subject, {})


def run(context: QuestionContext, query: Query) -> Found:
    """Return what the query finds, in a read, as the asker may see it. Raises NotUnderstood for no such combination."""
    look_up = LOOK_UPS.get(query.subject, {}).get(query.form)
    if look_up is None:
        raise NotUnderstood(f"Cadence has no answer of that form about {query.subject.value.replace('_', ' ')}.")
    return look_up(context, query)
