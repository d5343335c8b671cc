"""Questions: in a direct message, and where the bot is mentioned. Answered from the history, by letter."""

from typing import Any

from sqlmodel import Session

from agendas.errors import CadenceError
from agendas.pages.accounts.did_you_mean import read_pick
from agendas.rendering.blockkit import messages
from agendas.rendering.notice import said
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed
from agendas.verbs.letters.queue import direct, reply
from assistant.answer import answer
from handlers.deps import Deps
from handlers.home import refused_home
from handlers.incoming import Incoming
from handlers.replies import Nothing, Publish, Reply, Say
from handlers.request import Request
from handlers.shapes import stamp
from handlers.trouble import error_page
from storage.delivery import inbox

SAME_MESSAGE = "message"


async def direct_message(request: Request, deps: Deps) -> Reply:
    """A question in a direct message; messages in channels are not for the bot unless they mention it."""
    if request.payload["event"].get("channel_type") != "im":
        return Nothing()
    request.require(Deed.READ)
    await deps.write(request, _answer, request, deps, place=request.channel_id)
    return Nothing()


async def mention(request: Request, deps: Deps) -> Reply:
    """A question where the bot is mentioned: answered in the thread, or directly where outsiders read along."""
    request.require(Deed.READ)
    shared = bool(request.payload.get("is_ext_shared_channel"))
    await deps.write(request, _answer, request, deps, place=request.place, privately=shared)
    return Nothing()


async def ask_about_message(request: Request, deps: Deps) -> Reply:
    """The message that the shortcut was used on, taken as a question; only who asks sees the answer."""
    request.require(Deed.READ)
    return Say(await deps.write(request, _page, request, deps, request.text, place=request.channel_id))


async def picked(request: Request, deps: Deps) -> Reply:
    """The same question again, about the account that was picked among the nearest."""
    request.require(Deed.READ)
    account_id, question = read_pick(request.value)
    place = request.channel_id if request.channel_id.startswith("D") else request.place
    page = await deps.write(request, _page, request, deps, question, place=place, picked=account_id)
    return Say(page)


async def refuse_event(
    came: Incoming, body: dict[str, Any], error: CadenceError, deps: Deps, *, workspace_id: str
) -> Reply:
    """What somebody who may not ask is told: on Home, in the direct conversation, or directly after a mention."""
    page = error_page(came, error, deps.words)
    if came.word == "app_home_opened":
        return Publish(refused_home(page)) if body["event"].get("tab") == "home" else Nothing()
    is_direct = body["event"].get("channel_type") == "im"
    if not is_direct and came.word != "app_mention":
        return Nothing()
    now = deps.now()
    once = _same_message(came.channel_id, body["event"]) or came.key

    def tell(session: Session) -> None:
        if inbox.take(session, workspace_id, once, now):
            direct(session, workspace_id, came.user_id, messages(page), key=f"refused:{came.key}", now=now)

    await deps.store.write(tell)
    return Nothing()


def _answer(session: Session, request: Request, deps: Deps, *, place: str, privately: bool = False) -> None:
    """Queues the answer in the thread of the question, or as a direct message with a note of why."""
    once = _same_message(request.channel_id, request.payload["event"])
    if once and not inbox.take(session, request.workspace_id, once, request.now):
        return
    page = _page(session, request, deps, request.text, place=place)
    rendered = messages(page)
    key = f"answer:{request.key}"
    if privately:
        note = messages(said(deps.words.say("answers.asked_elsewhere")))
        direct(session, request.workspace_id, request.person.user_id, [*note, *rendered], key=key, now=request.now)
        return
    reply(
        session,
        request.workspace_id,
        rendered,
        channel_id=request.channel_id,
        thread_ts=request.place,
        user_id=request.person.user_id,
        key=key,
        now=request.now,
    )


def _same_message(channel_id: str, event: dict[str, Any]) -> str:
    """What makes a message count once: a mention in a direct message comes as two events. Empty without a ts."""
    own_ts = stamp(event.get("ts"))
    return f"{SAME_MESSAGE}:{channel_id}:{own_ts}" if own_ts else ""


def _page(
    session: Session, request: Request, deps: Deps, question: str, *, place: str, picked: int | None = None
) -> Page:
    return answer(
        session,
        request.person,
        question,
        workspace_id=request.workspace_id,
        place=place,
        channel_id=request.channel_id,
        now=request.now,
        words=deps.words,
        picked=picked,
    )
