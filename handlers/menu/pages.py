"""Pages of /abm: the menu, health and help."""

from time import perf_counter

from agendas.pages.admin.health import health_page
from agendas.pages.admin.help_page import help_page
from agendas.pages.list.menu import MenuEntry, menu_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed
from agendas.verbs.home.welcome import sample_names
from agendas.verbs.reads.card import list_counts
from agendas.verbs.reads.health import workspace_health
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, RunCommand, Say
from handlers.edge.request import Request
from handlers.edge.routes import Handler
from handlers.menu.setup import checklist


async def menu(request: Request, deps: Deps) -> Page:
    """How full the list is, and where to go."""
    counts = await deps.read(list_counts, request.workspace_id)
    return menu_page(
        counts.named,
        deps.words,
        candidates=counts.candidates,
        paused=counts.paused,
        settings=counts.settings,
        person=request.person,
        to_set_up=await checklist(request, deps),
    )


def runs(entry: MenuEntry) -> Handler:
    """The handler of a button of the menu that runs a command."""

    async def run(_request: Request, _deps: Deps) -> Reply:
        return RunCommand(entry.command, entry.text)

    return run


async def run_offered(request: Request, _deps: Deps) -> Reply:
    """The command that the button carries."""
    command, _, text = request.value.partition(" ")
    return RunCommand(command, text, key=request.question_key)


async def health(request: Request, deps: Deps, _rest: str) -> Reply:
    """The state of the bot, for admins."""
    request.require(Deed.INSPECT)
    asked_at = perf_counter()
    facts = await deps.read(workspace_health, request.workspace_id, now=request.now)
    took = round((perf_counter() - asked_at) * 1000)
    zone = request.person.time_zone
    page = health_page(
        facts, deps.words, version=deps.version, answered_in_milliseconds=took, zone=zone, now=request.now
    )
    return Say(page)


async def show_help(request: Request, deps: Deps, rest: str) -> Reply:
    """Every command, or one with examples about accounts of the list."""
    samples = await deps.read(sample_names, request.workspace_id, request.person.user_id)
    return Say(help_page(deps.words, rest, samples))


async def help_button(_request: Request, deps: Deps) -> Reply:
    """Every command."""
    return Say(help_page(deps.words))
