"""Preparing a review: people are asked before it, and what they still owe."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.facts.reviews import (
    AgendaItem,
    Participant,
    Participation,
    PlannedState,
    PrepAccount,
    PrepFacts,
    Question,
    ReviewAhead,
)
from agendas.rules.notices import instants_before, minutes_ahead
from agendas.rules.preparing import answer_of, says_what_moved, together_until
from agendas.rules.reviews import order
from agendas.text.dates import local_date
from agendas.verbs.loading import EntriesSinceAsked, agenda_facts, entries_since_asked, plan_of, plans_of, slot_of
from agendas.verbs.notices import PREPARATION, plan_reminders, queue_notices
from agendas.verbs.reads import all_placed
from agendas.verbs.record import refresh_asked
from agendas.verbs.roster import asks_at_of, cutoff_of, participants
from storage import accounts, letter_subjects, outbox, preparing, privacy, reviews, workspaces
from storage.letter_subjects import PreparationSubject, letter_to
from storage.models.delivery import Letter
from storage.models.following import PrepRequest
from storage.models.reviews import Cadence, ReviewState
from storage.preparing import MAY_BE_DONE

# When people are asked to prepare a review: at its lead, and so much earlier that many have their message by then.

MOST_AHEAD = timedelta(hours=6)
"""The most by which sending begins before the lead: 65,000 messages, or 16,000 conversations to open."""
LOOKED_AT_EVERY = timedelta(minutes=1)
"""Pause between two looks whether the members of a channel are known; Slack is asked for them as often."""


def cadences_to_ask(session: Session, now: datetime, limit: int) -> list[int]:
    """Return the ids of the cadences whose next review is to be prepared and nobody was asked about yet."""
    begins = _asking_begins(session, preparing.unprepared(session, now + MOST_AHEAD), now)
    return [cadence_id for cadence_id, at in begins.items() if at <= now][:limit]


def is_due(session: Session, row: Cadence, now: datetime) -> bool:
    """Return whether it is time to ask people to prepare the next review of the cadence."""
    begins_at = _asking_begins(session, [row], now).get(row.row_id)
    return begins_at is not None and begins_at <= now


def next_to_ask_at(session: Session) -> datetime | None:
    return min(_asking_begins(session, preparing.unprepared(session)).values(), default=None)


def earliest_due_at(session: Session, row: Cadence, people: int) -> datetime | None:
    """Return the earliest instant at which a message could be due, if this many people are asked."""
    at = asks_at_of(row, plan_of(session, row))
    return at - minutes_ahead(people, people) if at is not None else None


def due_instants(session: Session, row: Cadence, user_ids: Sequence[str], now: datetime) -> Mapping[str, datetime]:
    """Return when each person's message is due: the last at the planned instant, the others before it.

    Where that is too soon for so many messages they end later, but never after the end of updates. All are due now for
    a cadence that has no next date or asks nobody ahead.
    """
    at, cutoff = asks_at_of(row, plan_of(session, row)), cutoff_of(row)
    if at is None or cutoff is None:
        return dict.fromkeys(user_ids, now)
    known = outbox.with_direct_channel(session, row.workspace_id, user_ids)
    ahead = minutes_ahead(len(user_ids), len(user_ids) - len(known))
    instants = instants_before(min(max(at, now + ahead), cutoff), [user_id in known for user_id in user_ids])
    return {user_id: max(now, due_at) for user_id, due_at in zip(user_ids, instants, strict=True)}


def looked_at_again_at(session: Session, row: Cadence, now: datetime) -> datetime | None:
    """Return when to look for more people to ask about accounts private to the cadence's channel, None for never.

    Only members of the channel are asked about these, so it is looked again until the members are known or updates end.
    """
    cutoff = cutoff_of(row)
    if cutoff is None or not privacy.private_to(session, row.workspace_id, row.channel_id):
        return None
    since = now - privacy.MEMBERS_KNOWN_FOR
    known = privacy.known_members(session, row.workspace_id, (row.channel_id,), known_since=since)
    return None if known else min(now + LOOKED_AT_EVERY, cutoff)


def is_looked_at_again(session: Session, row: Cadence) -> bool:
    """Return whether people were asked already, and only members who see the channel's private accounts may follow."""
    at = asks_at_of(row, plan_of(session, row))
    return at is not None and _again_at(row, at) is not None


