"""Buttons of a cadence and of a review's header."""

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.reviews.cadence import CadenceKind
from agendas.facts.reviews.review import AgendaItem
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.reviews import cadence, choose_sections
from agendas.verbs.reviews.add import add_account
from agendas.verbs.reviews.attendance import attendance_of
from agendas.verbs.reviews.cadence import PLANNED_ANEW
from agendas.verbs.reviews.change_preparation import OF_NO_ACCOUNT
from agendas.verbs.reviews.scope import scope_of
from handlers.edge.channel_privacy import require_own_channel
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply, Say
from handlers.edge.request import Request
from handlers.edge.routes import Handler
from handlers.forms.origin import Origin
from handlers.reviews import command, preparation_form, review_form, sections_form, submit
from handlers.reviews.brief import planned_in


def of_cadence(act: Handler) -> Handler:
    """The button of a message about a channel's reviews, which acts on those that it was shown for.

    Raises Outdated where the channel's reviews were planned anew meanwhile.
    """

    async def acted(request: Request, deps: Deps) -> Reply:
        if request.value and (await command.cadence_facts(request, deps)).id != request.number:
            raise Outdated(PLANNED_ANEW)
        return await act(request, deps)

    return acted


async def schedule(request: Request, deps: Deps) -> Reply:
    """The form for the cadence."""
    return await command.schedule(request, deps, "")


async def preparation(request: Request, deps: Deps) -> Reply:
    """The form that says how the channel's reviews are prepared."""
    request.require(Deed.DECIDE)
    await require_own_channel(request, deps)
    facts = await command.cadence_facts(request, deps)
    if facts.kind is CadenceKind.EXECUTIVE:
        raise Refused(OF_NO_ACCOUNT)
    return OpenModal(preparation_form.build(facts.preparation, deps.words, Origin(channel_id=request.channel_id)))


async def sections(request: Request, deps: Deps) -> Reply:
    """The form that chooses the sections of the channel's agendas."""
    request.require(Deed.DECIDE)
    await require_own_channel(request, deps)
    facts = await command.cadence_facts(request, deps)
    if facts.kind is CadenceKind.EXECUTIVE:
        raise Refused(choose_sections.OF_NO_ACCOUNT)

    def sample(session: Session) -> AgendaItem | None:
        wanted, there = scope_of(facts), (request.workspace_id, request.channel_id)
        account_id = choose_sections.account_to_show(session, *there, wanted)
        return choose_sections.shown_account(
            session, request.workspace_id, account_id, now=request.now, zone=facts.plan.zone
        )

    shown = await deps.read(sample)
    account_id = shown.facts.account.account_id if shown else 0
    origin = Origin(channel_id=request.channel_id, account_id=account_id, subject=facts.plan.zone)
    return OpenModal(sections_form.build(facts.sections, shown, deps.words, origin))


async def now(request: Request, deps: Deps) -> Reply:
    """Open a review at once."""
    return await command.now(request, deps, "")


async def move(request: Request, deps: Deps) -> Reply:
    """The form that moves one date."""
    return await command.move(request, deps, "")


async def skip(request: Request, deps: Deps) -> Reply:
    """The form that leaves one date out."""
    return await command.skip(request, deps, "")


async def pause(request: Request, deps: Deps) -> Reply:
    """Pause reviews until they are resumed."""
    return await command.pause(request, deps, "")


async def resume(request: Request, deps: Deps) -> Reply:
    """Resume reviews."""
    return await command.resume(request, deps, "")


async def hold(request: Request, deps: Deps) -> Reply:
    """Take back that a date is skipped; the dates are shown again where the button stood."""
    request.require(Deed.DECIDE)
    cadence_id, planned_on, _ = planned_in(request.value)
    facts = await deps.write(request, cadence.hold_after_all, request.author, cadence_id, planned_on)
    if request.view:
        return submit.shown(request, deps, facts)
    return Say(command.cadence_answer(request, deps, facts), replace=True)


async def add(request: Request, deps: Deps) -> Reply:
    """Take an account that was left out into the review."""
    request.require(Deed.RECORD)
    added = await deps.write(request, add_account, request.author, request.number)
    return Say(said(deps.words.say("review.added", name=added.name, review_on=added.review_on)))


async def close(request: Request, deps: Deps) -> Reply:
    """The form that closes this review."""
    return await command.closing(request, deps, request.number)


async def attendance(request: Request, deps: Deps) -> Reply:
    """The form that corrects who was there."""
    request.require(Deed.DECIDE)
    present = await deps.read(attendance_of, request.workspace_id, request.number)
    origin = Origin(channel_id=request.channel_id, subject=str(request.number))
    return OpenModal(review_form.build_attendance(origin, present))
