"""Buttons of the executive page: details, the accounts of a bucket, and asks that are taken or made with one click."""

from datetime import date

from agendas.errors import Outdated
from agendas.facts.events import DecisionKind
from agendas.facts.reviews.review import Bucket
from agendas.pages.executive.page import executive_details_page
from agendas.rules.access.rights import Deed, may
from agendas.rules.measures.behind import Figure, FigureCode
from agendas.verbs.measures.executive import executive
from agendas.verbs.measures.opened import note_opened
from agendas.verbs.updates.answer import take_ask
from agendas.verbs.updates.settled import AlreadySettled
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import OTHER_VERSION, Request
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin
from handlers.measures.behind import page_behind
from handlers.open_items.shown import shown_after, shown_refused
from handlers.updates.submit import DECISION


async def opened(request: Request, deps: Deps) -> Reply:
    """The executive review with all its accounts; that it was read is noted."""
    month = _month(request.value)
    report = await deps.read_long(executive, request.workspace_id, request.value, now=request.now)
    await deps.write(request, note_opened, request.author, month)
    can_act = may(request.person, Deed.RECORD)
    return Say(executive_details_page(report, deps.words, can_act=can_act, reader=request.person.user_id))


async def of_bucket(request: Request, deps: Deps, *, bucket: Bucket) -> Reply:
    """All accounts of a bucket in the month that the button carries."""
    figure = Figure(FigureCode.BUCKET, of=bucket.value)
    return Say(await page_behind(request, deps, request.value, figure))


async def take(request: Request, deps: Deps) -> Reply:
    """Record with one click that the person takes what was asked."""
    request.require(Deed.RECORD)
    try:
        recorded = await deps.write(request, take_ask, request.author, request.number)
    except AlreadySettled as error:
        return await shown_refused(request, deps, error)
    return await shown_after(request, deps, recorded)


async def ask(request: Request, deps: Deps) -> Reply:
    """The form of a decision about an account that is flagged without an ask, with an intervention chosen."""
    request.require(Deed.DECIDE)
    origin = Origin(account_id=request.number, channel_id=request.channel_id, place=request.place)
    return await open_form(request, deps, DECISION, origin, prefilled={"decision": DecisionKind.INTERVENE.value})


def _month(written: str) -> date:
    """Return the first day of the month that a button carries. Raises Outdated for anything else."""
    try:
        return date.fromisoformat(f"{written[:7]}-01")
    except ValueError:
        raise Outdated(OTHER_VERSION) from None
