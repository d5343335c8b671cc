"""What happens when a form of the cadence or of a review is submitted or, for the schedule, filled in."""

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.review import CadenceFacts
from agendas.pages.reviews.cadence import cadence_page
from agendas.rules.access.rights import Deed
from agendas.verbs.reviews import cadence
from agendas.verbs.reviews.close import close_by_person
from agendas.verbs.updates.updates import full_member
from handlers.deps import Deps
from handlers.modals import review, schedule
from handlers.modals.fields import origin_of, small
from handlers.modals.message import message_view
from handlers.replies import Close, NextView, Nothing, Options, Reply, View
from handlers.request import Request, number_in


async def schedule_form(request: Request, deps: Deps) -> Reply:
    """The channel's cadence, new or changed; what was saved is shown with its next dates."""
    request.require(Deed.DECIDE)
    wish = schedule.read(request.view)
    channel_id = origin_of(request.view).channel_id

    def save(session: Session) -> CadenceFacts:
        if wish.facilitator:
            full_member(session, request.author, wish.facilitator)
        return cadence.schedule(session, request.author, channel_id, wish)

    facts = await deps.write(request, save)
    return NextView(message_view(cadence_page(facts, deps.words, now=request.now, can_decide=False)))


async def schedule_preview(request: Request, deps: Deps) -> Reply:
    """The schedule form with the next three dates of what is filled in so far."""
    if not request.view:
        return Nothing()
    origin = origin_of(request.view)
    try:
        had = await deps.read(cadence.cadence_facts, request.workspace_id, origin.channel_id, now=request.now)
    except Refused:
        had = None
    line = schedule.dates_line(schedule.filled_in(request.view), had.changes if had else (), request.now)
    return NextView(_with_dates(request.view, line))


async def zone_options(request: Request, _deps: Deps) -> Reply:
    """Time zones whose name holds what was typed."""
    return Options(schedule.zones_like(request.text))


async def close_form(request: Request, deps: Deps) -> Reply:
    """The review closed; its recap goes to its thread."""
    request.require(Deed.DECIDE)
    was_held, attended = review.read_close(request.view)
    number = number_in(origin_of(request.view).subject)
    await deps.write(request, close_by_person, request.author, number, attended=attended, was_held=was_held)
    return Close()


async def skip_form(request: Request, deps: Deps) -> Reply:
    """One occurrence left out."""
    request.require(Deed.DECIDE)
    planned_on, because = review.read_skip(request.view)
    channel_id = origin_of(request.view).channel_id
    facts = await deps.write(request, cadence.skip, request.author, channel_id, because=because, planned_on=planned_on)
    return NextView(message_view(cadence_page(facts, deps.words, now=request.now, can_decide=False)))


async def move_form(request: Request, deps: Deps) -> Reply:
    """One occurrence put at another time."""
    request.require(Deed.DECIDE)
    origin = origin_of(request.view)
    entry = review.read_move(request.view, zone=origin.subject)
    facts = await deps.write(
        request,
        cadence.move_one,
        request.author,
        origin.channel_id,
        moved_to=entry.moved_to,
        planned_on=entry.planned_on,
        because=entry.because,
    )
    return NextView(message_view(cadence_page(facts, deps.words, now=request.now, can_decide=False)))


KEPT_IN_UPDATE = ("type", "callback_id", "title", "submit", "close", "private_metadata", "notify_on_close")


def _with_dates(view: View, line: str) -> View:
    """The open form with its line of dates replaced; what is entered stays, as the blocks keep their ids."""
    blocks = [
        small(line, schedule.DATES_BLOCK) if block.get("block_id") == schedule.DATES_BLOCK else block
        for block in view["blocks"]
    ]
    return {name: view[name] for name in KEPT_IN_UPDATE if view.get(name) is not None} | {"blocks": blocks}
