"""Answers to questions: found and drawn in a read, then kept in one short write."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from agendas.facts.audience import Audience
from agendas.pages.accounts.did_you_mean import read_pick
from agendas.pages.answers.unread import no_text_page
from agendas.rendering.blockkit import Rendered, messages
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.letters.queue import direct, reply
from agendas.verbs.questions.pending import leave_pending
from agendas.verbs.questions.withdraw import answer_key, withdraw_question
from assistant.answer import Answer, Asking, answer, with_problem
from assistant.conversation import remember
from handlers.edge.deps import Deps
from handlers.edge.incoming import Incoming
from handlers.edge.payloads.values import mapping, message_key, stamp, thread_of
from handlers.edge.replies import Nothing, Reply, Say
from handlers.edge.request import Request


async def direct_message(request: Request, deps: Deps) -> Reply:
    """Answer a direct message."""
    request.require(Deed.READ)
    return await _answer_by_letter(request, deps)


async def mention(request: Request, deps: Deps) -> Reply:
    """Answer a mention in its thread, or by direct message where outsiders read along."""
    request.require(Deed.READ)
    is_shared = bool(request.payload.get("is_ext_shared_channel"))
    if not is_shared:
        deps = deps.for_readers(Audience(request.workspace_id, request.person.user_id, request.channel_id))
    return await _answer_by_letter(request, deps, is_private=is_shared)


async def ask_about_message(request: Request, deps: Deps) -> Reply:
    """Answer the message that the shortcut was used on; only the asker sees it."""
    request.require(Deed.READ)
    return Say((await answered(request, deps, request.text)).page)


async def ask_by_button(request: Request, deps: Deps, *, question: str = "") -> Reply:
    """Answer the button's question, or the one that it carries."""
    request.require(Deed.READ)
    return Say((await answered(request, deps, question or request.value)).page)


async def picked(request: Request, deps: Deps) -> Reply:
    """Answer the question again, about the account that was picked among the nearest."""
    request.require(Deed.READ)
    account_id, question = read_pick(request.value)
    return Say((await answered(request, deps, question, picked=account_id)).page)


async def answered(request: Request, deps: Deps, question: str, *, picked: int | None = None) -> Answer:
    """Return the answer, kept as the last one of its conversation."""
    asking = replace(asking_of(request, deps, question), picked=picked)
    found = await read_by_model(deps, asking, await deps.read(answer, asking))
    await deps.keep(request, remember_answer, asking, found)
    return found


async def _answer_by_letter(request: Request, deps: Deps, *, is_private: bool = False) -> Reply:
    """Queue the answer in the thread of the question, or as a direct message with a note of why.

    An event that is cut off before the write is sent again by Slack.
    """
    asking = asking_of(request, deps, request.text)
    found = await _found(request, deps, asking)
    if found.waits or found.for_model is not None:
        return await _leave_to_model(request, deps, asking, is_private=is_private)
    rendered = messages(found.page)
    await deps.write(
        request, post_answer, asking, found, rendered, key=_key(request), note=why_elsewhere(deps, is_private)
    )
    return Nothing()


def post_answer(
    session: Session, asking: Asking, found: Answer, rendered: Sequence[Rendered], *, key: str, note: Sequence[Rendered]
) -> None:
    """Queue the rendered answer to the message of this key in the question's thread, and keep it as the last one.

    With a `note` of why, it goes to the asker by direct message.
    """
    workspace_id, user_id = asking.workspace_id, asking.asker.user_id
    remember_answer(session, asking, found)
    if note:
        direct(session, workspace_id, user_id, [*note, *rendered], key=answer_key(key), now=asking.now)
        return
    reply(
        session,
        workspace_id,
        rendered,
        channel_id=asking.channel_id,
        thread_ts=asking.thread,
        user_id=user_id,
        key=answer_key(key),
        now=asking.now,
    )


def remember_answer(session: Session, asking: Asking, found: Answer) -> None:
    """Keep the answer as the last one of its conversation, where follow-ups can stand on it."""
    if found.last is not None:
        workspace_id, user_id = asking.workspace_id, asking.asker.user_id
        remember(session, workspace_id, user_id, asking.own_places, last=found.last, now=asking.now)


def why_elsewhere(deps: Deps, is_private: bool) -> Sequence[Rendered]:
    """Return the note of why the answer comes by direct message, empty where it does not."""
    return messages(said(deps.words.say("answers.asked_elsewhere"))) if is_private else ()


async def _leave_to_model(request: Request, deps: Deps, asking: Asking, *, is_private: bool) -> Reply:
    """Keep the question for the worker that asks the model, and show that it is being read."""
    await deps.write(
        request,
        leave_pending,
        deps.audience or Audience(request.workspace_id, request.person.user_id),
        request.text,
        key=_key(request),
        place=asking.own_places[-1],
        channel_id=request.channel_id,
        thread_ts=request.place,
        is_private=is_private,
        now=request.now,
    )
    deps.begin_answers()
    if not is_private:
        await deps.show_reading(request.workspace_id, request.channel_id, request.place)
    return Nothing()


async def question_deleted(incoming: Incoming, body: dict[str, Any], workspace_id: str, deps: Deps) -> None:
    """Answer no question whose message was deleted in a direct conversation before its answer was sent."""
    event = mapping(body.get("event"))
    deleted = stamp(event.get("deleted_ts"))
    is_deleted = event.get("subtype") == "message_deleted" and event.get("channel_type") == "im"
    if is_deleted and deleted and incoming.channel_id:
        key = message_key(incoming.channel_id, {"type": "message", "ts": deleted})
        await deps.note(withdraw_question, workspace_id, key, now=deps.now())


async def _found(request: Request, deps: Deps, asking: Asking) -> Answer:
    """Return the answer to a message; one without a word, such as a file or a voice message, holds no question."""
    if request.event.get("files") and not request.text.strip():
        return Answer(no_text_page(deps.words))
    return await deps.read(answer, asking)


async def read_by_model(deps: Deps, asking: Asking, by_rules: Answer) -> Answer:
    """Return the answer by the model's reading, where one is set, else that by the rules."""
    if deps.model is None or by_rules.for_model is None:
        return by_rules
    read = await deps.model.read(by_rules.for_model)
    if read.reading is None:
        return with_problem(by_rules, read.problem, deps.words)
    return await deps.read(answer, replace(asking, by_model=read.reading))


def asking_of(request: Request, deps: Deps, text: str) -> Asking:
    """Return the text as asked by the person where the request came from."""
    return Asking(
        request.person,
        text,
        request.workspace_id,
        request.channel_id,
        request.place,
        request.now,
        deps.words,
        is_reply=bool(thread_of(request.event)) or request.incoming.kind == "button",
        has_model=deps.model is not None,
    )


def _key(request: Request) -> str:
    """Return the key of the message that asks, or of its event where the message has none."""
    return request.incoming.message_key or request.key
