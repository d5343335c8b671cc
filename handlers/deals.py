"""Deals of the CRM: the stages that they imply, confirmed one by one or all that an import brought, or declined."""

from agendas.errors import Outdated
from agendas.facts.account import Stage
from agendas.pages.deals import confirmed_stages_page
from agendas.pages.updates import RecordedFacts
from agendas.rendering.mrkdwn import escape
from agendas.rules.access import Permission
from agendas.text.vocabulary import STAGE_LABELS
from agendas.verbs.deals import CONFIRMED_AT_ONCE, confirm_stage, confirm_stages, decline_stage, require_proposed
from agendas.verbs.reads import proposals_of_run
from handlers import fields, forms
from handlers.command_words import confirmation
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import OTHER_VERSION, Request, number_in
from handlers.subject import Subject

# The form for the reason why the stage that a deal implies is declined.


def deal_of(origin: forms.Origin) -> tuple[Stage, str]:
    """The stage and the deal's key in `origin.subject`, which is `STAGE KEY`. Raises Outdated for an unknown stage."""
    stage, _, key = origin.subject.partition(" ")
    if stage not in set(Stage):
        raise Outdated(OTHER_VERSION)
    return Stage(stage), key


def _proposed(facts: forms.AccountFacts) -> str:
    """The stage, and the name of the deal that implies it; no name where the account has no such deal."""
    stage, key = deal_of(facts.origin)
    deal = next((each.profile.name for each in facts.account.opportunities if each.key == key), "")
    return escape(f"{STAGE_LABELS[stage]}, by the deal {deal}")


class DeclineForm(fields.DeclaredForm):
    frame = forms.Frame("decline_stage", "Decline", "Decline", keeps=("because",))

    proposed = fields.Line(_proposed)
    because = fields.Text(
        lambda facts: f"Why it is not at {STAGE_LABELS[deal_of(facts.origin)[0]]}",
        multiline=True,
        hint="It stands in the history, and this deal does not propose the stage again.",
    ).required("Say in a word why.")

    async def submitted(self, request: Request, deps: Deps) -> Reply:
        stage, key = deal_of(self.origin)
        return await forms.submit(request, deps, decline_stage, key=key, stage=stage, because=self.because)


# Buttons that confirm or decline the stages which deals of the CRM imply.


async def confirm(request: Request, deps: Deps) -> Reply:
    """Record the stage that a deal implies; the button carries `ACCOUNT STAGE KEY`."""
    request.require(Permission.RECORD)
    account_id, _, deal = request.value.partition(" ")
    stage, key = deal_of(forms.Origin(subject=deal))
    recorded = await deps.write(request, confirm_stage, request.author, number_in(account_id), key=key, stage=stage)
    return Say(confirmation(request, deps, recorded))


async def decline(request: Request, deps: Deps) -> Reply:
    """The form for why the stage that one deal implies is declined, while it is proposed."""
    request.require(Permission.RECORD)
    account_id, _, deal = request.value.partition(" ")
    origin = forms.origin_here(request, number_in(account_id), subject=deal)
    stage, key = deal_of(origin)
    await deps.read(require_proposed, request.author, origin.account_id, key=key, stage=stage)
    return await forms.open_form(request, deps, DeclineForm.form, origin)


async def confirm_all(request: Request, deps: Deps) -> Reply:
    """Record every step that the deals of an import still imply, `CONFIRMED_AT_ONCE` in each transaction."""
    request.require(Permission.RECORD)
    run_id, zone = request.number, request.person.time_zone
    proposals = await deps.read_long(proposals_of_run, request.workspace_id, run_id, now=request.now, zone=zone)
    # one part at least: the first is also what notes that the click was taken
    first, *others = [
        slice(start, start + CONFIRMED_AT_ONCE)
        for start in range(0, max(len(proposals.unanswered), 1), CONFIRMED_AT_ONCE)
    ]
    confirmed = await deps.write(request, confirm_stages, request.author, proposals.unanswered[first])
    for part in others:
        # a step confirmed twice is recorded once
        confirmed += await deps.note(confirm_stages, request.author, proposals.unanswered[part])
    recorded = [RecordedFacts(each.event, each.before, each.after, zone=zone) for each in confirmed.recorded]
    return Say(confirmed_stages_page(recorded, (*confirmed.left_out, *proposals.gone), deps.words))


DEALS = Subject(
    buttons={"deal.confirm": confirm, "deal.confirm_all": confirm_all, "deal.decline": decline},
    forms=(DeclineForm.form,),
)
