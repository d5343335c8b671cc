"""App Home."""

import json
from dataclasses import replace

from agendas.errors import Outdated
from agendas.facts.program import SetupStep
from agendas.pages.home import HomeView, home_page
from agendas.rendering.page import Item, Text
from agendas.rules.access import Permission
from agendas.rules.account_list import HomeFilter
from agendas.verbs.home import home_facts
from agendas.verbs.trail import leave_out
from handlers.edge.deps import Deps
from handlers.edge.incoming import HomeMark, home, mapping, mark_of, text
from handlers.edge.replies import Nothing, Publish, Reply, Say
from handlers.edge.request import OTHER_VERSION, Request, number_in
from handlers.menu import checklist, menu
from handlers.questions import suggest_questions, welcome
from handlers.subject import Subject

# App Home: opened, its accounts chosen among, and published again.


async def opened(request: Request, deps: Deps) -> Reply:
    """The person's Home, when its tab was opened, with the choice that they made last.

    People who open it or the messages tab for the first time are greeted; above the messages are questions to ask.
    """
    await welcome(request, deps)
    if request.event.get("tab") != "home":
        await suggest_questions(request, deps)
        return Nothing()
    return await home_now(request, deps, mark_of(mapping(request.event.get("view"))))


async def choose(request: Request, deps: Deps) -> Reply:
    """Home with the accounts of the choice made. Raises Outdated for one that is not offered."""
    if request.value not in tuple(HomeFilter):
        raise Outdated(OTHER_VERSION)
    return await _home_showing(request, deps, HomeView(HomeFilter(request.value)))


async def more(request: Request, deps: Deps) -> Reply:
    """Home with the next accounts of the same choice; the button carries how many to skip."""
    here = stored_view(mark_of(request.view))
    return await _home_showing(request, deps, replace(here, start=number_in(request.value)))


async def follow_link(_request: Request, _deps: Deps) -> Reply:
    """Nothing: the button is a link, and Slack opens it."""
    return Nothing()


async def home_now(request: Request, deps: Deps, mark: HomeMark | None, *, changed: tuple[Item, ...] = ()) -> Publish:
    """The Home as it is now, to replace the one with this mark; `changed` says what was just done on it."""
    shown = stored_view(mark)
    facts = await deps.read_long(home_facts, request.workspace_id, request.person, now=deps.now())
    page = home_page(facts, deps.words, shown=shown, changed=changed, to_set_up=await checklist(request, deps))
    state = json.dumps({"choice": shown.choice.value, "start": shown.start})

    async def rebuild() -> Publish:
        # without the hash: this one replaces whatever was published meanwhile
        return await home_now(request, deps, replace(mark, hash="") if mark else None, changed=changed)

    return replace(home(page, state), hash=mark.hash if mark else "", rebuild=rebuild)


def stored_view(mark: HomeMark | None) -> HomeView:
    """The part of the accounts that a Home shows, from its stored state; all from the start if that cannot be read."""
    try:
        state = mapping(json.loads(mark.state)) if mark and mark.state else {}
    except (ValueError, RecursionError):
        state = {}
    choice, start = text(state.get("choice")), state.get("start")
    shown = HomeFilter(choice) if choice in tuple(HomeFilter) else HomeFilter.ALL
    return HomeView(shown, start if type(start) is int and start >= 0 else 0)


async def _home_showing(request: Request, deps: Deps, shown: HomeView) -> Publish:
    """The Home with this part of the accounts, in the place of the one clicked on."""
    mark = mark_of(request.view)
    state = json.dumps({"choice": shown.choice.value, "start": shown.start})
    return await home_now(request, deps, HomeMark(state, mark.hash if mark else ""))


# Leaving a step out of the checklist: Home, or the menu, is then shown without it.


async def leave_out_step(request: Request, deps: Deps) -> Reply:
    """Leave a step out, and show the checklist without it where the button was."""
    request.require(Permission.ADMINISTER)
    if request.value not in tuple(SetupStep):
        raise Outdated(OTHER_VERSION)
    step = SetupStep(request.value)
    await deps.write(request, leave_out, request.author, step)
    if request.incoming.on_home:
        line = Text(deps.words.say("settings.setup_is_left_out", step=step))
        return await home_now(request, deps, mark_of(request.view), changed=(line,))
    return Say(await menu(request, deps), replace=True)


HOME = Subject(
    buttons={"home.show": choose, "home.more": more, "review.visit": follow_link, "setup.leave_out": leave_out_step},
    events={"app_home_opened": opened},
)
