"""The ledger of a channel: posts made, late, missed, skipped or refused, and the next ones. Nothing here writes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.program.health import LedgerLine, LedgerState
from agendas.facts.reviews.cadence import Occurrence
from agendas.rules.access.delivery_reasons import delivery_reason
from agendas.rules.reviews.lateness import judge
from agendas.rules.reviews.schedule import instant_of, is_planned, upcoming
from agendas.verbs.loading.plan import plan_of
from agendas.verbs.loading.rows import change_facts
from agendas.verbs.reads.permalinks import permalink
from storage import accounts, reviews, workspaces
from storage.delivery import outbox
from storage.delivery.letter_accounts import seen_among
from storage.delivery.ready import blocked_by
from storage.delivery.subjects import item_id_of
from storage.tables import Cadence, Letter, LetterKind, LetterState, Review, ReviewState

REVIEWS_SHOWN = 10
SKIPS_SHOWN_FOR = timedelta(days=60)
DELAY_SHOWN_AFTER = timedelta(minutes=2)
"""A letter that waits longer than this past its due time gets a line."""

REVIEW = "Review"
REQUESTED_REVIEW = "Review on request"
PAGE_NAMES = {
    "review_header": "Header of the review",
    "recap": "Recap of the review",
    "recap_observed": "Recap for somebody who observes",
    "executive_details": "Details of an executive review",
    "month_audit": "Audit of a month",
    "brief": "Brief before a review",
    "asked_before": "Question before a review",
    "leads_now": "New facilitator",
    "executive_before": "Executive review a day before",
    "preparation": "Preparation",
    "reminder": "Reminder to prepare",
    "your_actions": "Actions sent to their owner",
    "told": "What others asked of somebody",
    "digest": "Digest of a day",
    "morning": "What waits for somebody on a morning",
    "escalated": "Blocker past its limit",
    "not_held": "Notice of reviews that were not held",
    "update_line": "Update in an account's thread",
    "thread_receipt": "Receipt of replies in an account's thread",
    "continuation": "Rest of a long message",
    "cadence_change": "Change of the reviews",
    "missed": "Offer to hold a missed review",
    "said": "Answer",
    "recorded": "Confirmation",
    "signal_noted": "Confirmation",
    "signal_line": "Signal in an account's thread",
    "first_words": "First words to somebody",
    "fit_question": "Question about fit",
    "wanted": "Notice of a name that is taken",
    "unanswered": "Confirmation that could not be answered",
    "trouble": "Notice of a channel in trouble",
    "own_channel": "Notice of agendas that went back",
    "lacking": "Notice of a missing permission",
    "app_changes": "Notice of what an update needs",
    "deactivated": "Notice of somebody deactivated",
    "doubt": "Notice of a message in doubt",
    "doubts": "Notice of messages in doubt",
    "not_opened": "Notice of a review that did not open",
    "not_closed": "Notice of a review that did not close",
}


DELIVERED = (LetterState.SENT, LetterState.COLLECTED)


@dataclass(frozen=True, slots=True)
class Delays:
    """Delays of letters at an instant; `blocked_by` holds the postponed letter that another waits for, by its id."""

    blocked_by: Mapping[int, Letter]
    now: datetime

    def next_try(self, letter: Letter) -> datetime | None:
        """Return the instant of the letter's next try, None when that is now."""
        first = self.blocked_by.get(letter.row_id, letter)
        at = max(first.due_at, letter.due_at)
        return at if at > self.now else None

    def is_long(self, letter: Letter, *, since: datetime) -> bool:
        """Return true if the letter, waiting since then, takes more than two minutes until its next try."""
        return since + DELAY_SHOWN_AFTER < (self.next_try(letter) or self.now)

    def reason(self, letter: Letter) -> str:
        """Return the recorded error that makes the letter wait, '' for none."""
        return letter.last_error or self.blocked_by.get(letter.row_id, letter).last_error


def channel_ledger(session: Session, workspace_id: str, channel_id: str, *, now: datetime) -> tuple[LedgerLine, ...]:
    """Return the next three dates, the latest reviews in any state, and their undelivered messages; newest first."""
    cadence = reviews.cadence_of(session, workspace_id, channel_id)
    rows = reviews.latest_in(session, workspace_id, channel_id, REVIEWS_SHOWN)
    letters = outbox.of_reviews(session, [row.row_id for row in rows])
    workspace = workspaces.get(session, workspace_id)
    address = workspace.url if workspace else ""
    delays = Delays(blocked_by(session, letters, now=now), now)
    undelivered = seen_among(session, (each for each in letters if each.state not in DELIVERED))
    lines = [
        *(_planned(session, cadence, now) if cadence else ()),
        *_reviews(rows, letters, address, delays),
        *_undelivered(undelivered, _account_names(session, workspace_id, rows), rows, delays),
    ]
    return tuple(sorted(lines, key=lambda line: line.due_at, reverse=True))


