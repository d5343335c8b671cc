"""Events by which somebody meets the bot."""

from agendas.pages.answers.questions import suggested_questions
from agendas.verbs.home.welcome import sample_names
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


async def suggest_questions(request: Request, deps: Deps) -> None:
    """Show questions about the person's own accounts above the bot's messages, where the app has the agent view."""
    if request.channel_id:
        samples = await deps.read(sample_names, request.workspace_id, request.person.user_id)
        await deps.suggest(request.workspace_id, request.channel_id, suggested_questions(samples, deps.words))
