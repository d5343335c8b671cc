"""Closing a review: who was there, what was decided, or that it was not held."""

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated, Refused
from agendas.facts.events import Decided, DecisionKind
from agendas.facts.interventions import AskTaken
from agendas.facts.nudging import NotHeld
from agendas.facts.people import Author
from agendas.facts.plays import Motion, motion_of
from agendas.facts.program import TrailSubject
from agendas.facts.reviews import CadenceKind, ItemPart, ReviewFacts
from agendas.pages.executive import ExecutiveOutcome
from agendas.pages.recap import recap_file_page, recap_table
from agendas.rendering.html import ENCODING, Reader, document, text_file
from agendas.rendering.words import Words, day
from agendas.rules.entries import uncorrected
from agendas.rules.fold import decision_of
from agendas.rules.nudging import NOTIFIED_AFTER, is_notified, not_held_in_a_row
from agendas.rules.reviews import by_hand, preparers, was_held, writers
from agendas.rules.schedule import judge
from agendas.text.csv_cells import CellKind, written
from agendas.text.dates import local_date
from agendas.verbs import account_list, updates
from agendas.verbs.account_list import Swap, lock_both, swap
from agendas.verbs.loading import closed_facts, event_facts, state_adapter, states_to_freeze
from agendas.verbs.months import want_review_figures
from agendas.verbs.notices import ACTIONS, NOT_HELD, OBSERVED, queue_notices, who_is_there
from agendas.verbs.record import EDIT_DELAY, Recorded, follow_closing
from agendas.verbs.reports import names_by_id
from agendas.verbs.review_reads import GONE, get_review, held_before, participants, people_asked, review_facts
from agendas.verbs.roster import preparation_of, with_waited_for
from agendas.verbs.trail import note_change
from storage import (
    account_items,
    accounts,
    events,
    letter_subjects,
    measures,
    outbox,
    people,
    preparing,
    reviews,
    workspaces,
)
from storage.database import showing_all
from storage.letter_subjects import NotHeldSubject, OwnActionsSubject, ReviewSubject, letter_to, new_letter, to_json
from storage.models.accounts import Account
from storage.models.delivery import Letter, LetterKind
from storage.models.events import Event
from storage.models.reviews import Review, ReviewItem, ReviewState
from storage.past_reviews import closed_before, latest_of_cadence


@dataclass(frozen=True, slots=True)
class Closing:
    """A review about to be closed: who wrote in it, how many people were asked to prepare it, and if it can be held."""

    wrote: tuple[str, ...]
    asked: int
    can_be_held: bool


def closing_of(session: Session, workspace_id: str, review_id: int, *, now: datetime) -> Closing:
    """Return what the form for closing the review shows. Raises Outdated when it is not open."""
    review = _open(session, workspace_id, review_id)
    ids = reviews.account_ids(session, review_id)
    wrote = wrote_in(session, review, ids, now)
    # executives decide by talking: the person who closes their review may say that it was held
    is_executive = review.kind == CadenceKind.EXECUTIVE
    can_be_held = bool(wrote) or is_executive or bool(prepared_by(session, review, ids))
    return Closing(tuple(sorted(wrote)), people_asked(review), can_be_held)


def close_by_person(
    session: Session,
    author: Author,
    review_id: int,
    *,
    attended: Collection[str] | None = None,
    was_held: bool | None = None,
) -> Review:
    """Close the review for the author, who may mark it as not held and add people who attended without writing.

    A review of accounts in which nobody wrote, and which nobody prepared, counts as not held, whatever `was_held` is.
    Without `attended` the author attended.
    Raises Outdated when it is closed already, FieldProblems where a bot is said to have been there.
    """
    review = _open(session, author.workspace_id, review_id, lock=True)
    require_people(session, author.workspace_id, attended or ())
    close_review(
        session,
        review,
        now=author.at,
        closed_by=author.user_id,
        attended=(author.user_id,) if attended is None else attended,
        says_held=was_held,
    )
    note_change(session, author, TrailSubject.REVIEW, review_id, after={"closed": True, "was_held": review.was_held})
    return review


