"""The forms of a person at an account: to add one, to edit one, and to say that somebody left."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from agendas.errors import FieldProblems, Outdated
from agendas.facts.account import AccountState
from agendas.facts.group import BuyingRole, Contact, ContactDepth, ContactProfile, Support
from agendas.rules.group.contacts import EMAIL_CHARACTERS
from agendas.text.limits import NAME_LIMIT_CHARACTERS
from handlers.modals.entered import choice_in, day_in, offered, several_in
from handlers.modals.fields import (
    OPTIONS,
    Field,
    Frame,
    Origin,
    Values,
    account_line,
    day,
    form,
    origin_of,
    select,
    several,
    small,
    text,
    values_of,
)
from handlers.modals.meanwhile import over, seen
from handlers.replies import View
from handlers.request import number_in

ADD = Frame("add_contact", "Add a person", "Add")
EDIT = Frame("edit_contact", "Edit a person", "Save", keeps_draft=False)
LEFT = Frame("contact_left", "Somebody left", "Record", keeps_draft=False)

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


@dataclass(frozen=True, slots=True)
class LeftEntry:
    """Who left, and when."""

    contact_id: int
    left_on: date


def build_add(account: AccountState, origin: Origin, draft: Values) -> View:
    """The form for a new person."""
    kept = ContactProfile(draft.get("name", ""), draft.get("title", ""), draft.get("email", ""))
    return form(ADD, origin, [account_line(account), *_fields(kept, keeps_draft=True)])


def build_edit(account: AccountState, origin: Origin) -> View:
    """The form with what is known of the person that `origin.subject` names. Raises Outdated when there is none."""
    known = _person(account, origin)
    blocks = [account_line(account), *_fields(known.profile, keeps_draft=False)]
    blocks.append(day("left_on", "Left on", initial=_iso(known.profile.left_on), optional=True))
    if known.profile.suggested_roles:
        names = ", ".join(role.value.replace("_", " ") for role in known.profile.suggested_roles)
        blocks.append(small(f"Suggested, not confirmed: {names}."))
    return form(EDIT, replace(origin, seen=seen(_entries(known.profile))), blocks)


def build_left(account: AccountState, origin: Origin, today: date) -> View:
    """The form that asks who left, and on which day. Raises Outdated when nobody is there."""
    there = [each for each in account.contacts if each.profile.left_on is None]
    if not there:
        raise Outdated(f"Nobody of {account.name} is recorded as there.")
    there.sort(key=lambda each: (not each.profile.roles, each.profile.name.casefold()))
    pairs = [(_label(each), str(each.id)) for each in there]
    hint = "" if len(pairs) <= OPTIONS else f"The first {OPTIONS} of {len(pairs)}. For others use Edit beside them."
    blocks: list[Field] = [account_line(account), select("who", "Who", pairs, hint=hint)]
    blocks.append(day("left_on", "Left on", initial=today.isoformat()))
    return form(LEFT, origin, blocks)


def read_over(view: dict[str, Any], had: ContactProfile) -> ContactProfile:
    """The person as entered over what is known of them.

    Raises FieldProblems as `read` does, and beside a field that somebody else changed to another thing meanwhile.
    """
    return _read(over(values_of(view), origin_of(view).seen, _entries(had)))


def read(view: dict[str, Any]) -> ContactProfile:
    """The person as entered. Raises FieldProblems for a choice that is not offered."""
    return _read(values_of(view))


def _read(entered: Values) -> ContactProfile:
    roles = several_in(entered, "roles", offered(ROLES))
    return ContactProfile(
        name=" ".join(entered.get("name", "").split()),
        title=" ".join(entered.get("title", "").split()),
        email=entered.get("email", "").strip().lower(),
        roles=tuple(role for role in BuyingRole if role.value in roles),
        support=choice_in(entered, "support", Support) or Support.UNKNOWN,
        depth=choice_in(entered, "depth", ContactDepth) or ContactDepth.UNKNOWN,
        touched_on=day_in(entered, "touched_on"),
        left_on=day_in(entered, "left_on"),
    )


def read_left(view: dict[str, Any]) -> LeftEntry:
    """Who left and when. Raises FieldProblems where one of them is missing."""
    entered = values_of(view)
    left_on = day_in(entered, "left_on")
    problems = {} if entered.get("who") else {"who": "Choose who left."}
    if left_on is None:
        problems["left_on"] = "Choose the day."
    if problems or left_on is None:
        raise FieldProblems(problems)
    return LeftEntry(number_in(entered["who"]), left_on)


def _person(account: AccountState, origin: Origin) -> Contact:
    wanted = number_in(origin.subject)
    found = next((each for each in account.contacts if each.id == wanted), None)
    if found is None:
        raise Outdated(GONE)
    return found


def _entries(had: ContactProfile) -> Values:
    """What is known of the person as it stands in the form's fields."""
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


def _fields(had: ContactProfile, *, keeps_draft: bool) -> list[Field]:
    def line(name: str, label: str, initial: str, **others: Any) -> Field:
        return text(name, label, initial=initial, keeps_draft=keeps_draft, **others)

    roles = tuple(role.value for role in had.roles)
    heard = "The last day on which they did something: wrote, called, came to a meeting."
    return [
        line("name", "Name", had.name, most=NAME_LIMIT_CHARACTERS),
        line("title", "Title", had.title, optional=True, most=NAME_LIMIT_CHARACTERS),
        line("email", "E-mail", had.email, optional=True, most=EMAIL_CHARACTERS),
        several("roles", "Roles", ROLES, initial=roles, hint="Left empty, the title may suggest some."),
        select("support", "Support", SUPPORT, initial=had.support.value, optional=True),
        select("depth", "Contact so far", DEPTH, initial=had.depth.value, optional=True),
        day("touched_on", "Last touch on", initial=_iso(had.touched_on), optional=True, hint=heard),
    ]


def _label(contact: Contact) -> str:
    return f"{contact.profile.name}, {contact.profile.title}" if contact.profile.title else contact.profile.name


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""
