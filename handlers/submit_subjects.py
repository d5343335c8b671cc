"""What happens when the form of a narrative, or of what product adds, is submitted."""

from agendas.rules.access.rights import Deed
from agendas.rules.narrative.check import Doubted
from agendas.verbs.updates import narrative as write_narrative
from agendas.verbs.updates import product as give_product_input
from handlers.deps import Deps
from handlers.modals import narrative, product
from handlers.modals.fields import origin_of
from handlers.open_forms import open_update
from handlers.replies import NextView, Reply
from handlers.request import Request
from handlers.submit_account import submit


async def narrative_form(request: Request, deps: Deps) -> Reply:
    """The account's narrative, written or written anew; a pressure that may be none is asked about once."""
    request.require(Deed.RECORD)
    entered, shown_at = narrative.read(request.view), narrative.shown_in(request.view)
    is_confirmed = narrative.is_confirmed(request.view, entered)
    try:
        return await submit(
            request,
            deps,
            lambda session, at: write_narrative.write_narrative(
                session, request.author, at.account_id, entered, after=shown_at, is_confirmed=is_confirmed
            ),
        )
    except Doubted as doubt:
        origin = narrative.doubting(entered, origin_of(request.view))
        opened = await open_update(request, deps, narrative.FRAME.callback_id, origin)
        return NextView(narrative.with_doubt(opened.view, doubt.said))


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
