"""/abm versions: the list on any date, and what changed between two."""

from datetime import date

from agendas.errors import Outdated
from agendas.pages.list.versions import changes_page, version_page
from agendas.rendering.page import Page
from agendas.rules.commands.versions import read_versions
from agendas.verbs.reads.versions import list_changes, list_version
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import OTHER_VERSION, Request, number_in


async def versions(request: Request, deps: Deps, rest: str) -> Reply:
    """The list on one date, or the changes between two; those of the last 30 days without any."""
    return Say(await _page(request, deps, read_versions(rest, request.today)))


async def more(request: Request, deps: Deps) -> Reply:
    """The next page, for the dates that the button carries."""
    start, _, written = request.value.partition(" ")
    try:
        dates = tuple(date.fromisoformat(each) for each in written.split())
    except ValueError:
        raise Outdated(OTHER_VERSION) from None
    if not 1 <= len(dates) <= 2:
        raise Outdated(OTHER_VERSION)
    return Say(await _page(request, deps, dates, start=number_in(start)))


async def _page(request: Request, deps: Deps, dates: tuple[date, ...], *, start: int = 0) -> Page:
    zone = request.person.time_zone
    if len(dates) == 1:
        found = await deps.read(list_version, request.workspace_id, dates[0], zone=zone)
        return version_page(found, deps.words, start=start)
    first, second = dates if dates else (None, request.today)
    changed = await deps.read(list_changes, request.workspace_id, first, second, zone=zone)
    return changes_page(changed, deps.words, start=start)
