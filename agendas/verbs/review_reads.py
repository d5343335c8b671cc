"""Look-ups about reviews: one review, the open ones, and what was posted for them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import Decision, EventFacts, Rhythm
from agendas.facts.events import Corrected, Decided, NothingMoved
from agendas.facts.people import AccountThread
from agendas.facts.program import (
    TIERS,
    CadenceHealth,
    LedgerLine,
    LedgerState,
    PauseReason,
    ReviewCoverage,
    SlotEnd,
    TrailSubject,
    of_tier,
)
from agendas.facts.reviews import (
    AgendaFacts,
    AgendaItem,
    CadenceKind,
    CorrectedEntry,
    ItemPart,
    Occurrence,
    OpenReview,
    Participation,
    ReviewFacts,
    sections_of,
)
from agendas.rules.access import delivery_reason
from agendas.rules.entries import uncorrected
from agendas.rules.fold import decision_of
from agendas.rules.history import AUTOMATIC, corrected_since, is_updated
from agendas.rules.reviews import coverage, place
from agendas.rules.schedule import instant_of, is_planned, judge, upcoming
from agendas.text.dates import local_date
from agendas.verbs.loading import change_facts, closed_facts, event_facts, item_facts, plan_of, settings_of
from agendas.verbs.roster import with_waited_for
from agendas.verbs.trail import subject_of
from storage import accounts, events, imports, letter_subjects, outbox, past_reviews, people, reviews, trail, workspaces
from storage.letter_subjects import UpdateSubject, item_id_of, seen_among
from storage.models.delivery import Letter, LetterKind, LetterState
from storage.models.events import Event
from storage.models.reviews import Cadence, Review, ReviewItem, ReviewState
from storage.outbox import blocked_by
from storage.past_reviews import held_before as closed_reviews_held_before

GONE = "That review does not exist any more. See this channel's reviews with /review history."
NOT_KEPT = "That review is not kept any more. See the account with /account."


# A review with its accounts, and one of its accounts.


def get_review(session: Session, workspace_id: str, review_id: int) -> Review:
    """Return the review's row. Raises Outdated when there is none."""
    review = reviews.get(session, workspace_id, review_id)
    if review is None:
        raise Outdated(GONE)
    return review


def review_facts(session: Session, workspace_id: str, review_id: int, *, now: datetime) -> ReviewFacts:
    """Return the review with its accounts: as of `now` while it is open, as frozen once it is closed.

    Raises Outdated when there is no such review.
    """
    review = get_review(session, workspace_id, review_id)
    rows = reviews.items(session, review_id)
    facts = _facts_of_review(session, review, rows, now)
    letters = outbox.of_review(session, review_id)
    links = permalinks(session, workspace_id, letters)
    # agendas that are posted in an account's own channel and not in the review's
    agendas = (each for each in letters if (each.page, each.kind) == ("agenda", LetterKind.POST))
    elsewhere = {each.key: each.channel_id for each in agendas if each.channel_id != review.channel_id}
    items = tuple(
        replace(
            agenda_item(review, row, facts[row.account_id], links),
            posted_in=elsewhere.get(letter_subjects.of_item(review.row_id, row.row_id), ""),
        )
        for row in rows
        if row.account_id in facts
    )
    corrected, chosen = corrected_in(session, review, items), _chosen(session, review)
    added = tuple((account_id, by) for account_id, by, part in chosen if part == ItemPart.DISCUSSED)
    left_out = tuple((account_id, by) for account_id, by, part in chosen if part == ItemPart.LEFT_OUT)
    assembled = assemble_review(session, review, items)
    return replace(assembled, corrected=corrected, added=added, left_out_by=left_out)


def review_item(
    session: Session, workspace_id: str, review_item_id: int, *, now: datetime, review: Review | None = None
) -> AgendaItem:
    """Return one account of a review, current or frozen like the review. Raises Outdated when there is none.

    `review` is the item's review, if it was read already.
    """
    row = reviews.item(session, workspace_id, review_item_id)
    if row is None:
        raise Outdated(GONE)
    review = review or get_review(session, workspace_id, row.review_id)
    facts = _facts_of_review(session, review, [row], now)
    letter = outbox.by_key(session, workspace_id, letter_subjects.of_item(review.row_id, row.row_id))
    links = permalinks(session, workspace_id, [letter] if letter else ())
    return agenda_item(review, row, facts[row.account_id], links)


