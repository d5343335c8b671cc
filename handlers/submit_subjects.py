"""What happens when the form of a narrative, or of what product adds, is submitted."""

from agendas.rules.access.rights import Deed
from agendas.verbs.updates import narrative as write_narrative
from agendas.verbs.updates import product as give_product_input
from handlers.deps import Deps
from handlers.modals import narrative, product
from handlers.replies import Reply
from handlers.request import Request
from handlers.submit_account import submit


async def narrative_form(request: Request, deps: Deps) -> Reply:
    """Record the account's narrative."""
    request.require(Deed.RECORD)
    entered, shown_at = narrative.read(request.view), narrative.shown_in(request.view)
    return await submit(
        request,
        deps,
        lambda session, at: write_narrative.write_narrative(
            session, request.author, at.account_id, entered, after=shown_at
        ),
    )


async def product_form(request: Request, deps: Deps) -> Reply:
    """What product adds to the account."""
    request.require(Deed.RECORD)
    entry = product.read(request.view, request.now)
    return await submit(
        request,
        deps,
        lambda session, at: give_product_input.give_product_input(
            session, request.author, at.account_id, entry.given, link=entry.link
        ),
    )
