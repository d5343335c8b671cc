"""/abm trail: the audit trail, of everything or of an account, a person, a period."""

from agendas.errors import NotUnderstood, Outdated
from agendas.facts.program.trail import TrailFilter
from agendas.pages.trail.page import trail_page
from agendas.rules.access.rights import Deed
from agendas.rules.commands.trail import USAGE, TrailWords, read_trail
from agendas.text.limits import shown
from agendas.verbs.reads import accounts
from agendas.verbs.reads.trail.read_page import older_facts, trail_facts
from handlers.command_words import split_account
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import OTHER_VERSION, Request


async def trail(request: Request, deps: Deps, rest: str) -> Reply:
    """The newest entries of those asked for."""
    request.require(Deed.AUDIT)
    words = await _words(request, deps, rest)
    account_id = None
    if words.account:
        account_id, more = await split_account(request, deps, words.account)
        if more:
            raise NotUnderstood(f"{shown(more)} is not a date, a person or an account here. Usage: {USAGE}.")
    wanted = TrailFilter(account_id, words.user_id, words.first, words.last)
    facts = await deps.read(trail_facts, request.workspace_id, wanted, reader=request.person, now=request.now)
    return Say(trail_page(facts, deps.words))


async def more(request: Request, deps: Deps) -> Reply:
    """The entries that follow those shown. Raises Outdated for a value that none of our buttons carries."""
    request.require(Deed.AUDIT)
    facts = await deps.read(older_facts, request.workspace_id, request.value, reader=request.person, now=request.now)
    if facts is None:
        raise Outdated(OTHER_VERSION)
    return Say(trail_page(facts, deps.words))


async def _words(request: Request, deps: Deps, rest: str) -> TrailWords:
    """The words read; the whole of them is an account where one is called so: a name may begin like a date."""
    if rest.strip() and await deps.read(accounts.find_exact, request.workspace_id, rest.strip().strip('"')) is not None:
        return TrailWords(account=rest)
    return read_trail(rest, request.today)
