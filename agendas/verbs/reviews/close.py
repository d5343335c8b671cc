"""Close a review: facts frozen again, held or not, the recap and each owner's actions queued."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.people import Author
from agendas.facts.program.trail import TrailSubject
from agendas.facts.reviews.agenda import ItemPart
from agendas.facts.reviews.cadence import CadenceKind
from agendas.rendering.filters import day
from agendas.rules.closing.turnout import was_held
from agendas.rules.reviews.lateness import judge
from agendas.verbs.loading.load_facts import states_to_freeze
from agendas.verbs.loading.preparation import preparation_of
from agendas.verbs.loading.rows import state_adapter
from agendas.verbs.measures.keeping.wanted import want_review_figures
from agendas.verbs.notices.kinds import ACTIONS, OBSERVED
from agendas.verbs.notices.queue import queue_notices, who_is_there
from agendas.verbs.reads.reviews.facts import GONE, people_asked
from agendas.verbs.record.show_preparations import follow_closing
from agendas.verbs.reviews.attendance import require_people
from agendas.verbs.reviews.not_held import tell_not_held
from agendas.verbs.reviews.told import prepared_by, wrote_in
from agendas.verbs.trail.note import note_change
from storage import account_items, accounts, events, reviews
from storage.database.hidden_rows import showing_all
from storage.delivery import letter_keys, outbox
from storage.delivery.subjects import OwnActionsSubject, ReviewSubject, to_json
from storage.tables import Account, Letter, LetterKind, Review, ReviewItem, ReviewState

OBSERVED_FOR = timedelta(days=7)
"""Ours: a recap that reaches somebody who only observes later than that tells nothing of use."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A review about to be closed: who wrote in it, how many people were asked to prepare it, and if it can be held."""

    wrote: tuple[str, ...]
    asked: int
    can_be_held: bool


def close_by_person(
    session: Session,
    author: Author,
    review_id: int,
    *,
    attended: Collection[str] | None = None,
    was_held: bool | None = None,
) -> Review:
    """Close the review for the author, who may say that it was not held, and who was there beside those who wrote.

    A review of accounts for which nobody wrote, in it or to prepare it, was not held, whatever is said. Without
    `attended` the author was there.
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

    It was held when somebody wrote in it, or somebody prepared it and a person closes it, and nobody says
    otherwise; one of executives also when it is said to be. Only a held review becomes the point from which the next
    one counts movement. Whoever closes it, all its accounts are frozen.
    """
    with showing_all(session):
        return _closed(session, review, now, closed_by=closed_by, attended=attended, says_held=says_held)


def _closed(
    session: Session,
    review: Review,
    now: datetime,
    *,
    closed_by: str,
    attended: Collection[str],
    says_held: bool | None,
) -> Review:
    items = reviews.items(session, review.row_id)
    rows = accounts.get_many(session, review.workspace_id, [item.account_id for item in items], lock=True)
    now = after_everything(session, [row.row_id for row in rows], now)
    ids = [row.row_id for row in rows]
    wrote = wrote_in(session, review, ids, now)
    prepared = prepared_by(session, review, ids) if closed_by else ()
    review.state, review.closed_at, review.closed_by = ReviewState.CLOSED, now, closed_by
    is_said = review.kind == CadenceKind.EXECUTIVE and says_held is True
    review.was_held = is_said or was_held(wrote, prepared, says_held)
    review.attended = sorted({*wrote, *attended}) if review.was_held else []
    session.add(review)
    _freeze(session, review, items, rows)
    session.flush()
    _queue_recap(session, review, now)
    _queue_for_observers(session, review, now)
    follow_closing(session, review, now)
    want_review_figures(session, review)
    if review.was_held:
        _queue_reminders(session, review, ids, now)
    else:
        tell_not_held(session, review)
    return review


