"""The two answers to the question about a repeat."""

from dataclasses import replace

from sqlmodel import Session

from agendas.pages.accounts.recorded import RecordedFacts, recorded_page
from agendas.pages.accounts.recorded_already import read_what
from agendas.pages.accounts.signals import signal_noted_page
from agendas.rules.access.rights import Deed
from agendas.verbs.letters.unanswered import note_shown
from agendas.verbs.reads.account.recorded import get_event, recorded_facts
from agendas.verbs.updates.signals import noted
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, RunCommand, Say
from handlers.edge.request import Request


async def again(request: Request, _deps: Deps) -> Reply:
    """The command that the button carries, recorded a second time."""
    command, _, text = request.value.partition(" ")
    return RunCommand(command, text, key=request.question_key, is_repeat=True)


async def one(request: Request, deps: Deps) -> Reply:
    """The receipt of the entry that is there, with Undo, in the place of the question."""
    request.require(Deed.RECORD)
    kind, number = read_what(request.value)

    if kind == "signal":
        await deps.write(request, note_shown, request.author, signal_id=number)
        found = await deps.read(noted, request.workspace_id, number)
        return Say(signal_noted_page(found, deps.words), replace=True)
    await deps.write(request, note_shown, request.author, event_id=number)
    facts = await deps.read(_entry, request.workspace_id, number)
    facts = replace(facts, zone=request.person.time_zone)
    return Say(recorded_page(facts, deps.words), replace=True)


def _entry(session: Session, workspace_id: str, event_id: int) -> RecordedFacts:
    return recorded_facts(session, get_event(session, workspace_id, event_id))
