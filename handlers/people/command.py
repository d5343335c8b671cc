"""/abm people, and the buttons of its page."""

from agendas.errors import Offer, Unclear
from agendas.pages.admin.people import people_page
from agendas.rendering.notice import said
from agendas.rendering.page import Page
from agendas.rules.access.nearest_people import nearest_people
from agendas.rules.access.rights import Deed, may
from agendas.rules.commands.people import read_person
from agendas.text.evidence import MENTION
from agendas.text.limits import shown
from agendas.verbs.people import rights
from agendas.verbs.reads.people import list_people, people_and_leads, person_with_leads
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply, Say
from handlers.edge.request import Request, number_in
from handlers.forms.origin import Origin
from handlers.people import form

EVERYBODY = frozenset({"leads", "lead", "all", "everybody"})
"""Words after which everybody is listed."""
_AGAIN = "/abm people {}"


async def people(request: Request, deps: Deps, rest: str) -> Reply:
    """Everybody with function and right, or those of a name; or one person given them, or functions to lead."""
    wanted = rest.strip()
    found = MENTION.match(wanted)
    if found is None and not wanted.startswith("@"):
        await _ask_for_at_sign(request, deps, wanted)
        return Say(await _listed(request, deps, name="" if wanted.casefold() in EVERYBODY else wanted))
    request.require(Deed.ADMINISTER)
    if found is None:
        raise await nobody_called(request, deps, wanted, _AGAIN)
    known, leading = await deps.read(person_with_leads, request.workspace_id, found[1], now=request.now)
    words = read_person(wanted[found.end() :], known, leading)
    saved = await deps.write(
        request, rights.give, request.author, found[1], function=words.function, right=words.right, leads=words.leads
    )
    leads = leading if words.leads is None else words.leads
    return Say(said(deps.words.say("answers.person_saved", person=saved, leads=leads)))


async def _ask_for_at_sign(request: Request, deps: Deps, wanted: str) -> None:
    """Raise Unclear, with the people it may mean, for an admin's `nora leads sales` that is nobody's name."""
    typed, _, rest = wanted.partition(" ")
    if not rest or not may(request.person, Deed.ADMINISTER):
        return
    everybody = await deps.read(list_people, request.workspace_id, now=request.now)
    is_name = any(wanted.casefold() in each.name.casefold() for each in everybody)
    if not is_name and nearest_people(typed, everybody):
        near = await nobody_called(request, deps, wanted, _AGAIN)
        raise Unclear("People are named with @ here. Did you mean one of these?", near.offers)


async def nobody_called(request: Request, deps: Deps, wanted: str, again: str) -> Unclear:
    """The refusal of an @name that nobody has, with the people of the nearest names.

    `again` is the command to run with one of them, `{}` where the person stands.
    """
    typed, _, rest = wanted.partition(" ")
    everybody = await deps.read(list_people, request.workspace_id, now=request.now)
    offers = [
        Offer(f"@{each.name}", again.format(f"<@{each.user_id}> {rest}".rstrip()))
        for each in nearest_people(typed, everybody)
    ]
    example = again.format("@who sales editor" if again == _AGAIN else "@who")
    return Unclear(f"{shown(typed)} is nobody here. Name a person with @: {example}.", offers)


async def more(request: Request, deps: Deps) -> Reply:
    """Everybody or those of a name, after as many people as the button carries."""
    start, _, name = request.value.partition(" ")
    return Say(await _listed(request, deps, start=number_in(start or "0"), name=name))


async def edit(request: Request, deps: Deps) -> Reply:
    """The form for a person's function and right."""
    request.require(Deed.ADMINISTER)
    person, leading = await deps.read(person_with_leads, request.workspace_id, request.value, now=request.now)
    return OpenModal(form.build(person, leading, Origin(subject=person.user_id, channel_id=request.channel_id)))


async def _listed(request: Request, deps: Deps, *, start: int = 0, name: str = "") -> Page:
    """Everybody, or those of a name, with function and right, after the first `start` people."""
    everybody, leads = await deps.read(people_and_leads, request.workspace_id, now=request.now)
    can_edit = may(request.person, Deed.ADMINISTER)
    return people_page(everybody, deps.words, leads=leads, can_edit=can_edit, start=start, name=name)
