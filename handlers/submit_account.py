"""How a form that records one thing about one account is carried out."""

from collections.abc import Callable

from sqlmodel import Session

from agendas.verbs.record.record import Recorded
from handlers.deps import Deps
from handlers.modals.fields import Origin, origin_of
from handlers.replies import Close, Reply
from handlers.request import Request
from handlers.submit_list import finish


async def submit(request: Request, deps: Deps, verb: Callable[[Session, Origin], Recorded]) -> Reply:
    """Does it about the account of the form, with its confirmation, in one transaction."""
    origin = origin_of(request.view)
    await deps.write(request, lambda session: finish(session, request, verb(session, origin)))
    return Close(all_views=True)
