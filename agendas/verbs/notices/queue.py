"""Direct messages that nobody asked for, queued as their readers want them and as far as their week has room."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.people import Choice, NoticeKind, Preferences, Right
from agendas.rules.access.delivery_reasons import NOTHING_TO_SAY
from agendas.rules.notices.sending import Reason, after_quiet_hours, next_digest, when_to_send
from agendas.rules.notices.working_hours import WorkingHours, next_working_morning
from agendas.text.days import local_date
from agendas.verbs.loading.rows import is_member
from agendas.verbs.notices.budget import Budget
from agendas.verbs.notices.kinds import DIGEST, ESCALATED, KIND_OF_PAGE, MORNING, is_unasked, rank_of
from agendas.verbs.notices.plan_reminders import hours_of
from agendas.verbs.notices.preferences import EVERYTHING_AT_ONCE, Reader, readers
from storage import people
from storage.delivery import collecting, outbox, unasked
from storage.tables import Letter, LetterKind, LetterState, Person

KEPT = {"workspace_id", "key", "kind", "page", "subject", "user_id"}
"""Columns of a direct message that stay when it is queued anew."""

A_DAY = timedelta(days=1)


def queue_notices(session: Session, letters: Sequence[Letter]) -> None:
    """Queue direct messages of one workspace, each once, by as many statements for many people as for one.

    Each is sent at once, after quiet hours, in the digest, or not at all. What is more than its reader gets in a week
    waits for the digest too.
    """
    outbox.queue_many(session, [each for each in letters if each.page not in KIND_OF_PAGE])
    unasked = [each for each in letters if each.page in KIND_OF_PAGE]
    stored = outbox.by_keys(session, unasked[0].workspace_id, [each.key for each in unasked]) if unasked else {}
    new = [each for each in sorted(unasked, key=lambda each: each.user_id) if each.key not in stored]
    if new:
        _queue_as_wanted(session, new)


def queue_anew(session: Session, letters: Iterable[Letter], now: datetime, *, not_after: datetime) -> None:
    """Queue those of these letters of one workspace again that were dropped as there was nothing to say."""
    unsaid = [each for each in letters if each.state == LetterState.DROPPED and each.last_error == NOTHING_TO_SAY]
    if not unsaid:
        return
    again = [
        Letter(**each.model_dump(include=KEPT), created_at=now, due_at=now, not_after=not_after) for each in unsaid
    ]
    outbox.discard(session, unsaid)
    queue_notices(session, again)


def collect_for_digest(
    session: Session, letters: Sequence[Letter], budget: Budget, known: Mapping[str, Reader]
) -> None:
    """Let letters of one workspace be told in the next digests of their readers, of whom some set preferences.

    What is told on a working morning comes in its digest, in the next one where that went already.
    """
    unknown = {each.user_id for each in letters} - known.keys()
    rows = people.get_many(session, letters[0].workspace_id, unknown) if unknown else ()
    found = {row.user_id: Reader(Preferences(), row.time_zone) for row in rows} | dict(known)
    mornings = {each.user_id for each in letters if each.page == MORNING}
    hours = hours_of(session, letters[0].workspace_id, mornings, letters[0].due_at) if mornings else {}

    def due_at(letter: Letter, last: Letter | None) -> datetime:
        reader, last_at = found.get(letter.user_id, EVERYTHING_AT_ONCE), went_at(last)
        if letter.page == MORNING:
            working = hours.get(letter.user_id, WorkingHours(reader.zone))
            wanted_at = _morning_at(letter.due_at, reader, last_at, working)
        else:
            wanted_at = next_digest(reader.preferences, reader.zone, letter.due_at, last_at=last_at)
        return budget.digest_at(letter.user_id, wanted_at, reader.preferences, reader.zone)

    collecting.collect_many(session, letters, page=DIGEST, due_at=due_at)


def went_at(last: Letter | None) -> datetime | None:
    """Return when the person's last letter of a kind went or goes, None without one."""
    return (last.sent_at or last.due_at) if last is not None else None


