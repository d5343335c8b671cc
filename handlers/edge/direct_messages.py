"""Answers that go to the person as direct messages, through the outbox."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from agendas.rendering.blockkit import Rendered, messages
from agendas.rendering.notice import said
from agendas.verbs.letters.queue import direct
from handlers.edge.deps import Deps
from handlers.edge.incoming import Incoming
from handlers.edge.replies import Nothing, Say


async def send(deps: Deps, workspace_id: str, incoming: Incoming, rendered: Sequence[Rendered]) -> None:
    """Queue the messages for the person of the request."""
    key = f"answer:{incoming.key or incoming.kind}:{secrets.token_hex(4)}"
    await deps.note(direct, workspace_id, incoming.user_id, rendered, key=key, now=deps.now())


async def placed(deps: Deps, workspace_id: str, incoming: Incoming, reply: Say) -> Say | Nothing:
    """Return the reply to show where it was asked for.

    Tables that sort and charts stand in no message that one person sees of a channel: a page with one goes as a direct
    message, where Slack says what it refuses, and the reply says where it is. A click there needs no such sentence.
    """
    if reply.public or not reply.page.needs_message:
        return reply
    await send(deps, workspace_id, incoming, messages(reply.page))
    if incoming.kind == "button" and incoming.channel_id.startswith("D"):
        return Nothing()
    return replace(reply, page=said(deps.words.say("answers.in_direct_messages")))