def close_due(session: Session, review_id: int, *, now: datetime) -> Review | None:
    """Close the review because its time has come; return None when somebody closed it meanwhile."""
    review = reviews.by_id(session, review_id, lock=True)
    if review is None or review.state != ReviewState.OPEN or review.closes_at is None or review.closes_at > now:
        return None
    return close_review(session, review, now=now, closed_by="")


def close_review(
    session: Session,
    review: Review,
    *,
    now: datetime,
    closed_by: str,
    attended: Collection[str] = (),
    says_held: bool | None = None,
) -> Review:
    """Close the review at `now`.

    `closed_by` is '' where its closing time has come. It was held if somebody wrote in it, or if it was prepared and a
    person closes it, unless `says_held` is false; a review of executives also if `says_held` is true. Movement counts
    from the last held review. All accounts are frozen, even those that the person who closes it may not see.
    """
    with showing_all(session):
        items = reviews.items(session, review.row_id)
        rows = accounts.get_many(session, review.workspace_id, [item.account_id for item in items], lock=True)
        ids = [row.row_id for row in rows]
        now = after_everything(session, ids, now)
        wrote = wrote_in(session, review, ids, now)
        prepared = prepared_by(session, review, ids) if closed_by else ()
        review.state, review.closed_at, review.closed_by = ReviewState.CLOSED, now, closed_by
        is_confirmed = review.kind == CadenceKind.EXECUTIVE and says_held is True
        review.was_held = is_confirmed or was_held(wrote, prepared, says_held)
        review.attended = sorted({*wrote, *attended}) if review.was_held else []
        session.add(review)
        _freeze(session, review, items, rows, now)
        session.flush()
        _queue_recap(session, review, now)
        _queue_for_observers(session, review, now)
        follow_closing(session, review, now)
        want_review_figures(session, review)
        if review.was_held:
            _queue_reminders(session, review, ids, now)
        else:
            _notify_not_held(session, review)
    return review


def _open(session: Session, workspace_id: str, review_id: int, *, lock: bool = False) -> Review:
    """Return the review. Raises Outdated when there is none, or it is closed."""
    review = reviews.get(session, workspace_id, review_id, lock=lock)
    if review is None:
        raise Outdated(GONE)
    if review.state != ReviewState.OPEN:
        raise Outdated(
            f"The review of {day(review.planned_at, review.zone)} is closed already. Its recap is in its thread."
        )
    return review


def after_everything(session: Session, account_ids: Collection[int], now: datetime) -> datetime:
    """Return the instant at which to freeze these accounts: `now`, or the latest instant recorded if that is later.

    With the accounts locked, each event is then either recorded by that instant and in the snapshot, or after it.
    """
    latest = events.latest_recorded(session, account_ids, after=now)
    return now if latest is None else max(now, latest)


def _freeze(
    session: Session, review: Review, items: Sequence[ReviewItem], rows: Sequence[Account], now: datetime
) -> None:
    """Store each account as it is in its item; where the review was held, the next one compares with that item."""
    row_by_account = {row.row_id: row for row in rows}
    states = states_to_freeze(session, rows, items, now=now)
    for item in items:
        item.closed_state = state_adapter.dump_python(states[item.account_id], mode="json")
        row_by_account[item.account_id].frozen_at = now
        # not for an account that did not fit the minutes: its news still counts as new in the next review
        if review.was_held and item.part != ItemPart.LEFT_OUT:
            row_by_account[item.account_id].held_item_id = item.row_id
    session.add_all([*items, *rows])


def _queue_recap(session: Session, review: Review, now: datetime) -> None:
    """Queue the recap in the header's thread, and edits of the review's messages, which say then that it is closed.

    Nothing where the review has no header. How late the header was sent is stored with the review.
    """
    header = outbox.by_key(session, review.workspace_id, letter_subjects.of_header(review.row_id))
    if header is None:
        return
    if header.sent_at is not None:
        late = judge(review.planned_at, header.sent_at)
        review.late_minutes = 0 if late.state == "on_time" else late.minutes
        session.add(review)
    recap = _review_letter(review, now, key="recap", kind=LetterKind.POST, page="recap")
    recap.channel_id = review.channel_id
    # where the header will not be there, the recap is a message of its own
    recap.parent = header.id if header.state not in outbox.GIVEN_UP else None
    outbox.queue(session, recap)
    letters = outbox.of_review(session, review.row_id)
    posted = [each for each in letters if each.page == "agenda" and each.kind == LetterKind.POST]
    outbox.queue_edits(session, [header, *posted], now=now, delay=timedelta())


