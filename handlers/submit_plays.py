"""What happens when a form of plays is submitted: of one on an account, or of the library."""

from functools import partial

from sqlmodel import Session

from agendas.pages.list.play_library import play_saved_page
from agendas.rules.access.rights import Deed
from agendas.rules.plays.library import LibraryPlay
from agendas.verbs.reads import play_library
from agendas.verbs.updates import own_plays, plays
from handlers.commands.plays import start_view
from handlers.deps import Deps
from handlers.modals import own_play, play
from handlers.modals.fields import origin_of
from handlers.modals.message import message_view
from handlers.open_forms import draft_name
from handlers.replies import NextView, Reply, View
from handlers.request import Request
from handlers.submit_account import submit
from storage import forms


async def choose_play_form(request: Request, deps: Deps) -> Reply:
    """A play was chosen: the form with its steps comes in its place."""
    request.require(Deed.RECORD)
    key, origin = play.read_choice(request.view), origin_of(request.view)

    def view(session: Session) -> View:
        return start_view(session, request, origin, play_library.play_of(session, request.workspace_id, key))

    return NextView(await deps.read(view))


async def start_play_form(request: Request, deps: Deps) -> Reply:
    """The play starts."""
    request.require(Deed.RECORD)
    wish = play.read_start(request.view)
    return await submit(
        request, deps, lambda session, at: plays.start_play(session, request.author, at.account_id, wish)
    )


async def end_play_form(request: Request, deps: Deps) -> Reply:
    """The play ended."""
    request.require(Deed.RECORD)
    entry = play.read_end(request.view, request.now)
    return await submit(
        request,
        deps,
        lambda session, at: plays.end_play(
            session,
            request.author,
            at.account_id,
            entry.play_id,
            what=entry.what,
            text=entry.text,
            evidence=entry.evidence,
        ),
    )


async def add_play_form(request: Request, deps: Deps) -> Reply:
    """A play of the workspace's own."""
    request.require(Deed.DECIDE)
    wanted = own_play.read(request.view)

    def add(session: Session) -> LibraryPlay:
        author, name = request.author, draft_name(request.word, 0)
        forms.forget_draft(session, author.workspace_id, author.user_id, name)
        return own_plays.add_play(session, author, wanted)

    return NextView(message_view(play_saved_page(await deps.write(request, add), deps.words)))


async def change_play_form(request: Request, deps: Deps) -> Reply:
    """A play of the library, changed, retired or brought back."""
    request.require(Deed.DECIDE)
    key = origin_of(request.view).subject
    changed = partial(own_play.read_over, request.view)
    saved = await deps.write(request, own_plays.change_play, request.author, key, changed)
    return NextView(message_view(play_saved_page(saved, deps.words)))