def _again_at(row: Cadence, at: datetime) -> datetime | None:
    """Return when to look for more people to ask; None before people are asked for the first time, at `at`."""
    return row.prepare_at if row.prepare_at is not None and row.prepare_at > at else None


def _asking_begins(session: Session, rows: Collection[Cadence], now: datetime | None = None) -> dict[int, datetime]:
    """Return when each cadence begins to ask people, by its id; cadences that do not ask are left out.

    It begins earlier than planned by what Slack's pace needs for so many messages. Given `now`, people are counted only
    where that matters: not for an instant that has come, nor for one further ahead than the most that they may need.
    """
    plans = plans_of(session, rows)
    asking = [(row, at) for row in rows if (at := asks_at_of(row, plans[row.row_id])) is not None]
    to_count = {row.workspace_id for row, at in asking if now is None or now < at <= now + MOST_AHEAD}
    counted = preparing.count_named(session, to_count) if to_count else {}
    earlier = {each: min(minutes_ahead(count.people, count.unknown), MOST_AHEAD) for each, count in counted.items()}
    return {row.row_id: _again_at(row, at) or at - earlier.get(row.workspace_id, timedelta()) for row, at in asking}


# Ask people to prepare the next review of a cadence: one message each, with all their reviews of two days.


@dataclass(frozen=True, slots=True)
class DuePreparations:
    """People to ask as a read found them, each at an instant of their own; `planned` is the review's time then.

    At `again_at` others are looked for, of whom nobody knows yet if they see the accounts private to the channel; None
    where all are known. `members` see these accounts: the messages of those asked before that was known are edited.
    """

    planned: tuple[datetime | None, object]
    rows: tuple[PrepRequest, ...]
    cutoffs: dict[int, datetime]
    again_at: datetime | None = None
    members: Collection[str] = ()


def ask_people(session: Session, cadence_id: int, now: datetime) -> Callable[[Session], object]:
    """Find whom to ask, in a read, and return the write that asks them."""
    row = reviews.cadence(session, cadence_id)
    if row is None or not is_due(session, row, now):
        return lambda _writing: None  # another process opened the review, or somebody moved it
    found = _due_preparations(session, row, now)
    return lambda writing: _ask(writing, cadence_id, found, now)


def _due_preparations(session: Session, row: Cadence, now: datetime) -> DuePreparations:
    """Whom to ask, and when; nobody once updates have ended.

    Whoever is asked about this review is asked in the same message about their other reviews of the next two days.
    """
    soon = preparing.meeting_until(session, row.workspace_id, together_until(plan_of(session, row), now))
    cutoffs = {each.row_id: cutoff for each in (row, *soon) if (cutoff := cutoff_of(each)) is not None and cutoff > now}
    if row.row_id not in cutoffs:
        return DuePreparations((row.next_at, row.next_on), (), {})
    cadences = {each.row_id: each for each in (row, *soon) if each.row_id in cutoffs}
    taking_part = participants(session, list(cadences.values()), now=now)
    asked = {person.user_id for person in taking_part[row.row_id] if person.is_asked}
    due = due_instants(session, row, sorted(asked), now)
    rows = [
        _row(cadences[cadence_id], person, row, due[person.user_id])
        for cadence_id, everybody in taking_part.items()
        for person in everybody
        if person.is_asked and person.user_id in asked
    ]
    for cadence_id, cadence in cadences.items():
        plan_reminders(session, cadence, [each for each in rows if each.cadence_id == cadence_id], now)
    again_at = looked_at_again_at(session, row, now)
    are_known_now = again_at is None and is_looked_at_again(session, row)
    members = privacy.members(session, row.workspace_id, row.channel_id) if are_known_now else ()
    return DuePreparations((row.next_at, row.next_on), tuple(rows), cutoffs, again_at, members)


