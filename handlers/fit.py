"""What the buttons about fit do: of the message that asks for scores, and of the page of an account's fit."""

from dataclasses import replace

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.account import Function
from agendas.facts.fit import WaitingAccount
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.fit import ask as ask_fit
from agendas.verbs.reads import fit_requests
from handlers.commands import subjects
from handlers.deps import Deps
from handlers.modals import fit
from handlers.modals.fields import Origin, Values, small
from handlers.open_forms import draft_name, open_update, with_note
from handlers.replies import OpenModal, Reply, Say, View
from handlers.request import Request, number_in
from storage import forms

NO_FUNCTION = (
    "You have no function, so no score is asked of you. An admin gives you one with /abm people @you FUNCTION RIGHT."
)
DRAFT = draft_name(fit.FRAME.callback_id, 0)
"""One draft for all accounts: its fields carry their ids."""


async def open_all(request: Request, deps: Deps) -> Reply:
    """The form for every account that waits for the person's scores, as many as fit."""
    request.require(Deed.NOMINATE)
    function = function_of(request)
    waiting = await deps.read(fit_requests.waiting_for, request.workspace_id, request.person.user_id)
    if not waiting:
        return Say(said(deps.words.say("fit.nothing_waits")))
    draft = await deps.read(_draft, request)
    return OpenModal(form_of(waiting, function, Origin(channel_id=request.channel_id), draft))


async def open_one(request: Request, deps: Deps) -> Reply:
    """The form for one account."""
    request.require(Deed.NOMINATE)
    function = function_of(request)
    author = request.author
    account = await deps.read(
        fit_requests.one_account, author.workspace_id, author.user_id, request.number, zone=author.zone
    )
    draft = await deps.read(_draft, request)
    origin = Origin(channel_id=request.channel_id, subject=str(account.account_id))
    return OpenModal(form_of((account,), function, origin, draft))


async def stop(request: Request, deps: Deps) -> Reply:
    """The person's open questions closed."""
    request.require(Deed.NOMINATE)
    count = await deps.write(request, ask_fit.stop, request.author)
    return Say(said(deps.words.say("fit.stopped", count=count)))


async def ask(request: Request, deps: Deps) -> Reply:
    """The account's page of fit again, after everybody who can answer was asked."""
    request.require(Deed.DECIDE)
    asked = await deps.write(request, ask_fit.ask, request.author, request.number)
    note = deps.words.say("fit.asked", asked=asked)
    return Say(await subjects.fit(request, deps, request.number, note=note), replace=True)


async def change_list(request: Request, deps: Deps, word: str) -> Reply:
    """The form that names, moves, rejects or removes the account, with the tier proposed; the reason is to be given."""
    request.require(Deed.DECIDE)
    number, _, tier = request.value.partition(" ")
    origin = Origin(account_id=number_in(number), channel_id=request.channel_id, subject=word)
    prefilled = {"tier": str(number_in(tier))} if tier else {}
    return await open_update(request, deps, "list_change", origin, prefilled=prefilled)


def function_of(request: Request) -> Function:
    """The person's function. Raises Refused without one."""
    if request.person.function is None:
        raise Refused(NO_FUNCTION)
    return request.person.function


def form_of(accounts: tuple[WaitingAccount, ...], function: Function, origin: Origin, draft: Values) -> View:
    """The form for as many of these accounts as it holds; its origin says after which request the next one goes on."""
    shown = accounts[: fit.fits_into(function)]
    view = fit.build(shown, function, replace(origin, item_id=shown[-1].request_id), draft)
    fields = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    return with_note(view) if fields & draft.keys() else view


def told_above(view: View, mrkdwn: str) -> View:
    """The form with a line above its fields."""
    return view | {"blocks": [small(mrkdwn), *view["blocks"]]}


def _draft(session: Session, request: Request) -> Values:
    return forms.draft(session, request.workspace_id, request.person.user_id, DRAFT)
