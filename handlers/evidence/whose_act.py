"""The question whose act the evidence of entries is: its buttons and its form."""

from dataclasses import dataclass

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.drafts.keep import forget_draft
from agendas.verbs.evidence.answer import answer
from agendas.verbs.letters.queue import confirm_events
from agendas.verbs.reads import whose_act
from handlers.edge.deps import Deps
from handlers.edge.page_views import message_view
from handlers.edge.replies import Close, NextView, OpenModal, Reply, Say
from handlers.edge.request import Request
from handlers.edge.views import Values
from handlers.evidence import whose_act_form as form
from handlers.forms.drafts import draft_name, with_note
from handlers.forms.fields import small
from handlers.forms.form import Form
from handlers.forms.opening import kept_draft
from handlers.forms.origin import Origin, origin_of


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The number of entries left out, the account's name, and its entries that come after the form's."""

    left_out: int
    name: str
    waiting: tuple[EventFacts, ...]


async def open_account(request: Request, deps: Deps) -> Reply:
    """The form for an account's entries of which somebody has still to say whose act they are."""
    request.require(Deed.RECORD)
    account_id = request.number
    name, entries = await deps.read(whose_act.of_account, request.workspace_id, account_id, now=request.now)
    if not entries:
        return Say(said(deps.words.say("whose_act.nothing_open")))
    draft = await kept_draft(request, deps, form.FRAME.callback_id, account_id)
    origin = Origin(account_id=account_id, channel_id=request.channel_id)
    view = form.build(name, entries, origin, _asker(request, draft), deps.words)
    return OpenModal(with_note(view) if draft else view)


async def answered(request: Request, deps: Deps) -> Reply:
    """Record the answers; then show the form for the entries that did not fit into this one, if there are any.

    Entries that were settled or taken back meanwhile are left out, and the person is told how many.
    """
    request.require(Deed.RECORD)
    author, origin = request.author, origin_of(request.view)
    given, last = form.read(request.view), form.last_in(request.view)

    def record(session: Session) -> _Outcome:
        found = answer(session, author, given)
        forget_draft(session, author, draft_name(form.FRAME.callback_id, origin.account_id))
        confirm_events(session, author, found.recorded, channel_id=origin.channel_id, place=origin.place)
        waiting = whose_act.of_account(session, request.workspace_id, origin.account_id, now=request.now, after_id=last)
        return _Outcome(found.left_out, *waiting)

    outcome = await deps.write(request, record)
    note = deps.words.say("whose_act.left_out", count=outcome.left_out) if outcome.left_out else ""
    if outcome.waiting:
        view = form.build(outcome.name, outcome.waiting, origin, _asker(request, {}), deps.words)
        return NextView(view | {"blocks": [small(note), *view["blocks"]]} if note else view)
    return NextView(message_view(said(note))) if note else Close(all_views=True)


def _asker(request: Request, draft: Values) -> form.Asker:
    return form.Asker(request.person.time_zone, request.today, draft)


WHOSE_ACT = Form(form.FRAME, answered)
