"""The facilitator of a review that is still to come: their brief, and what they ask and choose before it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.people import Author
from agendas.facts.program import TrailSubject
from agendas.facts.reviews import (
    AgendaItem,
    Away,
    Brief,
    CadenceKind,
    Instead,
    ItemPart,
    NotUpdated,
    Participation,
    Promise,
)
from agendas.rendering.words import day, time_of_day
from agendas.rules import preparing
from agendas.rules.preparing import Chosen, chosen_of, stand_in_of, to_store
from agendas.rules.reviews import is_reviewed, placed_items
from agendas.text.dates import day_text, local_date
from agendas.verbs.loading import absent_among, account_state, agenda_facts, away_on, is_member
from agendas.verbs.notices import ASKED_BEFORE, BRIEF, queue_notices, requeue, who_may_act
from agendas.verbs.preparing import missing
from agendas.verbs.trail import note_change
from agendas.verbs.updates import full_member
from storage import accounts, letter_subjects, outbox, people, reviews
from storage import preparing as stored_preparing
from storage.letter_subjects import AskedBeforeSubject, BriefSubject, letter_to
from storage.models.reviews import Cadence
from storage.preparing import BRIEFED, MAY_BE_DONE

# The brief in the conversation of whoever reads it, drawn again after a click in it or a move of its review.

BRIEFED_BEFORE = timedelta(hours=1)


def brief_keys(row: Cadence, at: datetime, user_id: str) -> tuple[str, str]:
    """The keys of a person's first brief of a local day, and of one of a later time on it after a move."""
    meets_on = local_date(at, row.zone)
    first = letter_subjects.of_brief(row.row_id, meets_on, user_id)
    return first, letter_subjects.of_brief(row.row_id, meets_on, f"{user_id}:{at:%H%M}")


def show_again(session: Session, row: Cadence, author: Author) -> None:
    """Queue an edit of the author's brief of the next review, where they got one."""
    if row.next_at is not None:
        _edit(session, row, row.next_at, [author.user_id], now=author.at)


def follow_brief(session: Session, row: Cadence, at: datetime | None, now: datetime) -> None:
    """Let the briefs of the review that was next, at `at` (None for none), say that it was moved, skipped or paused.

    A moved one is briefed again an hour before its new time, unless that hour has begun.
    """
    if at is None:
        return
    readers = {row.facilitator, *(each.user_id for each in people.admins(session, row.workspace_id))} - {""}
    _edit(session, row, at, readers, now=now)


def _edit(session: Session, row: Cadence, at: datetime, user_ids: Iterable[str], *, now: datetime) -> None:
    """Queue the edits of the briefs that these people got of the review at the instant `at`."""
    keys = [key for user_id in user_ids for key in brief_keys(row, at, user_id)]
    found = outbox.by_keys(session, row.workspace_id, keys).values()
    outbox.queue_edits(session, [each for each in found if outbox.may_be_sent(each)], now=now, delay=timedelta())


# Choose before a review opens which accounts it discusses, beyond what the rules say.

NOT_NEXT = "That review has begun, or is not the next one of its channel any more. See its dates with /review there."
GONE = "That cadence does not exist any more. See the next reviews with /review."


class BriefChoice(NamedTuple):
    """The account whose part was chosen, and the day its review is planned for."""

    name: str
    planned_on: date


def choose(
    session: Session, author: Author, cadence_id: int, planned_on: date, *, account_id: int, part: ItemPart
) -> BriefChoice:
    """Take the account into the planned review, or leave it out; the last choice counts until the review opens.

    Raises Refused where the review has begun or is not the next one any more, or does not review the account.
    """
    row = next_review(session, author, cadence_id, planned_on, lock=True)
    account = accounts.get(session, author.workspace_id, account_id)
    if account is None or not is_reviewed(account_state(account), row.channel_id, row.scope):
        named = account.name if account is not None else "That account"
        raise Refused(f"{named} is not among the accounts that this review takes. See them with /review schedule.")
    chosen = dict(chosen_of(row.chosen, planned_on))
    before = chosen.get(account_id)
    chosen[account_id] = Chosen(part, author.user_id)
    row.chosen = to_store(chosen, planned_on)
    session.add(row)
    noted = {"account_id": account_id, "planned_on": planned_on.isoformat()}
    note_change(
        session,
        author,
        TrailSubject.CADENCE,
        row.row_id,
        before=noted | {"part": before.part.value if before else ""},
        after=noted | {"part": part.value},
        account_id=account_id,
    )
    show_again(session, row, author)
    return BriefChoice(account.name, planned_on)


