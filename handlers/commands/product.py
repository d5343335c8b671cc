"""What product adds to an account: its page, and the button that opens its form."""

from agendas.pages.accounts.product import product_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.reads.account import product as look_up_product
from handlers.deps import Deps
from handlers.modals.fields import Origin
from handlers.open_forms import open_update
from handlers.replies import Reply
from handlers.request import Request


async def product(request: Request, deps: Deps, account_id: int) -> Page:
    """Use case, proof, implementation fit and feedback, each with author and date."""
    facts = await deps.read(
        look_up_product.product, request.workspace_id, account_id, now=request.now, zone=request.person.time_zone
    )
    return product_page(facts, deps.words, can_record=may(request.person, Deed.RECORD))


async def add_button(request: Request, deps: Deps) -> Reply:
    """The form to add something."""
    request.require(Deed.RECORD)
    origin = Origin(account_id=request.number, channel_id=request.channel_id)
    return await open_update(request, deps, "product_input", origin)