OBSERVED_FOR = timedelta(days=7)
"""Ours: a recap that reaches somebody who only observes later than that is of no use."""


def _queue_for_observers(session: Session, review: Review, now: datetime) -> None:
    """Queue the recap as a direct message to each person who observes the cadence and takes no part.

    A review of executives has no observers.
    """
    row = reviews.cadence(session, review.cadence_id) if review.cadence_id else None
    if row is None or review.kind == CadenceKind.EXECUTIVE:
        return
    letters = []
    for user_id in who_is_there(session, review.workspace_id, preparation_of(row).observing):
        letter = _review_letter(review, now, key=f"recap:{user_id}", kind=LetterKind.DIRECT, page=OBSERVED)
        letter.user_id, letter.not_after = user_id, now + OBSERVED_FOR
        letters.append(letter)
    queue_notices(session, letters)


def _queue_reminders(session: Session, review: Review, account_ids: Sequence[int], now: datetime) -> None:
    """Queue one direct message to each owner of an open action on these accounts."""
    per_owner: dict[str, list[int]] = defaultdict(list)
    for action in account_items.actions(session, account_ids):
        per_owner[action.owner].append(action.row_id)
    letters = []
    for owner in sorted(per_owner):
        letter = _review_letter(review, now, key=f"actions:{owner}", kind=LetterKind.DIRECT, page=ACTIONS)
        letter.user_id, letter.subject = owner, to_json(OwnActionsSubject(review.row_id, owner))
        letters.append(letter)
    queue_notices(session, letters)


def _review_letter(review: Review, now: datetime, *, key: str, kind: LetterKind, page: str) -> Letter:
    """A letter about the review, without an addressee yet; `key` tells it from the review's other letters."""
    subject, key = ReviewSubject(review.row_id), letter_subjects.of_review(review.row_id, key)
    return new_letter(kind, review.workspace_id, page, subject, key=key, at=now, review_id=review.id)


# What was recorded in a review and for it: whether it was held, and what executives decided, follow from that.

DECIDING = ("decided", "list_changed", "ask_taken", "ask_answered")
"""Kinds of events by which executives decide something."""


def recorded_in(session: Session, review: Review, account_ids: Collection[int], until: datetime) -> Sequence[Event]:
    """Return what was recorded of its accounts since it opened; for one of executives, the workspace's decisions."""
    if review.kind != CadenceKind.EXECUTIVE:
        return events.between(session, account_ids, review.opened_at, until)
    after = review.opened_at
    return measures.of_kinds_between(session, review.workspace_id, DECIDING, after=after, at=until)


def wrote_in(session: Session, review: Review, account_ids: Collection[int], until: datetime) -> frozenset[str]:
    """Return the people who wrote in the review: who decided or updated; of executives, who recorded a decision."""
    recorded = recorded_in(session, review, account_ids, until)
    if review.kind == CadenceKind.EXECUTIVE:
        return frozenset(participants(recorded))
    return writers(map(event_facts, recorded))


def prepared_by(session: Session, review: Review, account_ids: Collection[int]) -> frozenset[str]:
    """Return the people who updated its accounts between the channel's review before and the opening of this one.

    For the first review that begins when people were asked to prepare it. Nobody prepares a review of executives.
    """
    if review.kind == CadenceKind.EXECUTIVE:
        return frozenset()
    before = closed_before(session, review.workspace_id, review.channel_id, review.opened_at)
    since = before.closed_at if before is not None else None
    if since is None and review.cadence_id:
        since = preparing.first_asked_at(session, review.cadence_id, review.planned_on)
    if since is None:
        return frozenset()
    return preparers(map(event_facts, events.between(session, account_ids, since, review.opened_at)))


