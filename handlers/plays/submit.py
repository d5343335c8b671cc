"""Submissions of the forms of plays: of one on an account, or of the library."""

from functools import partial

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.pages.list.play_library import play_saved_page
from agendas.rules.access.rights import Deed
from agendas.rules.plays.library import LibraryPlay
from agendas.verbs.drafts.keep import forget_draft
from agendas.verbs.loading import play_library
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates import own_plays, plays
from handlers.edge.deps import Deps
from handlers.edge.page_views import message_view
from handlers.edge.replies import NextView, Reply, View
from handlers.edge.request import Request
from handlers.forms.drafts import draft_name
from handlers.forms.form import Form
from handlers.forms.origin import Origin, origin_of
from handlers.forms.submitting import submit
from handlers.plays import library_form, run_form
from handlers.plays.buttons import start_view


async def chosen(request: Request, deps: Deps) -> Reply:
    """The form with the steps of the play that was chosen."""
    request.require(Deed.RECORD)
    key, origin = run_form.read_choice(request.view), origin_of(request.view)

    def view(session: Session) -> View:
        return start_view(session, request, origin, play_library.play_of(session, request.workspace_id, key))

    return NextView(await deps.read(view))


async def started(request: Request, deps: Deps) -> Reply:
    """Record that the play starts."""
    request.require(Deed.RECORD)
    wish = run_form.read_start(request.view)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        return [plays.start_play(session, author, origin.account_id, wish)]

    return await submit(request, deps, verb)


async def ended(request: Request, deps: Deps) -> Reply:
    """Record that the play ended."""
    request.require(Deed.RECORD)
    entry = run_form.read_end(request.view, request.now)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        play = plays.end_play(
            session,
            author,
            origin.account_id,
            entry.play_id,
            what=entry.what,
            text=entry.text,
            evidence=entry.evidence,
        )
        return [play]

    return await submit(request, deps, verb)


async def added(request: Request, deps: Deps) -> Reply:
    """Save a play of the workspace's own."""
    request.require(Deed.DECIDE)
    wanted, author = library_form.read(request.view), request.author

    def add(session: Session) -> LibraryPlay:
        forget_draft(session, author, draft_name(library_form.ADD.callback_id))
        return own_plays.add_play(session, author, wanted)

    return NextView(message_view(play_saved_page(await deps.write(request, add), deps.words)))


async def changed(request: Request, deps: Deps) -> Reply:
    """Save a play of the library, changed, retired or brought back."""
    request.require(Deed.DECIDE)
    key = origin_of(request.view).subject
    change = partial(library_form.read_merged, request.view)
    saved = await deps.write(request, own_plays.change_play, request.author, key, change)
    return NextView(message_view(play_saved_page(saved, deps.words)))


CHOOSE = Form(run_form.CHOOSE, chosen)
START = Form(run_form.START, started)
END = Form(run_form.END, ended)
ADD = Form(library_form.ADD, added)
CHANGE = Form(library_form.CHANGE, changed)
