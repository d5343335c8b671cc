"""The forms of a person at an account: to add one, to edit one, and to say that somebody left."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from agendas.errors import FieldProblems, Outdated
from agendas.facts.account import AccountState
from agendas.facts.group import BuyingRole, Contact, ContactDepth, ContactProfile, Support
from agendas.rules.group.contacts import EMAIL_CHARACTERS
from agendas.text.limits import NAME_LIMIT_CHARACTERS
from handlers.edge.replies import View
from handlers.edge.request import number_in
from handlers.edge.views import Field, Values, values_of
from handlers.forms.field_parsers import choice_in, day_in, offered, several_in
from handlers.forms.fields import OPTIONS, account_line, day, select, several, small, text
from handlers.forms.form import AccountFacts, Frame, form
from handlers.forms.merge_edits import marks_of, merged_over
from handlers.forms.origin import Origin, origin_of

ADD = Frame("add_contact", "Add a person", "Add", keeps=("name", "title", "email"))
EDIT = Frame("edit_contact", "Edit a person", "Save")
LEFT = Frame("contact_left", "Somebody left", "Record")

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
    """The person who left, and the day."""

    contact_id: int
    left_on: date


def build_add(facts: AccountFacts) -> View:
    """The form for a new person."""
    draft = facts.draft
    kept = ContactProfile(draft.get("name", ""), draft.get("title", ""), draft.get("email", ""))
    return form(ADD, facts.origin, [account_line(facts.account), *_fields(kept)])


def build_edit(facts: AccountFacts) -> View:
    """The form with the profile of the person that `origin.subject` names. Raises Outdated when there is none."""
    account, origin = facts.account, facts.origin
    known = _person(account, origin)
    blocks = [account_line(account), *_fields(known.profile)]
    blocks.append(day("left_on", "Left on", initial=_iso(known.profile.left_on), optional=True))
    if known.profile.suggested_roles:
        names = ", ".join(role.value.replace("_", " ") for role in known.profile.suggested_roles)
        blocks.append(small(f"Suggested, not confirmed: {names}."))
    return form(EDIT, replace(origin, seen=marks_of(_entries(known.profile))), blocks)


def build_left(facts: AccountFacts) -> View:
    """The form that asks who left, and on which day. Raises Outdated when nobody is there."""
    account = facts.account
    there = [each for each in account.contacts if each.profile.left_on is None]
    if not there:
        raise Outdated(f"Nobody of {account.name} is recorded as there.")
    there.sort(key=lambda each: (not each.profile.roles, each.profile.name.casefold()))
    pairs = [(_label(each), str(each.id)) for each in there]
    hint = "" if len(pairs) <= OPTIONS else f"The first {OPTIONS} of {len(pairs)}. For others use Edit beside them."
    blocks: list[Field] = [account_line(account), select("who", "Who", pairs, hint=hint)]
    blocks.append(day("left_on", "Left on", initial=facts.today.isoformat()))
    return form(LEFT, facts.origin, blocks)


def read_merged(view: dict[str, Any], had: ContactProfile) -> ContactProfile:
    """The profile entered, merged with the one that stands.

    Raises FieldProblems as `read` does, and beside a field that somebody else changed to another thing meanwhile.
    """
    return _read(merged_over(values_of(view), origin_of(view).seen, _entries(had)))


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
    """The person who left and the day. Raises FieldProblems where one of them is missing."""
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
    """The profile as it stands in the form's fields."""
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
        text("name", "Name", initial=had.name, most=NAME_LIMIT_CHARACTERS),
        text("title", "Title", initial=had.title, optional=True, most=NAME_LIMIT_CHARACTERS),
        text("email", "E-mail", initial=had.email, optional=True, most=EMAIL_CHARACTERS),
        several("roles", "Roles", ROLES, initial=roles, hint="Left empty, the title may suggest some."),
        select("support", "Support", SUPPORT, initial=had.support.value, optional=True),
        select("depth", "Contact so far", DEPTH, initial=had.depth.value, optional=True),
        day("touched_on", "Last touch on", initial=_iso(had.touched_on), optional=True, hint=heard),
    ]


def _label(contact: Contact) -> str:
    return f"{contact.profile.name}, {contact.profile.title}" if contact.profile.title else contact.profile.name


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""
