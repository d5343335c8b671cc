"""Submissions of the forms of an import."""

from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.imports import jobs
from handlers.edge.deps import Deps
from handlers.edge.page_views import message_view
from handlers.edge.replies import NextView, Reply
from handlers.edge.request import Request
from handlers.forms.form import Form
from handlers.imports import form


async def given(request: Request, deps: Deps) -> Reply:
    """Have the file read in a moment; a preview of its rows is sent then."""
    request.require(Deed.ADMINISTER)
    file = form.read(request.view)
    row = await deps.write(
        request, jobs.ask_for, request.author, what=file.what, file_id=file.file_id, file_name=file.name
    )
    deps.begin_imports()
    return NextView(message_view(said(deps.words.say("imports.taken", name=row.file_name))))


async def answered(request: Request, deps: Deps) -> Reply:
    """Have the file read again with the answers."""
    request.require(Deed.ADMINISTER)
    return await _read_again(request, deps)


async def reasons_given(request: Request, deps: Deps) -> Reply:
    """Have the accounts that were typed shown again with tier and reasons."""
    request.require(Deed.DECIDE)
    return await _read_again(request, deps)


async def _read_again(request: Request, deps: Deps) -> Reply:
    mark = form.mark_of(request.view)
    _, asked = await deps.read(jobs.questions_about, request.author, *mark)
    answers = form.read_answers(request.view, asked)
    name = await deps.write(
        request,
        jobs.answer,
        request.author,
        answers.mark,
        dates=answers.dates,
        currency=answers.currency,
        stages=answers.stages,
        companies=answers.companies,
        further=answers.further,
        crm=answers.crm,
        what=answers.what,
        naming=answers.naming,
    )
    deps.begin_imports()
    return NextView(message_view(said(deps.words.say("imports.read_again", name=name))))


GIVE = Form(form.GIVE, given)
ANSWER = Form(form.ANSWER, answered)
REASONS = Form(form.REASONS, reasons_given)
