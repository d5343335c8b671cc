"""Settle the kind, account and person that a question is about."""

from dataclasses import replace

from agendas.errors import UnknownAccount
from agendas.text.account_names import is_slip_of
from agendas.verbs.reads import reviews
from agendas.verbs.reads.accounts import find_account, find_exact, find_in_text
from assistant.asking import Asking
from assistant.last_question import Remembered
from assistant.question_parser import ME, Intent, Question
from storage import accounts, people

OF_PEOPLE = (Intent.ACTIONS, Intent.MINE, Intent.BLOCKERS, Intent.STALLED, Intent.MOVED, Intent.CHANGED)
"""Kinds of questions that may be asked about a person's things."""

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
"""Kinds of questions that, asked without a name in an account's own channel or below its agenda, are about it."""


def topic(asking: Asking, question: Question, last: Remembered | None, *, picked: int | None) -> Remembered | None:
    """Return the question with its gaps filled from the last one; None when it is not understood.

    Raises UnknownAccount when a name is given that no account has.
    """
    found = Remembered(question.intent or Intent.STATUS, None, _person(asking, question), question.due, question.way)
    kept = last if question.is_following else None
    if question.intent is None:
        found = _of_no_kind(found, kept)
    if picked is not None:
        return _about_account(found, picked)
    if question.subject:
        return _named(asking, question, found)
    if kept is not None and question.intent is Intent.MINE and kept.intent in OF_PEOPLE and not question.is_about_list:
        return replace(kept, account_id=None, user_id=found.user_id)
    if found.user_id:
        return found
    return _unnamed(asking, question, found, last)


def _of_no_kind(found: Remembered, kept: Remembered | None) -> Remembered:
    """A bare name asks the last question again when it follows one, else how that account stands."""
    if kept is not None:
        due = found.due if found.due != "all" else kept.due
        return replace(found, intent=kept.intent, due=due, way=kept.way)
    return replace(found, intent=Intent.MINE) if found.user_id else found


def _named(asking: Asking, question: Question, found: Remembered) -> Remembered | None:
    session, workspace_id = asking.session, asking.workspace_id
    account_id = _exact(asking, question)
    if account_id is not None:
        return _about_account(found, account_id)
    user_id = _person_called(asking, question.subject) if found.intent in OF_PEOPLE else ""
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


def _about_account(found: Remembered, account_id: int) -> Remembered:
    """The question about that account; what is somebody's own among accounts is asked of no single one."""
    intent = Intent.STATUS if found.intent is Intent.MINE else found.intent
    return replace(found, intent=intent, account_id=account_id, user_id="")


def _unnamed(asking: Asking, question: Question, found: Remembered, last: Remembered | None) -> Remembered | None:
    """A question without a name: about the last one's account, the channel's own, the agenda's, or everything."""
    session, workspace_id = asking.session, asking.workspace_id
    account_id = None
    if last is not None and (question.is_about_it or question.is_following):
        account_id = last.account_id
    if account_id is None and asking.channel_id and found.intent in OF_AN_ACCOUNT:
        own = accounts.of_channel(session, workspace_id, asking.channel_id)
        account_id = own.id if own else reviews.account_of(session, workspace_id, asking.channel_id, asking.place)
    user_id = last.user_id if last is not None and question.is_following and account_id is None else ""
    is_empty = question.intent is None and not question.is_following
    is_unsaid = found.intent in (Intent.STATUS, Intent.OWNER) or is_empty or question.is_about_it
    if account_id is None and not user_id and is_unsaid:
        return None
    return replace(found, account_id=account_id, user_id=user_id)


def _exact(asking: Asking, question: Question) -> int | None:
    """The account whose name, alias or domain is exactly what was typed, with or without the little words beside it."""
    for phrase in (question.subject, *question.wider):
        account_id = find_exact(asking.session, asking.workspace_id, phrase)
        if account_id is not None:
            return account_id
    return None


def _person(asking: Asking, question: Question) -> str:
    return asking.asker.user_id if question.person == ME else question.person


def _person_called(asking: Asking, name: str) -> str:
    """The user id of the one person whose name or first name this is, '' when there is none or more than one."""
    typed = name.casefold()
    everybody = people.members(asking.session, asking.workspace_id)
    found = [each.user_id for each in everybody if typed in (each.name.casefold(), each.name.casefold().split(" ")[0])]
    return found[0] if len(found) == 1 else ""
