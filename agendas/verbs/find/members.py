"""Our own people, for questions: function, right, and what is theirs in numbers; never a judgement."""

from agendas.facts.answered_items import MemberFacts
from agendas.facts.people import Function, PersonFacts
from agendas.facts.query import AWAY, Form, Query, Subject
from agendas.pages import matches
from agendas.pages.said_back import SaidBack, said_back
from agendas.text.dates import local_date
from agendas.text.names import has_words, plain_words
from agendas.verbs import reads
from agendas.verbs.find.accounts import Found, QuestionContext
from storage import accounts, people

MOST_CARDS = 3


def members(context: QuestionContext, query: Query) -> Found:
    """Say how many people there are, list them by name, or tell the facts of each.

    The facts are told of up to three where a card is asked for, and of a single person named in the question.
    """
    wanted = plain_words(query.about)
    everybody = reads.list_people(context.session, context.workspace_id, now=context.now)
    named = [each for each in everybody if not query.whose or each.user_id in query.whose]
    found = [each for each in named if has_words(_searched_words(each), wanted)]
    is_count = query.form is Form.COUNT
    most = MOST_CARDS if query.form is Form.CARD else 1 if query.whose and not is_count else 0
    if not 0 < len(found) <= most:
        return Found(matches.members_page(_asked(context, query), found, context.words, is_count=is_count))
    return Found(matches.member_page([_member(context, each) for each in found], context.words))


def _searched_words(person: PersonFacts) -> str:
    """The name, function and right of a person, and that they are away."""
    away = " away" if person.is_away else ""
    return f"{person.name} {(person.function or '').replace('_', ' ')} {person.right}{away}"


def _asked(context: QuestionContext, query: Query) -> matches.ItemsAsked:
    """The question as the page repeats it: who is away, or its filters in words."""
    at = (query.subject, context.now, context.zone)
    if query == Query(Subject.MEMBERS, query.form, about=AWAY):
        return matches.ItemsAsked(*at, state=AWAY)
    said = said_back(query, SaidBack(context.words, context.asker.user_id, context.today))
    return matches.ItemsAsked(*at, said=said)


def _member(context: QuestionContext, person: PersonFacts) -> MemberFacts:
    """Return the person with their accounts, what they lead, and the number of their open next actions."""
    session, workspace_id, user_id = context.session, context.workspace_id, person.user_id
    rows = accounts.of_person(session, workspace_id, user_id, or_executive=True)
    today = local_date(context.now, person.time_zone)
    led = people.led_by(session, workspace_id, user_id)
    actions = reads.actions_of(session, workspace_id, user_id)
    others = [row for row in rows if row.owner != user_id]
    return MemberFacts(
        person=person,
        leads=tuple(each for each in Function if each in led),
        owned=tuple(row.name for row in rows if row.owner == user_id),
        partnered=tuple(row.name for row in others if row.marketing_partner == user_id),
        executive_of=tuple(row.name for row in others if row.our_executive == user_id),
        open_actions=len(actions),
        late_actions=sum(each.is_late(today) for each in actions),
    )