def closing_of(session: Session, workspace_id: str, review_id: int, *, now: datetime) -> Closing:
    """Return what the form that closes the review says. Raises Outdated when it is not open."""
    review = _open(session, workspace_id, review_id)
    ids = reviews.account_ids(session, review_id)
    wrote = wrote_in(session, review, ids, now)
    # executives decide by talking: whoever closes their review may say that it was held
    is_executive = review.kind == CadenceKind.EXECUTIVE
    can_be_held = bool(wrote) or is_executive or bool(prepared_by(session, review, ids))
    return Closing(tuple(sorted(wrote)), people_asked(review), can_be_held)


def _open(session: Session, workspace_id: str, review_id: int, *, lock: bool = False) -> Review:
    """Return the review. Raises Outdated when it is not open, or not kept."""
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

    With the accounts locked, every event is then recorded either until it and is in the snapshot, or after it.
    """
    latest = events.latest_recorded(session, account_ids, after=now)
    return now if latest is None else max(now, latest)


def _freeze(session: Session, review: Review, items: Sequence[ReviewItem], rows: Sequence[Account]) -> None:
    now = review.closed_at or review.opened_at
    by_id = {row.row_id: row for row in rows}
    states = states_to_freeze(session, rows, items, now=now)
    for item in items:
        item.closed_state = state_adapter.dump_python(states[item.account_id], mode="json")
        by_id[item.account_id].frozen_at = now
        # news that did not fit the minutes still counts as new the next time
        if review.was_held and item.part != ItemPart.LEFT_OUT:
            by_id[item.account_id].held_item_id = item.row_id
    session.add_all([*items, *rows])


def _queue_recap(session: Session, review: Review, now: datetime) -> None:
    header = outbox.by_key(session, review.workspace_id, letter_keys.of_header(review.row_id))
    if header is None:
        return
    if header.sent_at is not None:
        late = judge(review.planned_at, header.sent_at)
        review.late_minutes = 0 if late.state == "on_time" else late.minutes
        session.add(review)
    recap = _letter(review, now, key="recap", kind=LetterKind.POST, page="recap")
    recap.channel_id = review.channel_id
    # where the header will not be there, the recap stands by itself
    recap.parent = header.id if header.state not in outbox.GIVEN_UP else None
    outbox.queue(session, recap)
    posted = [
        each
        for each in outbox.of_review(session, review.row_id)
        if each.page == "agenda" and each.kind == LetterKind.POST
    ]
    outbox.queue_edits(session, [header, *posted], now=now, delay=timedelta())


def _queue_reminders(session: Session, review: Review, account_ids: Sequence[int], now: datetime) -> None:
    """Queue one direct message to each owner of an open action on these accounts."""
    per_owner: dict[str, list[int]] = defaultdict(list)
    for action in account_items.actions(session, account_ids):
        per_owner[action.owner].append(action.row_id)
    letters = []
    for owner in sorted(per_owner):
        letter = _letter(review, now, key=f"actions:{owner}", kind=LetterKind.DIRECT, page=ACTIONS)
        letter.user_id, letter.subject = owner, to_json(OwnActionsSubject(review.row_id, owner))
        letters.append(letter)
    queue_notices(session, letters)


def _queue_for_observers(session: Session, review: Review, now: datetime) -> None:
    """Queue the recap as a direct message to each person who observes the cadence and takes no part."""
    row = reviews.cadence(session, review.cadence_id) if review.cadence_id else None
    if row is None or review.kind == CadenceKind.EXECUTIVE:
        return
    letters = []
    for user_id in who_is_there(session, review.workspace_id, preparation_of(row).observing):
        letter = _letter(review, now, key=f"recap:{user_id}", kind=LetterKind.DIRECT, page=OBSERVED)
        letter.user_id, letter.not_after = user_id, now + OBSERVED_FOR
        letters.append(letter)
    queue_notices(session, letters)


def _letter(review: Review, now: datetime, *, key: str, kind: LetterKind, page: str) -> Letter:
    return Letter(
        workspace_id=review.workspace_id,
        key=letter_keys.of_review(review.row_id, key),
        kind=kind,
        page=page,
        subject=to_json(ReviewSubject(review.row_id)),
        review_id=review.id,
        created_at=now,
        due_at=now,
    )
