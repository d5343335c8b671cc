"""/abm measures: the figures of the whole program over a month."""

from agendas.pages.measures.page import measures_page
from agendas.verbs.measures.of_month import program_of_month
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request


async def measures(request: Request, deps: Deps, rest: str) -> Reply:
    """The measures of the month that is named, or of the running one."""
    found = await deps.read_long(program_of_month, request.workspace_id, rest, now=request.now)
    return Say(measures_page(found, deps.words))


async def all_measures(request: Request, deps: Deps) -> Reply:
    """The measures of the month that the button carries."""
    return await measures(request, deps, request.value)
