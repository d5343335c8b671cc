"""The right to settle an open item: that of recording, or that it waits for the person."""

from agendas.rules.access.rights import Deed, may
from agendas.verbs.updates.open_items import waits_for
from handlers.edge.deps import Deps
from handlers.edge.request import Request


async def require_to_settle(request: Request, deps: Deps, account_id: int, number: int) -> None:
    """Raise NotAllowed unless the person may record, or is a viewer for whom the item of this event waits."""
    if may(request.person, Deed.RECORD):
        return
    if may(request.person, Deed.NOMINATE) and await deps.read(waits_for, request.author, account_id, number):
        return
    request.require(Deed.RECORD)
