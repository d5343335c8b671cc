"""Events by which somebody meets the bot."""

from agendas.verbs.people.first_words import greet, is_new, joins_review
from handlers.edge.deps import Deps
from handlers.edge.replies import Nothing, Reply
from handlers.edge.request import Request


async def joined(request: Request, deps: Deps) -> Reply:
    """Greet somebody who joined a channel with a cadence; those who are in it already are not told of."""
    if await deps.read(joins_review, request.workspace_id, request.person.user_id, request.channel_id):
        await deps.note(greet, request.workspace_id, request.person.user_id, now=request.now)
    return Nothing()


async def welcome(request: Request, deps: Deps) -> None:
    """Greet the person who opened the bot's Home or its messages for the first time."""
    if await deps.read(is_new, request.workspace_id, request.person.user_id):
        await deps.note(greet, request.workspace_id, request.person.user_id, now=request.now)