def next_review(session: Session, author: Author, cadence_id: int, planned_on: date, *, lock: bool = False) -> Cadence:
    """Return the cadence, whose next review must be planned on that day and be ahead. Raises Refused if it is not.

    Raises Outdated where the cadence is gone.
    """
    known = reviews.cadence(session, cadence_id)
    if known is None or known.workspace_id != author.workspace_id:
        raise Outdated(GONE)
    row = reviews.cadence_of(session, author.workspace_id, known.channel_id, lock=lock)
    if row is None or row.next_on != planned_on or row.next_at is None or row.next_at <= author.at:
        raise Refused(f"{NOT_NEXT} Nothing was changed for {day(planned_on)}.")
    return row


# Ask somebody for something before a review, or remind them of the updates that they owe.

REMINDER = "remind:{}"
"""`BriefRequest.key_part` of a reminder to the person of this id."""
AWAY = "{} is away until {}, so nothing was sent. {}"
TOO_LATE = (
    "It would reach that person only on {} {}, after the review begins, so nothing was sent: ask them yourself, or "
    "move the review."
)


class BriefRequest(NamedTuple):
    """A person to ask, and the words for it: '' for a reminder of the updates that they owe.

    `key_part` is the part of the letter's key that tells requests apart: of two with the same only the first is sent.
    """

    user_id: str
    text: str
    key_part: str


def ask_before(session: Session, author: Author, cadence_id: int, planned_on: date, *, asking: BriefRequest) -> None:
    """Queue a direct message to the person, which counts among those that they get in a week.

    Raises Refused where the review has begun, or the person cannot answer, is away, wants no such messages, or gets
    them only after it begins: in their digest, or as their week is full; NotAMember.
    """
    row = next_review(session, author, cadence_id, planned_on)
    full_member(session, author, asking.user_id)
    if not who_may_act(session, author.workspace_id, (asking.user_id,)):
        raise Refused("That person is an observer here and can record nothing. Choose somebody else.")
    _require_there(session, author, asking.user_id)
    meets_on = local_date(row.next_at or author.at, row.zone)  # `next_review` leaves no row without `next_at`
    subject = AskedBeforeSubject(row.row_id, planned_on.isoformat(), author.user_id, asking.text)
    key, to = letter_subjects.of_brief(row.row_id, meets_on, asking.key_part), asking.user_id
    letter = letter_to(author.workspace_id, to, ASKED_BEFORE, subject, key=key, at=author.at, not_after=row.next_at)
    queue_notices(session, [letter])
    # what the person's preferences made of it: nothing, or a letter that may be due later
    queued = outbox.by_key(session, author.workspace_id, letter.key)
    if queued is None:
        raise Refused(
            "That person switched messages about preparing reviews off, so nothing was sent. Ask them yourself."
        )
    if row.next_at is not None and queued.due_at >= row.next_at:
        raise Refused(TOO_LATE.format(day(queued.due_at, row.zone), time_of_day(queued.due_at, row.zone)))
    show_again(session, row, author)


def remind_before(session: Session, author: Author, cadence_id: int, planned_on: date, *, whom: str) -> None:
    """Remind the person of the updates that they owe, once for a review. Raises as `ask_before`."""
    ask_before(session, author, cadence_id, planned_on, asking=BriefRequest(whom, "", REMINDER.format(whom)))


def _require_there(session: Session, author: Author, user_id: str) -> None:
    """Raise Refused, naming the stand-in, for somebody who is away."""
    for person in absent_among(session, author.workspace_id, (user_id,), author.at):
        stand_in = people.find(session, author.workspace_id, person.stand_in) if person.stand_in else None
        instead = f"Ask {stand_in.name}, who stands in." if stand_in is not None else "Nobody stands in."
        until = person.away_until or local_date(author.at, author.zone)  # today where no last day is known
        raise Refused(AWAY.format(person.name, day_text(until), instead))


# Brief the facilitator an hour before each review, once for each date that a cadence meets on.


