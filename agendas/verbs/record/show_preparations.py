"""Keep the messages that ask people to prepare reviews as things stand: edited where they are."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session

from agendas.facts.account import AccountState
from agendas.verbs.loading.preparation import cutoff_of
from agendas.verbs.record.show_reminders import show_in_reminders_of
from storage.delivery import collecting, outbox
from storage.preparing import asked_people
from storage.tables import Asked, Cadence, Letter, LetterState, Review

KEPT_FOR = timedelta(days=2)
"""A message is edited so long after the day planned: a review may be open for a day or two. Ours."""

MOVED_WITHIN = timedelta(days=7)
"""A review whose plan was changed to a day so near is the one that people were asked to prepare. Ours."""


def refresh_preparations(
    session: Session, workspace_id: str, states: Collection[AccountState], *, actor: str, now: datetime
) -> None:
    """Queue the edits of the messages that ask about these accounts, as they are and as they were before a change.

    They are those of the people whom the accounts name and of `actor`, who may have been asked for a function.
    """
    profiles = [state.profile for state in states]
    named = {user for each in profiles for user in (each.owner, each.marketing_partner, each.our_executive) if user}
    _refresh(session, workspace_id, {*named, *([actor] if actor else [])}, now)


def follow_change(session: Session, row: Cadence, was_on: date | None, *, now: datetime, is_replanned: bool) -> None:
    """Follow a change of a cadence whose next review, planned for the day `was_on` before it, people were asked about.

    Where the plan itself gave that review another day soon, they are asked about that day: nobody is asked twice.
    """
    # the message of another cadence may have asked about it before its own does
    on = row.prepared_on if row.prepared_on in (was_on, row.next_on) else was_on
    if on is None:
        return
    is_soon = row.next_at is not None and row.next_at - now <= MOVED_WITHIN
    if is_replanned and on == was_on and row.next_on is not None and row.next_on != was_on and is_soon:
        asked_people.replan(session, row.row_id, on, row.next_on)
        row.prepared_on = row.next_on if row.prepared_on == on else row.prepared_on
        on = row.next_on
        session.add(row)
    follow_cadence(session, row, on, now=now)


def follow_cadence(session: Session, row: Cadence, planned_on: date, *, now: datetime) -> None:
    """Let the messages about a planned review, and its reminders, say that it was moved, skipped, paused or opened.

    Those that were not sent yet are worth sending until the end of updates that it has now.
    """
    asked = asked_people.of_occurrence(session, row.row_id, planned_on)
    letters = outbox.by_keys(session, row.workspace_id, {each.letter_key for each in asked}) if asked else {}
    until = cutoff_of(row)
    if until is not None and row.next_on == planned_on:
        for letter in letters.values():
            if letter.state == LetterState.WAITING:
                letter.not_after = max(until, letter.not_after or until)
                session.add(letter)
    _queue_edits(session, letters.values(), now)
    reminded = {each.user_id for each in asked if each.reminded_at is not None}
    show_in_reminders_of(session, row.workspace_id, reminded, now=now)


def follow_closing(session: Session, review: Review, now: datetime) -> None:
    """Let the messages that asked people to prepare the review say that it is closed."""
    asked = asked_people.of_occurrence(session, review.cadence_id, review.planned_on) if review.cadence_id else []
    show_anew(session, asked, now)


def show_anew(session: Session, asked: Sequence[Asked], now: datetime) -> None:
    """Queue the edits of the messages by which these people of one workspace were asked."""
    letters = outbox.by_keys(session, asked[0].workspace_id, {each.letter_key for each in asked}) if asked else {}
    _queue_edits(session, letters.values(), now)


def _refresh(session: Session, workspace_id: str, user_ids: Collection[str], now: datetime) -> None:
    since = (now - KEPT_FOR).date()
    keys = asked_people.letter_keys_of(session, workspace_id, user_ids, since) if user_ids else []
    if not keys:
        return
    _queue_edits(session, outbox.by_keys(session, workspace_id, keys).values(), now)


def _queue_edits(session: Session, letters: Iterable[Letter], now: datetime) -> None:
    # one that is being sent was composed before this change
    sent = [letter for letter in letters if collecting.may_be_sent(letter)]
    outbox.queue_edits(session, sent, now=now)
