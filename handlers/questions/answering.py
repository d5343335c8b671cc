"""Answers to questions: found and drawn in a read, then kept in one short write."""

from sqlmodel import Session

from agendas.facts.audience import Audience
from agendas.pages.accounts.did_you_mean import read_pick
from agendas.rendering.blockkit import messages
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.letters.queue import direct, reply
from assistant.answer import Answer, answer
from assistant.last_question import remember
from handlers.edge.deps import Deps
from handlers.edge.replies import Nothing, Reply, Say
from handlers.edge.request import Request


async def direct_message(request: Request, deps: Deps) -> Reply:
    """Answer a direct message; messages in channels are not for the bot unless they mention it."""
    if request.event.get("channel_type") != "im":
        return Nothing()
    request.require(Deed.READ)
    return await _answer_by_letter(request, deps, place=request.channel_id)


async def mention(request: Request, deps: Deps) -> Reply:
    """Answer a mention in its thread, or by direct message where outsiders read along."""
    request.require(Deed.READ)
    is_shared = bool(request.payload.get("is_ext_shared_channel"))
    if not is_shared:
        deps = deps.for_readers(Audience(request.workspace_id, request.person.user_id, request.channel_id))
    return await _answer_by_letter(request, deps, place=request.place, is_private=is_shared)


async def ask_about_message(request: Request, deps: Deps) -> Reply:
    """Answer the message that the shortcut was used on; only the asker sees it."""
    request.require(Deed.READ)
    return await _answer_at_once(request, deps, request.text, place=request.channel_id)


async def ask_by_button(request: Request, deps: Deps, *, question: str = "") -> Reply:
    """Answer the button's question, or the one that it carries."""
    request.require(Deed.READ)
    place = request.channel_id if request.channel_id.startswith("D") else request.place
    return await _answer_at_once(request, deps, question or request.value, place=place)


async def picked(request: Request, deps: Deps) -> Reply:
    """Answer the question again, about the account that was picked among the nearest."""
    request.require(Deed.READ)
    account_id, question = read_pick(request.value)
    place = request.channel_id if request.channel_id.startswith("D") else request.place
    return await _answer_at_once(request, deps, question, place=place, picked=account_id)


async def _answer_by_letter(request: Request, deps: Deps, *, place: str, is_private: bool = False) -> Reply:
    """Queue the answer in the thread of the question, or as a direct message with a note of why.

    An event that is cut off before the write is sent again by Slack.
    """
    answered = await _found(request, deps, request.text, place=place)
    rendered, key = messages(answered.page), f"answer:{request.key}"
    user_id, note = request.person.user_id, messages(said(deps.words.say("answers.asked_elsewhere")))

    def keep(session: Session) -> None:
        _remember(session, request, answered, place)
        if is_private:
            direct(session, request.workspace_id, user_id, [*note, *rendered], key=key, now=request.now)
            return
        reply(
            session,
            request.workspace_id,
            rendered,
            channel_id=request.channel_id,
            thread_ts=request.place,
            user_id=user_id,
            key=key,
            now=request.now,
        )

    await deps.write(request, keep)
    return Nothing()


async def _answer_at_once(
    request: Request, deps: Deps, question: str, *, place: str, picked: int | None = None
) -> Reply:
    """Return the answer, and keep the question as the last one."""
    answered = await _found(request, deps, question, place=place, picked=picked)
    await deps.write(request, _remember, request, answered, place)
    return Say(answered.page)


async def _found(request: Request, deps: Deps, question: str, *, place: str, picked: int | None = None) -> Answer:
    return await deps.read(
        answer,
        request.person,
        question,
        workspace_id=request.workspace_id,
        place=place,
        channel_id=request.channel_id,
        now=request.now,
        words=deps.words,
        picked=picked,
    )


def _remember(session: Session, request: Request, answered: Answer, place: str) -> None:
    if answered.asked is not None:
        workspace_id, user_id = request.workspace_id, request.person.user_id
        remember(session, workspace_id, user_id, place, asked=answered.asked, now=request.now)