@dataclass(frozen=True, slots=True)
class Readers:
    """Everybody who is briefed of a review planned for the instant `at`; `instead`: why not the facilitator, if so."""

    at: datetime
    user_ids: tuple[str, ...]
    instead: Instead | None = None


def next_to_brief_at(session: Session) -> datetime | None:
    meets_at = BRIEFED.next_meeting_at(session)
    return meets_at - BRIEFED_BEFORE if meets_at else None


def brief_facilitator(session: Session, cadence_id: int, now: datetime) -> Callable[[Session], object]:
    """Find whom to brief, in a read, and return the write that queues it for them; it does nothing if none is due."""
    row = reviews.cadence(session, cadence_id)
    if row is None or row.next_at is None or row.next_at - BRIEFED_BEFORE > now:
        return lambda _writing: None  # another process opened the review, or somebody moved it
    found = readers(session, row, row.next_at)
    return lambda writing: _brief(writing, cadence_id, found, now)


def readers(session: Session, row: Cadence, at: datetime) -> Readers:
    """Return the facilitator, their stand-in while they are away, or the admins if neither can be reached."""
    if not row.facilitator:
        return Readers(at, _admins(session, row), Instead.NOBODY)
    person = people.find(session, row.workspace_id, row.facilitator)
    if not is_member(person):
        return Readers(at, _admins(session, row), Instead.GONE)
    away = away_on(session, row.workspace_id, (row.facilitator,), local_date(at, row.zone))
    if row.facilitator not in away:
        return Readers(at, (row.facilitator,))
    stand_in = stand_in_of(row.facilitator, away)
    if stand_in:
        return Readers(at, (stand_in,), Instead.STANDS_IN)
    return Readers(at, _admins(session, row), Instead.AWAY)


def _admins(session: Session, row: Cadence) -> tuple[str, ...]:
    return tuple(each.user_id for each in people.admins(session, row.workspace_id))


def _brief(session: Session, cadence_id: int, found: Readers, now: datetime) -> None:
    """Queue the brief for these readers, once for each date; none for executives, or once it was moved or begun."""
    row = reviews.cadence(session, cadence_id, lock=True)
    if row is None or row.next_at is None or row.next_on is None or row.kind != CadenceKind.ACCOUNTS:
        return
    if found.at != row.next_at or row.briefed_on == row.next_on:
        return  # moved meanwhile: it is looked at again
    # after a restore from a backup it may have been sent already: it counts as tried, so that Slack is searched first
    tried_since = row.next_at - BRIEFED_BEFORE if row.briefed_on == MAY_BE_DONE else None
    row.briefed_on = row.next_on
    session.add(row)
    if row.next_at > now:
        instead = found.instead.value if found.instead else ""
        subject = BriefSubject(row.row_id, row.next_on.isoformat(), found.at.isoformat(), instead)
        tried = {"first_tried_at": tried_since, "tried_until": now if tried_since else None}
        letters = [
            letter_to(row.workspace_id, user_id, BRIEF, subject, key=key, at=now, not_after=found.at, **tried)
            for user_id, key in _keys(session, row, found).items()
        ]
        # where the review was skipped for a while, its brief may have been dropped: that one is queued again
        stored = outbox.by_keys(session, row.workspace_id, [each.key for each in letters])
        requeue(session, stored.values(), now, not_after=row.next_at)
        queue_notices(session, letters)


def _keys(session: Session, row: Cadence, found: Readers) -> dict[str, str]:
    """The letter key of each person's brief; a second key if they got a brief for another time that day."""
    keys = {user_id: brief_keys(row, found.at, user_id) for user_id in found.user_ids}
    queued = outbox.by_keys(session, row.workspace_id, [first for first, _ in keys.values()])
    at = found.at.isoformat()
    return {
        user_id: first if first not in queued or queued[first].subject.get("at") == at else second
        for user_id, (first, second) in keys.items()
    }


# The facts of a brief: the planned review as it would open now, who owes updates, and what was promised.


def planned_items(session: Session, row: Cadence, now: datetime) -> Sequence[AgendaItem]:
    """Return the accounts of the cadence's next review, placed and fitted as if it opened now.

    An account that is private to another channel is not reviewed in this one.
    """
    found = accounts.in_scope(session, row.workspace_id, **row.scope)
    rows = [each for each in found if each.private_channel in ("", row.channel_id)]
    if not rows:
        return ()
    facts = agenda_facts(session, rows, now=now, zone=row.zone)
    left_out = reviews.times_left_out(session, row.workspace_id, row.channel_id, list(facts))
    parts = {account_id: each.part for account_id, each in chosen_of(row.chosen, row.next_on).items()}
    return placed_items(facts, left_out, row.minutes, parts)


