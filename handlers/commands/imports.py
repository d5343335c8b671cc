"""/abm import: a CSV file given in a form, shown as what it would do, and written once it is confirmed."""

from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.imports import jobs
from handlers.deps import Deps
from handlers.modals import import_file as forms
from handlers.modals.fields import Origin
from handlers.modals.message import message_view
from handlers.replies import NextView, OpenModal, Reply, Say
from handlers.request import Request


async def import_file(request: Request, _deps: Deps, _rest: str) -> Reply:
    """The form to give a file."""
    request.require(Deed.ADMINISTER)
    return OpenModal(forms.build(Origin(channel_id=request.channel_id)))


async def file_given(request: Request, deps: Deps) -> Reply:
    """The file is read in a moment, and what it would do is sent."""
    request.require(Deed.ADMINISTER)
    given = forms.read(request.view)
    row = await deps.write(
        request, jobs.ask_for, request.author, what=given.what, file_id=given.file_id, file_name=given.name
    )
    deps.begin_imports()
    return NextView(message_view(said(deps.words.say("imports.taken", name=row.file_name))))


async def answer_button(request: Request, deps: Deps) -> Reply:
    """The form with what is asked about the file."""
    request.require(Deed.ADMINISTER)
    number, step = request.two_numbers
    name, asked = await deps.read(jobs.questions_about, request.author, number, step)
    return OpenModal(forms.build_answers(request.value, name, asked))


async def answers_given(request: Request, deps: Deps) -> Reply:
    """The file is read again with the answers."""
    request.require(Deed.ADMINISTER)
    mark = forms.mark_of(request.view)
    _, asked = await deps.read(jobs.questions_about, request.author, *mark)
    answers = forms.read_answers(request.view, asked)
    name = await deps.write(
        request,
        jobs.answer,
        request.author,
        answers.mark,
        dates=answers.dates,
        currency=answers.currency,
        stages=answers.stages,
    )
    deps.begin_imports()
    return NextView(message_view(said(deps.words.say("imports.read_again", name=name))))


async def apply_button(request: Request, deps: Deps) -> Reply:
    """The file is written in a moment; the message then has no button any more."""
    request.require(Deed.ADMINISTER)
    number, step = request.two_numbers
    name = await deps.write(request, jobs.confirm, request.author, number, step)
    deps.begin_imports()
    return Say(said(deps.words.say("imports.applying", name=name)), replace=True)