def account_of(session: Session, workspace_id: str, channel_id: str, ts: str) -> int | None:
    """Return the account whose agenda is the message `ts` of the channel, None for other messages."""
    letter = outbox.posted_as(session, workspace_id, channel_id, ts) if channel_id and ts else None
    item_id = item_id_of(letter) if letter else None
    row = reviews.item(session, workspace_id, item_id) if item_id is not None else None
    return row.account_id if row else None


def account_of_item(session: Session, workspace_id: str, review_item_id: int) -> int:
    """Return the account id of a review's item. Raises Outdated when there is no such item."""
    row = reviews.item(session, workspace_id, review_item_id)
    if row is None:
        raise Outdated(NOT_KEPT)
    return row.account_id


def held_before(session: Session, workspace_id: str, review: ReviewFacts, *, now: datetime) -> ReviewFacts | None:
    """Return the latest review of accounts of its channel that was held before it, None for the first one."""
    row = closed_reviews_held_before(session, workspace_id, review.channel_id, review.opened_at)
    return review_facts(session, workspace_id, row.row_id, now=now) if row is not None else None


def agenda_item(review: Review, row: ReviewItem, facts: AgendaFacts, links: Mapping[str, str]) -> AgendaItem:
    """Return the account as an item of its review, placed by the rules; `links` are permalinks by key of the letter."""
    return AgendaItem(
        position=row.position,
        facts=facts,
        placement=place(facts),
        part=ItemPart(row.part),
        minutes=row.minutes,
        permalink=links.get(letter_subjects.of_item(review.row_id, row.row_id), ""),
        review_item_id=row.row_id,
        # each person once, in the order of their entries
        no_change_reported_by=tuple(
            dict.fromkeys(
                event.actor
                for event in uncorrected(facts.events)
                if isinstance(event.change, NothingMoved) and event.recorded_at > review.opened_at
            )
        ),
        opened_at=review.opened_at,
        review_on=local_date(review.planned_at, review.zone),
        times_left_out=row.times_left_out,
        is_updated=is_updated(facts, review.opened_at) and not facts.missing_updates_from,
        question=str(row.question[0]) if row.question else "",
        sections=sections_of(review.sections),
        updates_ended_at=review.updates_ended_at,
    )


def _facts_of_review(
    session: Session, review: Review, rows: Sequence[ReviewItem], now: datetime
) -> Mapping[int, AgendaFacts]:
    """The accounts of these items by id: as they were frozen when the review closed, else as they are now."""
    if review.closed_at is not None:
        return closed_facts(session, review, rows)
    found = accounts.get_many(session, review.workspace_id, [row.account_id for row in rows])
    return with_waited_for(session, review, item_facts(session, review, found, rows, now=now), now)


def assemble_review(session: Session, review: Review, items: tuple[AgendaItem, ...]) -> ReviewFacts:
    """Return the review with these accounts, its participants and decisions, and the instant of the next review."""
    present = review.attended if review.closed_at else sorted(participants(events.of_review(session, review.row_id)))
    cadence = reviews.cadence(session, review.cadence_id) if review.cadence_id else None
    functions = functions_of(session, review.workspace_id)
    return ReviewFacts(
        id=review.row_id,
        channel_id=review.channel_id,
        zone=review.zone,
        planned_at=review.planned_at,
        opened_at=review.opened_at,
        minutes=review.minutes,
        facilitator=review.facilitator,
        items=items,
        closed_at=review.closed_at,
        closed_by=review.closed_by,
        late_minutes=review.late_minutes,
        attended=tuple((person, functions.get(person, "")) for person in present),
        was_held=review.was_held,
        asked=people_asked(review),
        decisions=tuple(_decisions(items, review.opened_at)),
        next_at=cadence.next_at if cadence else None,
        kind=CadenceKind(review.kind),
    )


def _decisions(items: Iterable[AgendaItem], since: datetime) -> Iterator[tuple[int, Decision]]:
    """Decisions since the review opened, with the current state of their asks, by account, without retracted ones.

    An account may be in two open reviews: its decisions appear in the recaps of both.
    """
    for each in items:
        account = each.facts.account
        open_asks = {ask.event_id: ask for ask in account.open_asks}
        for event in uncorrected(each.facts.events):
            if isinstance(event.change, Decided) and event.recorded_at > since:
                decision = open_asks.get(event.id) or decision_of(event.change, event)
                is_answered = decision.is_open_ask and event.id not in open_asks
                # recaps say only that an ask was answered, not when, so that any instant will do
                yield account.account_id, replace(decision, done_at=each.facts.now) if is_answered else decision


