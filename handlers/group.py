"""The buying group of an account: its people, their roles, and who left."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated
from agendas.facts.account import AccountState
from agendas.facts.group import BuyingRole, Contact, ContactDepth, ContactProfile, Support
from agendas.pages.evidence import FILL
from agendas.pages.group import group_page
from agendas.pages.updates import RecordedFacts, recorded_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Page, notice
from agendas.rules.access import Permission, may
from agendas.rules.commands import UnclearPart
from agendas.rules.group import EMAIL_CHARACTERS
from agendas.rules.update_words import read_contact
from agendas.text.limits import NAME_LIMIT_CHARACTERS
from agendas.verbs import group as group_verbs
from agendas.verbs.card import account_group
from agendas.verbs.letters import confirm
from handlers import forms
from handlers.command_words import confirmation
from handlers.edge.deps import Deps
from handlers.edge.incoming import Field, Values, values_of
from handlers.edge.replies import Change, Reply, Say, View
from handlers.edge.request import Request, number_in
from handlers.subject import Subject

# The forms of a person at an account: to add one, to edit one, and to say that somebody left.

ADD_FRAME = forms.Frame("add_contact", "Add a person", "Add", keeps=("name", "title", "email"))
EDIT_FRAME = forms.Frame("edit_contact", "Edit a person", "Save")
LEFT_FRAME = forms.Frame("contact_left", "Somebody left", "Record")

ROLES = tuple((role.value.replace("_", " ").capitalize(), role.value) for role in BuyingRole)
SUPPORT = tuple((each.value.replace("non_", "no ").capitalize(), each.value) for each in Support)
DEPTH = (
    ("Unknown", ContactDepth.UNKNOWN.value),
    ("No contact", ContactDepth.NO_CONTACT.value),
    ("Brief contact", ContactDepth.BRIEF.value),
    ("Several contacts", ContactDepth.MULTIPLE.value),
    ("In-depth contact", ContactDepth.IN_DEPTH.value),
)
GONE = "That person is not in this group any more. See it with /account ACCOUNT group."


def build_add(facts: forms.AccountFacts) -> View:
    draft = facts.draft
    kept = ContactProfile(draft.get("name", ""), draft.get("title", ""), draft.get("email", ""))
    return forms.form(ADD_FRAME, facts.origin, [forms.account_line(facts.account), *_fields(kept)])


def build_edit(facts: forms.AccountFacts) -> View:
    """The form with the profile of the person that `origin.subject` names. Raises Outdated when there is none."""
    account, origin = facts.account, facts.origin
    known = _person(account, origin)
    blocks = [forms.account_line(account), *_fields(known.profile)]
    blocks.append(forms.day("left_on", "Left on", initial=_iso(known.profile.left_on), optional=True))
    if known.profile.suggested_roles:
        names = ", ".join(role.value.replace("_", " ") for role in known.profile.suggested_roles)
        blocks.append(forms.small(f"Suggested, not confirmed: {names}."))
    return forms.form(EDIT_FRAME, replace(origin, seen=forms.marks_of(_entries(known.profile))), blocks)


def build_left(facts: forms.AccountFacts) -> View:
    """The form that asks who left, and on which day. Raises Outdated when nobody is there."""
    account = facts.account
    there = [each for each in account.contacts if each.profile.left_on is None]
    if not there:
        raise Outdated(f"Nobody of {account.name} is recorded as there.")
    there.sort(key=lambda each: (not each.profile.roles, each.profile.name.casefold()))
    pairs = [(", ".join(filter(None, (each.profile.name, each.profile.title))), str(each.id)) for each in there]
    hint = (
        ""
        if len(pairs) <= forms.OPTIONS
        else f"The first {forms.OPTIONS} of {len(pairs)}. For others use Edit beside them."
    )
    blocks: list[Field] = [forms.account_line(account), forms.select("who", "Who", pairs, hint=hint)]
    blocks.append(forms.day("left_on", "Left on", initial=facts.today.isoformat()))
    return forms.form(LEFT_FRAME, facts.origin, blocks)


def read_merged(view: dict[str, Any], had: ContactProfile) -> ContactProfile:
    """The profile entered, merged with the present one.

    Raises FieldProblems as `read` does, and for a field that somebody else changed to another thing meanwhile.
    """
    return _read(forms.merged_over(values_of(view), forms.origin_of(view).seen, _entries(had)))


def read(view: dict[str, Any]) -> ContactProfile:
    """The person as entered. Raises FieldProblems for a choice that is not offered."""
    return _read(values_of(view))


def _read(entered: Values) -> ContactProfile:
    roles = forms.several_in(entered, "roles", forms.offered(ROLES))
    return ContactProfile(
        name=" ".join(entered.get("name", "").split()),
        title=" ".join(entered.get("title", "").split()),
        email=entered.get("email", "").strip().lower(),
        roles=tuple(role for role in BuyingRole if role.value in roles),
        support=forms.choice_in(entered, "support", Support) or Support.UNKNOWN,
        depth=forms.choice_in(entered, "depth", ContactDepth) or ContactDepth.UNKNOWN,
        touched_on=forms.day_in(entered, "touched_on"),
        left_on=forms.day_in(entered, "left_on"),
    )


def read_left(view: dict[str, Any]) -> tuple[int, date]:
    """The id of the person who left, and the day. Raises FieldProblems where one of them is missing."""
    entered = values_of(view)
    left_on = forms.day_in(entered, "left_on")
    problems = {} if entered.get("who") else {"who": "Choose who left."}
    if left_on is None:
        problems["left_on"] = "Choose the day."
    if problems or left_on is None:
        raise FieldProblems(problems)
    return number_in(entered["who"]), left_on


def _person(account: AccountState, origin: forms.Origin) -> Contact:
    wanted = number_in(origin.subject)
    found = next((each for each in account.contacts if each.id == wanted), None)
    if found is None:
        raise Outdated(GONE)
    return found


def _entries(had: ContactProfile) -> Values:
    return {
        "name": had.name,
        "title": had.title,
        "email": had.email,
        "roles": ",".join(role.value for role in had.roles),
        "support": had.support.value,
        "depth": had.depth.value,
        "touched_on": _iso(had.touched_on),
        "left_on": _iso(had.left_on),
    }


def _fields(had: ContactProfile) -> list[Field]:
    roles = tuple(role.value for role in had.roles)
    heard = "The last day on which they did something: wrote, called, came to a meeting."
    return [
        forms.text("name", "Name", initial=had.name, most=NAME_LIMIT_CHARACTERS),
        forms.text("title", "Title", initial=had.title, optional=True, most=NAME_LIMIT_CHARACTERS),
        forms.text("email", "E-mail", initial=had.email, optional=True, most=EMAIL_CHARACTERS),
        forms.several("roles", "Roles", ROLES, initial=roles, hint="Left empty, the title may suggest some."),
        forms.select("support", "Support", SUPPORT, initial=had.support.value, optional=True),
        forms.select("depth", "Contact so far", DEPTH, initial=had.depth.value, optional=True),
        forms.day("touched_on", "Last touch on", initial=_iso(had.touched_on), optional=True, hint=heard),
    ]


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


async def added(request: Request, deps: Deps) -> Reply:
    request.require(Permission.RECORD)
    entered = read(request.view)
    return await forms.submit(request, deps, group_verbs.add_contact, entered)


async def edited(request: Request, deps: Deps) -> Reply:
    request.require(Permission.RECORD)
    number, changed = number_in(forms.origin_of(request.view).subject), partial(read_merged, request.view)
    return await forms.submit(request, deps, group_verbs.change_contact, number, changed=changed)


async def left(request: Request, deps: Deps) -> Reply:
    request.require(Permission.RECORD)
    contact_id, left_on = read_left(request.view)
    return await forms.submit(request, deps, group_verbs.contact_left, contact_id, left_on=left_on)


ADD_FORM = forms.AccountForm(ADD_FRAME, added, build_add)
EDIT_FORM = forms.AccountForm(EDIT_FRAME, edited, build_edit)
LEFT_FORM = forms.AccountForm(LEFT_FRAME, left, build_left)


# /account ACCOUNT group, and /account ACCOUNT group add.


async def group(request: Request, deps: Deps, account_id: int, start: int = 0) -> Page:
    """The map of the account's group, after its first `start` lines."""
    zone = request.person.time_zone
    facts = await deps.read(account_group, request.workspace_id, account_id, now=request.now, zone=zone)
    return group_page(facts, deps.words, can_record=may(request.person, Permission.RECORD), start=start)


