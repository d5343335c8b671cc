"""Buttons that confirm or decline the stages which deals of the CRM imply."""

from agendas.pages.accounts.confirmed_stages import confirmed_stages_page
from agendas.pages.accounts.recorded import RecordedFacts
from agendas.rules.access.rights import Deed
from agendas.verbs.deals.confirm_stage import CONFIRMED_AT_ONCE, confirm_stage, confirm_stages, require_proposed
from agendas.verbs.reads.proposed_stages import proposals_of_run
from handlers.command_words import confirmation
from handlers.deals.form import deal_of
from handlers.deals.submit import DECLINE
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request, number_in
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin


async def confirm(request: Request, deps: Deps) -> Reply:
    """Record the step that one deal implies."""
    request.require(Deed.RECORD)
    account, _, deal = request.value.partition(" ")
    stage, key = deal_of(Origin(subject=deal))
    recorded = await deps.write(request, confirm_stage, request.author, number_in(account), key=key, stage=stage)
    return Say(confirmation(request, deps, recorded))


async def decline(request: Request, deps: Deps) -> Reply:
    """The form for why the stage that one deal implies is declined, while it is proposed."""
    request.require(Deed.RECORD)
    account, _, deal = request.value.partition(" ")
    origin = Origin(account_id=number_in(account), channel_id=request.channel_id, subject=deal)
    stage, key = deal_of(origin)
    await deps.read(require_proposed, request.author, origin.account_id, key=key, stage=stage)
    return await open_form(request, deps, DECLINE, origin)


async def confirm_all(request: Request, deps: Deps) -> Reply:
    """Record every step that the deals of an import still imply, a few in each transaction."""
    request.require(Deed.RECORD)
    run_id, zone = request.number, request.person.time_zone
    found = await deps.read_long(proposals_of_run, request.workspace_id, run_id, now=request.now, zone=zone)
    first, *others = _parts(len(found.standing))
    done = await deps.write(request, confirm_stages, request.author, found.standing[first])
    for part in others:
        # a step confirmed twice is recorded once
        done += await deps.note(confirm_stages, request.author, found.standing[part])
    told = [RecordedFacts(each.event, each.before, each.after, zone=zone) for each in done.recorded]
    return Say(confirmed_stages_page(told, (*done.left_out, *found.gone), deps.words))


def _parts(count: int) -> list[slice]:
    """The parts of so many proposals, at least one."""
    return [slice(start, start + CONFIRMED_AT_ONCE) for start in range(0, max(count, 1), CONFIRMED_AT_ONCE)]
