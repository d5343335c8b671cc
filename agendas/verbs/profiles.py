"""Profiles of accounts: nominated with one, and changed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from agendas.errors import FieldProblems, Refused
from agendas.facts.events import IN_CHARGE, Profile
from agendas.facts.narrative import Justification, Justified
from agendas.facts.people import Author
from agendas.verbs import account_list
from agendas.verbs.fit import nominate_and_ask
from agendas.verbs.record import Recorded, record_and_show
from agendas.verbs.updates import full_member, open_account
from storage import workspaces

# Profiles: an account nominated with one, and the profile of one changed.


def nominate(
    session: Session, author: Author, profile: Profile, *, because: str = "", why_now: str = "", motion: str = ""
) -> Recorded:
    """Record a new candidate and ask everybody with a function about it.

    Raises NotAMember for somebody in charge who is no active full member, and what `nominate_and_ask` raises.
    """
    _require_members(session, author, profile, Profile(name=""))
    return nominate_and_ask(session, author, profile, because=because, why_now=why_now, motion=motion)


def change_profile(
    session: Session, author: Author, account_id: int, changed: Callable[[Profile], Profile]
) -> Recorded:
    """Record the profile that `changed` makes of the current one, which nobody else changes meanwhile.

    Raises NotAMember for somebody new who is no full member, and what `account_list.edit` and `changed` raise.
    """
    # the workspace's lock before the account's, as every change of names takes them
    workspaces.lock(session, author.workspace_id)
    before = open_account(session, author, account_id).profile
    after = changed(before)
    _require_members(session, author, after, before)
    return account_list.edit(session, author, account_id, after)


def with_people(profile: Profile, in_charge: Mapping[str, str | None]) -> Profile:
    """The profile with these people, by field of IN_CHARGE."""
    given: dict[str, Any] = {role: in_charge[role] for role in IN_CHARGE if role in in_charge}
    return replace(profile, **given)


def put_in_charge(session: Session, author: Author, account_id: int, role: str, user_id: str | None) -> Recorded:
    """Record who has the role, one of IN_CHARGE, at the account; None for nobody. Raises as `change_profile`."""

    def changed(profile: Profile) -> Profile:
        # `owner_name`, a CRM owner who is unknown here, is cleared: this person takes their place
        if role == "owner":
            return replace(profile, owner=user_id, owner_name="")
        return with_people(profile, {role: user_id})

    try:
        return change_profile(session, author, account_id, changed)
    except FieldProblems as error:
        raise Refused(" ".join(error.fields.values())) from None


def _require_members(session: Session, author: Author, after: Profile, before: Profile) -> None:
    """Raise NotAMember for somebody newly in charge who is no active full member."""
    for role in IN_CHARGE:
        user_id = getattr(after, role)
        if user_id and user_id != getattr(before, role):
            full_member(session, author, user_id)


# The justification of an account, changed on its own or together with the profile.

Changed = Callable[[Justification], Justification]


def change_justification(session: Session, author: Author, account_id: int, changed: Changed) -> Recorded:
    """Record the justification that `changed` makes of the current one, which nobody else changes meanwhile.

    Raises Refused when nothing differs or the account is off the list, and the errors of `changed`.
    """
    state = open_account(session, author, account_id)
    before, after = state.justification, changed(state.justification)
    if after == before:
        raise Refused(f"Nothing differs from what is written about {state.name} already.")
    return record_and_show(session, author, account_id, Justified(after, before))


def change_account(
    session: Session, author: Author, account_id: int, *, profile: Callable[[Profile], Profile], justification: Changed
) -> list[Recorded]:
    """Record the profile and the justification, each where it differs.

    Raises as `change_profile` and `change_justification` do; Refused when neither differs.
    """
    # the workspace's lock before the account's, as every change of names takes them
    workspaces.lock(session, author.workspace_id)
    state = open_account(session, author, account_id)
    has_new_justification = justification(state.justification) != state.justification
    recorded = []
    # where neither differs, recording the profile is refused with the reason
    if profile(state.profile) != state.profile or not has_new_justification:
        recorded.append(change_profile(session, author, account_id, profile))
    if has_new_justification:
        recorded.append(change_justification(session, author, account_id, justification))
    return recorded
