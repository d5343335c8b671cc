"""How a person wants the messages that nobody asked for: read, and changed by the person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time

from sqlmodel import Session

from agendas.facts.people import DIGEST_AT, Author, Choice, NoticeKind, Preferences, QuietHours, Right
from agendas.facts.program.trail import TrailSubject
from agendas.rules.notices.sending import after_quiet_hours, next_digest
from agendas.verbs.notices.kinds import DIGEST, is_unasked
from agendas.verbs.trail.note import note_change
from storage import people, reviews
from storage.delivery import collecting, preferences
from storage.nudging import mornings
from storage.tables import Preference
from storage.tables.types import JsonValue


@dataclass(frozen=True, slots=True)
class Reader:
    """The preferences of a person, and their zone."""

    preferences: Preferences
    zone: str


EVERYTHING_AT_ONCE = Reader(Preferences(), "UTC")
"""Whoever set no preferences; there are no times to read in a zone."""


def readers(session: Session, workspace_id: str, user_ids: Collection[str]) -> dict[str, Reader]:
    """Return the preferences of those of these people who set any, by user id."""
    rows = preferences.of_people(session, workspace_id, user_ids) if user_ids else {}
    known = people.get_many(session, workspace_id, rows) if rows else ()
    return {each.user_id: Reader(preferences_of(rows[each.user_id]), each.time_zone) for each in known}


def preferences_to_change(session: Session, workspace_id: str, user_id: str) -> tuple[Preferences, bool]:
    """Return the person's preferences, and whether notices of trouble are sent to them."""
    row = preferences.of_people(session, workspace_id, (user_id,)).get(user_id)
    return preferences_of(row), _is_helper(session, workspace_id, user_id)


def change_preferences(session: Session, author: Author, wanted: Preferences) -> tuple[Preferences, Preferences]:
    """Save what the author wants and return it before and after; kinds that `wanted` does not name stay as they are.

    What waits for the author is sent by the new choices; those of a later version of this program are kept.
    """
    new = Preference(
        workspace_id=author.workspace_id, user_id=author.user_id, digest_at=DIGEST_AT, changed_at=author.at
    )
    row = preferences.lock(session, new)
    before, stored = preferences_of(row), dict(row.choices or {})
    row.choices = stored | {kind.value: choice.value for kind, choice in wanted.choices}
    row.digest_at, row.changed_at = wanted.digest_at, author.at
    row.quiet_from = wanted.quiet.begins if wanted.quiet else None
    row.quiet_to = wanted.quiet.ends if wanted.quiet else None
    session.add(row)
    session.flush()
    after = preferences_of(row)
    if _written(after) != _written(before):
        _note_change(session, author, before, after)
        _send_by(session, author, after)
        mornings.plan_again(session, author.workspace_id, (author.user_id,), author.at)
    return before, after


def preferences_of(row: Preference | None) -> Preferences:
    """Return the stored preferences; kinds and choices that this version does not know are ignored."""
    if row is None:
        return Preferences()
    kinds, chosen = set(NoticeKind), set(Choice)
    stored: Mapping[str, object] = row.choices if isinstance(row.choices, dict) else {}
    choices = tuple(
        (NoticeKind(kind), Choice(str(how))) for kind, how in stored.items() if kind in kinds and how in chosen
    )
    quiet = None
    if row.quiet_from is not None and row.quiet_to is not None and row.quiet_from != row.quiet_to:
        quiet = QuietHours(row.quiet_from, row.quiet_to)
    return Preferences(tuple(sorted(choices)), row.digest_at, quiet)


def _is_helper(session: Session, workspace_id: str, user_id: str) -> bool:
    person = people.find(session, workspace_id, user_id)
    if person is not None and person.right == Right.ADMIN:
        return True
    return any(each.facilitator == user_id for each in reviews.cadences(session, workspace_id))


def _note_change(session: Session, author: Author, before: Preferences, after: Preferences) -> None:
    note_change(
        session, author, TrailSubject.PREFERENCES, author.user_id, before=_written(before), after=_written(after)
    )


def _written(preferences: Preferences) -> JsonValue:
    quiet = preferences.quiet
    return {kind.value: preferences.of(kind).value for kind in NoticeKind} | {
        "digest_at": _clock(preferences.digest_at),
        "quiet_hours": f"{_clock(quiet.begins)}-{_clock(quiet.ends)}" if quiet else "none",
    }


def _clock(wall: time) -> str:
    return f"{wall:%H:%M}"


def _send_by(session: Session, author: Author, after: Preferences) -> None:
    """Move what waits for the author and nobody asked for to the new time of the digest, out of the quiet hours."""
    has_digest = Choice.DIGEST in dict(after.choices).values()
    for letter in collecting.waiting_to(session, author.workspace_id, author.user_id):
        if not is_unasked(letter.page):
            continue
        due_at = letter.due_at
        if letter.page == DIGEST:
            due_at = next_digest(after, author.zone, author.at) if has_digest else author.at
        due_at = after_quiet_hours(after.quiet, author.zone, due_at)
        if due_at != letter.due_at:
            collecting.due_anew(session, letter, due_at)