def brief_facts(
    session: Session, cadence_id: int, planned_on: date, instead: Instead | None, *, zone: str, now: datetime
) -> Brief | None:
    """Return the brief of the review planned for that date, wherever it was moved.

    None if it began, is not the next one or is one of executives, and while its channel cannot be posted in.
    """
    row = reviews.cadence(session, cadence_id)
    if row is None or row.next_at is None or row.next_on != planned_on or row.kind != CadenceKind.ACCOUNTS:
        return None
    at = row.next_at
    if at <= now:
        return None
    channel = people.find_channel(session, row.workspace_id, row.channel_id)
    if channel is not None and channel.trouble:
        return None
    items = planned_items(session, row, now)
    not_updated, away = _owing(session, row, items, now)
    return Brief(
        cadence_id=row.row_id,
        channel_id=row.channel_id,
        planned_on=planned_on,
        at=at,
        zone=zone,
        minutes=row.minutes,
        items=tuple(items),
        changes=preparing.changes_since_review(items),
        not_updated=not_updated,
        away=away,
        promised=_promised(session, row, items, now),
        matters=preparing.matter_most(items),
        chosen_by={account_id: each.by for account_id, each in chosen_of(row.chosen, row.next_on).items()},
        facilitator=row.facilitator,
        instead=instead,
    )


def _promised(session: Session, row: Cadence, items: Sequence[AgendaItem], now: datetime) -> tuple[Promise, ...]:
    """The promises that are late, each with the last day away of the person who made it, if they are away."""
    today = local_date(now, row.zone)
    found = preparing.promised(items, today)
    away = away_on(session, row.workspace_id, {each.who for each in found if each.who}, today)
    return tuple(replace(each, away_until=away[each.who].until_on) if each.who in away else each for each in found)


def _owing(
    session: Session, row: Cadence, items: Sequence[AgendaItem], now: datetime
) -> tuple[tuple[NotUpdated, ...], tuple[Away, ...]]:
    """Return (people who owe updates, most first; people waited for who are away).

    If nobody was asked to prepare the review, the owners without an update owe one. Owners of discussed accounts count
    among the people waited for.
    """
    people_asked = stored_preparing.of_occurrence(session, row.row_id, row.next_on) if row.next_on else []
    meets_on = local_date(row.next_at or now, row.zone)
    if people_asked:
        # a stand-in has a row of their own for each person whom they stand in for
        owed: dict[str, set[int]] = defaultdict(set)
        of_row = missing(session, people_asked, now=now)
        for each in people_asked:
            owed[each.user_id].update(question.account_id for question in of_row.get(each.row_id, ()))
        counts = [(user_id, len(ids)) for user_id, ids in owed.items() if ids]
        # where a stand-in was asked, the absent person is the one waited for
        mandatory = [each for each in people_asked if each.part == Participation.MANDATORY]
        waited_for = {each.for_user_id or each.user_id for each in mandatory}
    else:
        counts = list(preparing.silent_owners(items))
        waited_for = {user_id for user_id, _ in counts}
    owners = {item.facts.account.profile.owner for item in items if item.part is ItemPart.DISCUSSED}
    everybody = waited_for | {owner for owner in owners if owner}
    away = away_on(session, row.workspace_id, everybody, meets_on)
    reminded = _reminded(session, row, [user_id for user_id, _ in counts], meets_on)
    not_updated = [NotUpdated(user, count, user in reminded) for user, count in counts if user not in away]
    absent = [away[user_id] for user_id in sorted(everybody) if user_id in away]
    return tuple(sorted(not_updated, key=lambda each: (-each.accounts, each.user_id))), tuple(absent)


def _reminded(session: Session, row: Cadence, user_ids: Sequence[str], meets_on: date) -> set[str]:
    """Those of these people who were sent a reminder before this review."""
    keys = {letter_subjects.of_brief(row.row_id, meets_on, REMINDER.format(user_id)): user_id for user_id in user_ids}
    found = outbox.by_keys(session, row.workspace_id, list(keys)) if keys else {}
    return {keys[key] for key in found}
