"""/abm executive: the executive review of a month."""

from agendas.pages.executive.page import executive_page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.measures.executive import executive
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request


async def executive_review(request: Request, deps: Deps, rest: str) -> Reply:
    """The executive review of the running month, or of the month that the words name."""
    report = await deps.read_long(executive, request.workspace_id, rest, now=request.now)
    return Say(
        executive_page(report, deps.words, can_act=may(request.person, Deed.RECORD), reader=request.person.user_id)
    )
