"""Somebody is deactivated in Slack: who can give what they left behind to others is told once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.deactivated_facts import LeftBehind, Promised
from agendas.rows import account_state
from agendas.rules.list_pages import ON_VIEW
from agendas.rules.scope import in_scope
from agendas.verbs.letters import tell
from storage import accounts, in_charge, parts, people, reviews
from storage.parts import NO_PARTS
from storage.people import SlackUser
from storage.tables import Account, Cadence

NOT_THERE = ("user_disabled", "user_not_found")
"""What Slack answers when it does not open a conversation with somebody who is not there any more."""


def learn(session: Session, workspace_id: str, users: Sequence[SlackUser], now: datetime) -> None:
    """Stores what Slack says of these users; of those found deactivated now who left something behind, it is told.

    That somebody stays deactivated is not told again; that they came back and left once more is.
    """
    left = people.learn(session, workspace_id, users, now)
    for user_id in sorted(in_charge.among(session, workspace_id, left)):
        _tell(session, workspace_id, user_id, now)


def note_refusal(session: Session, workspace_id: str, user_id: str, *, error: str, now: datetime) -> None:
    """Takes the person for deactivated when Slack's error about a letter to them says so, and tells of it likewise."""
    if error in NOT_THERE and user_id and people.deactivate(session, workspace_id, user_id, now):
        _tell(session, workspace_id, user_id, now)


def left_behind(session: Session, workspace_id: str, user_id: str) -> LeftBehind | None:
    """What the person left behind; None when they are not deactivated, or nothing is left."""
    person = people.find(session, workspace_id, user_id)
    if person is None or not person.is_deleted:
        return None
    rows = accounts.of_owner(session, workspace_id, user_id)
    found = LeftBehind(
        user_id=user_id,
        name=person.name,
        owned=tuple(row.name for row in rows if row.owner == user_id),
        partnered=tuple(row.name for row in rows if row.marketing_partner == user_id),
        promised=_promised(session, workspace_id, user_id),
        facilitates=tuple(
            each.channel_id for each in reviews.cadences(session, workspace_id) if each.facilitator == user_id
        ),
    )
    return None if found.is_nothing else found


def _tell(session: Session, workspace_id: str, user_id: str, now: datetime) -> None:
    if left_behind(session, workspace_id, user_id) is None:
        return
    for recipient in _helpers(session, workspace_id, user_id):
        key = f"deactivated:{user_id}:{now:%Y%m%dT%H%M%S%f}:{recipient}"
        tell(session, workspace_id, recipient, page="deactivated", subject={"user_id": user_id}, key=key, at=now)


def _helpers(session: Session, workspace_id: str, user_id: str) -> list[str]:
    """The facilitators of the cadences that review the person's accounts first, then the admins, each once."""
    rows = accounts.of_owner(session, workspace_id, user_id)
    leading = [each.facilitator for each in reviews.cadences(session, workspace_id) if _reviews_any(each, rows)]
    present = {each.user_id for each in people.some(session, workspace_id, leading) if not each.is_deleted}
    admins = [admin.user_id for admin in people.admins(session, workspace_id)]
    return list(dict.fromkeys([*(each for each in leading if each in present), *admins]))


def _reviews_any(cadence: Cadence, rows: Iterable[Account]) -> bool:
    return any(in_scope(account_state(row, NO_PARTS), cadence.scope) for row in rows)


def _promised(session: Session, workspace_id: str, user_id: str) -> tuple[Promised, ...]:
    """The accounts with open next actions of the person, the soonest due first, and how many each has."""
    counts = Counter(row.account_id for row in parts.actions_of_owner(session, workspace_id, user_id))
    rows = accounts.some(session, workspace_id, counts)
    names = {row.row_id: row.name for row in rows if row.list_status in ON_VIEW}
    return tuple(Promised(names[each], count) for each, count in counts.items() if each in names)