def participants(recorded: Iterable[Event]) -> set[str]:
    """Return the people who recorded something by hand."""
    return {event.actor for event in recorded if event.source not in AUTOMATIC}


def people_asked(review: Review) -> int:
    """Return the number of people who were asked to prepare it, as it was when it opened."""
    return len({user_id for user_id, part, *_ in review.roster if part != Participation.OBSERVING})


def functions_of(session: Session, workspace_id: str) -> dict[str, str]:
    """Return the function of each person by user id, '' where none is set."""
    return {person.user_id: person.function or "" for person in people.members(session, workspace_id)}


def _chosen(session: Session, review: Review) -> tuple[tuple[int, str, str], ...]:
    """The accounts that somebody added to a review or left out of it: (account id, user id of who did, `ItemPart`).

    In the order of the first choice; the last one counts for an account that was left out first and added later.
    """
    found = trail.of_subject(session, review.workspace_id, subject_of(TrailSubject.REVIEW, review.row_id))
    chosen = [entry for entry in found if "account_id" in entry.after]
    last = {entry.after["account_id"]: entry for entry in chosen}
    parts = {account_id: entry.after.get("part", ItemPart.DISCUSSED) for account_id, entry in last.items()}
    return tuple((account_id, entry.actor, parts[account_id]) for account_id, entry in last.items())


def late_for(session: Session, workspace_id: str, update: UpdateSubject) -> date | None:
    """Return the day of the closed review that an update came too late for, None for one that was in time."""
    if not update.is_late:
        return None
    review = get_review(session, workspace_id, update.review_id)
    return local_date(review.planned_at, review.zone)


def is_below_header(session: Session, letter: Letter) -> bool:
    """Return true for a line in a header's thread, which the accounts without a message of their own share."""
    header = outbox.by_id(session, letter.parent)
    return header is not None and header.page == "review_header"


# Entries that a closed review showed and that were corrected since.


def corrected_in(
    session: Session, review: Review, items: Iterable[AgendaItem]
) -> tuple[tuple[int, CorrectedEntry], ...]:
    """Return the entries that a closed review showed and that were corrected since, each with its account's id."""
    since = {item.facts.account.account_id: item.facts.since for item in items}
    if review.closed_at is None or not since:
        return ()
    found: list[tuple[int, CorrectedEntry]] = []
    for account_id, history in _with_corrections(session, review, since).items():
        start = since[account_id]
        entries = corrected_since(history, review.closed_at)
        found += [(account_id, each) for each in entries if start is None or each.entry.recorded_at > start]
    return tuple(sorted(found, key=lambda pair: pair[1].correction.id))


def _with_corrections(session: Session, review: Review, account_ids: Iterable[int]) -> dict[int, list[EventFacts]]:
    """Histories of those accounts with an entry recorded by the review's close and corrected after it, by account id.

    Usually there are none: then no history is read.
    """
    # always closed: only the type of `closed_at` is wider
    closed_at, reviewed = review.closed_at or review.opened_at, set(account_ids)
    rows = events.recorded_since(session, review.workspace_id, closed_at, ("corrected",))
    corrections = [event_facts(row).change for row in rows if row.account_id in reviewed]
    ids = {change.event_id for change in corrections if isinstance(change, Corrected)}
    corrected = events.get_many(session, ids) if ids else []
    wanted = {row.account_id for row in corrected if row.recorded_at <= closed_at}
    history: dict[int, list[EventFacts]] = defaultdict(list)
    for row in imports.events_of(session, wanted) if wanted else ():
        history[row.account_id].append(event_facts(row))
    return history


# Open reviews, each with the link that leads to it.


def of_accounts(session: Session, workspace_id: str, account_ids: Collection[int]) -> dict[int, OpenReview]:
    """Return the open review of each account that is in one, the latest of several, by account id."""
    found = {
        account_id: (letter_subjects.of_item(review.row_id, item_id), review)
        for account_id, item_id, review in (reviews.in_open_reviews(session, account_ids) if account_ids else ())
    }
    keys = [key for item, review in found.values() for key in (item, _header_key(review))]
    links = _links(session, workspace_id, keys)
    return {
        account_id: _open_review(review, links.get(item) or links.get(_header_key(review), ""))
        for account_id, (item, review) in found.items()
    }