def outcome_of(session: Session, workspace_id: str, review: ReviewFacts, now: datetime) -> ExecutiveOutcome:
    """The uncorrected decisions and the asks taken in an executive review so far, of accounts that may be seen."""
    until = review.closed_at or now
    rows = measures.of_kinds_between(session, workspace_id, (*DECIDING, "corrected"), after=review.opened_at, at=until)
    counting = uncorrected(map(event_facts, rows))
    names = measures.names(session, {event.account_id for event in counting})
    visible = [(names[event.account_id], event, event.change) for event in counting if event.account_id in names]
    return ExecutiveOutcome(
        decided=[(name, decision_of(change, event)) for name, event, change in visible if isinstance(change, Decided)],
        taken=[(name, change.text, event.actor) for name, event, change in visible if isinstance(change, AskTaken)],
    )


# The facilitator and the admins hear of reviews in a row that were not held, with what the last one lacked.


def _notify_not_held(session: Session, review: Review) -> None:
    """Queue the message to facilitator and admins after every second review of a cadence in a row that was not held."""
    if review.was_held or review.cadence_id is None or review.closed_at is None:
        return
    in_a_row = not_held_in_a_row(bool(row.was_held) for row in latest_of_cadence(session, review.cadence_id))
    if not is_notified(in_a_row):
        return
    admins = [row.user_id for row in people.admins(session, review.workspace_id)]
    readers = who_is_there(session, review.workspace_id, (review.facilitator, *admins))
    subject, at = NotHeldSubject(review.row_id, in_a_row), review.closed_at
    keys = {user_id: letter_subjects.of_review(review.row_id, f"{NOT_HELD}:{user_id}") for user_id in readers}
    letters = [letter_to(review.workspace_id, to, NOT_HELD, subject, key=key, at=at) for to, key in keys.items()]
    queue_notices(session, letters)


def not_held_facts(session: Session, workspace_id: str, subject: NotHeldSubject) -> NotHeld | None:
    """Return what the review lacked; None where it is not kept, was held after all or belongs to no cadence."""
    review = reviews.get(session, workspace_id, subject.review_id)
    if review is None or review.closed_at is None or review.was_held or review.cadence_id is None:
        return None
    ids = reviews.account_ids(session, review.row_id)
    rows = accounts.get_many(session, workspace_id, ids)
    recorded = recorded_in(session, review, ids, review.closed_at)
    updated = {event.account_id for event in by_hand(map(event_facts, recorded))}
    silent_owners = [row.owner or "" for row in rows if row.row_id not in updated]
    missing = _waited_for(session, review, {row.row_id for row in rows} - updated, review.closed_at)
    latest = latest_of_cadence(session, review.cadence_id, until_id=review.row_id)[:NOTIFIED_AFTER]
    return NotHeld(
        channel_id=review.channel_id,
        zone=review.zone,
        in_a_row=subject.in_a_row,
        planned_at=tuple(sorted(row.planned_at for row in latest)),
        accounts=len(rows),
        silent=len(silent_owners),
        missing=tuple(missing.most_common()),
        without_owner=silent_owners.count(""),
        facilitator=review.facilitator,
        is_executive=review.kind == CadenceKind.EXECUTIVE,
    )


def _waited_for(session: Session, review: Review, account_ids: Collection[int], closed_at: datetime) -> Counter[str]:
    """The people whose updates on these accounts were missing when the review closed, each with the number missing.

    People who were away then, are optional or left Slack are not among them.
    """
    items = [row for row in reviews.items(session, review.row_id) if row.account_id in account_ids]
    facts = with_waited_for(session, review, closed_facts(session, review, items), closed_at)
    found = Counter(user_id for each in facts.values() for user_id in each.missing_updates_from)
    present = who_is_there(session, review.workspace_id, found) if found else ()
    return Counter({user_id: count for user_id, count in found.items() if user_id in present})


# Attendance of a review: of people alone, corrected where the review is closed.


