"""Submissions of the forms of a cadence and of its reviews, and the schedule's preview while it is filled in."""

from dataclasses import replace

from sqlmodel import Session

from agendas.errors import FieldProblems
from agendas.facts.reviews.cadence import CadenceFacts, CadenceWish, ScopeNow
from agendas.pages.reviews.cadence import cadence_page
from agendas.pages.reviews.private import still_private_items
from agendas.rules.access.rights import Deed
from agendas.rules.reviews.holidays import places_like
from agendas.text.days import zone_names
from agendas.verbs.privacy import cadence as private
from agendas.verbs.reads import accounts
from agendas.verbs.reviews import cadence, choose_sections, scope
from agendas.verbs.reviews.attendance import correct_attendance
from agendas.verbs.reviews.change_preparation import change_preparation
from agendas.verbs.reviews.close import close_by_person
from agendas.verbs.updates.updates import full_member
from handlers.edge.deps import Deps
from handlers.edge.page_views import message_view
from handlers.edge.replies import Close, NextView, Nothing, Options, Reply, View
from handlers.edge.request import Request, number_in
from handlers.edge.views import values_of
from handlers.forms.fields import small
from handlers.forms.form import Form
from handlers.forms.origin import origin_of
from handlers.forms.redrawing import redrawn
from handlers.reviews import date_fields, preparation_form, review_form, schedule_form, scope_fields, sections_form


async def scheduled(request: Request, deps: Deps) -> Reply:
    """Save the channel's cadence, new or changed, and show it with its next dates."""
    request.require(Deed.DECIDE)
    author, channel_id = request.author, origin_of(request.view).channel_id

    def wish_of(session: Session) -> CadenceWish:
        had = cadence.find(session, request.workspace_id, channel_id, now=request.now)
        return schedule_form.read(request.view, request.now, had)

    is_private = (await deps.read(wish_of)).is_private
    asked = await deps.members_of(request.workspace_id, channel_id) if is_private else None
    if asked is not None:
        private.require_members(author, channel_id, asked)

    def save(session: Session) -> CadenceFacts:
        cadence.lock(session, request.workspace_id, channel_id)
        wish = replace(wish_of(session), is_private=is_private)
        if wish.facilitator:
            full_member(session, author, wish.facilitator)
        saved = cadence.schedule(session, author, channel_id, wish)
        if asked is not None:
            private.begin_private_cadence(session, author, channel_id, asked)
        return saved

    saved = await deps.write(request, save)
    facts = await deps.read(scope.with_scope, request.workspace_id, saved, now=request.now)
    left = await deps.read(private.still_private, request.workspace_id, channel_id)
    page = cadence_page(facts, deps.words, now=request.now, can_decide=False, can_hold=True)
    items = still_private_items(left.channel_id, left.names, deps.words) if left else ()
    return NextView(message_view(replace(page, items=(*page.items, *items))))


async def schedule_preview(request: Request, deps: Deps) -> Reply:
    """The schedule form with the next three dates of the values filled in so far."""
    if not request.view:
        return Nothing()
    channel_id, entered = origin_of(request.view).channel_id, values_of(request.view)
    had = await deps.read(cadence.find, request.workspace_id, channel_id, now=request.now)
    line = date_fields.dates_line(date_fields.filled_in(entered), had.changes if had else (), request.now)
    return NextView(_with_line(request.view, schedule_form.DATES_BLOCK, line))


async def scope_preview(request: Request, deps: Deps) -> Reply:
    """The schedule form with what the scope filled in so far has now."""
    if not request.view:
        return Nothing()
    entered = values_of(request.view)
    wanted, minutes = scope_fields.read(entered), schedule_form.minutes_in(entered)
    place = {"channel_id": origin_of(request.view).channel_id, "zone": request.person.time_zone}

    def count(session: Session) -> ScopeNow:
        return scope.scope_now(session, request.workspace_id, wanted, **place, now=request.now)

    line = scope_fields.lines_of(await deps.read_long(count), deps.words, minutes=minutes)
    return NextView(_with_line(request.view, scope_fields.SCOPE_BLOCK, line))


async def segment_options(request: Request, deps: Deps) -> Reply:
    """The segments that have the letters typed."""
    found = await deps.read(scope.segments_like, request.workspace_id, request.text)
    return Options(scope_fields.segment_options(found))


async def account_options(request: Request, deps: Deps) -> Reply:
    """The accounts that the letters typed may mean."""
    own = request.person.user_id
    return Options(await deps.read(accounts.suggest_names, request.workspace_id, request.text, user_id=own))


async def holiday_options(request: Request, _deps: Deps) -> Reply:
    """The countries that have the letters typed, and their parts where few fit."""
    return Options(places_like(request.text))


