"""/abm scoreboard: accounts by need, the program's measures, and charts."""

from agendas.pages.scoreboard.page import scoreboard_page
from agendas.verbs.scoreboard.read import scoreboard
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request, number_in


async def show(request: Request, deps: Deps, rest: str) -> Reply:
    """The scoreboard of the running month, or as the words say."""
    return await _page(request, deps, rest)


async def more(request: Request, deps: Deps) -> Reply:
    """Further accounts, after as many as the button carries behind the words of the filter."""
    words, _, start = request.value.rpartition(" ")
    return await _page(request, deps, words, start=number_in(start))


async def whole(request: Request, deps: Deps) -> Reply:
    """The scoreboard of the month that the button carries, without a filter."""
    return await _page(request, deps, request.value)


async def _page(request: Request, deps: Deps, words: str, *, start: int = 0) -> Reply:
    board = await deps.read_long(scoreboard, request.workspace_id, words, asker=request.person.user_id, now=request.now)
    return Say(scoreboard_page(board, deps.words, start=start))
