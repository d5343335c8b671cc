"""Functions and rights given to people, and the first admins."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.account import Source
from agendas.facts.people import Author, Function, PersonFacts, Right
from agendas.facts.program.trail import TrailSubject
from agendas.verbs.letters.deactivated import tell_first_admins
from agendas.verbs.loading.days_away import person_at
from agendas.verbs.people.leads import lead
from agendas.verbs.reads.people import UNKNOWN_PERSON
from agendas.verbs.trail.note import note_change
from storage import people, workspaces

ADMINS_NEEDED = 1
"""The last admin cannot give the right away; two are advised."""


def give(
    session: Session,
    author: Author,
    user_id: str,
    *,
    function: Function | None,
    right: Right,
    leads: Collection[Function] | None = None,
) -> PersonFacts:
    """Give the person this function and right, and return the person.

    With `leads` the person leads these functions and no others from now on, in the place of who led them.

    Raises Outdated for somebody unknown, Refused for guests and outsiders, for an observer who is to lead, and when no
    admin would be left.
    """
    # of two admins who take the right from each other the second is refused
    workspaces.lock(session, author.workspace_id)
    row = people.find(session, author.workspace_id, user_id)
    if row is None or row.is_bot:
        raise Outdated(UNKNOWN_PERSON)
    if row.is_guest or row.is_external or row.is_deleted:
        raise Refused(f"{row.name} is a guest, from another company or deactivated, and cannot be given rights.")
    others = [each for each in people.admins(session, author.workspace_id) if each.user_id != user_id]
    if row.right == Right.ADMIN and right is not Right.ADMIN and len(others) < ADMINS_NEEDED:
        raise Refused(f"{row.name} is the only admin. Make somebody else an admin first.")
    if leads and right is Right.OBSERVER:
        raise Refused(f"{row.name} would be an observer, who answers nothing, so cannot lead. Give another right.")
    before = {"function": row.function, "right": row.right}
    row.function, row.right = function.value if function else None, right.value
    session.add(row)
    after = {"function": row.function, "right": row.right}
    if after != before:
        note_change(session, author, TrailSubject.PERSON, user_id, before=before, after=after)
    if leads is not None:
        lead(session, author, user_id, leads)
    return person_at(session, row, author.at)


def first_admins(
    session: Session, workspace_id: str, user_ids: Collection[str], *, now: datetime, because: str = ""
) -> None:
    """Make these people admins; people never seen are added, to be filled in when Slack tells who they are.

    `because` goes to the audit trail. Where there was no admin, they are told of everybody deactivated.
    """
    had_admin, itself = people.has_admin(session, workspace_id), Author(workspace_id, "", Source.SYSTEM, now)
    people.add_unknown(session, workspace_id, user_ids, now)
    found = {row.user_id: row for row in people.get_many(session, workspace_id, user_ids)}
    for user_id in user_ids:
        row = found[user_id]
        if row.right != Right.ADMIN:
            after = {"right": Right.ADMIN.value} | ({"because": because} if because else {})
            note_change(session, itself, TrailSubject.PERSON, user_id, before={"right": row.right}, after=after)
        row.right = Right.ADMIN.value
        session.add(row)
    session.flush()
    if not had_admin:
        tell_first_admins(session, workspace_id, now)


def ensure_admins(session: Session, workspace_id: str, *, named: Collection[str], now: datetime) -> int:
    """Make the people `named` in the settings admins and return the number of admins."""
    first_admins(session, workspace_id, named, now=now, because="named in CADENCE_ADMINS")
    return len(people.admins(session, workspace_id))
