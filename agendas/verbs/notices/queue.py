"""Direct messages that nobody asked for, queued as their readers want them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.people import Author, Choice, NoticeKind, Right
from agendas.rules.notices.sending import Reason, after_quiet_hours, next_digest, when_to_send, when_to_tell
from agendas.rules.notices.told import people_to_tell
from agendas.rules.notices.working_hours import WorkingHours, next_working_morning
from agendas.text.days import local_date
from agendas.verbs.notices.begun import begun_by, leads_for
from agendas.verbs.notices.kinds import DIGEST, KIND_OF_PAGE, MORNING, ONE_TOLD, TOLD, is_unasked
from agendas.verbs.notices.preferences import EVERYTHING_AT_ONCE, Reader, readers
from storage import people
from storage.delivery import collecting, outbox
from storage.delivery.subjects import EventSubject, to_json
from storage.tables import Letter, LetterKind


def queue_notices(session: Session, letters: Sequence[Letter]) -> None:
    """Queue direct messages of one workspace, each once: at once, after quiet hours, in a digest, or not at all."""
    if not letters:
        return
    known = readers(session, letters[0].workspace_id, {each.user_id for each in letters if each.page in KIND_OF_PAGE})
    mornings = [each for each in letters if each.page == MORNING]
    others = [each for each in letters if each.page != MORNING]
    outbox.queue_many(session, [each for each in others if each.user_id not in known])
    for letter in sorted(others, key=lambda each: each.user_id):
        if letter.user_id in known:
            _queue_as_wanted(session, letter, known[letter.user_id])
    for letter in sorted(mornings, key=lambda each: each.user_id):
        _collect_for_morning(session, letter, known.get(letter.user_id, EVERYTHING_AT_ONCE))


def tell_at_once(session: Session, author: Author, event: EventFacts, account: AccountState) -> None:
    """Queue what the event asks of people for those who may act: within seconds, and once in a quarter of an hour."""
    begun = begun_by(session, author.workspace_id, event.change)
    wanted = people_to_tell(event, account, leads_for(session, author.workspace_id, event, begun), begun=begun)
    told = who_may_act(session, author.workspace_id, wanted) if wanted else ()
    known = readers(session, author.workspace_id, told) if told else {}
    for user_id in told:
        letter = Letter(
            workspace_id=author.workspace_id,
            key=f"event:{event.id}:told:{user_id}",
            kind=LetterKind.DIRECT,
            page=ONE_TOLD,
            subject=to_json(EventSubject(event.id)),
            user_id=user_id,
            created_at=author.at,
            due_at=author.at,
        )
        _tell(session, letter, known.get(user_id, EVERYTHING_AT_ONCE))


def quiet_until(session: Session, letter: Letter, now: datetime) -> datetime | None:
    """Return the end of its reader's quiet hours for a message that nobody asked for, None where it may be sent now."""
    if not is_unasked(letter.page):
        return None
    reader = readers(session, letter.workspace_id, (letter.user_id,)).get(letter.user_id, EVERYTHING_AT_ONCE)
    ends_at = after_quiet_hours(reader.preferences.quiet, reader.zone, now)
    return ends_at if ends_at > now else None


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


def _queue_as_wanted(session: Session, letter: Letter, reader: Reader) -> None:
    kind = KIND_OF_PAGE.get(letter.page)
    if kind is None:
        outbox.queue(session, letter)
        return
    sending = when_to_send(kind, reader.preferences, reader.zone, letter.due_at)
    if sending is None:
        return
    if sending.reason is Reason.DIGEST:
        _collect_for_digest(session, letter, reader)
        return
    # created then too, so that it is not taken for late
    letter.created_at = letter.due_at = sending.at
    outbox.queue(session, letter)


def _tell(session: Session, letter: Letter, reader: Reader) -> None:
    choice, at = reader.preferences.of(NoticeKind.TOLD), letter.due_at
    if choice is Choice.DIGEST:
        _collect_for_digest(session, letter, reader)
    elif choice is Choice.AT_ONCE:
        collecting.collect(
            session,
            letter,
            page=TOLD,
            due_at=lambda last: when_to_tell(reader.preferences, reader.zone, at, last_at=_went_at(last)).at,
        )


def _collect_for_digest(session: Session, letter: Letter, reader: Reader) -> None:
    at = letter.due_at
    collecting.collect(
        session,
        letter,
        page=DIGEST,
        due_at=lambda last: next_digest(reader.preferences, reader.zone, at, last_at=_went_at(last)),
    )


def _collect_for_morning(session: Session, letter: Letter, reader: Reader) -> None:
    """Tell it in the digest of its morning; where that went already, in the next working morning's."""
    person, at = people.find(session, letter.workspace_id, letter.user_id), letter.due_at
    if person is None or reader.preferences.of(NoticeKind.NUDGES) is Choice.OFF:
        return
    zone, digest_at = person.time_zone, reader.preferences.digest_at

    def due_at(last: Letter | None) -> datetime:
        went_at = _went_at(last)
        if went_at is None or local_date(went_at, zone) != local_date(at, zone):
            return at
        return next_working_morning(WorkingHours(zone), at, digest_at) or at

    collecting.collect(session, letter, page=DIGEST, due_at=due_at)


def _went_at(last: Letter | None) -> datetime | None:
    return (last.sent_at or last.due_at) if last is not None else None


def who_may_act(session: Session, workspace_id: str, user_ids: Iterable[str]) -> tuple[str, ...]:
    """Return these people without observers, guests, outsiders, bots and those who are gone or not known.

    In one order, so that of two that tell the same people at once one waits for the other.
    """
    found = {
        each.user_id
        for each in people.get_many(session, workspace_id, tuple(user_ids))
        if not (each.is_deleted or each.is_guest or each.is_external or each.is_bot) and each.right != Right.OBSERVER
    }
    return tuple(sorted(found))