def attendance_of(session: Session, workspace_id: str, review_id: int) -> tuple[str, ...]:
    """Return the user ids of the people who attended, as recorded.

    Raises Outdated when there is no such review, Refused when it is open still, was not held or is one of executives.
    """
    return tuple(_require_held(get_review(session, workspace_id, review_id)).attended)


def correct_attendance(session: Session, author: Author, review_id: int, attended: Collection[str]) -> None:
    """Replace those who attended, and show it in the recap. Raises FieldProblems for a bot, else as `attendance_of`."""
    require_people(session, author.workspace_id, attended)
    found = reviews.get(session, author.workspace_id, review_id, lock=True)
    # without a row `get_review` raises, with the sentence for a review that is not kept
    review = _require_held(found or get_review(session, author.workspace_id, review_id))
    before, after = list(review.attended), sorted(set(attended))
    if after == before:
        return
    review.attended = after
    session.add(review)
    was, now = {"attended": before}, {"attended": after}
    note_change(session, author, TrailSubject.REVIEW, review_id, before=was, after=now)
    recap = outbox.by_key(session, author.workspace_id, letter_subjects.of_review(review_id, "recap"))
    outbox.queue_edits(session, [recap] if recap else [], now=author.at, delay=EDIT_DELAY)


def require_people(session: Session, workspace_id: str, attended: Collection[str]) -> None:
    """Raise FieldProblems if one of the people entered as attending is a bot."""
    bots = {each.user_id for each in people.get_many(session, workspace_id, attended) if each.is_bot}
    if bots or workspaces.bot_user_id(session, workspace_id) in attended:
        raise FieldProblems({"attended": "A bot was chosen. Only people attend a review: take it out."})


def _require_held(review: Review) -> Review:
    """Return the review. Raises Refused where it is open, was not held or is one of executives."""
    review_day = day(review.planned_at, review.zone)
    if review.state == ReviewState.OPEN:
        raise Refused(f"The review of {review_day} is open still. Say who was there when you close it.")
    if review.state != ReviewState.CLOSED or not review.was_held:
        raise Refused(f"The review of {review_day} was not held, so nobody was there.")
    if review.kind == CadenceKind.EXECUTIVE:
        raise Refused(f"The review of {review_day} was one of executives. Its recap says who decided.")
    return review


# Decisions of a review, with the next action or the change of the list that they mean.

CHANGES = (DecisionKind.CHANGE_TIER, DecisionKind.CHANGE_MOTION)


@dataclass(frozen=True, slots=True)
class EnteredDecision:
    """A decision as a person enters it.

    Args:
        kind: keep, change tier, change motion, intervene, pause or remove.
        because: the reason, or for an intervention what is asked.
        ask_of: the user id of the person asked in an intervention, else empty.
        due_on: until when an intervention is asked for, else None.
    """

    kind: DecisionKind
    because: str
    tier: int | None = None
    ask_of: str = ""
    due_on: date | None = None
    motion: Motion | None = None


def decide(session: Session, author: Author, account_id: int, decision: EnteredDecision) -> list[Recorded]:
    """Record the decision, then the next action or the change of the list that it means.

    Raises NoRoom when the new tier is full, else Refused, Outdated or NotAMember as `account_list` and `updates` do.
    """
    kind, because = decision.kind, decision.because
    if kind is DecisionKind.CHANGE_TIER:
        # before the account's own lock, as every naming of an account does: so that no two wait for each other
        workspaces.lock(session, author.workspace_id)
    entry = updates.decide(session, author, account_id, _decided_change(session, author, account_id, decision))
    # what follows from the decision is recorded with its id, so that a correction of the decision takes it back too
    decision_id = entry.event.id
    recorded = [entry]
    if kind is DecisionKind.INTERVENE and decision.due_on is not None:
        action = updates.add_action(
            session,
            author,
            account_id,
            text=because,
            due_on=decision.due_on,
            owner=decision.ask_of,
            decision_id=decision_id,
        )
        recorded.append(action)
    if kind is DecisionKind.CHANGE_TIER and decision.tier is not None:
        naming = account_list.put_on_list(
            session, author, account_id, tier=decision.tier, because=because, decision_id=decision_id
        )
        recorded.append(naming)
    elif kind is DecisionKind.PAUSE:
        recorded.append(account_list.pause(session, author, account_id, because=because, decision_id=decision_id))
    elif kind is DecisionKind.REMOVE:
        recorded.append(account_list.remove(session, author, account_id, because=because, decision_id=decision_id))
    return recorded


