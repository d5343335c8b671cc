"""What happens when the form of scores is submitted."""

from dataclasses import dataclass

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.account import Function
from agendas.facts.fit import WaitingAccount
from agendas.rendering.mrkdwn import escape
from agendas.rendering.notice import notice
from agendas.rules.access.rights import Deed
from agendas.verbs.fit.score import score
from agendas.verbs.letters.queue import confirm
from agendas.verbs.reads import fit_requests
from handlers.deps import Deps
from handlers.fit import DRAFT, form_of, function_of, told_above
from handlers.modals import fit
from handlers.modals.fields import Origin, Values, origin_of
from handlers.modals.message import message_view
from handlers.replies import Close, NextView, Reply
from handlers.request import Request
from storage import forms


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Sentences about accounts that were decided meanwhile, the accounts that still wait, and what is typed of them."""

    refused: tuple[str, ...]
    waiting: tuple[WaitingAccount, ...]
    draft: Values


async def fit_form(request: Request, deps: Deps) -> Reply:
    """The scores recorded; then the form for the accounts that did not fit into this one, if there are any.

    A score whose fields were emptied is withdrawn. An account that left the list meanwhile is told of, and the others
    are recorded; when all of them did, nothing is.
    """
    request.require(Deed.NOMINATE)
    function = function_of(request)
    entered = fit.read(request.view, function)
    outcome = await deps.write(request, _record, request, function, entered)
    told = " ".join(outcome.refused)
    if outcome.waiting:
        origin = Origin(channel_id=origin_of(request.view).channel_id)
        view = form_of(outcome.waiting, function, origin, outcome.draft)
        return NextView(told_above(view, escape(told)) if told else view)
    return NextView(message_view(notice(f"{told} The other scores are recorded."))) if told else Close(all_views=True)


def _record(session: Session, request: Request, function: Function, entered: dict[int, fit.Entered]) -> _Outcome:
    author, origin = request.author, origin_of(request.view)
    refused: list[str] = []
    recorded = []
    for account_id, given in entered.items():
        try:
            account = fit_requests.one_account(
                session, author.workspace_id, author.user_id, account_id, zone=author.zone
            )
            cleared = given.cleared & {each.criterion for each in account.scores}
            if given.scores or cleared:
                recorded.append(
                    score(session, author, account_id, function=function, scores=given.scores, cleared=cleared)
                )
        except Refused as error:
            refused += [str(error)] if given.scores else []
    if not recorded:
        raise Refused(" ".join(refused)) if refused else fit.nothing_scored(request.view)
    draft = _forget(session, request, fit.accounts_in(request.view))
    confirm(session, author, [each for each in recorded if each], channel_id=origin.channel_id, place=origin.place)
    waiting: tuple[WaitingAccount, ...] = ()
    if not origin.subject:
        waiting = fit_requests.waiting_for(session, author.workspace_id, author.user_id, after=origin.item_id)
    return _Outcome(tuple(refused), waiting, draft)


def _forget(session: Session, request: Request, account_ids: set[int]) -> Values:
    """What is left of the draft without what was typed about these accounts."""
    place = (request.workspace_id, request.person.user_id, DRAFT)
    had = forms.draft(session, *place)
    left = {name: value for name, value in had.items() if name.split("/")[1] not in set(map(str, account_ids))}
    if left:
        forms.keep_draft(session, *place, values=left, now=request.now)
    elif had:
        forms.forget_draft(session, *place)
    return left
