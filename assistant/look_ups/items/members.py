"""Look-ups of our own people: function, right, what is theirs in numbers; never a judgement."""

from agendas.facts.people import PersonFacts
from agendas.pages.answers.items import members as pages
from agendas.verbs.reads.found import members
from assistant.context import QuestionContext
from assistant.look_ups.found import Forms, Found
from assistant.query import Form, Query, Subject
from assistant.reading.away import AWAY
from assistant.said_back import SaidBack, said_back

MOST_CARDS = 3


def list_(context: QuestionContext, query: Query) -> Found:
    """List the people by name; of one person who was named the facts."""
    found = _found(context, query)
    if len(found) == 1 and query.whose:
        return card(context, query)
    return Found(pages.members_page(_asked(context, query), found, context.words))


def count(context: QuestionContext, query: Query) -> Found:
    """Say how many there are."""
    total = len(_found(context, query))
    return Found(pages.members_count_page(_asked(context, query), context.words, total=total))


def card(context: QuestionContext, query: Query) -> Found:
    """Tell the facts of each of a few people; of many the list."""
    found = _found(context, query)
    if not 0 < len(found) <= MOST_CARDS:
        return Found(pages.members_page(_asked(context, query), found, context.words))
    told = [members.member(context.session, context.workspace_id, each, now=context.now) for each in found]
    return Found(pages.member_page(told, context.words))


FORMS: Forms = {Form.CARD: card, Form.LIST: list_, Form.WHO: list_, Form.COUNT: count}


def _found(context: QuestionContext, query: Query) -> tuple[PersonFacts, ...]:
    return members.members(
        context.session, context.workspace_id, words=query.about, user_ids=query.whose, now=context.now
    )


def _asked(context: QuestionContext, query: Query) -> pages.MembersAsked:
    if query == Query(Subject.MEMBERS, query.form, about=AWAY):
        return pages.MembersAsked(is_away=True)
    reader = SaidBack(context.words, context.asker.user_id, context.today)
    return pages.MembersAsked(said_back(query, reader))
