"""Buttons about evidence: to add some to a claim, to say whose act it is, and which step it shows."""

from dataclasses import replace

from agendas.errors import Outdated
from agendas.facts.account import Stage
from agendas.facts.evidence import EvidenceActor
from agendas.pages.accounts.recorded import read_event, recorded_page
from agendas.rules.access.rights import Deed
from agendas.rules.group.people_named import credited_by
from agendas.verbs.reads.account.recorded import recorded_facts
from agendas.verbs.reads.reviews.facts import account_of_item
from agendas.verbs.updates import evidence
from handlers.command_words import confirmation
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import OTHER_VERSION, Request, number_in
from handlers.evidence.submit import EVIDENCE, PEOPLE
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin


async def add(request: Request, deps: Deps) -> Reply:
    """The form for evidence of a claim on an account's card or receipt."""
    request.require(Deed.RECORD)
    return await open_form(request, deps, EVIDENCE, Origin(account_id=request.number, channel_id=request.channel_id))


async def add_on_agenda(request: Request, deps: Deps) -> Reply:
    """The form for evidence of a claim on an agenda."""
    request.require(Deed.RECORD)
    account_id = await deps.read(account_of_item, request.workspace_id, request.number)
    origin = Origin(account_id=account_id, channel_id=request.channel_id, place=request.place, item_id=request.number)
    return await open_form(request, deps, EVIDENCE, origin)


async def judge(request: Request, deps: Deps, *, actor: EvidenceActor) -> Reply:
    """Record whose act the evidence of an event is."""
    request.require(Deed.RECORD)
    event_id, is_alone = read_event(request.value)
    recorded = await deps.write(request, evidence.judge, request.author, event_id, actor)
    # with the words that were judged: they may name people of whom it is to be asked
    facts = await deps.read(recorded_facts, recorded.event)
    return Say(recorded_page(replace(facts, zone=request.person.time_zone), deps.words), replace=is_alone)


async def credit(request: Request, deps: Deps) -> Reply:
    """Record that the person whom the button names did what an entry's evidence shows, besides who is known to have."""
    request.require(Deed.RECORD)
    told, _, contact_id = request.value.rpartition(" ")
    event_id, is_alone = read_event(told)
    person = (number_in(contact_id),)
    recorded = await deps.write(request, evidence.credit, request.author, event_id, person, beside_known=True)
    return Say(confirmation(request, deps, recorded), replace=is_alone)


async def choose_people(request: Request, deps: Deps) -> Reply:
    """The form that asks who of the account's people did what an entry's evidence shows."""
    request.require(Deed.RECORD)
    account_id, event_id = request.two_numbers
    event = await deps.read(evidence.entry_as_it_stands, request.workspace_id, event_id)
    origin = Origin(account_id=account_id, channel_id=request.channel_id, subject=str(event_id))
    prefilled = {"who": ",".join(map(str, credited_by(event)))}
    return await open_form(request, deps, PEOPLE, origin, prefilled=prefilled)


async def shows_step(request: Request, deps: Deps) -> Reply:
    """Record that the buyer's act shows the step that was claimed when the button was shown."""
    request.require(Deed.RECORD)
    event, _, stage = request.value.rpartition(" ")
    if stage not in set(Stage):
        raise Outdated(OTHER_VERSION)
    event_id, is_alone = read_event(event)
    recorded = await deps.write(request, evidence.say_it_shows_the_step, request.author, event_id, Stage(stage))
    return Say(confirmation(request, deps, recorded), replace=is_alone)
