"""Plays: the library, those of an account, and the buttons and words that start, end, add and change them."""

from sqlmodel import Session

from agendas.pages.accounts.plays import account_plays_page
from agendas.pages.list.play_library import library_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.rules.plays.library import LibraryPlay
from agendas.rules.plays.running import play_called, refuse_start, startable
from agendas.verbs.reads import play_library
from agendas.verbs.reads.account import plays
from agendas.verbs.updates import plays as run_plays
from agendas.verbs.updates.updates import open_account
from handlers.commands.words import read_tier
from handlers.deps import Deps
from handlers.modals import own_play, play
from handlers.modals.fields import Origin
from handlers.open_forms import draft_name, today_of, with_note
from handlers.replies import OpenModal, Reply, Say, View
from handlers.request import Request, number_in
from storage import forms


async def library(request: Request, deps: Deps, rest: str) -> Reply:
    """The library, or what one tier allows."""
    return Say(await _library(request, deps, tier=read_tier(rest, "/abm plays")))


async def more(request: Request, deps: Deps) -> Reply:
    """Further plays of the library."""
    start, _, tier = request.value.partition(" ")
    return Say(await _library(request, deps, tier=number_in(tier) if tier else None, start=number_in(start)))


async def account_plays(request: Request, deps: Deps, account_id: int) -> Page:
    """The plays that run on the account, and what became of the others."""
    facts = await deps.read(
        plays.account_plays, request.workspace_id, account_id, now=request.now, zone=request.person.time_zone
    )
    return account_plays_page(facts, deps.words, can_record=may(request.person, Deed.RECORD))


async def start(request: Request, deps: Deps, account_id: int, rest: str) -> Reply:
    """The form to start the play that the words name; the choice of one without words."""
    request.require(Deed.RECORD)
    return OpenModal(await deps.read(_start_form, request, account_id, name=rest.strip()))


async def start_button(request: Request, deps: Deps) -> Reply:
    """The choice of a play to start."""
    request.require(Deed.RECORD)
    return OpenModal(await deps.read(_start_form, request, request.number))


async def end_button(request: Request, deps: Deps) -> Reply:
    """The form that asks how the play ended."""
    request.require(Deed.RECORD)
    account_id, play_id = request.two_numbers
    return OpenModal(await deps.read(_end_form, request, account_id, play_id))


async def add_button(request: Request, deps: Deps) -> Reply:
    """The form for a play of one's own."""
    request.require(Deed.DECIDE)
    name = draft_name(own_play.ADD.callback_id, 0)
    draft = await deps.read(forms.draft, request.workspace_id, request.person.user_id, name)
    view = own_play.build_add(Origin(channel_id=request.channel_id), draft)
    return OpenModal(with_note(view) if draft else view)


async def change_button(request: Request, deps: Deps) -> Reply:
    """The form with a play of the library."""
    request.require(Deed.DECIDE)
    entry = await deps.read(play_library.play_of, request.workspace_id, request.value)
    return OpenModal(own_play.build_change(entry, Origin(channel_id=request.channel_id)))


def start_view(session: Session, request: Request, origin: Origin, entry: LibraryPlay) -> View:
    """The form to start this play on the account. Raises Refused when it may not start there."""
    state = open_account(session, request.author, origin.account_id)
    refuse_start(entry, state, play_library.library(session, request.workspace_id))
    draft = _draft(session, request, play.START.callback_id, origin.account_id)
    return play.build_start(state, entry.play, origin, draft, asker=request.person.user_id, today=today_of(request))


def _start_form(session: Session, request: Request, account_id: int, *, name: str = "") -> View:
    state, known = (
        open_account(session, request.author, account_id),
        play_library.library(session, request.workspace_id),
    )
    origin = Origin(account_id=account_id, channel_id=request.channel_id)
    if name:
        return start_view(session, request, origin, play_called(name, state, known))
    return play.build_choice(state, origin, startable(state, known))


def _end_form(session: Session, request: Request, account_id: int, play_id: int) -> View:
    run = run_plays.running_play(session, request.author, account_id, play_id)
    draft = _draft(session, request, play.END.callback_id, account_id)
    state = open_account(session, request.author, account_id)
    return play.build_end(state, run, Origin(channel_id=request.channel_id), draft)


def _draft(session: Session, request: Request, callback_id: str, account_id: int) -> dict[str, str]:
    return forms.draft(session, request.workspace_id, request.person.user_id, draft_name(callback_id, account_id))


async def _library(request: Request, deps: Deps, *, tier: int | None, start: int = 0) -> Page:
    known = await deps.read(play_library.library, request.workspace_id)
    return library_page(known, deps.words, tier=tier, can_decide=may(request.person, Deed.DECIDE), start=start)
