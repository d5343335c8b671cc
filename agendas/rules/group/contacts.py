"""Checks on the profile of a person at an account: problems with it, people like them, roles a title suggests."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from agendas.errors import FieldProblems
from agendas.facts.group import Contact, ContactProfile
from agendas.rules.group.titles import suggested_roles
from agendas.text.account_names import normal_key
from agendas.text.days import day_said
from agendas.text.limits import EMAIL, NAME_LIMIT_CHARACTERS, shown

EMAIL_CHARACTERS = 254
"""Longest e-mail address by its standard."""


def refuse_wrong(profile: ContactProfile, *, today: date) -> None:
    """Raise FieldProblems with a sentence for each field that cannot be so on the local date `today`."""
    found = dict(_problems(profile, today))
    if found:
        raise FieldProblems(found)


def refuse_twin(profile: ContactProfile, others: Iterable[Contact], *, account: str) -> None:
    """Raise FieldProblems when the person is one of these others of the account."""
    twin = twin_of(profile, others)
    if twin is not None:
        by = "email" if _is_same_email(profile, twin.profile) else "name"
        left = f", and left on {day_said(twin.profile.left_on)}" if twin.profile.left_on else ""
        what = f"with the address {twin.profile.email}" if by == "email" else "by that name"
        said = f"{twin.profile.name} is in the group of {account} already {what}{left}. Edit them there instead."
        raise FieldProblems({by: said})


def twin_of(profile: ContactProfile, others: Iterable[Contact]) -> Contact | None:
    """The one of the others with the same e-mail address, else with the same name and no other address."""
    known = tuple(others)
    by_email = (each for each in known if _is_same_email(profile, each.profile))
    return next(by_email, None) or next((each for each in known if _is_same_name(profile, each.profile)), None)


def with_suggestions(profile: ContactProfile, before: ContactProfile | None = None) -> ContactProfile:
    """The profile with the roles that its title suggests.

    Nothing is suggested of whom a person or the CRM has given a role. What was suggested before stays while neither
    the title nor the roles change.
    """
    if before is not None and (before.title, before.roles) == (profile.title, profile.roles):
        return replace(profile, suggested_roles=before.suggested_roles)
    return replace(profile, suggested_roles=() if profile.roles else suggested_roles(profile.title))


def confirmed(profile: ContactProfile) -> ContactProfile:
    """The profile with its suggested roles confirmed."""
    added = tuple(role for role in profile.suggested_roles if role not in profile.roles)
    return replace(profile, roles=(*profile.roles, *added), suggested_roles=())


def _problems(profile: ContactProfile, today: date) -> Iterator[tuple[str, str]]:
    if not any(map(str.isalnum, profile.name)):
        yield "name", "Write the person's name."
    for field in ("name", "title"):
        size = len(getattr(profile, field))
        if size > NAME_LIMIT_CHARACTERS:
            yield field, f"The {field} has {size:,} characters; write at most {NAME_LIMIT_CHARACTERS}."
    if profile.email and not is_email(profile.email):
        yield "email", f"{shown(profile.email)} is not an e-mail address like rita@acme.example."
    yield from _wrong_days(profile, today)


def _wrong_days(profile: ContactProfile, today: date) -> Iterator[tuple[str, str]]:
    touched_on, left_on = profile.touched_on, profile.left_on
    if touched_on and touched_on > today:
        yield "touched_on", f"{day_said(touched_on, today)} has not come yet. Choose a day on which they did something."
    if left_on and left_on > today:
        yield "left_on", f"{day_said(left_on, today)} has not come yet. Record it once they are gone."
    elif left_on and touched_on and touched_on > left_on:
        yield "left_on", f"They did something on {day_said(touched_on, today)}, after that day. Change one of the two."


def is_email(text: str) -> bool:
    """Return true if the text is an e-mail address."""
    return len(text) <= EMAIL_CHARACTERS and EMAIL.fullmatch(text) is not None


def _is_same_email(one: ContactProfile, other: ContactProfile) -> bool:
    return bool(one.email) and one.email.casefold() == other.email.casefold()


def _is_same_name(one: ContactProfile, other: ContactProfile) -> bool:
    return normal_key(one.name) == normal_key(other.name) and not (one.email and other.email)
