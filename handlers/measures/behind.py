"""Buttons that open a number of the program to the accounts behind it."""

from agendas.pages.measures.behind import behind_figure_page
from agendas.rendering.page import Page
from agendas.rules.measures.behind import Figure
from agendas.verbs.measures.behind import behind, figure_of
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request, number_in


async def opened(request: Request, deps: Deps) -> Reply:
    """The first accounts behind the number, of the month that the button carries."""
    month, _, figure = request.value.partition(" ")
    return Say(await page_behind(request, deps, month, figure_of(figure)))


async def more(request: Request, deps: Deps) -> Reply:
    """Further accounts behind the number."""
    month, _, rest = request.value.partition(" ")
    start, _, figure = rest.partition(" ")
    return Say(await page_behind(request, deps, month, figure_of(figure), start=number_in(start)))


async def page_behind(request: Request, deps: Deps, month: str, figure: Figure, *, start: int = 0) -> Page:
    """The accounts behind a figure of a month as a page, after the first `start`."""
    found = await deps.read_long(behind, request.workspace_id, month, figure, now=request.now)
    return behind_figure_page(found, figure, deps.words, start=start)