def _ask(session: Session, cadence_id: int, found: DuePreparations, now: datetime) -> None:
    """Store who is asked and queue one letter for each of them; at most once for each planned date of the cadence."""
    row = reviews.cadence(session, cadence_id)
    if row is None:
        return
    # two cadences that ask the same people at once wait for each other, so that nobody is asked twice
    workspaces.lock(session, row.workspace_id)
    row = reviews.cadence(session, cadence_id, lock=True)
    if row is None or row.next_on is None or row.prepared_on == row.next_on:
        return
    if found.planned != (row.next_at, row.next_on):
        return  # moved meanwhile: it is looked at again
    # after a restore from a backup people may have been asked already: the letters count as tried, so that Slack is
    # searched for them before they are sent
    may_be_asked = row.prepared_on == MAY_BE_DONE
    if found.again_at is None:
        row.prepared_on = row.next_on
    else:
        row.prepare_at = found.again_at
    session.add(row)
    if found.members:
        asked = preparing.of_occurrence(session, row.row_id, row.next_on)
        refresh_asked(session, [each for each in asked if each.user_id in found.members], now)
    new = _not_yet_asked(session, row, found.rows)
    if not new:
        return
    preparing.add_many(session, new)
    letters = _letters(row, new, found)
    for letter in letters if may_be_asked else ():
        letter.first_tried_at, letter.tried_until = earliest_due_at(session, row, len(found.rows)), now
    queue_notices(session, letters)


def _not_yet_asked(session: Session, row: Cadence, rows: Sequence[PrepRequest]) -> list[PrepRequest]:
    """The rows that are not stored yet, of people with such a row for the review of the cadence `row`."""
    if not rows:
        return []
    first_on = min(each.planned_on for each in rows)
    before = {_key(each) for each in preparing.of_cadences(session, {each.cadence_id for each in rows}, first_on)}
    new = [each for each in rows if _key(each) not in before]
    asked_now = {each.user_id for each in new if each.cadence_id == row.row_id}
    return [each for each in new if each.user_id in asked_now]


def _key(row: PrepRequest) -> tuple[object, ...]:
    """The review that the row asks about, the person asked, and whom that person stands in for."""
    return row.cadence_id, row.planned_on, row.user_id, row.for_user_id


def _row(cadence: Cadence, person: Participant, asking: Cadence, due_at: datetime) -> PrepRequest:
    """The request to the person to prepare the cadence's next review, in the letter of the cadence `asking`."""
    if cadence.next_on is None or asking.next_on is None:
        raise LookupError(f"cadence {cadence.row_id} has no next date")
    return PrepRequest(
        workspace_id=cadence.workspace_id,
        cadence_id=cadence.row_id,
        planned_on=cadence.next_on,
        user_id=person.user_id,
        for_user_id=person.for_user_id,
        part=person.part.value,
        asked_at=due_at,
        letter_key=letter_subjects.of_preparation(asking.row_id, asking.next_on, person.user_id),
    )


def _letters(row: Cadence, requests: Collection[PrepRequest], found: DuePreparations) -> list[Letter]:
    """One letter for each person, worth sending until the last cutoff of the reviews that it asks about."""
    until: dict[str, datetime] = {}
    for each in requests:
        cutoff = found.cutoffs[each.cadence_id]
        until[each.letter_key] = max(cutoff, until.get(each.letter_key, cutoff))
    return [_question_letter(row, each, until[each.letter_key]) for each in _first_of_each(requests)]


def _first_of_each(requests: Iterable[PrepRequest]) -> Iterable[PrepRequest]:
    """One request for each person, the first: their letter is about all of them."""
    first: dict[str, PrepRequest] = {}
    for each in requests:
        first.setdefault(each.user_id, each)
    return first.values()


def _question_letter(row: Cadence, request: PrepRequest, not_after: datetime) -> Letter:
    subject, key, at = PreparationSubject(request.letter_key), request.letter_key, request.asked_at
    return letter_to(row.workspace_id, request.user_id, PREPARATION, subject, key=key, at=at, not_after=not_after)


