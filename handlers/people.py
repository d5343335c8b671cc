"""People of the workspace: their functions and rights."""

from collections.abc import Sequence
from typing import Any

from agendas.errors import Offer, Unclear
from agendas.facts.people import Function, PersonFacts, Right
from agendas.pages.people import people_page
from agendas.rendering.mrkdwn import mention
from agendas.rendering.page import Page, sentence_page
from agendas.rules.access import Permission, may, nearest_people
from agendas.rules.commands import PersonWords, read_person
from agendas.text.evidence import MENTION
from agendas.text.limits import shown
from agendas.verbs import people as people_verbs
from agendas.verbs.reads import list_people, people_and_leads, person_and_functions_led
from handlers import forms
from handlers.edge.deps import Deps
from handlers.edge.incoming import message_view, values_of
from handlers.edge.replies import NextView, OpenModal, Reply, Say, View
from handlers.edge.request import Request, number_in
from handlers.subject import Subject

# The form that gives a person a function and a right.

LEADS = "leads"
FRAME = forms.Frame("person", "Function and right", "Save")
FUNCTIONS = tuple((function.value.replace("_", " ").capitalize(), function.value) for function in Function)
RIGHTS = (
    ("Admin: everything", Right.ADMIN.value),
    ("Editor: records and decides", Right.EDITOR.value),
    ("Viewer: asks and nominates", Right.VIEWER.value),
    ("Observer: reads", Right.OBSERVER.value),
)


def build(person: PersonFacts, leading: Sequence[Function], origin: forms.Origin) -> View:
    """The form with what the person has; `leading` are the functions that they lead."""
    return forms.form(
        FRAME,
        origin,
        [
            forms.line(mention(person.user_id)),
            forms.select("function", "Function", FUNCTIONS, initial=person.function or "", optional=True),
            forms.select("right", "Right", RIGHTS, initial=person.right.value),
            forms.several(
                LEADS,
                "Leads",
                FUNCTIONS,
                initial=[function.value for function in leading],
                hint="Is asked where this function is, in the place of who leads it now.",
            ),
        ],
    )


def read(view: dict[str, Any]) -> PersonWords:
    """The function, None if left empty, the right, VIEWER if none is chosen, and what the person leads."""
    entered = values_of(view)
    named = forms.several_in(entered, LEADS, set(Function))
    right = forms.choice_in(entered, "right", Right) or Right.VIEWER
    leads = tuple(function for function in Function if function in named)
    return PersonWords(forms.choice_in(entered, "function", Function), right, leads)


# /abm people, and the buttons of its page.

EVERYBODY = frozenset({"leads", "lead", "all", "everybody"})
"""Words after which everybody is listed."""
_AGAIN = "/abm people {}"


async def people(request: Request, deps: Deps, rest: str) -> Reply:
    """List everybody, or those of a name; or give the person mentioned a function, a right or functions to lead."""
    wanted = rest.strip()
    mentioned = MENTION.match(wanted)
    if mentioned is None and not wanted.startswith("@"):
        await _ask_for_at_sign(request, deps, wanted)
        return Say(await _listed(request, deps, name="" if wanted.casefold() in EVERYBODY else wanted))
    request.require(Permission.ADMINISTER)
    if mentioned is None:
        raise await nobody_called(request, deps, wanted, _AGAIN)
    author, user_id = request.author, mentioned[1]
    known, leading = await deps.read(person_and_functions_led, request.workspace_id, user_id, now=request.now)
    words = read_person(wanted[mentioned.end() :], known, leading)
    saved = await deps.write(
        request, people_verbs.give, author, user_id, function=words.function, right=words.right, leads=words.leads
    )
    # without a word about it they lead what they led
    leads = leading if words.leads is None else words.leads
    return Say(sentence_page(deps.words.say("answers.person_saved", person=saved, leads=leads)))


async def _ask_for_at_sign(request: Request, deps: Deps, wanted: str) -> None:
    """Raise Unclear, offering people of near names, if an admin typed a change without @, as in `nora leads sales`."""
    typed, _, rest = wanted.partition(" ")
    if not rest or not may(request.person, Permission.ADMINISTER):
        return
    everybody = await deps.read(list_people, request.workspace_id, now=request.now)
    is_name = any(wanted.casefold() in each.name.casefold() for each in everybody)
    if not is_name and nearest_people(typed, everybody):
        near = await nobody_called(request, deps, wanted, _AGAIN)
        raise Unclear("People are named with @ here. Did you mean one of these?", near.offers)


async def nobody_called(request: Request, deps: Deps, wanted: str, again: str) -> Unclear:
    """The refusal of an @name of nobody, with the nearest people; `again` is the command to offer, `{}` the person."""
    typed, _, rest = wanted.partition(" ")
    everybody = await deps.read(list_people, request.workspace_id, now=request.now)
    offers = [
        Offer(f"@{each.name}", again.format(f"<@{each.user_id}> {rest}".rstrip()))
        for each in nearest_people(typed, everybody)
    ]
    example = again.format("@who sales editor" if again == _AGAIN else "@who")
    return Unclear(f"{shown(typed)} is nobody here. Name a person with @: {example}.", offers)


async def more(request: Request, deps: Deps) -> Reply:
    """The next people, all or of one name; the button carries how many to skip, and the name: `20 nora`."""
    start, _, name = request.value.partition(" ")
    return Say(await _listed(request, deps, start=number_in(start or "0"), name=name))


async def edit(request: Request, deps: Deps) -> Reply:
    request.require(Permission.ADMINISTER)
    person, leading = await deps.read(person_and_functions_led, request.workspace_id, request.value, now=request.now)
    return OpenModal(build(person, leading, forms.origin_here(request, subject=person.user_id)))


async def _listed(request: Request, deps: Deps, *, start: int = 0, name: str = "") -> Page:
    """Everybody, or those of a name, with function and right, after the first `start` people."""
    everybody, leads = await deps.read(people_and_leads, request.workspace_id, now=request.now)
    can_edit = may(request.person, Permission.ADMINISTER)
    return people_page(everybody, deps.words, leads=leads, can_edit=can_edit, start=start, name=name)


# Submission of the form for a person's function and right.


async def save(request: Request, deps: Deps) -> Reply:
    """Give the person whose id is `origin.subject` the function, the right and what they lead, as entered."""
    request.require(Permission.ADMINISTER)
    entered, user_id, author = read(request.view), forms.origin_of(request.view).subject, request.author
    person = await deps.write(
        request, people_verbs.give, author, user_id, function=entered.function, right=entered.right, leads=entered.leads
    )
    leads = entered.leads or ()
    return NextView(message_view(sentence_page(deps.words.say("answers.person_saved", person=person, leads=leads))))


FORM = forms.Form(FRAME, save)


PEOPLE = Subject(
    abm_words={"people": people},
    buttons={"abm.people": more, "abm.people_more": more, "people.edit": edit},
    forms=(FORM,),
)