def _planned(session: Session, cadence: Cadence, now: datetime) -> Iterator[LedgerLine]:
    rows = reviews.changes(session, cadence.row_id)
    plan = plan_of(session, cadence)
    reasons = {row.planned_on: row.because for row in rows}
    for each in upcoming(plan, now, change_facts(rows)):
        yield LedgerLine(
            REVIEW,
            each.at,
            _planned_state(cadence, each),
            reason=reasons.get(each.planned_on, "") if each.was_moved else "",
        )
    for row in rows:
        if row.moved_to is None and is_planned(plan, row.planned_on):
            due_at, _ = instant_of(plan, row.planned_on)
            if due_at > now - SKIPS_SHOWN_FOR:
                yield LedgerLine(REVIEW, due_at, LedgerState.SKIPPED, reason=row.because)


def _planned_state(cadence: Cadence, occurrence: Occurrence) -> LedgerState:
    if cadence.is_paused:
        return LedgerState.PAUSED
    return LedgerState.MOVED if occurrence.was_moved else LedgerState.WAITING


def _reviews(rows: Iterable[Review], letters: Sequence[Letter], address: str, delays: Delays) -> Iterator[LedgerLine]:
    headers = {
        letter.review_id: letter
        for letter in letters
        if letter.kind == LetterKind.POST and letter.page == "review_header"
    }
    for row in rows:
        header = headers.get(row.row_id)
        what = REQUESTED_REVIEW if row.slot.startswith("now:") else REVIEW
        state, reason = _state_of(row, header, delays)
        is_delayed = header is not None and state is LedgerState.DELAYED
        yield LedgerLine(
            what,
            row.planned_at,
            state,
            done_at=header.sent_at if header else None,
            reason=reason,
            permalink=permalink(address, header) if header else "",
            review_id=row.row_id,
            retry_at=delays.next_try(header) if header is not None and is_delayed else None,
            letter_id=header.id if header is not None and state is LedgerState.UNSURE else None,
            facilitator=row.facilitator,
        )


def _state_of(row: Review, header: Letter | None, delays: Delays) -> tuple[LedgerState, str]:
    """Return the state of a review and its reason: from the schedule, or from its header once it was opened."""
    if row.state in (ReviewState.MISSED, ReviewState.SKIPPED):
        return LedgerState(row.state), row.reason
    if header is not None and header.state == LetterState.DROPPED:
        return LedgerState.DROPPED, header.last_error
    if header is None or header.state in (LetterState.REFUSED, LetterState.UNSURE):
        state = LedgerState(header.state) if header else LedgerState.REFUSED
        return state, delivery_reason(header.last_error if header else "", state=state)
    if header.state != LetterState.SENT:
        is_delayed = delays.is_long(header, since=header.due_at) or bool(delays.reason(header))
        reason = delivery_reason(delays.reason(header), state=LedgerState.WAITING) if is_delayed else ""
        return LedgerState.DELAYED if is_delayed else LedgerState.WAITING, reason
    is_late = header.sent_at is not None and judge(row.planned_at, header.sent_at).state != "on_time"
    return LedgerState.LATE if is_late else LedgerState.POSTED, ""


def _undelivered(
    letters: Iterable[Letter], names: Mapping[int, str], rows: Sequence[Review], delays: Delays
) -> Iterator[LedgerLine]:
    """Messages other than headers that were refused, are unconfirmed, wait too long or came too late for their review.

    Agendas of a missed review are left out, since the review has a line of its own.
    """
    missed = {row.id for row in rows if row.state == ReviewState.MISSED}
    facilitators = {row.id: row.facilitator for row in rows}
    for letter in letters:
        state = LedgerState.WAITING if letter.state == LetterState.LEASED else LedgerState(letter.state)
        is_delayed = state is LedgerState.WAITING and delays.is_long(letter, since=letter.created_at)
        is_too_late = state is LedgerState.DROPPED and letter.page == "agenda" and letter.review_id not in missed
        is_header = letter.page == "review_header" and letter.kind == LetterKind.POST
        if not is_header and (is_delayed or is_too_late or state in (LedgerState.REFUSED, LedgerState.UNSURE)):
            yield LedgerLine(
                letter_name(letter, names.get(item_id_of(letter) or 0, "")),
                letter.created_at,
                LedgerState.DELAYED if is_delayed else state,
                reason=letter.last_error if is_too_late else delivery_reason(delays.reason(letter), state=state),
                review_id=letter.review_id,
                retry_at=delays.next_try(letter) if is_delayed else None,
                letter_id=letter.id if state is LedgerState.UNSURE else None,
                facilitator=facilitators.get(letter.review_id, ""),
            )


def letter_name(letter: Letter, account: str) -> str:
    """Return the name of a letter for the ledger; `account` is given for an account's agenda, '' for other letters."""
    name = f"Agenda of {account}" if account else PAGE_NAMES.get(letter.page, "Message")
    return f"{name}, edited" if letter.kind == LetterKind.EDIT else name


def _account_names(session: Session, workspace_id: str, rows: Sequence[Review]) -> dict[int, str]:
    """Return the names of the accounts of these reviews, by review item id."""
    items = reviews.items_of(session, [row.row_id for row in rows])
    found = accounts.get_many(session, workspace_id, {item.account_id for item in items})
    names = {row.row_id: row.name for row in found}
    return {item.row_id: names.get(item.account_id, "") for item in items}
