"""/abm plays and /account ACCOUNT plays: the library, and the plays of an account."""

from agendas.pages.accounts.plays import account_plays_page
from agendas.pages.list.play_library import library_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.loading import play_library
from agendas.verbs.reads.account import plays
from handlers.command_words import read_tier
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request, number_in


async def library(request: Request, deps: Deps, rest: str) -> Reply:
    """The library, or the plays that one tier allows."""
    return Say(await _library(request, deps, tier=read_tier(rest, "/abm plays")))


async def more(request: Request, deps: Deps) -> Reply:
    """Further plays of the library."""
    start, _, written = request.value.partition(" ")
    tier = read_tier(written, "/abm plays")
    return Say(await _library(request, deps, tier=tier, start=number_in(start)))


async def account_plays(request: Request, deps: Deps, account_id: int) -> Page:
    """The plays that run on the account, and the outcomes of the others."""
    zone = request.person.time_zone
    facts = await deps.read(plays.account_plays, request.workspace_id, account_id, now=request.now, zone=zone)
    return account_plays_page(facts, deps.words, can_record=may(request.person, Deed.RECORD))


async def _library(request: Request, deps: Deps, *, tier: int | None, start: int = 0) -> Page:
    known = await deps.read(play_library.library, request.workspace_id)
    return library_page(known, deps.words, tier=tier, can_decide=may(request.person, Deed.DECIDE), start=start)
