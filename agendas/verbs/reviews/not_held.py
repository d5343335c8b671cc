"""Tell the facilitator and the admins of reviews in a row that were not held, with what the last one lacked."""

from collections import Counter
from collections.abc import Collection

from sqlmodel import Session

from agendas.facts.nudging import NotHeld
from agendas.facts.reviews.cadence import CadenceKind
from agendas.rules.closing.turnout import by_hand
from agendas.rules.nudging.not_held import TOLD_AFTER, is_told, not_held_in_a_row
from agendas.verbs.loading.load_facts import closed_facts
from agendas.verbs.loading.roster import with_waited_for
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.notices.kinds import NOT_HELD
from agendas.verbs.notices.queue import queue_notices, who_is_there
from agendas.verbs.reviews.told import recorded_in
from storage import accounts, people, reviews
from storage.delivery import letter_keys
from storage.delivery.nudge_subjects import NotHeldSubject
from storage.delivery.subjects import to_json
from storage.past_reviews.closed_reviews import latest_of_cadence
from storage.tables import Letter, LetterKind, Review


def tell_not_held(session: Session, review: Review) -> None:
    """Queue the message where the review that has just closed is every second one in a row that was not held."""
    if review.was_held or review.cadence_id is None or review.closed_at is None:
        return
    in_a_row = not_held_in_a_row(bool(row.was_held) for row in latest_of_cadence(session, review.cadence_id))
    if not is_told(in_a_row):
        return
    admins = [row.user_id for row in people.admins(session, review.workspace_id)]
    wanted = who_is_there(session, review.workspace_id, (review.facilitator, *admins))
    queue_notices(session, [_letter(review, user_id, in_a_row) for user_id in wanted])


def not_held_facts(session: Session, workspace_id: str, subject: NotHeldSubject) -> NotHeld | None:
    """Return what the review lacked; None where it is not kept, or was held after all."""
    review = reviews.get(session, workspace_id, subject.review_id)
    if review is None or review.closed_at is None or review.was_held or review.cadence_id is None:
        return None
    ids = reviews.account_ids(session, review.row_id)
    rows = accounts.get_many(session, workspace_id, ids)
    recorded = recorded_in(session, review, ids, review.closed_at)
    updated = {event.account_id for event in by_hand(map(event_facts, recorded))}
    silent = [row.owner or "" for row in rows if row.row_id not in updated]
    missing = _waited_for(session, review, {row.row_id for row in rows} - updated)
    latest = latest_of_cadence(session, review.cadence_id, until_id=review.row_id)[:TOLD_AFTER]
    return NotHeld(
        channel_id=review.channel_id,
        zone=review.zone,
        in_a_row=subject.in_a_row,
        planned_at=tuple(sorted(row.planned_at for row in latest)),
        accounts=len(rows),
        silent=len(silent),
        missing=tuple(missing.most_common()),
        without_owner=silent.count(""),
        facilitator=review.facilitator,
        is_executive=review.kind == CadenceKind.EXECUTIVE,
    )


def _waited_for(session: Session, review: Review, silent: Collection[int]) -> Counter[str]:
    """The people whose word on these accounts was waited for when the review closed, each with how many accounts.

    They are those whom its header names: nobody who was away then, is optional or left Slack.
    """
    items = [row for row in reviews.items(session, review.row_id) if row.account_id in silent]
    facts = with_waited_for(session, review, closed_facts(session, review, items), review.closed_at or review.opened_at)
    found = Counter(user_id for each in facts.values() for user_id in each.missing_updates_from)
    there = who_is_there(session, review.workspace_id, found) if found else ()
    return Counter({user_id: count for user_id, count in found.items() if user_id in there})


def _letter(review: Review, user_id: str, in_a_row: int) -> Letter:
    at = review.closed_at or review.opened_at
    return Letter(
        workspace_id=review.workspace_id,
        key=letter_keys.of_review(review.row_id, f"{NOT_HELD}:{user_id}"),
        kind=LetterKind.DIRECT,
        page=NOT_HELD,
        subject=to_json(NotHeldSubject(review.row_id, in_a_row)),
        user_id=user_id,
        created_at=at,
        due_at=at,
    )
