"""People of the workspace: who they are, what they may do, when they are away."""

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.account import Function, PersonFacts, Right
from agendas.facts.author import Author
from agendas.rules.access.rights import Deed, may
from agendas.rules.fit.score import criteria_of
from agendas.verbs.letters.deactivated import tell_first_admins
from agendas.verbs.loading.rows import person_facts
from storage import people, workspaces
from storage.tables import Person

UNKNOWN_PERSON = "That person is not known here. Ask them to write to Cadence once, then try again."
ADMINS_NEEDED = 1
"""The last admin cannot give the right away; two are advised."""


def list_people(session: Session, workspace_id: str, *, now: datetime) -> tuple[PersonFacts, ...]:
    """The workspace's own active members, by name; guests and people of other companies are left out."""
    rows = people.everybody(session, workspace_id)
    return tuple(_facts(row, now) for row in rows if not (row.is_deleted or row.is_guest or row.is_external))


def scorers(session: Session, workspace_id: str, *, now: datetime) -> tuple[PersonFacts, ...]:
    """Who is asked to score accounts: active members with a function who may nominate and are not away, by name."""
    everybody = (_facts(row, now) for row in people.with_function(session, workspace_id))
    return tuple(each for each in everybody if criteria_of(each.function) and may_be_asked(each))


def may_be_asked(person: PersonFacts) -> bool:
    """Whether the person can answer a question about an account now."""
    return may(person, Deed.NOMINATE) and not person.is_away


def person(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> PersonFacts:
    """One person. Raises Outdated for somebody never seen."""
    row = people.find(session, workspace_id, user_id)
    if row is None:
        raise Outdated(UNKNOWN_PERSON)
    return _facts(row, now)


def admin_ids(session: Session, workspace_id: str) -> tuple[str, ...]:
    """User ids of the admins, whom a refusal names."""
    return tuple(row.user_id for row in people.admins(session, workspace_id))


def give(session: Session, author: Author, user_id: str, *, function: Function | None, right: Right) -> PersonFacts:
    """The person with this function and right.

    Raises Outdated for somebody unknown, Refused for guests and outsiders and when no admin would be left.
    """
    # of two admins who take the right from each other the second is refused
    workspaces.one_at_a_time(session, author.workspace_id)
    row = people.find(session, author.workspace_id, user_id)
    if row is None or row.is_bot:
        raise Outdated(UNKNOWN_PERSON)
    if row.is_guest or row.is_external or row.is_deleted:
        raise Refused(f"{row.name} is a guest, from another company or deactivated, and cannot be given rights.")
    others = [each for each in people.admins(session, author.workspace_id) if each.user_id != user_id]
    if row.right == Right.ADMIN and right is not Right.ADMIN and len(others) < ADMINS_NEEDED:
        raise Refused(f"{row.name} is the only admin. Make somebody else an admin first.")
    before = {"function": row.function, "right": row.right}
    row.function, row.right = function.value if function else None, right.value
    session.add(row)
    people.note_change(
        session,
        workspace_id=author.workspace_id,
        actor=author.user_id,
        at=author.at,
        subject=f"person:{user_id}",
        before=before,
        after={"function": row.function, "right": row.right},
    )
    return _facts(row, author.at)


def first_admins(
    session: Session, workspace_id: str, user_ids: Collection[str], *, now: datetime, because: str = ""
) -> None:
    """Makes these people admins; people never seen are added, to be filled in when Slack tells who they are.

    `because` goes to the audit trail. Where there was no admin, they are told of everybody deactivated.
    """
    had_admin = people.has_admin(session, workspace_id)
    people.meet(session, workspace_id, user_ids, now)
    found = {row.user_id: row for row in people.some(session, workspace_id, user_ids)}
    for user_id in user_ids:
        row = found[user_id]
        if row.right != Right.ADMIN:
            people.note_change(
                session,
                workspace_id=workspace_id,
                actor="",
                at=now,
                subject=f"person:{user_id}",
                before={"right": row.right},
                after={"right": Right.ADMIN.value} | ({"because": because} if because else {}),
            )
        row.right = Right.ADMIN.value
        session.add(row)
    session.flush()
    if not had_admin:
        tell_first_admins(session, workspace_id, now)


def ensure_admins(session: Session, workspace_id: str, *, named: Collection[str], now: datetime) -> int:
    """How many admins there are, once those `named` in the settings are."""
    first_admins(session, workspace_id, named, now=now, because="named in CADENCE_ADMINS")
    return len(people.admins(session, workspace_id))


def members_among(session: Session, workspace_id: str, user_ids: Collection[str]) -> tuple[str, ...]:
    """Those of these people who are known as full members of this workspace."""
    rows = [people.find(session, workspace_id, user_id) for user_id in user_ids]
    outside = [row for row in rows if row and (row.is_guest or row.is_external or row.is_deleted or row.is_bot)]
    return tuple(row.user_id for row in rows if row and row not in outside)


def _facts(row: Person, now: datetime) -> PersonFacts:
    today = now.astimezone(ZoneInfo(row.time_zone)).date()
    away = row.away_from is not None and row.away_to is not None and row.away_from <= today <= row.away_to
    return person_facts(row, is_away=away)
