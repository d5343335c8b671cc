"""Recording of replies: each is the command that it stands for; what is in doubt is asked of its writer alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from agendas.errors import CadenceError
from agendas.facts.thread_message import AccountThread
from agendas.pages.answers.told import FormOffer, told_page
from agendas.rendering.blockkit import messages
from agendas.rendering.notice import notice
from agendas.rendering.page import Page
from agendas.rules.threads.replies import ThreadReply, in_thread, marked
from agendas.text.evidence import readable
from agendas.verbs.letters.queue import whisper
from assistant.remark import Deed
from handlers.edge.deps import Deps, Repeated
from handlers.edge.payloads.values import stamp, thread_of
from handlers.edge.refusals import error_page
from handlers.edge.replies import Nothing, Reply, Say
from handlers.edge.request import NotAllowed, Request, Written
from handlers.edge.routes import Handler
from handlers.updates import command

COMMANDS: Mapping[str, Handler] = {"/move": command.move, "/blocker": command.blocker, "/next": command.next_action}
DEEDS = {"/move": Deed.MOVE, "/blocker": Deed.BLOCKER, "/next": Deed.NEXT_ACTION}
"""The form of each command, for words that it cannot take as they are."""


async def record_replies(request: Request, deps: Deps, thread: AccountThread, replies: Sequence[ThreadReply]) -> Reply:
    """Record what a message says about the account of its thread, each part once. Raises Repeated, NotAllowed."""
    taken = 0
    for number, reply in enumerate(replies):
        try:
            await _record(_numbered(request, number), deps, thread, reply)
            taken += 1
        except Repeated:
            continue
    if not taken:
        raise Repeated
    return Nothing()


def _numbered(request: Request, number: int) -> Request:
    """The request for a part of the message, which is taken by itself where the message has several."""
    incoming = request.incoming
    if number:
        key, message_key = f"{incoming.key}:{number}", f"{incoming.message_key}:{number}"
        incoming = replace(incoming, key=key, message_key=message_key)
    return replace(request, incoming=incoming, written=Written())


async def _record(request: Request, deps: Deps, thread: AccountThread, reply: ThreadReply) -> None:
    """Run the command of one part. What it asks instead of recording goes to the writer alone, in the thread."""
    thread_ts = thread_of(request.event)
    words = f"{marked(stamp(request.event.get('ts')), thread_ts)} {reply.rest}".rstrip()
    text = '"' + thread.name.replace('"', "") + '" ' + words
    typed = replace(request, incoming=replace(request.incoming, word=reply.command, text=text))
    try:
        answer = await COMMANDS[reply.command](typed, deps)
    except NotAllowed:
        raise
    except CadenceError as error:
        page = _refused(typed, deps, error)
    else:
        if typed.written.yes:
            return
        page = answer.page if isinstance(answer, Say) else _form_page(thread, deps, reply)
    key = f"thread:{request.incoming.message_key}"
    place = {"channel_id": request.channel_id, "thread_ts": thread_ts}
    await deps.write(request, whisper, request.author, messages(page), key=key, **place)


def _refused(typed: Request, deps: Deps, error: CadenceError) -> Page:
    """The refusal, with its buttons where it has some, in the words of a thread."""
    page = error_page(replace(typed.incoming, kind="command"), error, deps.words)
    return page if len(page.items) > 1 else notice(in_thread(str(error)))


def _form_page(thread: AccountThread, deps: Deps, reply: ThreadReply) -> Page:
    """The button that opens the form with the words in it: nothing can be opened for a message."""
    offer = FormOffer(DEEDS[reply.command].value, thread.account_id, thread.name)
    return told_page([offer], deps.words, text=readable(reply.rest), is_order=False)
