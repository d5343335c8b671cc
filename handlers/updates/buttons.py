"""Buttons of agendas and cards that record or open a form, and Undo."""

from sqlmodel import Session

from agendas.facts.reviews.review import AgendaItem
from agendas.pages.accounts.recorded import RecordedFacts, read_event, too_late_page, undone_page
from agendas.pages.reviews.sections.decision import question_said
from agendas.rules.access.rights import Deed
from agendas.rules.reviews.fitting_decision import fitting_decision
from agendas.rules.reviews.question.asked import asked
from agendas.verbs.letters.queue import confirm
from agendas.verbs.reads import accounts
from agendas.verbs.reads.reviews.facts import account_of_item, review_item
from agendas.verbs.undo.undo import TooLate, take_back
from agendas.verbs.updates import updates
from handlers.edge.deps import Deps
from handlers.edge.replies import Nothing, Reply, Say
from handlers.edge.request import Request
from handlers.forms.form import AccountForm
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin
from handlers.updates.decision_form import QUESTION
from handlers.updates.submit import DECISION


async def agenda_form(request: Request, deps: Deps, *, form: AccountForm, deed: Deed) -> Reply:
    """The form of an agenda's button, about the account of its review item."""
    request.require(deed)
    account_id = await deps.read(account_of_item, request.workspace_id, request.number)
    origin = Origin(account_id=account_id, channel_id=request.channel_id, place=request.place, item_id=request.number)
    return await open_form(request, deps, form, origin)


async def decide(request: Request, deps: Deps) -> Reply:
    """The form of a decision, with the one that fits filled in."""
    request.require(Deed.DECIDE)
    account_id = await deps.read(account_of_item, request.workspace_id, request.number)
    zone = request.person.time_zone
    fits = fitting_decision(
        await deps.read(accounts.placed, request.workspace_id, account_id, now=request.now, zone=zone)
    )
    origin = Origin(account_id=account_id, channel_id=request.channel_id, place=request.place, item_id=request.number)
    item = await deps.read(review_item, request.workspace_id, request.number, now=request.now)
    prefilled = {
        "decision": fits.kind.value,
        "tier": str(fits.tier or ""),
        QUESTION: _question_of(item, deps),
    }
    return await open_form(request, deps, DECISION, origin, prefilled=prefilled)


def _question_of(item: AgendaItem, deps: Deps) -> str:
    """The question that the agenda asks as mrkdwn, '' for none."""
    question = asked(item)
    return deps.words.say("question.in_form", said=question_said(question, item, deps.words)) if question else ""


async def account_form(request: Request, deps: Deps, *, form: AccountForm) -> Reply:
    """The form of a card's button."""
    request.require(Deed.RECORD)
    return await open_form(request, deps, form, Origin(account_id=request.number, channel_id=request.channel_id))


async def no_change(request: Request, deps: Deps) -> Reply:
    """Record with one tap that nothing moved; saying it twice in a row changes nothing."""
    request.require(Deed.RECORD)

    def say_so(session: Session) -> None:
        account_id = account_of_item(session, request.workspace_id, request.number)
        recorded = updates.say_nothing_moved(session, request.author, account_id)
        confirm(session, request.author, [recorded], channel_id=request.channel_id, place=request.place)

    await deps.write(request, say_so)
    return Nothing()


async def undo(request: Request, deps: Deps) -> Reply:
    """Take the event back; where it was the only one, the message says so in its place.

    Open to everybody who may record anything at all, such as scores: only the author of an event can take it back.
    """
    request.require(Deed.NOMINATE)
    event_id, is_alone = read_event(request.value)
    try:
        recorded = await deps.write(request, take_back, request.author, event_id)
    except TooLate as late:
        return Say(too_late_page(str(late), late.account_id, late.event_id, deps.words))
    facts = RecordedFacts(recorded.event, recorded.before, recorded.after)
    return Say(undone_page(facts, deps.words), replace=is_alone)
