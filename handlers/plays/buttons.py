"""Buttons and words that open the forms of plays."""

from sqlmodel import Session

from agendas.rules.access.rights import Deed
from agendas.rules.plays.library import LibraryPlay
from agendas.rules.plays.running import play_called, refuse_start, startable
from agendas.verbs.drafts.keep import draft_of
from agendas.verbs.loading import play_library
from agendas.verbs.updates import plays
from agendas.verbs.updates.evidence import sides_of
from agendas.verbs.updates.updates import account_to_update
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply, View
from handlers.edge.request import Request
from handlers.edge.views import Values
from handlers.forms.drafts import draft_name, with_note
from handlers.forms.opening import kept_draft
from handlers.forms.origin import Origin
from handlers.plays import library_form, run_form


async def start_by_words(request: Request, deps: Deps, account_id: int, rest: str) -> Reply:
    """The form to start the play that the words name; the choice of one without words."""
    request.require(Deed.RECORD)
    return OpenModal(await deps.read(_start_form, request, account_id, name=rest.strip()))


async def start(request: Request, deps: Deps) -> Reply:
    """The choice of a play to start."""
    request.require(Deed.RECORD)
    return OpenModal(await deps.read(_start_form, request, request.number))


async def end(request: Request, deps: Deps) -> Reply:
    """The form that asks how the play ended."""
    request.require(Deed.RECORD)
    account_id, play_id = request.two_numbers
    return OpenModal(await deps.read(_end_form, request, account_id, play_id))


async def add(request: Request, deps: Deps) -> Reply:
    """The form for a play of one's own."""
    request.require(Deed.DECIDE)
    draft = await kept_draft(request, deps, library_form.ADD.callback_id)
    view = library_form.build_add(Origin(channel_id=request.channel_id), draft)
    return OpenModal(with_note(view) if draft else view)


async def change(request: Request, deps: Deps) -> Reply:
    """The form with a play of the library."""
    request.require(Deed.DECIDE)
    entry = await deps.read(play_library.play_of, request.workspace_id, request.value)
    return OpenModal(library_form.build_change(entry, Origin(channel_id=request.channel_id)))


def start_view(session: Session, request: Request, origin: Origin, entry: LibraryPlay) -> View:
    """The form to start this play on the account. Raises Refused when it may not start there."""
    state = account_to_update(session, request.author, origin.account_id)
    refuse_start(entry, state, play_library.library(session, request.workspace_id))
    draft = _draft(session, request, run_form.START.callback_id, origin.account_id)
    return run_form.build_start(state, entry.play, origin, draft, asker=request.person.user_id, today=request.today)


def _start_form(session: Session, request: Request, account_id: int, *, name: str = "") -> View:
    state, known = (
        account_to_update(session, request.author, account_id),
        play_library.library(session, request.workspace_id),
    )
    origin = Origin(account_id=account_id, channel_id=request.channel_id)
    if name:
        return start_view(session, request, origin, play_called(name, state, known))
    return run_form.build_choice(state, origin, startable(state, known))


def _end_form(session: Session, request: Request, account_id: int, play_id: int) -> View:
    state = account_to_update(session, request.author, account_id)
    run = plays.running_play(state, play_id)
    draft = _draft(session, request, run_form.END.callback_id, account_id)
    sides = sides_of(session, request.workspace_id, state)
    return run_form.build_end(state, run, Origin(channel_id=request.channel_id), draft, sides=sides)


def _draft(session: Session, request: Request, callback_id: str, account_id: int) -> Values:
    return draft_of(session, request.workspace_id, request.person.user_id, draft_name(callback_id, account_id))
