"""Messages that reach the bot: direct ones and mentions are questions, or say what to record in an account's thread.

A message in a channel is for the bot only where it is a reply in the thread of an account's message that begins with
one of the words. Any other is left alone, and nothing of it is kept.
"""

from dataclasses import replace
from typing import Any

from agendas.rules.threads.replies import read_mention, read_replies
from agendas.text.evidence import without_person
from agendas.verbs.reads.reviews.threads import find_thread, note_heard
from handlers.edge.deps import Deps
from handlers.edge.incoming import Incoming
from handlers.edge.payloads.values import mapping, thread_of
from handlers.edge.replies import Nothing, Reply
from handlers.edge.request import Request
from handlers.questions import answering
from handlers.threads.recording import record_replies


async def is_for_us(incoming: Incoming, body: dict[str, Any], workspace_id: str, deps: Deps) -> bool:
    """Return whether a message is to be answered or recorded: of one outside threads of accounts nothing is written."""
    event = mapping(body.get("event"))
    if event.get("channel_type") == "im":
        return True
    thread_ts = thread_of(event)
    found = await deps.read(find_thread, workspace_id, incoming.channel_id, thread_ts) if thread_ts else None
    if found is None:
        return False
    if not found.is_heard:
        await deps.note(note_heard, workspace_id, deps.now())
    return bool(read_replies(incoming.text))


async def message(request: Request, deps: Deps) -> Reply:
    """Answer a direct message; record what a reply in an account's thread says."""
    if request.event.get("channel_type") == "im":
        return await answering.direct_message(request, deps)
    thread_ts = thread_of(request.event)
    found = await deps.read(find_thread, request.workspace_id, request.channel_id, thread_ts)
    if found is None:
        return Nothing()
    replies = read_replies(request.text)
    without_bot = [replace(each, rest=without_person(each.rest, found.bot_user_id)) for each in replies]
    return await record_replies(request, deps, found, without_bot)


async def mention(request: Request, deps: Deps) -> Reply:
    """Record what a mention in an account's thread plainly says; answer any other."""
    thread_ts = thread_of(request.event)
    found = await deps.read(find_thread, request.workspace_id, request.channel_id, thread_ts) if thread_ts else None
    replies = read_mention(request.text, found.bot_user_id) if found else ()
    if found is None or not replies:
        return await answering.mention(request, deps)
    return await record_replies(request, deps, found, replies)
