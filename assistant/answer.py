"""Answer questions by rules alone, from the recorded history."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from agendas.errors import UnknownAccount
from agendas.facts.people import PersonFacts
from agendas.pages.accounts.did_you_mean import nearest_page
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Line, Page
from agendas.rendering.words import Words
from assistant import replies
from assistant.account_pages import page_asked_for
from assistant.context import QuestionContext
from assistant.last_question import Topic, recall
from assistant.question_parser import Intent, read_question
from assistant.resolve_topic import resolve_topic
from storage import workspaces

PICK = "ask.pick"
"""The action of the buttons that offer the nearest accounts; `did_you_mean.read_pick` reads their value."""

REPLIES: Mapping[Intent, Callable[[QuestionContext, Topic], Page]] = {
    Intent.STATUS: replies.status,
    Intent.BLOCKERS: replies.blockers,
    Intent.ACTIONS: replies.actions,
    Intent.MOVED: replies.moved,
    Intent.OWNER: replies.owner,
    Intent.GROUP: replies.group,
    Intent.MINE: replies.mine,
    Intent.STALLED: replies.stalled,
    Intent.DECIDED: replies.decided,
    Intent.NEXT_REVIEW: replies.next_review,
}


SAID_BACK: Mapping[Intent | None, Callable[[QuestionContext], Page]] = {
    Intent.HELP: replies.can_ask,
    Intent.HELLO: replies.hello,
    Intent.THANKS: replies.thanks,
}
"""Answers to what is no question about accounts."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's page, and the topic for `last_question.remember`; None when the question was not understood."""

    page: Page
    asked: Topic | None = None


def answer(
    session: Session,
    asker: PersonFacts,
    text: str,
    *,
    workspace_id: str,
    place: str,
    channel_id: str,
    now: datetime,
    words: Words,
    picked: int | None = None,
) -> Answer:
    """Answer the question `text`, as Slack escapes it. Writes nothing.

    Args:
        session: the session to read from.
        asker: the person who asks; dates are shown in their zone.
        text: the question, with or without a mention of the bot.
        workspace_id: the workspace of the accounts.
        place: the thread or direct conversation whose follow-ups belong together.
        channel_id: the channel; in an account's own channel a question without a name is about that account.
        now: the instant of asking.
        words: the sentences to answer in.
        picked: the id of the account chosen among the suggestions for the same text.
    """
    context = QuestionContext(session, asker, workspace_id, place, channel_id, now, words)
    workspace = workspaces.get(session, workspace_id)
    question = read_question(text, bot_user_id=workspace.bot_user_id if workspace else "")
    if question.intent in SAID_BACK:
        return Answer(SAID_BACK[question.intent](context))
    last = recall(session, workspace_id, asker.user_id, place, now=now)
    try:
        asked = resolve_topic(context, question, last, picked=picked)
    except UnknownAccount as unknown:
        return Answer(nearest_page(unknown, words, original=text, action=PICK))
    if asked is None:
        return Answer(replies.can_ask(context, was_asked=bool(text.strip())))
    page = _reply(context, asked, days_back=question.days_back)
    return Answer(_with_page_hint(page, context, asked, text), asked)


def _reply(context: QuestionContext, asked: Topic, *, days_back: int) -> Page:
    if asked.intent is Intent.CHANGED:
        return replies.changed(context, asked, days_back=days_back)
    return REPLIES[asked.intent](context, asked)


def _with_page_hint(page: Page, context: QuestionContext, asked: Topic, text: str) -> Page:
    """Add a line to an account's status with the button that shows the page asked for."""
    if asked.intent is not Intent.STATUS or asked.account_id is None:
        return page
    name = replies.name_of(context, asked.account_id)
    wanted = page_asked_for(text, name)
    if not wanted:
        return page
    said, button = context.words.say("asked.part", part=wanted), f"{asked.account_id} {wanted}"
    return replace(page, items=(*page.items, Line(said, labelled(context.words, "account.page", button))))
