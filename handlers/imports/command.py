"""/abm import, and the buttons of a file that was read."""

from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.imports import jobs
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply, Say
from handlers.edge.request import Request
from handlers.forms.origin import Origin
from handlers.imports import form


async def import_file(request: Request, _deps: Deps, _rest: str) -> Reply:
    """The form to give a file."""
    request.require(Deed.ADMINISTER)
    return OpenModal(form.build(Origin(channel_id=request.channel_id)))


async def answer(request: Request, deps: Deps) -> Reply:
    """The form with the questions about the file."""
    request.require(Deed.ADMINISTER)
    number, step = request.two_numbers
    name, asked = await deps.read(jobs.questions_about, request.author, number, step)
    return OpenModal(form.build_answers(request.value, name, asked))


async def apply(request: Request, deps: Deps) -> Reply:
    """Have the file written in a moment; the message then has no button any more."""
    request.require(Deed.ADMINISTER)
    number, step = request.two_numbers
    name = await deps.write(request, jobs.confirm, request.author, number, step)
    deps.begin_imports()
    return Say(said(deps.words.say("imports.applying", name=name)), replace=True)
