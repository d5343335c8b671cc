"""/move, /blocker and /next: updates in words; without words, the form."""

from agendas.errors import FieldProblems, NothingShows
from agendas.rules.access.rights import Deed
from agendas.rules.commands.updates import read_blocker, read_move, read_next
from agendas.rules.commands.waiting import WaitWords, read_waiting
from agendas.verbs.updates import typed
from agendas.verbs.updates.waiting import wait
from handlers.command_words import confirmation, split_account
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply, Say
from handlers.edge.request import Request
from handlers.evidence.submit import EVIDENCE
from handlers.forms import choose_account
from handlers.forms.form import AccountForm
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin
from handlers.updates import submit, waiting_form


async def move(request: Request, deps: Deps) -> Reply:
    """Movement, that nothing moved, or a date that the account waits for."""
    account_id, rest = await _account_and_words(request, deps)
    if not rest:
        return await _form(request, deps, submit.MOVEMENT, account_id)
    waiting = read_waiting(rest, request.today, request.now)
    if waiting is not None:
        return await _wait(request, deps, account_id, waiting)
    words = read_move(rest, request.now)
    try:
        return Say(confirmation(await deps.write(request, typed.move, request.author, account_id, words), deps))
    except NothingShows:
        # asked for in the form, which keeps what was typed
        origin = Origin(account_id=account_id, channel_id=request.channel_id)
        return await open_form(request, deps, EVIDENCE, origin, prefilled={"evidence": words.text})


async def blocker(request: Request, deps: Deps) -> Reply:
    """A blocker, or that one is resolved."""
    account_id, rest = await _account_and_words(request, deps)
    if not rest:
        return await _form(request, deps, submit.BLOCKER, account_id)
    words = read_blocker(rest, request.now)
    return Say(confirmation(await deps.write(request, typed.blocker, request.author, account_id, words), deps))


async def next_action(request: Request, deps: Deps) -> Reply:
    """A next action; its owner is the asker and its date the next review's, unless said."""
    account_id, rest = await _account_and_words(request, deps)
    if not rest:
        return await _form(request, deps, submit.NEXT_ACTION, account_id)
    recorded = await deps.write(
        request,
        typed.next_action,
        request.author,
        account_id,
        read_next(rest, request.today, request.now),
        channel_id=request.channel_id,
        today=request.today,
    )
    return Say(confirmation(recorded, deps))


async def _wait(request: Request, deps: Deps, account_id: int, words: WaitWords) -> Reply:
    """Record the date; where the words do not do, open the form with them in it and the reason."""
    wanted, evidence = words.wanted, words.evidence
    try:
        recorded = await deps.write(request, wait, request.author, account_id, wanted, evidence=evidence)
        return Say(confirmation(recorded, deps))
    except FieldProblems as wrong:
        problems = wrong.fields
    origin = Origin(account_id=account_id, channel_id=request.channel_id, text=wanted.text)
    prefilled = {
        waiting_form.PROBLEM: " ".join(problems.values()),
        "until": "" if "until" in problems else wanted.until.isoformat(),
        "evidence": "\n".join(each.url for each in evidence),
    }
    return await open_form(request, deps, submit.WAITING, origin, prefilled=prefilled)


async def _account_and_words(request: Request, deps: Deps) -> tuple[int, str]:
    """The account that the text begins with, 0 without text, and the rest of it."""
    request.require(Deed.RECORD)
    return await split_account(request, deps, request.text) if request.text else (0, "")


async def _form(request: Request, deps: Deps, form: AccountForm, account_id: int) -> Reply:
    """The form about the account; without one, the form that asks for it first."""
    origin = Origin(account_id=account_id, channel_id=request.channel_id)
    if not account_id:
        return OpenModal(choose_account.build(origin, kind=form.frame.callback_id))
    return await open_form(request, deps, form, origin)
