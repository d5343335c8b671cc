"""Notices about people deactivated in Slack: those who can hand over their work are told once."""

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.people import Function, LeftBehind, Promised
from agendas.rules.reviews.scope import in_scope
from agendas.verbs.letters.queue import tell
from agendas.verbs.loading.rows import account_state
from agendas.verbs.reads.work import names_on_view
from storage import account_items, accounts, people, responsibilities, reviews
from storage.account_items import NO_ITEMS
from storage.delivery import outbox
from storage.delivery.subjects import PersonSubject, subject_of
from storage.people import SlackUser
from storage.tables import Account, Cadence

NOT_THERE = ("user_disabled", "user_not_found")
"""Errors of Slack for a conversation with somebody who is not there any more."""
PAGE = "deactivated"

log = logging.getLogger("cadence.people")


def learn(
    session: Session, workspace_id: str, users: Sequence[SlackUser], now: datetime, *, asked_at: datetime | None = None
) -> None:
    """Store Slack's facts about these users, and notify admins of newly deactivated ones who left work behind.

    That somebody stays deactivated is not told again; that they came back and left once more is. A list of people
    comes with the instant when Slack was asked for it: it says nothing of those of whom Slack told more since.
    """
    had_admin = people.has_admin(session, workspace_id)
    left = people.save_users(session, workspace_id, users, now, asked_at=asked_at)
    for user_id in sorted(responsibilities.responsible_among(session, workspace_id, left)):
        _tell(session, workspace_id, user_id, now)
    if not had_admin:
        tell_first_admins(session, workspace_id, now)


def note_refusal(session: Session, workspace_id: str, user_id: str, *, error: str, now: datetime) -> None:
    """Mark the person as deactivated when Slack's error about a letter says so, and notify admins likewise."""
    if error in NOT_THERE and user_id and people.deactivate(session, workspace_id, user_id, now):
        _tell(session, workspace_id, user_id, now)


def tell_first_admins(session: Session, workspace_id: str, now: datetime) -> None:
    """Notify the first admins of all deactivated people who still answer for something.

    Who was told of somebody already, as a facilitator, is not told again.
    """
    admins = people.admins(session, workspace_id)
    gone = responsibilities.responsible_deactivated(session, workspace_id) if admins else set()
    for admin in admins:
        letters = outbox.to_person(session, workspace_id, admin.user_id, page=PAGE)
        known = {subject_of(letter, PersonSubject).user_id for letter in letters}
        for user_id in sorted(gone - known):
            _write(session, workspace_id, admin.user_id, of=user_id, occasion="first", now=now)


def left_behind(session: Session, workspace_id: str, user_id: str) -> LeftBehind | None:
    """Return the work the person left behind; None when they are not deactivated, or nothing is left."""
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
        leads=tuple(map(Function, people.led_by(session, workspace_id, user_id))),
    )
    return None if found.is_nothing else found


def _tell(session: Session, workspace_id: str, user_id: str, now: datetime) -> None:
    if left_behind(session, workspace_id, user_id) is None:
        return
    recipients = _helpers(session, workspace_id, user_id)
    if not recipients:
        to_do = "name an admin in CADENCE_ADMINS, who is told then"
        log.warning("deactivated_untold", extra={"workspace": workspace_id, "user": user_id, "to_do": to_do})
    for recipient in recipients:
        _write(session, workspace_id, recipient, of=user_id, occasion=f"{now:%Y%m%dT%H%M%S%f}", now=now)


def _write(session: Session, workspace_id: str, recipient: str, *, of: str, occasion: str, now: datetime) -> None:
    """Queue the notice, once for each occasion."""
    key = f"{PAGE}:{of}:{occasion}:{recipient}"
    tell(session, workspace_id, recipient, page=PAGE, subject=PersonSubject(of), key=key, at=now)


def _helpers(session: Session, workspace_id: str, user_id: str) -> list[str]:
    """The facilitators of the cadences that review the person's accounts first, then the admins, each once.

    Where there are none, the facilitators of all cadences.
    """
    rows, cadences = accounts.of_owner(session, workspace_id, user_id), reviews.cadences(session, workspace_id)
    leading = _present(session, workspace_id, [each.facilitator for each in cadences if _reviews_any(each, rows)])
    helpers = [*leading, *(admin.user_id for admin in people.admins(session, workspace_id))]
    helpers = helpers or _present(session, workspace_id, [each.facilitator for each in cadences])
    return list(dict.fromkeys(helpers))


def _present(session: Session, workspace_id: str, user_ids: Sequence[str]) -> list[str]:
    """These people in their order, without those who are deactivated or not known."""
    present = {each.user_id for each in people.get_many(session, workspace_id, user_ids) if not each.is_deleted}
    return [user_id for user_id in user_ids if user_id in present]


def _reviews_any(cadence: Cadence, rows: Iterable[Account]) -> bool:
    return any(in_scope(account_state(row, NO_ITEMS), cadence.scope) for row in rows)


def _promised(session: Session, workspace_id: str, user_id: str) -> tuple[Promised, ...]:
    """The accounts with open next actions of the person, the soonest due first, and how many each has."""
    counts = Counter(row.account_id for row in account_items.actions_of_owner(session, workspace_id, user_id))
    names = names_on_view(accounts.get_many(session, workspace_id, counts))
    return tuple(Promised(names[each], count) for each, count in counts.items() if each in names)