def in_workspace(session: Session, workspace_id: str) -> tuple[OpenReview, ...]:
    """Return the open reviews of a workspace, oldest first."""
    found = reviews.open_ones(session, workspace_id)
    links = _links(session, workspace_id, list(map(_header_key, found)))
    return tuple(_open_review(review, links.get(_header_key(review), "")) for review in found)


def in_channel(session: Session, workspace_id: str, channel_id: str) -> OpenReview | None:
    """Return the channel's open review, None when none is open."""
    review = reviews.open_in(session, workspace_id, channel_id)
    if review is None:
        return None
    return _open_review(review, _links(session, workspace_id, [_header_key(review)]).get(_header_key(review), ""))


def _header_key(review: Review) -> str:
    return letter_subjects.of_header(review.row_id)


def _links(session: Session, workspace_id: str, keys: Collection[str]) -> Mapping[str, str]:
    """The permalinks of the messages with these keys that were sent."""
    return permalinks(session, workspace_id, outbox.by_keys(session, workspace_id, keys).values()) if keys else {}


def _open_review(review: Review, link: str) -> OpenReview:
    return OpenReview(review.row_id, review.channel_id, review.planned_at, review.zone, review.closes_at, link)


# Permalinks of messages, those of people and our own. Asking Slack for one would cost a call each.


def message_address(session: Session, workspace_id: str, channel_id: str, ts: str) -> str:
    """Return the message's permalink, '' if the workspace's address is not known."""
    workspace = workspaces.get(session, workspace_id)
    return _address(workspace.url if workspace else "", channel_id, ts)


def permalinks(session: Session, workspace_id: str, letters: Collection[Letter]) -> dict[str, str]:
    """Return the permalinks of the letters that were sent, by letter key."""
    workspace = workspaces.get(session, workspace_id) if letters else None
    address = workspace.url if workspace else ""
    return {letter.key: link for letter in letters if (link := permalink(address, letter))}


def permalink(address: str, letter: Letter) -> str:
    """Return Slack's permalink of a sent message, '' for one that was not sent or is an edit."""
    if not (letter.sent_ts and letter.sent_channel) or letter.kind != LetterKind.POST:
        return ""
    return _address(address, letter.sent_channel, letter.sent_ts)


def _address(base: str, channel_id: str, ts: str) -> str:
    return f"{base.rstrip('/')}/archives/{channel_id}/p{ts.replace('.', '')}" if base else ""


# Threads of the messages of accounts, and whether replies in them reach the bot.


def find_thread(session: Session, workspace_id: str, channel_id: str, thread_ts: str) -> AccountThread | None:
    """Return the account whose message begins the thread, None for any other thread.

    Called for every reply in a channel, so any other thread costs a single statement.
    """
    account_id = account_of(session, workspace_id, channel_id, thread_ts)
    row = accounts.get(session, workspace_id, account_id) if account_id is not None else None
    workspace = workspaces.get(session, workspace_id) if row is not None else None
    if row is None or workspace is None:
        return None
    return AccountThread(row.row_id, row.name, workspace.bot_user_id, workspace.thread_heard_at is not None)


def note_heard(session: Session, workspace_id: str, now: datetime) -> None:
    """Note once that a reply in an account's thread reached the bot."""
    workspaces.note_thread_heard(session, workspace_id, now)


# The ledger of a channel: posts made, late, missed, skipped or refused, and the next ones.

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
        """Return the instant of the letter's next try, never before that of the letter it waits for; None for now."""
        first = self.blocked_by.get(letter.row_id, letter)
        at = max(first.due_at, letter.due_at)
        return at if at > self.now else None

    def is_long(self, letter: Letter, *, since: datetime) -> bool:
        """Return true if the letter, waiting since then, takes more than two minutes until its next try."""
        return since + DELAY_SHOWN_AFTER < (self.next_try(letter) or self.now)

    def reason(self, letter: Letter) -> str:
        """Return the last error of the letter, else of the letter it waits for, '' without any."""
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
        *(_planned_lines(session, cadence, now) if cadence else ()),
        *_review_lines(rows, letters, address, delays),
        *_undelivered_lines(undelivered, _account_names(session, workspace_id, rows), rows, delays),
    ]
    return tuple(sorted(lines, key=lambda line: line.due_at, reverse=True))


