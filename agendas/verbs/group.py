"""The people at an account: adding and changing them, confirming roles, and that somebody left."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.account import AccountState
from agendas.facts.group import Contact, ContactAdded, ContactEdited, ContactProfile
from agendas.facts.people import Author
from agendas.pages.updates import RecordedFacts
from agendas.rules.group import (
    acting_in,
    as_confirmed,
    buyer_sides,
    refuse_twin,
    refuse_wrong,
    suggested_roles,
    with_suggestions,
)
from agendas.text.dates import local_date
from agendas.verbs.card import get_event, recorded_facts
from agendas.verbs.evidence import credit_earlier, current_entry
from agendas.verbs.record import Recorded, record_and_show
from agendas.verbs.updates import open_account


class AlreadyInGroup(Outdated):
    """Whom an entry names is in the group meanwhile."""


def add_contact(session: Session, author: Author, account_id: int, profile: ContactProfile) -> Recorded:
    """Record a person at the account, with the roles that the title suggests where none is given.

    They are credited with the acts in earlier entries under their name. Raises FieldProblems for values that a person
    cannot have, and for somebody who is in the account's group already.
    """
    state = open_account(session, author, account_id)
    _require_valid(author, state, profile, state.contacts)
    recorded = record_and_show(session, author, account_id, ContactAdded(with_suggestions(profile)))
    return credit_earlier(session, author, recorded, recorded.event.id)


def add_named(session: Session, author: Author, account_id: int, event_id: int, place: int) -> Recorded:
    """Add a person whom an entry names to the buying group, with the roles that the title suggests, as confirmed.

    `place` is the person's index among those named who are not in the group. Raises AlreadyInGroup beyond the last, and
    for an entry of another account.
    """
    event = current_entry(session, author.workspace_id, event_id)
    state = open_account(session, author, account_id)
    named = acting_in(event, buyer_sides(state)).strangers if event.account_id == account_id else ()
    if place >= len(named):
        raise AlreadyInGroup(f"They are in the group of {state.name} already. See /account {state.name} group.")
    profile = ContactProfile(named[place].name, named[place].title, roles=suggested_roles(named[place].title))
    return add_contact(session, author, account_id, profile)


def receipt_with_group(
    session: Session, author: Author, account_id: int, event_id: int, entry_id: int
) -> RecordedFacts:
    """Return the facts of an event for its receipt, with the people who are in the account's group now.

    `entry_id` is the entry whose words name them: another one, or the event itself, whose evidence is then as people
    judged it.
    """
    workspace_id = author.workspace_id
    entry = current_entry(session, workspace_id, entry_id)
    facts = recorded_facts(session, entry if event_id == entry_id else get_event(session, workspace_id, event_id))
    contacts = open_account(session, author, account_id).contacts
    return replace(facts, after=replace(facts.after, contacts=contacts), zone=author.zone)


def edit_contact(
    session: Session, author: Author, account_id: int, contact_id: int, *, profile: ContactProfile
) -> Recorded:
    """Record `profile` as what is known of the person; the link to the CRM stays.

    Under a new name they are credited with the acts in earlier entries that name them so.
    Raises FieldProblems for wrong values or a double, Outdated when there is no such person, Refused without a change.
    """
    state, known = person_of(session, author, account_id, contact_id)
    before = known.profile
    after = with_suggestions(replace(profile, crm_system=before.crm_system, crm_id=before.crm_id), before)
    if after == before:
        raise Refused(f"Nothing is different about {before.name}, so nothing was recorded.")
    _require_valid(author, state, after, [each for each in state.contacts if each.id != contact_id])
    recorded = record_and_show(session, author, account_id, ContactEdited(contact_id, after))
    return credit_earlier(session, author, recorded, contact_id) if after.name != before.name else recorded


def change_contact(
    session: Session,
    author: Author,
    account_id: int,
    contact_id: int,
    *,
    changed: Callable[[ContactProfile], ContactProfile],
) -> Recorded:
    """Record the profile that `changed` makes of the current one, which nobody else changes meanwhile.

    Raises as `edit_contact`, and what `changed` raises.
    """
    _, known = person_of(session, author, account_id, contact_id)
    return edit_contact(session, author, account_id, contact_id, profile=changed(known.profile))


def confirm_roles(session: Session, author: Author, account_id: int, contact_id: int) -> Recorded:
    """Record that the roles suggested for the person are theirs. Raises Refused when none is suggested."""
    _, known = person_of(session, author, account_id, contact_id)
    if not known.profile.suggested_roles:
        raise Refused(f"No role is suggested for {known.profile.name} any more. See the group with Edit.")
    return record_and_show(session, author, account_id, ContactEdited(contact_id, as_confirmed(known.profile)))


def contact_left(session: Session, author: Author, account_id: int, contact_id: int, *, left_on: date) -> Recorded:
    """Record that the person left on that day. Raises what `edit_contact` raises."""
    _, known = person_of(session, author, account_id, contact_id)
    return edit_contact(session, author, account_id, contact_id, profile=replace(known.profile, left_on=left_on))


def person_of(session: Session, author: Author, account_id: int, contact_id: int) -> tuple[AccountState, Contact]:
    """Return the account and its person of this id. Raises Outdated when there is none, Refused off the list."""
    state = open_account(session, author, account_id)
    found = next((each for each in state.contacts if each.id == contact_id), None)
    if found is None:
        raise Outdated(f"That person is not in the group of {state.name} any more. See /account {state.name} group.")
    return state, found


def _require_valid(author: Author, state: AccountState, profile: ContactProfile, others: Iterable[Contact]) -> None:
    """Raise FieldProblems for values that a person cannot have, and for a person who is among `others` already."""
    refuse_wrong(profile, today=local_date(author.at, author.zone))
    refuse_twin(profile, others, account=state.name)
