"""/abm: the program - its menu, list, people and help - and every other command behind one word."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from time import perf_counter

from sqlmodel import Session

from agendas.errors import NotUnderstood
from agendas.pages.admin.health import health_page
from agendas.pages.admin.help import help_page
from agendas.pages.admin.people import people_page
from agendas.pages.list.accounts import ListFacts, list_page
from agendas.pages.list.menu import menu_page
from agendas.rendering.notice import said
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.rules.commands.people import read_person
from agendas.text.evidence import MENTION
from agendas.verbs.people import rights as manage_people
from agendas.verbs.reads import account_list
from agendas.verbs.reads import health as look_up_health
from agendas.verbs.reads import people as members
from agendas.verbs.reads.card import accounts_in
from handlers.commands import plays
from handlers.commands.account import account
from handlers.commands.export import export
from handlers.commands.imports import import_file
from handlers.commands.review import review
from handlers.commands.settings import settings
from handlers.commands.signals import signal, webhook
from handlers.commands.updates import blocker, move, next_action
from handlers.commands.versions import versions
from handlers.commands.words import first_word, read_tier, unknown_word
from handlers.deps import Deps
from handlers.replies import Reply, Say
from handlers.request import Request
from handlers.routes import Handler, Looking

USAGE = (
    "/abm [list [TIER] | versions [DATE [to DATE]] | plays [TIER] | settings [WORD] | "
    "people [NAME | @who [FUNCTION] [RIGHT]] | import | export | signals | health | help [WORD]], "
    "or any other command: /abm move ..."
)

LIST = "list"
"""The word for the list, which is read together with who asks; the other words are in WORDS."""

OTHER_COMMANDS: dict[str, Handler] = {
    "account": account,
    "move": move,
    "blocker": blocker,
    "next": next_action,
    "signal": signal,
    "review": review,
}


def _look(session: Session, request: Request) -> ListFacts | None:
    """The list where it is asked for."""
    word, rest = first_word(request.text)
    return _listed(session, request, _tier(rest)) if word == LIST else None


async def _show(request: Request, deps: Deps, listed: ListFacts | None) -> Reply:
    """The menu, or what the first word asks."""
    word, rest = first_word(request.text)
    if listed is not None:
        return Say(list_page(listed, deps.words, tier=_tier(rest)))
    if not word:
        return Say(await menu(request, deps))
    if word in OTHER_COMMANDS:
        return await OTHER_COMMANDS[word](replace(request, text=rest.strip()), deps)
    if word not in WORDS:
        raise unknown_word(word, (LIST, *WORDS, *OTHER_COMMANDS), USAGE)
    return await WORDS[word](request, deps, rest)


abm = Looking(_look, _show)
"""/abm: the menu, or what the first word asks."""


async def menu(request: Request, deps: Deps) -> Page:
    """How full the list is, and where to go."""
    counts = await deps.read(accounts_in, request.workspace_id)
    return menu_page(
        counts.named, deps.words, candidates=counts.candidates, paused=counts.paused, settings=counts.settings
    )


async def program_page(request: Request, deps: Deps, tier: int | None = None, *, start: int = 0) -> Page:
    """The list as a page, after the first `start` accounts."""
    return list_page(await deps.read(_listed, request, tier, start=start), deps.words, tier=tier)


async def people(request: Request, deps: Deps, rest: str) -> Reply:
    """Everybody with function and right, or those of a name; or one person given both."""
    wanted = rest.strip()
    found = MENTION.match(wanted)
    if found is None and not wanted.startswith("@"):
        return Say(await people_list(request, deps, name=wanted))
    request.require(Deed.ADMINISTER)
    if found is None:
        raise NotUnderstood("Name a person with @: /abm people @who sales editor.")
    known = await deps.read(members.person, request.workspace_id, found[1], now=request.now)
    function, right = read_person(wanted[found.end() :], known)
    saved = await deps.write(request, manage_people.give, request.author, found[1], function=function, right=right)
    return Say(said(deps.words.say("answers.person_saved", person=saved)))


async def people_list(request: Request, deps: Deps, *, start: int = 0, name: str = "") -> Page:
    """Everybody, or those of a name, with function and right, as a page after the first `start` people."""
    everybody = await deps.read(members.list_people, request.workspace_id, now=request.now)
    can_edit = may(request.person, Deed.ADMINISTER)
    return people_page(everybody, deps.words, can_edit=can_edit, start=start, name=name)


async def health(request: Request, deps: Deps, _rest: str) -> Reply:
    """How the bot is, for admins."""
    request.require(Deed.INSPECT)
    asked_at = perf_counter()
    facts = await deps.read(look_up_health.health, request.workspace_id, now=request.now)
    took = round((perf_counter() - asked_at) * 1000)
    zone = request.person.time_zone
    page = health_page(
        facts, deps.words, version=deps.version, answered_in_milliseconds=took, zone=zone, now=request.now
    )
    return Say(page)


async def show_help(_request: Request, deps: Deps, rest: str) -> Reply:
    """Every command, or one with examples."""
    return Say(help_page(deps.words, word=rest))


WORDS: dict[str, Callable[[Request, Deps, str], Awaitable[Reply]]] = {
    "versions": versions,
    "settings": settings,
    "plays": plays.library,
    "people": people,
    "import": import_file,
    "export": export,
    "signals": webhook,
    "health": health,
    "help": show_help,
}


def _listed(session: Session, request: Request, tier: int | None, *, start: int = 0) -> ListFacts:
    zone = request.person.time_zone
    return account_list.account_list(session, request.workspace_id, now=request.now, zone=zone, tier=tier, start=start)


def _tier(rest: str) -> int | None:
    return read_tier(rest, "/abm list")