def _planned_lines(session: Session, cadence: Cadence, now: datetime) -> Iterator[LedgerLine]:
    """The next dates of the cadence, and those skipped within the last 60 days."""
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
    """The state of a date ahead: a paused cadence counts before a moved date."""
    if cadence.is_paused:
        return LedgerState.PAUSED
    return LedgerState.MOVED if occurrence.was_moved else LedgerState.WAITING


def _review_lines(
    rows: Iterable[Review], letters: Sequence[Letter], address: str, delays: Delays
) -> Iterator[LedgerLine]:
    """A line for each review: what became of it, as its header and its own state show."""
    posted = (each for each in letters if each.kind == LetterKind.POST and each.page == "review_header")
    headers = {each.review_id: each for each in posted}
    for row in rows:
        header = headers.get(row.row_id)
        # the slot of a review opened on request begins so, see `reviews.open_now`; of others it is `CADENCE_ID:DATE`
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
    if header is None:
        # opening a review queues its header in the same transaction: where it is gone, nothing shows a post
        return LedgerState.REFUSED, delivery_reason("", state=LedgerState.REFUSED)
    if header.state == LetterState.DROPPED:
        return LedgerState.DROPPED, header.last_error
    if header.state in (LetterState.REFUSED, LetterState.UNSURE):
        state = LedgerState(header.state)
        return state, delivery_reason(header.last_error, state=state)
    if header.state != LetterState.SENT:
        is_delayed = delays.is_long(header, since=header.due_at) or bool(delays.reason(header))
        reason = delivery_reason(delays.reason(header), state=LedgerState.WAITING) if is_delayed else ""
        return LedgerState.DELAYED if is_delayed else LedgerState.WAITING, reason
    is_late = header.sent_at is not None and judge(row.planned_at, header.sent_at).state != "on_time"
    return LedgerState.LATE if is_late else LedgerState.POSTED, ""


def _undelivered_lines(
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
            # 0 is no item's id: only agendas have one
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


# Cadences of a workspace as admins look after them, and accounts that are reviewed on time.

ENDS = {ReviewState.OPEN: SlotEnd.OPEN, ReviewState.MISSED: SlotEnd.MISSED, ReviewState.SKIPPED: SlotEnd.SKIPPED}


def cadences_health(session: Session, workspace_id: str) -> tuple[CadenceHealth, ...]:
    """Return each cadence with its last and next date, by channel."""
    rows = reviews.cadences(session, workspace_id)
    last = past_reviews.last_of_cadences(session, workspace_id)
    deactivated = people.deactivated(session, workspace_id, [row.facilitator for row in rows])
    return tuple(_health(row, last.get(row.row_id), deactivated) for row in rows)


def _health(row: Cadence, last: Review | None, deactivated: frozenset[str]) -> CadenceHealth:
    """The cadence with its last and next date; the facilitator is '' where Slack deactivated them."""
    return CadenceHealth(
        channel_id=row.channel_id,
        zone=row.zone,
        rhythm=Rhythm(row.rhythm),
        is_executive=row.kind == CadenceKind.EXECUTIVE,
        facilitator="" if row.facilitator in deactivated else row.facilitator,
        last_at=last.planned_at if last else None,
        last_end=_end_of(last) if last else None,
        next_at=row.next_at,
        is_paused=row.is_paused,
        paused_because=PauseReason(row.paused_because) if row.paused_because else None,
    )


def _end_of(review: Review) -> SlotEnd:
    """What became of the review: open, missed or skipped by its state, else closed as held or not held."""
    if review.state in ENDS:
        return ENDS[review.state]
    return SlotEnd.HELD if review.was_held else SlotEnd.NOT_HELD


def reviewed_on_time(session: Session, workspace_id: str, *, now: datetime) -> tuple[ReviewCoverage, ...]:
    """Return how many named accounts of each tier were reviewed as often as the tier's rhythm in the settings asks."""
    workspace, settings = workspaces.get(session, workspace_id), settings_of(session, workspace_id)
    zone = workspace.time_zone if workspace else "UTC"
    reviewed: dict[int, list[date]] = defaultdict(list)
    for tier, at in past_reviews.waiting_since_by_tier(session, workspace_id):
        reviewed[tier].append(local_date(at, zone))
    rhythms = {tier: Rhythm(str(settings.value(of_tier(tier, "rhythm")))) for tier in TIERS}
    return coverage(reviewed, rhythms, local_date(now, zone))
