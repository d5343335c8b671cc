"""Submission of the form of scores."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.fit import WaitingAccount
from agendas.facts.people import Function
from agendas.rendering.mrkdwn import escape
from agendas.rendering.notice import notice
from agendas.rules.access.rights import Deed
from agendas.verbs.drafts.keep import forget_fields
from agendas.verbs.fit.record_scores import record_scores
from agendas.verbs.letters.queue import confirm
from agendas.verbs.reads import fit_requests
from agendas.verbs.reads.people import functions_to_score
from handlers.edge.deps import Deps
from handlers.edge.page_views import message_view
from handlers.edge.replies import Close, NextView, Reply, View
from handlers.edge.request import Request
from handlers.edge.views import Values
from handlers.fit import form
from handlers.forms.drafts import draft_name, with_note
from handlers.forms.fields import small
from handlers.forms.form import Form
from handlers.forms.origin import Origin, origin_of

NO_FUNCTION = (
    "You have no function, so no score is asked of you. An admin gives you one with /abm people @you FUNCTION RIGHT."
)
DRAFT = draft_name(form.FRAME.callback_id)
"""One draft for all accounts: its fields carry their ids."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Sentences about accounts refused, the accounts that still wait, and what is typed of them."""

    refused: tuple[str, ...]
    waiting: tuple[WaitingAccount, ...]
    draft: Values


async def scored(request: Request, deps: Deps) -> Reply:
    """Record the scores; then show the form for the accounts that did not fit into this one, if there are any.

    A score whose fields were emptied is withdrawn. An account that left the list meanwhile is refused in a sentence,
    and the others are recorded; when all of them left it, nothing is.
    """
    request.require(Deed.NOMINATE)
    functions = await functions_of(request, deps)
    outcome = await deps.write(request, _recording(request, functions))
    told = " ".join(outcome.refused)
    if outcome.waiting:
        origin = Origin(channel_id=origin_of(request.view).channel_id)
        view = form_of(outcome.waiting, functions, origin, outcome.draft)
        return NextView(_told_above(view, escape(told)) if told else view)
    return NextView(message_view(notice(f"{told} The other scores are recorded."))) if told else Close(all_views=True)


async def functions_of(request: Request, deps: Deps) -> tuple[Function, ...]:
    """The functions for which the person scores: their own, and those they stand in for. Raises Refused for none."""
    person, workspace_id = request.person, request.workspace_id
    functions = await deps.read(functions_to_score, workspace_id, person, now=request.now)
    if not functions:
        raise Refused(NO_FUNCTION)
    return functions


def form_of(accounts: tuple[WaitingAccount, ...], functions: Sequence[Function], origin: Origin, draft: Values) -> View:
    """The form for as many of these accounts as it holds; its origin has the request after which the next goes on."""
    shown = accounts[: form.fits_into(functions)]
    view = form.build(shown, functions, replace(origin, item_id=shown[-1].request_id), draft)
    fields = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    return with_note(view) if fields & draft.keys() else view


def _recording(request: Request, functions: Sequence[Function]) -> Callable[[Session], _Outcome]:
    """A verb that records the scores, forgets their draft, confirms them, and finds what waits."""
    author, view, origin = request.author, request.view, origin_of(request.view)
    entered, done = form.read(view, functions), {str(account_id) for account_id in form.accounts_in(view)}
    if_nothing = form.nothing_scored(view)

    def record(session: Session) -> _Outcome:
        given = record_scores(session, author, functions, entered, if_nothing=if_nothing)
        draft = forget_fields(session, author, DRAFT, lambda name: name.split("/")[1] in done)
        confirm(session, author, given.recorded, channel_id=origin.channel_id, place=origin.place)
        waiting: tuple[WaitingAccount, ...] = ()
        if not origin.subject:
            waiting = fit_requests.waiting_for(session, author.workspace_id, author.user_id, after=origin.item_id)
        return _Outcome(given.refused, waiting, draft)

    return record


def _told_above(view: View, mrkdwn: str) -> View:
    """The form with a line above its fields."""
    return view | {"blocks": [small(mrkdwn), *view["blocks"]]}


FORM = Form(form.FRAME, scored)
