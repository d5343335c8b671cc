"""Buttons and menus of a facilitator's brief, and the form by which they ask somebody."""

from datetime import date

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.reviews.agenda import ItemPart
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.briefing.ask import Asking, ask_before, remind_before
from agendas.verbs.briefing.choose import choose, next_review
from agendas.verbs.reviews import cadence
from handlers.edge.deps import Deps
from handlers.edge.replies import Close, OpenModal, Reply, Say
from handlers.edge.request import OTHER_VERSION, Request, number_in
from handlers.forms.form import Form
from handlers.forms.origin import Origin, origin_of
from handlers.reviews import brief_form, review_form


async def add(request: Request, deps: Deps) -> Reply:
    """Take an account into the planned review, whatever the minutes."""
    return await _chosen(request, deps, ItemPart.DISCUSSED, "brief.is_in")


async def leave_out(request: Request, deps: Deps) -> Reply:
    """Leave an account out of the planned review."""
    return await _chosen(request, deps, ItemPart.LEFT_OUT, "brief.is_out")


async def remind(request: Request, deps: Deps) -> Reply:
    """Remind somebody of the updates that they owe."""
    request.require(Deed.DECIDE)
    cadence_id, planned_on, user_id = planned_in(request.value)
    await deps.write(request, remind_before, request.author, cadence_id, planned_on, whom=user_id)
    return Say(said(deps.words.say("brief.sent", to=user_id)))


async def ask(request: Request, deps: Deps) -> Reply:
    """The form that asks somebody for something."""
    request.require(Deed.DECIDE)
    cadence_id, planned_on, _ = planned_in(request.value)
    await deps.read(next_review, request.author, cadence_id, planned_on)
    return OpenModal(brief_form.build(Origin(channel_id=request.channel_id, subject=request.value)))


async def move(request: Request, deps: Deps) -> Reply:
    """The form that moves the review."""
    request.require(Deed.DECIDE)
    cadence_id, planned_on, _ = planned_in(request.value)

    def view_of(session: Session) -> OpenModal:
        row = next_review(session, request.author, cadence_id, planned_on)
        facts = cadence.cadence_facts(session, request.workspace_id, row.channel_id, now=request.now)
        origin = Origin(channel_id=row.channel_id, subject=facts.plan.zone)
        return OpenModal(review_form.build_move(origin, facts.upcoming, zone=facts.plan.zone))

    return await deps.read(view_of)


async def asked(request: Request, deps: Deps) -> Reply:
    """Send the words to the person, once."""
    request.require(Deed.DECIDE)
    user_id, text = brief_form.read(request.view)
    cadence_id, planned_on, _ = planned_in(origin_of(request.view).subject)
    asking = Asking(user_id, text, f"ask:{request.key}")
    await deps.write(request, ask_before, request.author, cadence_id, planned_on, asking=asking)
    return Close()


async def _chosen(request: Request, deps: Deps, part: ItemPart, sentence: str) -> Reply:
    request.require(Deed.DECIDE)
    cadence_id, planned_on, account = planned_in(request.value)
    done = await deps.write(
        request, choose, request.author, cadence_id, planned_on, account_id=number_in(account), part=part
    )
    return Say(said(deps.words.say(sentence, name=done.name, planned_on=done.planned_on)))


def planned_in(value: str) -> tuple[int, date, str]:
    """The cadence, its planned date, and the account or person meant. Raises Outdated for anything else."""
    first, _, rest = value.partition(" ")
    second, _, of = rest.partition(" ")
    ordinal = number_in(second)
    if not 1 <= ordinal <= date.max.toordinal():
        raise Outdated(OTHER_VERSION)
    return number_in(first), date.fromordinal(ordinal), of


ASKED = Form(brief_form.FRAME, asked)
