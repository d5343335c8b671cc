"""Resolve a question to its topic: the kind of answer, the account and the person."""

from dataclasses import replace

from agendas.errors import UnknownAccount
from agendas.text.account_names import is_slip_of
from agendas.verbs.reads.accounts import find_account, find_exact, find_in_text
from agendas.verbs.reads.reviews import facts as reviews
from assistant.context import QuestionContext
from assistant.last_question import Topic
from assistant.question_parser import ME, Intent, Question
from storage import accounts, people

OF_PEOPLE = (Intent.ACTIONS, Intent.MINE, Intent.BLOCKERS, Intent.STALLED, Intent.MOVED, Intent.CHANGED)
"""Kinds of questions that may be about a person."""

OF_AN_ACCOUNT = (
    Intent.STATUS,
    Intent.BLOCKERS,
    Intent.ACTIONS,
    Intent.OWNER,
    Intent.GROUP,
    Intent.MOVED,
    Intent.DECIDED,
    Intent.CHANGED,
    Intent.NEXT_REVIEW,
)
"""Kinds of questions that are about the account of the channel or of the agenda's thread when they name none."""


def resolve_topic(
    context: QuestionContext, question: Question, last: Topic | None, *, picked: int | None
) -> Topic | None:
    """Return the question's topic, completed from the last one for a follow-up; None when it is not understood.

    Raises UnknownAccount for a name that no account has.
    """
    found = Topic(question.intent or Intent.STATUS, None, _person(context, question), question.due, question.way)
    kept = last if question.is_following else None
    if question.intent is None:
        found = _without_intent(found, kept)
    if picked is not None:
        return _about_account(found, picked)
    if question.subject:
        return _named(context, question, found)
    if kept is not None and question.intent is Intent.MINE and kept.intent in OF_PEOPLE and not question.is_about_list:
        return replace(kept, account_id=None, user_id=found.user_id)
    if found.user_id:
        return found
    return _unnamed(context, question, found, last)


def _without_intent(found: Topic, kept: Topic | None) -> Topic:
    """Complete a question of no kind: a follow-up repeats the last question, a person asks for their accounts."""
    if kept is not None:
        due = found.due if found.due != "all" else kept.due
        return replace(found, intent=kept.intent, due=due, way=kept.way)
    return replace(found, intent=Intent.MINE) if found.user_id else found


def _named(context: QuestionContext, question: Question, found: Topic) -> Topic | None:
    session, workspace_id = context.session, context.workspace_id
    account_id = _find_exact(context, question)
    if account_id is not None:
        return _about_account(found, account_id)
    user_id = _find_person(context, question.subject) if found.intent in OF_PEOPLE else ""
    if user_id:
        return replace(found, user_id=user_id)
    account_id = find_in_text(session, workspace_id, question.subject)
    if account_id is not None:
        return _about_account(found, account_id)
    try:
        account_id = find_account(session, workspace_id, question.subject)
    except UnknownAccount as unknown:
        is_guess = question.intent is None or question.is_about_list
        if is_guess and not any(is_slip_of(question.subject, name) for _, name in unknown.nearest):
            return None
        raise
    return _about_account(found, account_id)


def _about_account(found: Topic, account_id: int) -> Topic:
    """Return the topic about that account; a list of own accounts becomes the account's status."""
    intent = Intent.STATUS if found.intent is Intent.MINE else found.intent
    return replace(found, intent=intent, account_id=account_id, user_id="")


def _unnamed(context: QuestionContext, question: Question, found: Topic, last: Topic | None) -> Topic | None:
    """Complete a question without a name from the last topic, the channel or the agenda's thread."""
    session, workspace_id = context.session, context.workspace_id
    account_id = None
    if last is not None and (question.is_about_it or question.is_following):
        account_id = last.account_id
    if account_id is None and context.channel_id and found.intent in OF_AN_ACCOUNT:
        own = accounts.of_channel(session, workspace_id, context.channel_id)
        account_id = own.id if own else reviews.account_of(session, workspace_id, context.channel_id, context.place)
    user_id = last.user_id if last is not None and question.is_following and account_id is None else ""
    is_empty = question.intent is None and not question.is_following
    needs_account = found.intent in (Intent.STATUS, Intent.OWNER) or is_empty or question.is_about_it
    if account_id is None and not user_id and needs_account:
        return None
    return replace(found, account_id=account_id, user_id=user_id)


def _find_exact(context: QuestionContext, question: Question) -> int | None:
    """Return the account whose name, alias or domain is exactly the subject or one of its wider readings."""
    for phrase in (question.subject, *question.wider):
        account_id = find_exact(context.session, context.workspace_id, phrase)
        if account_id is not None:
            return account_id
    return None


def _person(context: QuestionContext, question: Question) -> str:
    return context.asker.user_id if question.person == ME else question.person


def _find_person(context: QuestionContext, name: str) -> str:
    """Return the user id of the only person with this name or first name, '' for none or several."""
    typed = name.casefold()
    everybody = people.members(context.session, context.workspace_id)
    found = [each.user_id for each in everybody if typed in (each.name.casefold(), each.name.casefold().split(" ")[0])]
    return found[0] if len(found) == 1 else ""
