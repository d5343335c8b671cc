"""Submissions of the forms for movement, blockers, next actions, customers' dates and decisions."""

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated, Refused
from agendas.facts.people import Author
from agendas.rendering.mrkdwn import escape
from agendas.rules.access.rights import Deed
from agendas.verbs.record.record import Recorded
from agendas.verbs.reviews.decide import decide
from agendas.verbs.updates import updates, waiting
from agendas.verbs.updates.report import report_actions, report_blockers, report_movement
from handlers.edge.deps import Deps
from handlers.edge.replies import NextView, Nothing, Reply, View
from handlers.edge.request import Request
from handlers.edge.views import values_of
from handlers.forms.form import AccountForm
from handlers.forms.opening import account_facts
from handlers.forms.origin import Origin, origin_of
from handlers.forms.redrawing import fields_of, redrawn
from handlers.forms.submitting import submit
from handlers.updates import blocker_form, decision_form, movement_form, next_action_form, promises, waiting_form


async def movement(request: Request, deps: Deps) -> Reply:
    """Record movement."""
    request.require(Deed.RECORD)
    entry = movement_form.read(request.view, request.now)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        return [report_movement(session, author, origin.account_id, entry)]

    return await submit(request, deps, verb)


async def blockers(request: Request, deps: Deps) -> Reply:
    """Record the state of the open blockers, and a new one."""
    request.require(Deed.RECORD)
    report = blocker_form.read(request.view, request.now)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        return report_blockers(session, author, origin.account_id, report)

    return await submit(request, deps, verb)


async def next_actions(request: Request, deps: Deps) -> Reply:
    """Record the state of the promises, and a new one."""
    request.require(Deed.RECORD)
    try:
        report = next_action_form.read(request.view, request.today)
    except FieldProblems as wrong:
        if set(wrong.fields) <= fields_of(request.view):
            raise
        return NextView(promises.redraw(request.view, values_of(request.view), told=str(wrong)))

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        return report_actions(session, author, origin.account_id, report)

    return await submit(request, deps, verb)


async def customers_date(request: Request, deps: Deps) -> Reply:
    """Record a date that the buyer confirmed."""
    request.require(Deed.RECORD)
    entry = waiting_form.read(request.view, request.now)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        return [waiting.wait(session, author, origin.account_id, entry.wanted, evidence=entry.evidence)]

    return await submit(request, deps, verb)


async def decision(request: Request, deps: Deps) -> Reply:
    """Record a decision, and the change of the list that it means."""
    request.require(Deed.DECIDE)
    account_id = origin_of(request.view).account_id
    account = await deps.read(updates.account_to_update, request.author, account_id)
    try:
        decided = decision_form.read(request.view, account, request.today)
    except FieldProblems as wrong:
        if set(wrong.fields) <= fields_of(request.view):
            raise
        return NextView(await _with_fields_of_decision(request, deps, told=str(wrong)))

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        return decide(session, author, origin.account_id, decided)

    return await submit(request, deps, verb)


async def decision_changed(request: Request, deps: Deps) -> Reply:
    """The form with the fields of the decision chosen."""
    return NextView(await _with_fields_of_decision(request, deps)) if request.view else Nothing()


async def _with_fields_of_decision(request: Request, deps: Deps, *, told: str = "") -> View:
    try:
        facts = await deps.read(account_facts, request, decision_form.FRAME, origin_of(request.view))
        suggested = decision_form.suggestions(facts)
    except (Refused, Outdated):
        # said when the decision is submitted
        suggested = {}
    return redrawn(request.view, decision_form.with_chosen(request.view, suggested), escape(told))


MOVEMENT = AccountForm(movement_form.FRAME, movement, movement_form.build)
BLOCKER = AccountForm(blocker_form.FRAME, blockers, blocker_form.build)
NEXT_ACTION = AccountForm(next_action_form.FRAME, next_actions, next_action_form.build)
WAITING = AccountForm(waiting_form.FRAME, customers_date, waiting_form.build)
DECISION = AccountForm(decision_form.FRAME, decision, decision_form.build)
