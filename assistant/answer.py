"""Answer a question by rules alone, from the recorded history: one call in, one page out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from agendas.errors import UnknownAccount
from agendas.facts.account import PersonFacts
from agendas.pages.accounts.did_you_mean import nearest_page
from agendas.pages.answers.accounts import can_ask_page
from agendas.rendering.page import Note, Page
from agendas.rendering.words import Words
from assistant import replies
from assistant.account_pages import part_asked
from assistant.asking import Asking
from assistant.last_question import Remembered, recall
from assistant.question_parser import Intent, read_question
from assistant.resolve_topic import topic
from storage import workspaces

PICK = "ask.pick"
"""The action of the buttons that offer the nearest accounts; their value is read by `nearest.read_pick`."""

REPLIES: Mapping[Intent, Callable[[Asking, Remembered], Page]] = {
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


@dataclass(frozen=True, slots=True)
class Answer:
    """The page, and the question to keep as the last one (`memory.remember`); None where it was not understood."""

    page: Page
    asked: Remembered | None = None


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
    """Answer `text`, as Slack escapes it. Nothing is written.

    Args:
        session: the session to read from.
        asker: the person who asks; dates are shown in their zone.
        text: the question, with or without a mention of the bot.
        workspace_id: the workspace of the accounts.
        place: the thread or direct conversation whose follow-ups belong together.
        channel_id: in an account's own channel a question without a name is about that account.
        now: the instant of asking.
        words: the sentences.
        picked: the account chosen among the nearest that were offered for the same text.
    """
    asking = Asking(session, asker, workspace_id, place, channel_id, now, words)
    workspace = workspaces.get(session, workspace_id)
    question = read_question(text, bot_user_id=workspace.bot_user_id if workspace else "")
    if question.intent is Intent.HELP:
        return Answer(can_ask_page(words))
    last = recall(session, workspace_id, asker.user_id, place, now=now)
    try:
        asked = topic(asking, question, last, picked=picked)
    except UnknownAccount as unknown:
        return Answer(nearest_page(unknown, words, original=text, action=PICK))
    if asked is None:
        return Answer(can_ask_page(words, was_asked=bool(text.strip())))
    page = _reply(asking, asked, days_back=question.days_back)
    return Answer(_with_part(page, asking, asked, text), asked)


def _reply(asking: Asking, asked: Remembered, *, days_back: int) -> Page:
    if asked.intent is Intent.CHANGED:
        return replies.changed(asking, asked, days_back=days_back)
    return REPLIES[asked.intent](asking, asked)


def _with_part(page: Page, asking: Asking, asked: Remembered, text: str) -> Page:
    """The page, and below how an account stands the command for the part of it that was asked for."""
    if asked.intent is not Intent.STATUS or asked.account_id is None:
        return page
    name = replies.name_of(asking, asked.account_id)
    part = part_asked(text, name)
    if not part:
        return page
    return replace(page, items=(*page.items, Note(asking.words.say("asked.part", name=name, part=part))))