# Answers that people who were asked to prepare a review still owe.


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question about an account that nobody has answered yet."""

    account_id: int
    question: Question


@dataclass(frozen=True, slots=True)
class InReview:
    """Everybody who takes part in a review, to tell who answers for whom."""

    everybody: Sequence[Participant]

    def answering_for(self, person: Participant) -> set[str]:
        """The people whose word answers what this person is asked."""
        stand_ins = {each.user_id for each in self.everybody if each.for_user_id == person.user_id}
        return {person.user_id, *([person.for_user_id] if person.for_user_id else ()), *stand_ins}

    def movers(self, account_id: int) -> set[str]:
        """The people who are asked what moved at the account."""
        return {each.user_id for each in self.everybody if each.questions.get(account_id) is Question.MOVED}

    def answer(self, person: Participant, account_id: int, events: Iterable[EventFacts]) -> EventFacts | None:
        """The latest event that answers what the person is asked about the account, None where they owe it."""
        by, movers = self.answering_for(person), self.movers(account_id)
        return answer_of(person.questions[account_id], events, by=by, movers=movers)


def missing(session: Session, asked: Sequence[PrepRequest], *, now: datetime) -> dict[int, tuple[OpenQuestion, ...]]:
    """Return what these people, of one workspace, still owe, by the id of their request's row.

    Rows of people who owe nothing are not in it: they answered, somebody else did, they are away by now, or the account
    is no longer theirs. Neither are those of optional people, who are not waited for.
    """
    waited_for = [row for row in asked if row.part == Participation.MANDATORY.value]
    cadences = preparing.cadences(session, {row.cadence_id for row in waited_for})
    found = participants(session, cadences, now=now, only=people_concerned(waited_for))
    wanted = {row.row_id: person for row in waited_for if (person := asked_by(found, row)) is not None}
    ids = {account_id for person in wanted.values() for account_id in person.questions}
    since_asked = entries_since_asked(session, ids, min((row.asked_at for row in waited_for), default=now), now)
    made_at = max((each.created_at for each in cadences), default=now)
    owed = {}
    for row in waited_for:
        person = wanted.get(row.row_id)
        if person is not None:
            owed[row.row_id] = _owed(InReview(found[row.cadence_id]), person, since_asked, (row.asked_at, made_at))
    return {row_id: each for row_id, each in owed.items() if each}


def _owed(
    review: InReview, person: Participant, since_asked: EntriesSinceAsked, when: tuple[datetime, datetime]
) -> tuple[OpenQuestion, ...]:
    """The questions to the person that no entry answers; `when`: when they were asked, and the newest cadence made."""
    return tuple(
        OpenQuestion(account_id, question)
        for account_id, question in person.questions.items()
        if review.answer(person, account_id, since_asked.of(account_id, *when)) is None
    )


def asked_by(found: Mapping[int, Sequence[Participant]], row: PrepRequest) -> Participant | None:
    """Return the participant whom this row asked, None where they are not asked any more."""
    for each in found.get(row.cadence_id, ()):
        if each.is_asked and (each.user_id, each.for_user_id) == (row.user_id, row.for_user_id):
            return each
    return None


def people_concerned(asked: Iterable[PrepRequest]) -> set[str]:
    """The people who were asked, and those whom they stand in for."""
    return {user for row in asked for user in (row.user_id, row.for_user_id) if user}


# Read what a person is asked to prepare, and what is answered already. Nothing here writes.

STATES = {
    ReviewState.OPEN: PlannedState.OPEN,
    ReviewState.CLOSED: PlannedState.CLOSED,
    ReviewState.MISSED: PlannedState.MISSED,
    ReviewState.SKIPPED: PlannedState.SKIPPED,
}


@dataclass(frozen=True, slots=True)
class PrepReader:
    """The person who was asked, with their zone, and the instant."""

    workspace_id: str
    user_id: str
    zone: str
    now: datetime


def prep_facts(session: Session, letter_key: str, reader: PrepReader) -> PrepFacts | None:
    """Return what the person was asked by the letter, None for a letter that asked them nothing.

    An account that an earlier message of theirs asks about already is not in it.
    """
    rows = preparing.of_letter(session, reader.workspace_id, letter_key)
    asked = [row for row in rows if row.user_id == reader.user_id]
    if not asked:
        return None
    before = _asked_before(session, asked)
    everything = (*asked, *before)
    cadences = preparing.cadences(session, {row.cadence_id for row in everything})
    by_id = {each.row_id: each for each in cadences}
    # the person may be asked several times about one review: for themselves, and for each whom they stand in for
    first_asked = {(row.cadence_id, row.planned_on): row for row in asked}.values()
    ahead = {row.cadence_id: _ahead(session, row, by_id[row.cadence_id]) for row in first_asked}
    at = {cadence_id: review.at for cadence_id, review in ahead.items() if review.at is not None}
    found = participants(session, cadences, now=reader.now, only=people_concerned(everything), at=at)
    made_at = max(each.created_at for each in cadences)
    return PrepFacts(
        letter_key=letter_key,
        user_id=reader.user_id,
        zone=reader.zone,
        now=reader.now,
        reviews=tuple(sorted(ahead.values(), key=lambda each: (each.planned_on, each.channel_id))),
        accounts=_accounts(session, asked, before, found, reader=reader, made_at=made_at),
    )


def _asked_before(session: Session, requests: Sequence[PrepRequest]) -> list[PrepRequest]:
    """Rows of earlier messages that ask the same person about reviews from the first of these days on."""
    first = requests[0]
    from_on = min(row.planned_on for row in requests)
    others = preparing.preparations_of(session, first.workspace_id, first.user_id, from_on)
    return [row for row in others if row.letter_key != first.letter_key and row.row_id < first.row_id]


def _ahead(session: Session, row: PrepRequest, cadence: Cadence) -> ReviewAhead:
    """The review that the row asks about: opened already, skipped or moved to another date, or still to come."""
    review = reviews.by_slot(session, row.workspace_id, slot_of(row.cadence_id, row.planned_on))
    if review is not None:
        state, at = STATES[review.state], review.planned_at
        return ReviewAhead(cadence.channel_id, row.planned_on, state, at, review_id=review.row_id)
    if cadence.next_on != row.planned_on or cadence.next_at is None:
        return ReviewAhead(cadence.channel_id, row.planned_on, PlannedState.SKIPPED)
    was_moved = local_date(cadence.next_at, cadence.zone) != row.planned_on
    state, cutoff = PlannedState.AHEAD, cutoff_of(cadence)
    return ReviewAhead(cadence.channel_id, row.planned_on, state, cadence.next_at, cutoff, was_moved=was_moved)


def _questions(taking_part: Mapping[int, Sequence[Participant]], row: PrepRequest) -> Mapping[int, Question]:
    """The questions to the person of this row by account id, none where they are not asked any more."""
    person = asked_by(taking_part, row)
    return person.questions if person is not None else {}


def _accounts(
    session: Session,
    requests: Sequence[PrepRequest],
    earlier_requests: Sequence[PrepRequest],
    taking_part: Mapping[int, Sequence[Participant]],
    *,
    reader: PrepReader,
    made_at: datetime,
) -> tuple[PrepAccount, ...]:
    """The accounts by need, each once, without those that an earlier message asks about.

    Each comes with the first question of those that the reader is asked about it.
    """
    elsewhere = {account_id for row in earlier_requests for account_id in _questions(taking_part, row)}
    wanted: dict[int, tuple[PrepRequest, Question]] = {}
    for row in sorted(requests, key=lambda each: each.for_user_id):
        for account_id, question in _questions(taking_part, row).items():
            if account_id not in elsewhere:
                wanted.setdefault(account_id, (row, question))
    rows = accounts.get_many(session, requests[0].workspace_id, wanted) if wanted else []
    facts = agenda_facts(session, rows, now=reader.now, zone=reader.zone)
    placed = order(all_placed(session, requests[0].workspace_id, list(facts.values()))) if facts else ()
    since_asked = entries_since_asked(session, wanted, min(row.asked_at for row in requests), reader.now)
    updates = {account_id: since_asked.of(account_id, row.asked_at, made_at) for account_id, (row, _) in wanted.items()}
    numbered = ((item, item.facts.account.account_id) for item in placed)
    return tuple(_account(item, wanted[account_id], taking_part, updates[account_id]) for item, account_id in numbered)


def _account(
    item: AgendaItem,
    request_and_question: tuple[PrepRequest, Question],
    taking_part: Mapping[int, Sequence[Participant]],
    updates: Sequence[EventFacts],
) -> PrepAccount:
    """The account with the question about it, its open actions of the person, and the entry that answers already."""
    row, question = request_and_question
    account, review = item.facts.account, InReview(taking_part[row.cadence_id])
    person = asked_by(taking_part, row)
    # shown as the answer is only what says more than that an action or blocker changed
    movement = [event for event in updates if says_what_moved(event)]
    answer = review.answer(person, account.account_id, movement) if person is not None else None
    actions = tuple(each for each in account.open_actions if each.owner in (row.user_id, row.for_user_id))
    return PrepAccount(item, question, row.for_user_id, actions, answer)
