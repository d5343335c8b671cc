"""/abm trail: who changed what."""

from agendas.errors import NotUnderstood, Offer, Outdated, Unclear, UnknownAccount
from agendas.facts.program import TrailFilter
from agendas.pages.trail import MORE, trail_page
from agendas.rules.access import Permission, nearest_people
from agendas.rules.commands import USAGE, TrailWords, read_trail
from agendas.text.limits import shown
from agendas.verbs import reads
from agendas.verbs.reads import list_people
from agendas.verbs.trail_page import older_facts, trail_facts
from handlers.command_words import split_account
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import OTHER_VERSION, Request
from handlers.subject import Subject

# /abm trail: the audit trail, of everything or of an account, a person, a period.


async def trail(request: Request, deps: Deps, rest: str) -> Reply:
    """The newest entries, of the account, person and period that the words name; refuses words that name none."""
    request.require(Permission.AUDIT)
    words = await _words(request, deps, rest)
    account_id = None
    if words.account:
        try:
            account_id, unread = await split_account(request, deps, words.account)
        except UnknownAccount as error:
            raise await _person_meant(request, deps, rest, error) or error from None
        if unread:
            raise NotUnderstood(f"{shown(unread)} is not a date, a person or an account here. Usage: {USAGE}.")
    wanted = TrailFilter(account_id, words.user_id, words.first, words.last)
    facts = await deps.read(trail_facts, request.workspace_id, wanted, reader=request.person, now=request.now)
    return Say(trail_page(facts, deps.words))


async def more(request: Request, deps: Deps) -> Reply:
    """The entries that follow those shown. Raises Outdated for a value that none of our buttons carries."""
    request.require(Permission.AUDIT)
    facts = await deps.read(older_facts, request.workspace_id, request.value, reader=request.person, now=request.now)
    if facts is None:
        raise Outdated(OTHER_VERSION)
    return Say(trail_page(facts, deps.words))


async def _person_meant(request: Request, deps: Deps, rest: str, error: UnknownAccount) -> Unclear | None:
    """The refusal of a name that no account has, with the people it may mean; None if it means none.

    It means none if it may be several accounts, if no name is near it, or if the words do not have it as typed.
    """
    everybody = await deps.read(list_people, request.workspace_id, now=request.now)
    near = nearest_people(error.typed, everybody)
    if error.ambiguous or not near or error.typed not in rest:
        return None
    people = [Offer(each.name, f"/abm trail {rest.replace(error.typed, f'<@{each.user_id}>', 1)}") for each in near]
    named = [(name, '"' + name.replace('"', "") + '"') for _, name in error.nearest]
    accounts_too = [Offer(name, f"/abm trail {rest.replace(error.typed, quoted, 1)}") for name, quoted in named]
    question = f"No account is called {shown(error.typed)}. People are named with @. Did you mean one of these?"
    return Unclear(question, (*people, *accounts_too))


async def _words(request: Request, deps: Deps, rest: str) -> TrailWords:
    """The words read; all of them are an account if one has that name, since a name may begin like a date."""
    if rest.strip() and await deps.read(reads.find_exact, request.workspace_id, rest.strip().strip('"')) is not None:
        return TrailWords(account=rest)
    return read_trail(rest, request.today)


TRAIL = Subject(abm_words={"trail": trail}, buttons={MORE: more})
