"""/account private ACCOUNT, and the same from the card's menu."""

from agendas.errors import NotUnderstood
from agendas.rules.access.rights import Deed
from agendas.text.limits import shown
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply
from handlers.edge.request import Request
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin
from handlers.privacy.submit import PRIVATE


async def by_word(request: Request, deps: Deps, account_id: int, rest: str) -> Reply:
    """The form."""
    if rest.strip():
        raise NotUnderstood(f"{shown(rest)} after private has no meaning here. Type /account private ACCOUNT.")
    return await _open(request, deps, account_id)


async def from_card(request: Request, deps: Deps) -> Reply:
    """The form."""
    return await _open(request, deps, request.number)


async def _open(request: Request, deps: Deps, account_id: int) -> Reply:
    request.require(Deed.DECIDE)
    return await open_form(request, deps, PRIVATE, Origin(account_id=account_id, channel_id=request.channel_id))