async def add_typed(request: Request, deps: Deps, account_id: int, rest: str) -> Reply:
    """Somebody added by words; the form when there are none."""
    request.require(Permission.RECORD)
    if not rest.strip():
        return await forms.open_form(request, deps, ADD_FORM, forms.here(request, account_id))
    try:
        profile = read_contact(rest)
    except UnclearPart as error:
        return await forms.asked(request, deps, account_id, error, form=ADD_FORM, word="group add")
    recorded = await deps.write(request, group_verbs.add_contact, request.author, account_id, profile)
    return Say(confirmation(request, deps, recorded))


# Buttons of an account's group.


async def more(request: Request, deps: Deps) -> Reply:
    account_id, start = request.two_numbers
    return Say(await group(request, deps, account_id, start))


async def open_edit(request: Request, deps: Deps) -> Reply:
    request.require(Permission.RECORD)
    account_id, contact_id = request.two_numbers
    origin = forms.here(request, account_id, subject=str(contact_id))
    return await forms.open_form(request, deps, EDIT_FORM, origin)


async def add_stranger(request: Request, deps: Deps) -> Reply:
    """Add the person whom an entry names with a title, in the role that the title suggests.

    A receipt that tells of nothing else says then who is credited, also where somebody else added the person.
    """
    request.require(Permission.RECORD)
    account_id, entry_id, place, *receipt = map(number_in, request.value.split(" "))

    def add(session: Session) -> tuple[Page, RecordedFacts | None]:
        try:
            answer = confirmation(
                request, deps, group_verbs.add_named(session, request.author, account_id, entry_id, place)
            )
        except group_verbs.AlreadyInGroup as error:
            if not receipt:
                raise
            answer = notice(str(error))
        if not receipt:
            return answer, None
        return answer, group_verbs.receipt_with_group(session, request.author, account_id, receipt[0], entry_id)

    answer, updated = await deps.write(request, add)
    return Change(messages(recorded_page(updated, deps.words))[0], answer) if updated else Say(answer)


async def confirm_suggested(request: Request, deps: Deps) -> Reply:
    """Confirm the suggested roles of a person, and show the page again in its place."""
    request.require(Permission.RECORD)
    account_id, contact_id = request.two_numbers

    def confirm_roles(session: Session) -> None:
        recorded = group_verbs.confirm_roles(session, request.author, account_id, contact_id)
        confirm(session, request.author, [recorded], channel_id=request.channel_id, place="")

    await deps.write(request, confirm_roles)
    return Say(await group(request, deps, account_id), replace=True)


GROUP = Subject(
    account_pages={"group": group},
    account_words={"group add": add_typed},
    buttons={
        "group.add": partial(forms.open_about, form=ADD_FORM),
        "group.edit": open_edit,
        "group.left": partial(forms.open_about, form=LEFT_FORM),
        "group.stranger": add_stranger,
        "group.confirm": confirm_suggested,
        "group.more": more,
        f"{FILL}/{ADD_FORM.frame.callback_id}": partial(forms.fill_in, form=ADD_FORM),
    },
    forms=(ADD_FORM, EDIT_FORM, LEFT_FORM),
)
