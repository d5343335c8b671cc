"""/account ACCOUNT product."""

from agendas.pages.accounts.product import product_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.reads.account.product import account_product
from handlers.edge.deps import Deps
from handlers.edge.request import Request


async def product(request: Request, deps: Deps, account_id: int) -> Page:
    """Use case, proof, implementation fit and feedback, each with author and date."""
    zone = request.person.time_zone
    facts = await deps.read(account_product, request.workspace_id, account_id, now=request.now, zone=zone)
    return product_page(facts, deps.words, can_record=may(request.person, Deed.RECORD))
