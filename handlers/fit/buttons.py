"""Buttons of fit: of the message that asks for scores, and of the page of an account's fit."""

from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.fit.ask import ask_for_scores, stop_asking
from agendas.verbs.list.by_word import ListWord
from agendas.verbs.reads import fit_requests
from handlers.account_list.submit import CHANGE
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply, Say
from handlers.edge.request import Request, number_in
from handlers.fit import form
from handlers.fit.page import fit
from handlers.fit.submit import form_of, functions_of
from handlers.forms.opening import kept_draft, open_form
from handlers.forms.origin import Origin


async def open_all(request: Request, deps: Deps) -> Reply:
    """The form for every account that waits for the person's scores, as many as fit."""
    request.require(Deed.NOMINATE)
    functions = await functions_of(request, deps)
    waiting = await deps.read(fit_requests.waiting_for, request.workspace_id, request.person.user_id)
    if not waiting:
        return Say(said(deps.words.say("fit.nothing_waits")))
    draft = await kept_draft(request, deps, form.FRAME.callback_id)
    return OpenModal(form_of(waiting, functions, Origin(channel_id=request.channel_id), draft))


async def open_one(request: Request, deps: Deps) -> Reply:
    """The form for one account."""
    request.require(Deed.NOMINATE)
    functions, author = await functions_of(request, deps), request.author
    account = await deps.read(
        fit_requests.one_account, author.workspace_id, author.user_id, request.number, zone=author.zone
    )
    draft = await kept_draft(request, deps, form.FRAME.callback_id)
    origin = Origin(channel_id=request.channel_id, subject=str(account.account_id))
    return OpenModal(form_of((account,), functions, origin, draft))


async def stop(request: Request, deps: Deps) -> Reply:
    """Close the person's open questions."""
    request.require(Deed.NOMINATE)
    count = await deps.write(request, stop_asking, request.author)
    return Say(said(deps.words.say("fit.stopped", count=count)))


async def ask(request: Request, deps: Deps) -> Reply:
    """Ask everybody who can score the account, and show its fit again."""
    request.require(Deed.DECIDE)
    asked = await deps.write(request, ask_for_scores, request.author, request.number)
    note = deps.words.say("fit.asked", asked=asked)
    return Say(await fit(request, deps, request.number, note=note), replace=True)


async def change_list(request: Request, deps: Deps, *, word: ListWord) -> Reply:
    """The form for a change of the list, with the tier proposed; the person gives the reason."""
    request.require(Deed.DECIDE)
    number, _, tier = request.value.partition(" ")
    origin = Origin(account_id=number_in(number), channel_id=request.channel_id, subject=word)
    prefilled = {"tier": str(number_in(tier))} if tier else {}
    return await open_form(request, deps, CHANGE, origin, prefilled=prefilled)