async def zone_options(request: Request, _deps: Deps) -> Reply:
    """The time zones whose name holds the letters typed."""
    return Options(date_fields.zones_like(request.text))


async def closed(request: Request, deps: Deps) -> Reply:
    """Close the review; its recap goes to its thread."""
    request.require(Deed.DECIDE)
    was_held, attended = review_form.read_close(request.view)
    number = number_in(origin_of(request.view).subject)
    await deps.write(request, close_by_person, request.author, number, attended=attended, was_held=was_held)
    return Close()


async def attendance(request: Request, deps: Deps) -> Reply:
    """Correct who was there in a review that is closed."""
    request.require(Deed.DECIDE)
    present, number = review_form.read_attendance(request.view), number_in(origin_of(request.view).subject)
    if not present:
        raise FieldProblems({"attended": "Choose at least one person. A review without anybody was not held."})
    await deps.write(request, correct_attendance, request.author, number, present)
    return Close()


async def skipped(request: Request, deps: Deps) -> Reply:
    """Leave out one occurrence."""
    request.require(Deed.DECIDE)
    planned_on, because = review_form.read_skip(request.view)
    channel_id = origin_of(request.view).channel_id
    facts = await deps.write(request, cadence.skip, request.author, channel_id, because=because, planned_on=planned_on)
    return shown(request, deps, facts)


async def moved(request: Request, deps: Deps) -> Reply:
    """Move one occurrence to another time."""
    request.require(Deed.DECIDE)
    origin = origin_of(request.view)
    entry = review_form.read_move(request.view, zone=origin.subject)
    facts = await deps.write(
        request,
        cadence.move_one,
        request.author,
        origin.channel_id,
        moved_to=entry.moved_to,
        planned_on=entry.planned_on,
        because=entry.because,
    )
    return shown(request, deps, facts)


async def prepared(request: Request, deps: Deps) -> Reply:
    """Change how the channel's reviews are prepared."""
    request.require(Deed.DECIDE)

    def save(session: Session) -> CadenceFacts:
        had = _locked(session, request)
        wanted = preparation_form.read(request.view, had.preparation)
        return change_preparation(session, request.author, had.channel_id, wanted)

    return shown(request, deps, await deps.write(request, save))


async def sections_changed(request: Request, deps: Deps) -> Reply:
    """The form with the sections ticked, on its account."""
    return await _with_sections(request, deps, moved_up="") if request.view else Nothing()


async def section_up(request: Request, deps: Deps) -> Reply:
    """The form with one section a place further up."""
    return await _with_sections(request, deps, moved_up=request.value) if request.view else Nothing()


async def _with_sections(request: Request, deps: Deps, *, moved_up: str) -> Reply:
    origin = origin_of(request.view)
    zone = origin.subject if origin.subject in zone_names() else request.person.time_zone
    sample = await deps.read(
        choose_sections.shown_account, request.workspace_id, origin.account_id, now=request.now, zone=zone
    )
    chosen = sections_form.moved_up(sections_form.entered(request.view), moved_up)
    return NextView(sections_form.redraw(request.view, chosen, sample, deps.words))


async def sections_chosen(request: Request, deps: Deps) -> Reply:
    """Choose the sections of the channel's agendas."""
    request.require(Deed.DECIDE)

    def save(session: Session) -> CadenceFacts:
        had = _locked(session, request)
        wanted = sections_form.read(request.view, had.sections)
        return choose_sections.choose_sections(session, request.author, had.channel_id, wanted)

    return shown(request, deps, await deps.write(request, save))


def _locked(session: Session, request: Request) -> CadenceFacts:
    """The cadence of the form's channel, which nobody else changes until the transaction ends."""
    channel_id = origin_of(request.view).channel_id
    cadence.lock(session, request.workspace_id, channel_id)
    return cadence.cadence_facts(session, request.workspace_id, channel_id, now=request.now)


def shown(request: Request, deps: Deps, facts: CadenceFacts) -> Reply:
    """The cadence as it was saved, with its next dates; a skipped one can be taken back there."""
    return NextView(message_view(cadence_page(facts, deps.words, now=request.now, can_decide=False, can_hold=True)))


def _with_line(view: View, block_id: str, line: str) -> View:
    """The open form with this block's line replaced; what is entered stays, as the blocks keep their ids."""
    return redrawn(
        view, [small(line, block_id) if each.get("block_id") == block_id else each for each in view["blocks"]]
    )


SCHEDULE = Form(schedule_form.FRAME, scheduled)
CLOSE = Form(review_form.CLOSE, closed)
ATTENDANCE = Form(review_form.ATTENDANCE, attendance)
SKIP = Form(review_form.SKIP, skipped)
MOVE = Form(review_form.MOVE, moved)
PREPARATION = Form(preparation_form.FRAME, prepared)
SECTIONS = Form(sections_form.FRAME, sections_chosen)
