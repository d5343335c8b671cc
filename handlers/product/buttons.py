"""The button that opens the form for product input."""

from agendas.rules.access.rights import Deed
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply
from handlers.edge.request import Request
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin
from handlers.product.submit import FORM


async def add(request: Request, deps: Deps) -> Reply:
    """The form to add something."""
    request.require(Deed.ADD_PRODUCT)
    return await open_form(request, deps, FORM, Origin(account_id=request.number, channel_id=request.channel_id))
