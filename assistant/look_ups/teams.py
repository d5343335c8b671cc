"""People of a function who were asked for together, so that an answer can name the function."""

from collections.abc import Mapping

from agendas.facts.people import Function
from agendas.verbs.reads.found import members
from assistant.context import QuestionContext
from assistant.query import Query
from assistant.said_back import SaidBack


def back_of(context: QuestionContext, query: Query, names: Mapping[int, str]) -> SaidBack:
    """Return the reader for whom the query is said back; `names` are those of the accounts in `of`, by id."""
    return SaidBack(context.words, context.asker.user_id, context.today, names, teams_of(context, query))


def teams_of(context: QuestionContext, query: Query) -> Mapping[Function, frozenset[str]]:
    """Return the people of each function, where the query asks for several people; else nothing."""
    if len(query.whose) < 2 and len(query.owners) < 2:
        return {}
    found = members.members(context.session, context.workspace_id, words="", user_ids=(), now=context.now)
    return {each: frozenset(who.user_id for who in found if who.function == each) for each in Function}
