"""/abm import, the buttons of its form, and those of a file that was read or imported."""

from agendas.errors import Outdated
from agendas.pages.imports.past import past_page
from agendas.rendering.notice import said
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed
from agendas.rules.imports.templates import TEMPLATE_KINDS, template, template_name
from agendas.verbs.imports import jobs, past
from handlers.edge.deps import Deps, File
from handlers.edge.page_views import message_view
from handlers.edge.replies import NextView, OpenModal, Reply, Say
from handlers.edge.request import OTHER_VERSION, Request
from handlers.forms.origin import Origin, origin_of
from handlers.imports import form

HISTORY = "history"


async def import_file(request: Request, deps: Deps, rest: str) -> Reply:
    """The form to give a file; `/abm import history` shows the past imports."""
    request.require(Deed.ADMINISTER)
    if rest.strip().casefold() == HISTORY:
        return Say(await _past_page(request, deps))
    return OpenModal(form.build(Origin(channel_id=request.channel_id)))


async def send_template(request: Request, deps: Deps) -> Reply:
    """Send the empty file of a kind to the person; the form stays."""
    request.require(Deed.ADMINISTER)
    if request.value not in TEMPLATE_KINDS:
        raise Outdated(OTHER_VERSION)
    name = template_name(request.value)
    # only noted as taken: nothing of ours changes, and a click delivered twice would send two files
    await deps.write(request, lambda _session: None)
    await deps.send_file(request.workspace_id, request.person.user_id, File(name, template(request.value)))
    told = deps.words.say("imports.template_sent", name=name)
    return NextView(form.build(origin_of(request.view), told), is_guarded=False) if request.view else Say(said(told))


async def show_past(request: Request, deps: Deps) -> Reply:
    """The past imports, above the form or below the message."""
    request.require(Deed.ADMINISTER)
    page = await _past_page(request, deps)
    return OpenModal(message_view(page)) if request.incoming.in_modal else Say(page)


async def undo(request: Request, deps: Deps) -> Reply:
    """Have an import undone in a moment; the outcome is sent then."""
    request.require(Deed.ADMINISTER)
    name = await deps.write(request, past.ask_undo, request.author, request.number)
    deps.begin_imports()
    told = deps.words.say("imports.undoing", name=name)
    return Say(await _past_page(request, deps, told) if request.incoming.on_page else said(told))


async def _past_page(request: Request, deps: Deps, told: str = "") -> Page:
    found = await deps.read(past.past_imports, request.workspace_id)
    return past_page(found, deps.words, zone=request.person.time_zone, now=request.now, told=told)


async def undo_naming(request: Request, deps: Deps) -> Reply:
    """Have the naming of several accounts in words undone."""
    request.require(Deed.DECIDE)
    name = await deps.write(request, past.ask_undo, request.author, request.number, what=jobs.TYPED)
    deps.begin_imports()
    return Say(said(deps.words.say("imports.undoing", name=name)))


async def name_typed(request: Request, deps: Deps) -> Reply:
    """Have the accounts that were typed named in a moment."""
    request.require(Deed.DECIDE)
    number, step = request.two_numbers
    await deps.write(request, jobs.confirm, request.author, number, step, names_accounts=True)
    deps.begin_imports()
    return Say(said(deps.words.say("imports.naming_of")), replace=True)


async def reasons_of_typed(request: Request, deps: Deps) -> Reply:
    """The form with the tier and the reasons of the accounts that were typed."""
    request.require(Deed.DECIDE)
    number, step = request.two_numbers
    name, asked = await deps.read(jobs.questions_about, request.author, number, step)
    return OpenModal(form.build_answers(request.value, name, asked, frame=form.REASONS))


async def answer(request: Request, deps: Deps) -> Reply:
    """The form with the questions about the file."""
    request.require(Deed.ADMINISTER)
    number, step = request.two_numbers
    name, asked = await deps.read(jobs.questions_about, request.author, number, step)
    return OpenModal(form.build_answers(request.value, name, asked))


async def apply(request: Request, deps: Deps, *, names_accounts: bool = False) -> Reply:
    """Have the file written in a moment, and its accounts named; the message then has no button any more."""
    request.require(Deed.ADMINISTER)
    number, step = request.two_numbers
    name = await deps.write(request, jobs.confirm, request.author, number, step, names_accounts=names_accounts)
    deps.begin_imports()
    return Say(said(deps.words.say("imports.applying", name=name)), replace=True)