def quiet_until(session: Session, letter: Letter, now: datetime) -> datetime | None:
    """Return the end of its reader's quiet hours for a message that nobody asked for, None where it may be sent now."""
    if not is_unasked(letter.page):
        return None
    ends_at = undisturbed_at(session, letter.workspace_id, letter.user_id, now)
    return ends_at if ends_at > now else None


def undisturbed_at(session: Session, workspace_id: str, user_id: str, now: datetime) -> datetime:
    """Return `now`, or the end of the person's quiet hours that it lies in."""
    reader = readers(session, workspace_id, (user_id,)).get(user_id, EVERYTHING_AT_ONCE)
    return after_quiet_hours(reader.preferences.quiet, reader.zone, now)


def is_switched_off(session: Session, letter: Letter) -> bool:
    """Return true if the reader of the letter wants no messages of its kind."""
    kind = KIND_OF_PAGE.get(letter.page)
    if kind is None or letter.kind != LetterKind.DIRECT:
        return False
    return kind in switched_off(session, letter.workspace_id, letter.user_id)


def switched_off(session: Session, workspace_id: str, user_id: str) -> frozenset[NoticeKind]:
    """Return the kinds of messages that the person does not want."""
    chosen = readers(session, workspace_id, (user_id,)).get(user_id, EVERYTHING_AT_ONCE).preferences
    return frozenset(kind for kind in NoticeKind if chosen.of(kind) is Choice.OFF)


def who_may_act(session: Session, workspace_id: str, user_ids: Iterable[str]) -> tuple[str, ...]:
    """Return these people without observers, guests, outsiders, bots and those who are gone or not known.

    In one order, so that of two that tell the same people at once one waits for the other.
    """
    return tuple(each.user_id for each in _members(session, workspace_id, user_ids) if each.right != Right.OBSERVER)


def who_is_there(session: Session, workspace_id: str, user_ids: Iterable[str]) -> tuple[str, ...]:
    """Return these people, observers too, in one order without guests, outsiders, bots and those who are gone."""
    return tuple(each.user_id for each in _members(session, workspace_id, user_ids))


def _members(session: Session, workspace_id: str, user_ids: Iterable[str]) -> list[Person]:
    found = people.get_many(session, workspace_id, set(user_ids))
    return sorted(filter(is_member, found), key=lambda each: each.user_id)


def _queue_as_wanted(session: Session, letters: Sequence[Letter]) -> None:
    workspace_id, user_ids = letters[0].workspace_id, {each.user_id for each in letters}
    known = readers(session, workspace_id, user_ids)
    budget = Budget(session, workspace_id, user_ids, min(each.due_at for each in letters))
    escalated = _had_escalated(session, letters)
    at_once: list[Letter] = []
    waiting: list[Letter] = []
    for letter in letters:
        reader = known.get(letter.user_id, EVERYTHING_AT_ONCE)
        sending = when_to_send(KIND_OF_PAGE[letter.page], reader.preferences, reader.zone, letter.due_at)
        if sending is None:
            continue
        is_another = letter.page == ESCALATED and letter.user_id in escalated
        waits = sending.reason is Reason.DIGEST or letter.page == MORNING or is_another
        if waits or not budget.take(letter.user_id, sending.at, rank_of(letter.page)):
            letter.last_error = "" if waits else Reason.OVER_CAP
            waiting.append(letter)
            continue
        # created then too, so that it is not taken for late
        letter.created_at = letter.due_at = sending.at
        at_once.append(letter)
    outbox.queue_many(session, at_once)
    if waiting:
        collect_for_digest(session, waiting, budget, known)


def _had_escalated(session: Session, letters: Sequence[Letter]) -> set[str]:
    """Return who of the letters' readers got a blocker past its limit within a day: others wait for the digest."""
    readers_of = {each.user_id: each.due_at for each in letters if each.page == ESCALATED}
    if not readers_of:
        return set()
    since = min(readers_of.values()) - A_DAY
    return unasked.readers(session, letters[0].workspace_id, readers_of.keys(), page=ESCALATED, since=since)


def _morning_at(at: datetime, reader: Reader, last_at: datetime | None, hours: WorkingHours) -> datetime:
    if last_at is None or local_date(last_at, reader.zone) != local_date(at, reader.zone):
        return at
    return next_working_morning(hours, at, reader.preferences.digest_at) or at