def _decided_change(session: Session, author: Author, account_id: int, decision: EnteredDecision) -> Decided:
    """Return the decision to record: a change of tier or motion with what it was before."""
    decided = Decided(decision.kind, decision.because, decision.ask_of or None, decision.due_on)
    if decision.kind not in CHANGES:
        return decided
    before = updates.account_to_update(session, author, account_id)
    if decision.kind is DecisionKind.CHANGE_TIER:
        return replace(decided, from_tier=before.tier, to_tier=decision.tier)
    motion = motion_of(before.tier, before.motion_decided)
    return replace(decided, from_motion=motion, to_motion=decision.motion)


def decide_swap(session: Session, author: Author, wanted: Swap) -> list[Recorded]:
    """Record a decision of a review and the swap of two accounts that follows: one comes, one leaves its place.

    Returns the swap's two entries, then the decision. Raises what `account_list.swap` raises.
    """
    both = lock_both(session, author, wanted)
    comes, leaves = both[wanted.account_id], both[wanted.leaver_id]
    decided = Decided(
        DecisionKind.CHANGE_TIER,
        wanted.because,
        from_tier=comes.tier,
        to_tier=wanted.tier,
        # readers of the account that comes may not see the one that leaves, so its name is left out then
        leaver=leaves.name if leaves.private_channel in ("", comes.private_channel) else "",
    )
    entry = updates.decide(session, author, wanted.account_id, decided)
    return [*swap(session, author, wanted, decision_id=entry.event.id), entry]


# The recap of a review as a file: text, CSV with a row for each account, or HTML to print.

TEXT, CSV, HTML = "txt", "csv", "html"
_ID = re.compile(r"\b[UWCG][A-Z0-9]{2,20}\b")
"""An id of Slack: of a person (U, W) or of a channel (C, G)."""


def closed_review(session: Session, workspace_id: str, review_id: int, *, now: datetime) -> ReviewFacts:
    """Return the closed review as its reader may see it.

    Raises Outdated when there is none, Refused while it is open and for one of executives.
    """
    review = review_facts(session, workspace_id, review_id, now=now)
    review_day = day(review.planned_at, review.zone)
    if review.closed_at is None:
        raise Refused(f"The review of {review_day} has no recap yet. It is there once the review is closed.")
    if review.kind is CadenceKind.EXECUTIVE:
        raise Refused(f"The review of {review_day} was one of executives. Take its page as a file with /abm executive.")
    return review


def recap_file(
    session: Session, workspace_id: str, review_id: int, ending: str, *, words: Words, now: datetime
) -> tuple[str, bytes]:
    """Return (name, content) of the recap as a file; `ending` is TEXT, CSV or HTML. Raises as `closed_review`."""
    review = closed_review(session, workspace_id, review_id, now=now)
    name = f"cadence-recap-{local_date(review.planned_at, review.zone)}.{ending}"
    page = recap_file_page(review, words, before=held_before(session, workspace_id, review, now=now))
    # a file cannot hold mentions, so everybody named in what it is made of (of a CSV the review) is looked up by name
    ids = set(_ID.findall(repr(page) if ending != CSV else repr(review)))
    reader = Reader(now, review.zone, names_by_id(session, workspace_id, ids))
    if ending == CSV:
        header, rows = recap_table(review, reader.names)
        text = io.StringIO(newline="")
        cells = ([written(cell, CellKind.TEXT) for cell in row] for row in (header, *rows))
        csv.writer(text, quoting=csv.QUOTE_ALL).writerows(cells)
        return name, text.getvalue().encode(ENCODING)
    return name, text_file(page, reader) if ending == TEXT else document(page, reader).encode()
