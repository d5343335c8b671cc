"""Compose the messages that are due: what each letter says at the moment it is sent."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import EventFacts, ListStatus
from agendas.facts.answers import NotifiedEvent, NotifiedSignal
from agendas.facts.events import Corrected
from agendas.facts.nudging import Escalated, Morning
from agendas.facts.reviews import CadenceKind, Instead, ItemPart, Participation, PlannedState, ReviewFacts
from agendas.facts.signals import NotedSignal
from agendas.pages import admin
from agendas.pages.admin import unsure_list_page
from agendas.pages.agenda import agenda_page
from agendas.pages.answers import first_words_page
from agendas.pages.audit import AuditView, audit_page
from agendas.pages.evidence import SHOWN, ReceiptLine, UnansweredFacts, thread_receipt_page, unanswered_page
from agendas.pages.executive import (
    ExecutiveMeeting,
    ExecutiveOutcome,
    executive_before_page,
    executive_details_page,
    executive_recap_page,
    executive_review_page,
)
from agendas.pages.fit import question_page
from agendas.pages.notices import (
    digest_page,
    escalated_page,
    morning_page,
    news_items,
    news_page,
    not_held_page,
    prep_page,
    reminder_page,
    wanted_page,
    with_preferences,
)
from agendas.pages.recap import recap_page
from agendas.pages.reviews import (
    CadenceChanged,
    asked_before_page,
    brief_page,
    cadence_changed_page,
    leads_now_page,
    missed_page,
    review_header_page,
    your_actions_page,
)
from agendas.pages.signals import signal_line_page, signal_noted_page
from agendas.pages.updates import RecordedFacts, recorded_several_page, thread_line_page
from agendas.rendering.blockkit import Rendered, messages
from agendas.rendering.page import SENTENCE, Buttons, Item, Note, Page, sentence_page
from agendas.rendering.words import Words, labelled
from agendas.rules.access import Permission, may
from agendas.rules.entries import corrections_of
from agendas.rules.executive import ExecutiveReport, month_reviewed
from agendas.rules.history import is_updated
from agendas.rules.notices import still_news
from agendas.rules.nudging import limit_days
from agendas.rules.schedule import LATE_LIMIT, has_waited, judge
from agendas.text.dates import local_date
from agendas.verbs import card, delivery, home, letters, reads
from agendas.verbs.briefing import brief_facts, planned_items
from agendas.verbs.card import get_event, recorded_facts, with_context
from agendas.verbs.closing import not_held_facts, outcome_of
from agendas.verbs.letters import left_behind, named_people
from agendas.verbs.loading import away_on, event_facts, person_facts, settings_of
from agendas.verbs.measures import executive, program_of_month
from agendas.verbs.notices import (
    ACTIONS,
    ASKED_BEFORE,
    BRIEF,
    DIGEST,
    ESCALATED,
    KIND_OF_PAGE,
    LEADS_NOW,
    MORNING,
    NOT_HELD,
    OBSERVED,
    ONE_SIGNAL,
    ONE_TOLD,
    PREPARATION,
    REMINDER,
    TOLD,
    begun_by,
    is_switched_off,
    is_unasked,
    leads_for,
    switched_off,
)
from agendas.verbs.nudging import account_blockers, asked_now, owed_by, shown_states, shown_today
from agendas.verbs.past_reviews import with_late_entries
from agendas.verbs.preparing import PrepReader, missing, prep_facts
from agendas.verbs.privacy import became_hidden, readers_of, seen_by, wait_for_members
from agendas.verbs.record import current_state
from agendas.verbs.reminding import reminder_facts
from agendas.verbs.review_reads import get_review, held_before, is_below_header, late_for, review_facts, review_item
from agendas.verbs.reviews import BEFORE, DETAILS
from agendas.verbs.signals import noted_signal
from storage import (
    account_items,
    accounts,
    events,
    letter_subjects,
    nudging,
    outbox,
    people,
    preparing,
    reviews,
    signals,
    workspaces,
)
from storage.letter_subjects import (
    OF_ACCOUNT,
    AskedBeforeSubject,
    BriefSubject,
    CadenceChangeSubject,
    EscalatedSubject,
    EventSubject,
    FitQuestionSubject,
    Kind,
    LeadsSubject,
    MeetingSubject,
    MonthSubject,
    MorningSubject,
    NotHeldSubject,
    PreparationSubject,
    ReviewSubject,
    SignalNoticeSubject,
    ThreadReceiptSubject,
    WantedSubject,
    subject_of,
)
from storage.models.delivery import Letter, LetterKind
from storage.models.reviews import Cadence, Review
from storage.preparing import ReminderSubject


@dataclass(frozen=True, slots=True)
class Composing:
    """Arguments of every page of a letter."""

    session: Session
    letter: Letter
    words: Words
    now: datetime

    @property
    def workspace_id(self) -> str:
        return self.letter.workspace_id

    def subject(self, kind: type[Kind]) -> Kind:
        return subject_of(self.letter, kind)


SAY_THEIR_TIME = ("review_header", "missed")
"""Pages that say themselves when they were meant to be sent."""

TO_CHANNELS = (LetterKind.POST, LetterKind.EDIT)
"""Kinds of letters that many people read: they name people without notifying them."""


def compose(session: Session, letter: Letter, *, words: Words, now: datetime) -> list[Rendered]:
    """Return the messages of the letter, none when there is nothing to say any more.

    Private accounts that its readers may not see are left out. Where nothing remains, a confirmation, or an edit about
    an account, says so in a sentence; others wait, raising as `wait_for_members`, until it is known who may see them.
    """
    with seen_by(session, readers_of(letter), now) as is_any_hidden:
        try:
            rendered = _rendered(Composing(session, letter, words, now))
        except Outdated:
            rendered = []
        if is_any_hidden and not rendered:
            if sentence := _sentence_if_hidden(letter):
                return messages(sentence_page(words.say(sentence)))
            wait_for_members(session, letter, now)
    if letter.kind not in TO_CHANNELS:
        return rendered
    return named_people(session, letter.workspace_id, rendered)


def _rendered(composing: Composing) -> list[Rendered]:
    """The messages of the letter as of now: as stored when it was composed before, else its page.

    There are none for a stored one if an account was hidden since, and for a page that has nothing to say or is of a
    kind that the reader switched off.
    """
    letter = composing.letter
    if letter.page == outbox.COMPOSED:
        return [] if became_hidden(composing.session, since=letter.created_at) else _stored_messages(composing)
    page = None if is_switched_off(composing.session, letter) else PAGES[letter.page](composing)
    if page is None:
        return []
    if letter.page not in SAY_THEIR_TIME:
        page = replace(page, items=(*page.items, *_late_note(composing)))
    # what arrives without being asked for has a button for the reader's preferences, also once it is edited
    has_choices = letter.kind in (LetterKind.DIRECT, LetterKind.EDIT) and is_unasked(letter.page)
    return messages(with_preferences(page, composing.words) if has_choices else page)


def _sentence_if_hidden(letter: Letter) -> str:
    """Return the key of the sentence for a reader who may not see the letter's account, '' where nothing is sent."""
    if letter.kind == LetterKind.EDIT:
        return "trouble.not_shown" if letter.page in OF_ACCOUNT else ""
    return "trouble.recorded_unseen" if letter.page == "recorded" else ""


def _stored_messages(composing: Composing) -> list[Rendered]:
    """Return the text composed when the letter was queued; if sent late and there is room, with a note of that time."""
    composed = composing.subject(letter_subjects.ComposedSubject)
    rendered = [Rendered(each["text"], each["blocks"], each.get("plain", [])) for each in composed.messages]
    late = _late_note(composing)
    if not late or not rendered or not rendered[-1].takes_a_block:
        return rendered
    [note] = messages(Page(composing.words.raw("trouble.late_title"), late, key="late"))
    plain = [*rendered[-1].plain, *note.blocks] if rendered[-1].plain else []
    return [*rendered[:-1], Rendered(rendered[-1].text, [*rendered[-1].blocks, *note.blocks], plain)]


def _late_note(composing: Composing) -> tuple[Note, ...]:
    """Return a note of when the message was to be sent, if it is sent much later; else nothing."""
    meant_at, sent_at = _queued_and_sent_at(composing)
    if not has_waited(meant_at, sent_at):
        return ()
    return (Note(composing.words.say("trouble.late", meant_at=meant_at, zone=_reader_zone(composing))),)


def _queued_and_sent_at(composing: Composing) -> tuple[datetime, datetime]:
    """Return when the message was queued and sent (or is being sent); for an edit, the times of the edited message."""
    letter = composing.letter
    target = outbox.by_id(composing.session, letter.target)
    if target is None:
        return letter.created_at, composing.now
    return target.created_at, target.sent_at or composing.now


def _reader_may(composing: Composing, permission: Permission) -> bool:
    person = people.find(composing.session, composing.workspace_id, composing.letter.user_id)
    return person is not None and may(person_facts(person), permission)


def _reader_zone(composing: Composing) -> str:
    """Return the reader's zone: the person's, else the review's, else the workspace's."""
    letter, session = composing.letter, composing.session
    person = people.find(session, letter.workspace_id, letter.user_id) if letter.user_id else None
    if person is not None:
        return person.time_zone
    review = reviews.by_id(session, letter.review_id) if letter.review_id else None
    if review is not None:
        return review.zone
    return workspaces.zone(session, letter.workspace_id)


# A review in its channel: header, agenda, recap, a missed one, and changes of its dates; what each owner has to do.


def _header(composing: Composing) -> Page:
    """The header of the review; of a review of executives the executive page."""
    review = _review(composing)
    # the edit of a header says how late the header was posted, not how late the edit is; on time says no minutes
    sent_at = _queued_and_sent_at(composing)[1]
    late = judge(review.planned_at, sent_at)
    review = replace(review, late_minutes=0 if late.state == "on_time" else late.minutes)
    if review.kind is not CadenceKind.EXECUTIVE:
        return review_header_page(review, composing.words)
    report, outcome = _report(composing, _month(review)), _executive_outcome(composing, review)
    return executive_review_page(report, review, outcome, composing.words)


def _agenda(composing: Composing) -> Page:
    """The agenda of one account; in the account's own channel it names the channel of the review."""
    letter, session = composing.letter, composing.session
    subject = composing.subject(letter_subjects.AgendaSubject)
    review = get_review(session, letter.workspace_id, subject.review_id)
    item = review_item(session, letter.workspace_id, subject.item_id, now=composing.now, review=review)
    page = agenda_page(item, composing.words, is_open=review.closed_at is None)
    if letter.channel_id == review.channel_id:
        return page
    of_channel = composing.words.say("review.of_channel", review_on=item.review_on, channel_id=review.channel_id)
    return replace(page, items=(*page.items, Note(of_channel)))


def _recap(composing: Composing) -> Page:
    """The recap, compared with the review held before, with entries that came too late; for executives their own."""
    review = _review(composing)
    if review.kind is CadenceKind.EXECUTIVE:
        return executive_recap_page(review, _month(review), _executive_outcome(composing, review), composing.words)
    before = held_before(composing.session, composing.workspace_id, review, now=composing.now)
    review = with_late_entries(composing.session, composing.workspace_id, review)
    return recap_page(review, composing.words, before=before)


def _missed(composing: Composing) -> Page:
    """The notice that a review was missed: never opened, or opened in time but not posted; and when it was noticed."""
    review_id = composing.subject(letter_subjects.ReviewSubject).review_id
    review = get_review(composing.session, composing.workspace_id, review_id)
    was_opened = review.opened_at - review.planned_at <= LATE_LIMIT
    # where the review was opened in time, its messages could not be sent until now
    noticed_at = composing.now if was_opened else review.opened_at
    return missed_page(review.planned_at, noticed_at, composing.words, zone=review.zone, was_opened=was_opened)


def _cadence_change(composing: Composing) -> Page:
    """The message to a channel whose reviews somebody moved, skipped, held, paused or resumed."""
    subject = composing.subject(CadenceChangeSubject)
    change = CadenceChanged(
        what=subject.what,
        by=subject.by,
        zone=subject.zone,
        planned_on=date.fromisoformat(subject.planned_on) if subject.planned_on else None,
        moved_to=datetime.fromisoformat(subject.moved_to) if subject.moved_to else None,
        because=subject.because,
        next_at=datetime.fromisoformat(subject.next_at) if subject.next_at else None,
    )
    return cadence_changed_page(change, composing.words)


def _review(composing: Composing) -> ReviewFacts:
    """The review that the letter is about, as of now or as frozen at its close."""
    letter, review_id = composing.letter, composing.subject(letter_subjects.ReviewSubject).review_id
    return review_facts(composing.session, letter.workspace_id, review_id, now=composing.now)


def _your_actions(composing: Composing) -> Page | None:
    """The reader's open actions after the review, less those settled since or in today's morning message; or None."""
    user_id, zone = composing.subject(letter_subjects.OwnActionsSubject).user_id, _reader_zone(composing)
    can_record = _reader_may(composing, Permission.NOMINATE)
    today, review = local_date(composing.now, zone), _review(composing)
    digested = shown_today(composing.session, composing.letter, (MORNING,), now=composing.now, zone=zone)
    settled = _settled_since(composing, review) | digested
    return your_actions_page(review, user_id, composing.words, today=today, can_record=can_record, settled=settled)


def _settled_since(composing: Composing, review: ReviewFacts) -> frozenset[int]:
    """The ids of actions that were open when the review closed and are closed now, as the message may be sent later."""
    shown = {action.id for item in review.items for action in item.facts.account.open_actions}
    return frozenset(shown - account_items.open_actions_among(composing.session, shown)) if shown else frozenset()


# Executive reviews: the details below their page, and the page a day before.


def _executive_details(composing: Composing) -> Page:
    review_id = composing.subject(ReviewSubject).review_id
    review = review_facts(composing.session, composing.workspace_id, review_id, now=composing.now)
    page = executive_details_page(_report(composing, _month(review)), composing.words)
    return replace(page, key=f"details-{review.id}")


def _executive_before(composing: Composing) -> Page | None:
    """Return the executive page for a meeting the next day; None if that has begun, was moved, skipped or paused."""
    subject = composing.subject(MeetingSubject)
    row = reviews.cadence(composing.session, subject.cadence_id)
    at = datetime.fromisoformat(subject.at)
    if row is None or row.next_at != at or at <= composing.now or row.kind != CadenceKind.EXECUTIVE:
        return None
    report = _report(composing, month_reviewed(local_date(at, row.zone)))
    meeting = ExecutiveMeeting(row.channel_id, at, _reader_zone(composing))
    can_act, reader = _reader_may(composing, Permission.RECORD), composing.letter.user_id
    return executive_before_page(report, meeting, composing.words, can_act=can_act, reader=reader)


def _executive_outcome(composing: Composing, review: ReviewFacts) -> ExecutiveOutcome:
    return outcome_of(composing.session, composing.workspace_id, review, composing.now)


def _month(review: ReviewFacts) -> date:
    """The first day of the month that a review of executives looks at."""
    return month_reviewed(local_date(review.planned_at, review.zone))


def _report(composing: Composing, month: date) -> ExecutiveReport:
    return executive(composing.session, composing.workspace_id, f"{month:%Y-%m}", now=composing.now)


def _month_audit(composing: Composing) -> Page:
    """Return the audit as of the month's end, with a button for the current one."""
    month = composing.subject(MonthSubject).month
    found = program_of_month(composing.session, composing.workspace_id, month, now=composing.now)
    page = audit_page(AuditView.of(found), composing.words)
    return replace(page, items=(*page.items, Buttons((labelled(composing.words, "menu.audit"),))))


# What was recorded: lines and receipts in threads, confirmations, and what nobody confirmed yet.


def _update_line(composing: Composing) -> Page:
    """The line in a review's thread about an entry or a correction; below a header it names the account."""
    session, workspace_id = composing.session, composing.workspace_id
    subject = composing.subject(letter_subjects.UpdateSubject)
    event, late = get_event(session, workspace_id, subject.event_id), late_for(session, workspace_id, subject)
    is_named = is_below_header(session, composing.letter)
    if isinstance(event.change, Corrected):
        zone = _reader_zone(composing)
        return delivery.line(session, workspace_id, event, composing.words, zone=zone, late_for=late, is_named=is_named)
    return thread_line_page(recorded_facts(session, event), composing.words, late_for=late, is_named=is_named)


def _signal_line(composing: Composing) -> Page:
    # accounts without a message of their own share the header's thread, so there each line names its account
    is_named = is_below_header(composing.session, composing.letter)
    return signal_line_page(_signal(composing), composing.words, is_named=is_named)


def _signal(composing: Composing) -> NotedSignal:
    subject = composing.subject(letter_subjects.SignalSubject)
    return noted_signal(composing.session, composing.workspace_id, subject.signal_id)


def _thread_receipt(composing: Composing) -> Page:
    """Return the receipt of the replies whose events the letter lists; an edit takes those of the edited message.

    The latest `SHOWN` have a line each, the earlier ones are only counted.
    """
    session, letter = composing.session, composing.letter
    posted = outbox.by_id(session, letter.target)
    subject = subject_of(posted or letter, ThreadReceiptSubject)
    entries = [get_event(session, letter.workspace_id, event_id) for event_id in subject.event_ids[-SHOWN:]]
    # the replies of one receipt are of one account's thread
    later = events.of_accounts(session, [entries[0].account_id], ["corrected"], after_id=entries[0].id)
    corrections = corrections_of([*entries, *map(event_facts, later)])
    review = reviews.get(session, letter.workspace_id, subject.review_id)
    lines = [
        ReceiptLine(recorded_facts(session, each), corrections.get(each.id), _late_for(each, review))
        for each in entries
    ]
    earlier = len(subject.event_ids) - len(entries)
    return thread_receipt_page(lines, composing.words, earlier=earlier, zone=_reader_zone(composing))


def _late_for(event: EventFacts, review: Review | None) -> date | None:
    """Return the day of the review in whose thread the event was written, if it had closed by then; else None."""
    if review is None or review.closed_at is None or event.recorded_at <= review.closed_at:
        return None
    return local_date(review.planned_at, review.zone)


def _confirmation(composing: Composing) -> Page:
    """The confirmation of entries to their author; for corrections, the receipt of them."""
    session, workspace_id = composing.session, composing.workspace_id
    event_ids = composing.subject(letter_subjects.RecordedSubject).event_ids
    events = [get_event(session, workspace_id, event_id) for event_id in event_ids]
    if isinstance(events[0].change, Corrected):
        return delivery.receipt(session, workspace_id, events, composing.words)
    recorded, zone = (recorded_facts(session, event) for event in events), _reader_zone(composing)
    facts = [replace(with_context(session, workspace_id, each), zone=zone) for each in recorded]
    return recorded_several_page(facts, composing.words)


T = TypeVar("T")


def _unanswered(composing: Composing) -> Page | None:
    """The page about entries, corrections and signals whose author got no answer.

    Entries corrected since and signals taken back are left out; None where nothing remains.
    """
    session, subject = composing.session, composing.subject(letter_subjects.UnansweredSubject)
    found = _as_reader_sees(get_event, composing, subject.event_ids)
    accounts = {each.account_id for each in found}
    stored = (row for account_id in accounts for row in events.of_account(session, account_id))
    corrected_ids = set(corrections_of(map(event_facts, stored)))
    entries = [each for each in found if not isinstance(each.change, Corrected) and each.id not in corrected_ids]
    signals = _as_reader_sees(noted_signal, composing, subject.signal_ids)
    facts = UnansweredFacts(
        recorded=tuple(recorded_facts(session, each) for each in entries),
        taken_back=tuple(_taken_back(composing, each) for each in found if isinstance(each.change, Corrected)),
        signals=tuple(each for each in signals if not each.is_taken_back),
        zone=_reader_zone(composing),
    )
    return unanswered_page(facts, composing.words) if facts.is_any else None


def _as_reader_sees(get: Callable[[Session, str, int], T], composing: Composing, ids: Iterable[int]) -> list[T]:
    """Return what `get` finds for these ids, without what the reader may not see any more."""
    found = []
    for item_id in ids:
        with suppress(Outdated):
            found.append(get(composing.session, composing.workspace_id, item_id))
    return found


def _taken_back(composing: Composing, correction: EventFacts) -> RecordedFacts:
    """Return the entry that was taken back, with the account as the correction left it."""
    session, change = composing.session, correction.change
    # always a `Corrected` here: only the type of `change` is wider
    entry_id = change.event_id if isinstance(change, Corrected) else correction.id
    facts = recorded_facts(session, get_event(session, composing.workspace_id, entry_id))
    return replace(facts, after=recorded_facts(session, correction).after)


# What asks for preparation: the brief of a facilitator, what they ask of others, and each person's part.


def _brief(composing: Composing) -> Page | None:
    """The brief as of now; None where the review has begun, is not the next one, or waits for its channel.

    A brief that was sent says instead that its review was skipped, moved behind another one or paused. `instead` is why
    its reader is not the facilitator, None for the facilitator.
    """
    subject, zone = composing.subject(BriefSubject), _reader_zone(composing)
    instead = Instead(subject.instead) if subject.instead in set(Instead) else None
    planned_on = date.fromisoformat(subject.planned_on)
    facts = brief_facts(composing.session, subject.cadence_id, planned_on, instead, zone=zone, now=composing.now)
    if facts is None:
        return _called_off(composing, subject.cadence_id, planned_on) if composing.letter.target else None
    facts = replace(facts, reader=composing.letter.user_id)
    return brief_page(facts, composing.words, can_decide=_reader_may(composing, Permission.DECIDE))


def _called_off(composing: Composing, cadence_id: int, planned_on: date) -> Page | None:
    """What the brief says once its review was skipped, moved behind another one or paused; else None."""
    row = reviews.cadence(composing.session, cadence_id)
    change = reviews.change_of(composing.session, cadence_id, planned_on)
    if row is None or row.next_on == planned_on or not (change or row.is_paused):
        return None
    at = change.moved_to if change else None
    # the sentence says moved with `at`, skipped without it, and paused without `by`
    values = {"channel_id": row.channel_id, "planned_on": planned_on, "at": at, "zone": _reader_zone(composing)}
    by, because = (change.actor, change.because) if change else ("", "")
    return sentence_page(composing.words.say("brief.called_off", **values, by=by, because=because))


def _asked_before(composing: Composing) -> Page | None:
    """The facilitator's own text, or without one the accounts that still wait for the reader's update.

    None without text and accounts, and where the review has begun or is not the next one any more.
    """
    subject = composing.subject(AskedBeforeSubject)
    row = reviews.cadence(composing.session, subject.cadence_id)
    planned_on = date.fromisoformat(subject.planned_on)
    if row is None or row.next_on != planned_on or row.next_at is None or row.next_at <= composing.now:
        return None
    waiting = [] if subject.text else _waiting(composing, row)
    if not (subject.text or waiting):
        return None
    return asked_before_page(
        by=subject.by,
        text=subject.text,
        channel_id=row.channel_id,
        at=row.next_at,
        zone=_reader_zone(composing),
        accounts=waiting,
        words=composing.words,
    )


def _waiting(composing: Composing, row: Cadence) -> list[tuple[int, str]]:
    """(id, name) of accounts whose update the reader owes: asked about, or their own if nobody was asked."""
    session, reader = composing.session, composing.letter.user_id
    if row.next_on is None:
        return []
    asked = preparing.of_occurrence(session, row.row_id, row.next_on)
    if asked:
        mine = [each for each in asked if each.user_id == reader and each.part == Participation.MANDATORY]
        owed = missing(session, mine, now=composing.now)
        ids = {question.account_id for questions in owed.values() for question in questions}
    else:
        ids = {
            item.facts.account.account_id
            for item in planned_items(session, row, composing.now)
            if item.part is ItemPart.DISCUSSED
            and item.facts.account.profile.owner == reader
            and not is_updated(item.facts)
        }
    rows = accounts.get_many(session, row.workspace_id, ids) if ids else ()
    return sorted(((each.row_id, each.name) for each in rows), key=lambda pair: pair[1].casefold())


def _leads_now(composing: Composing) -> Page | None:
    """The notice to a new facilitator; None once somebody else is the facilitator."""
    subject = composing.subject(LeadsSubject)
    row = reviews.cadence(composing.session, subject.cadence_id)
    if row is None or row.facilitator != composing.letter.user_id:
        return None
    zone = _reader_zone(composing)
    return leads_now_page(by=subject.by, channel_id=row.channel_id, at=row.next_at, zone=zone, words=composing.words)


def _preparation(composing: Composing) -> Page | None:
    """Return what the reader is asked to prepare; None for a new message where nothing is left to say.

    A message that was sent says what became of it instead: each answer, and each review that was opened or skipped.
    """
    letter = composing.letter
    reader = PrepReader(letter.workspace_id, letter.user_id, _reader_zone(composing), composing.now)
    facts = prep_facts(composing.session, composing.subject(PreparationSubject).letter_key, reader)
    if facts is None:
        return None
    today = local_date(facts.now, facts.zone)
    has_questions = any(not each.is_done(today) for each in facts.accounts)
    is_ahead = any(each.state is PlannedState.AHEAD for each in facts.reviews)
    if letter.kind != LetterKind.EDIT and not (has_questions and is_ahead):
        return None
    return prep_page(facts, composing.words)


def _reminder(composing: Composing) -> Page | None:
    """What the reader has still to prepare; None for a new message if nothing is left, or they stopped or snoozed.

    A message that was sent says what became of it instead.
    """
    letter, asked_ids = composing.letter, composing.subject(ReminderSubject).asked_ids
    facts = reminder_facts(composing.session, letter.workspace_id, letter.user_id, asked_ids, now=composing.now)
    if letter.kind != LetterKind.EDIT and not facts.reviews:
        return None
    return reminder_page(facts, composing.words, asked_ids)


# What nudges somebody, from what is open when it is sent.


def _morning(composing: Composing) -> Page | None:
    """What waits for the reader, or for somebody away whom they stand in for; None where nothing does any more.

    Overdue actions that another message of this day showed are left out.
    """
    subject, zone = composing.subject(MorningSubject), _reader_zone(composing)
    session, workspace_id, reader = composing.session, composing.workspace_id, composing.letter.user_id
    user_id = subject.of_user_id
    asks, blockers = asked_now(session, workspace_id, subject.event_ids, user_id=user_id)
    owed = owed_by(session, workspace_id, user_id, now=composing.now, zone=zone)
    today = local_date(composing.now, zone)
    away = away_on(session, workspace_id, (user_id,), today).get(user_id) if user_id != reader else None
    shown = shown_today(session, composing.letter, (ACTIONS, PREPARATION), now=composing.now, zone=zone)
    facts = Morning(
        asks=asks,
        blockers=blockers,
        overdue=tuple(each for each in owed.overdue if each.id not in shown),
        old_blockers=owed.old_blockers,
        away_of=user_id if user_id != reader else "",
        away_until=away.until_on if away is not None else None,
        reader=reader,
    )
    can_record = _reader_may(composing, Permission.NOMINATE)
    return morning_page(facts, composing.words, now=composing.now, zone=zone, can_record=can_record)


def _escalated(composing: Composing) -> Page | None:
    """The blocker past its limit; None where it was resolved or taken back, or its account is not shown any more."""
    subject, session = composing.subject(EscalatedSubject), composing.session
    workspace_id = composing.workspace_id
    rows = nudging.of_events(session, workspace_id, (subject.event_id,))
    states = shown_states(session, workspace_id, [row.account_id for row in rows])
    found = [(state, each) for state in states.values() for each in state.open_blockers if each.id == subject.event_id]
    blockers = account_blockers(session, workspace_id, found)
    if not blockers:
        return None
    facts = Escalated(
        blockers[0],
        limit_days(settings_of(session, workspace_id), found[0][0].tier),
        has_it=subject.has_it,
        nudges=rows[0].nudges,
        to_admins=subject.to_admins,
        reader=composing.letter.user_id,
        away_of=subject.of_user_id,
    )
    zone, can_record = _reader_zone(composing), _reader_may(composing, Permission.NOMINATE)
    return escalated_page(facts, composing.words, now=composing.now, zone=zone, can_record=can_record)


def _not_held(composing: Composing) -> Page | None:
    """How many reviews in a row were not held and what the last lacked; None if that is gone or was held."""
    subject = composing.subject(NotHeldSubject)
    facts = not_held_facts(composing.session, composing.workspace_id, subject)
    return not_held_page(facts, composing.words) if facts is not None else None


# What is new for a person, and the digest of a day, which gathers other letters.


def _news(composing: Composing) -> Page | None:
    """What others asked of the reader, collected in this message and still open; None where nothing is."""
    found = _collected_news(composing)
    if not found:
        return None
    zone, can_record = _reader_zone(composing), _reader_may(composing, Permission.NOMINATE)
    return news_page(found, composing.words, now=composing.now, zone=zone, can_record=can_record)


def _digest(composing: Composing) -> Page | None:
    """Everything collected for the reader, each page once and in its current state; None where nothing is left."""
    zone, can_record = _reader_zone(composing), _reader_may(composing, Permission.NOMINATE)
    new = news_items(_collected_news(composing), composing.words, now=composing.now, zone=zone, can_record=can_record)
    parts = [part for part in (new, *_other_parts(composing)) if part]
    return digest_page(parts, composing.words, on=local_date(composing.now, zone)) if parts else None


def _other_parts(composing: Composing) -> list[tuple[Item, ...]]:
    """The items of each page collected, without news; of two pages with one key only the later, which is newer."""
    found: dict[str, Page] = {}
    for letter in _collected(composing, are_news=False):
        with suppress(Outdated):
            page = PAGES[letter.page](replace(composing, letter=letter))
            if page is not None:
                # pages of a single sentence share one key though their texts differ, so these go by title
                found[page.title if page.key == SENTENCE else page.key] = page
    return [page.items for page in found.values()]


def _collected(composing: Composing, *, are_news: bool) -> Iterator[Letter]:
    """The letters collected in this digest, except kinds that the reader has switched off since.

    With `are_news` those about one event or signal, else all others.
    """
    session, letter = composing.session, composing.letter
    off = switched_off(session, letter.workspace_id, letter.user_id)
    for each in outbox.collected_in(session, letter):
        if (each.page in (ONE_TOLD, ONE_SIGNAL)) is are_news and KIND_OF_PAGE.get(each.page) not in off:
            yield each


def _collected_news(composing: Composing) -> list[NotifiedEvent | NotifiedSignal]:
    """What is still open of the news collected in this digest."""
    session, found = composing.session, list[NotifiedEvent | NotifiedSignal]()
    for letter in _collected(composing, are_news=True):
        news = _signal_of(session, letter) if letter.page == ONE_SIGNAL else _event_of(session, letter)
        if news is not None:
            found.append(news)
    return found


def _signal_of(session: Session, letter: Letter) -> NotifiedSignal | None:
    """Return the letter's signal if it still counts, and the person still has a role for the account on the list."""
    subject = subject_of(letter, SignalNoticeSubject)
    row = signals.get(session, letter.workspace_id, subject.signal_id)
    account = accounts.get(session, letter.workspace_id, row.account_id) if row is not None else None
    if row is None or account is None or row.taken_back_at or account.list_status != ListStatus.NAMED:
        return None
    person = subject.of_user_id or letter.user_id
    if person not in (account.owner, account.marketing_partner, account.our_executive):
        return None
    return NotifiedSignal(noted_signal(session, letter.workspace_id, row.row_id), person, person != letter.user_id)


def _event_of(session: Session, letter: Letter) -> NotifiedEvent | None:
    """Return what the letter's event still asks of its reader, or of whom they stand in for; None if nothing.

    `begun` is the event that opened the blocker, action or ask that the letter's event closes.
    """
    subject = subject_of(letter, EventSubject)
    row = events.get(session, letter.workspace_id, subject.event_id)
    account = accounts.get(session, letter.workspace_id, row.account_id) if row is not None else None
    if row is None or account is None:
        return None
    later = events.of_accounts(session, [row.account_id], ["corrected"], after_id=row.row_id)
    taken_back = (event_facts(each).change for each in later)
    if any(isinstance(each, Corrected) and each.event_id == row.row_id for each in taken_back):
        return None
    event = event_facts(row)
    begun = begun_by(session, letter.workspace_id, event.change)
    leads = leads_for(session, letter.workspace_id, event, begun)
    person = subject.of_user_id or letter.user_id
    found = still_news(event, current_state(session, account), person, leads, begun=begun)
    return replace(found, is_for_stand_in=person != letter.user_id) if found is not None else None


def _wanted(composing: Composing) -> Page | None:
    """The notice that `by` wanted to use a private account's name or domain, `word`; None once it is not private."""
    subject = composing.subject(WantedSubject)
    row = accounts.get(composing.session, composing.workspace_id, subject.account_id)
    if row is None or not row.private_channel:
        return None
    about = {"by": subject.by, "word": subject.word, "channel_id": row.private_channel}
    return wanted_page(row.row_id, row.name, composing.words, **about)


def _fit_question(composing: Composing) -> Page | None:
    """Return the question for scores, while anything is asked of its reader."""
    letter = composing.letter
    is_reminder = composing.subject(FitQuestionSubject).is_reminder
    facts = card.fit_question(
        composing.session, letter.workspace_id, letter.user_id, now=composing.now, is_reminder=is_reminder
    )
    return question_page(facts, composing.words) if facts else None


def _first_words(composing: Composing) -> Page | None:
    """Return the first words to somebody who met the bot; None for somebody who may not use it."""
    letter = composing.letter
    facts = home.welcome_facts(composing.session, letter.workspace_id, letter.user_id, now=composing.now)
    return first_words_page(facts, composing.words) if facts else None


# Trouble: channels, permissions, people who left, and messages in doubt.


def _channel_trouble(composing: Composing) -> Page | None:
    """The notice that a channel cannot be posted in; None once it can be."""
    subject = composing.subject(letter_subjects.ChannelTroubleSubject)
    channel = people.find_channel(composing.session, composing.workspace_id, subject.channel_id)
    if channel is None or not channel.trouble:
        return None  # it was posted in again before the digest came
    words = composing.words.say("trouble.channel", channel_id=subject.channel_id, error=subject.error)
    return sentence_page(words)


def _own_channel(composing: Composing) -> Page | None:
    """The notice that the account's own channel cannot be used; None where the account is gone."""
    subject = composing.subject(letter_subjects.OwnChannelSubject)
    row = accounts.get(composing.session, composing.workspace_id, subject.account_id)
    if row is None:
        return None
    about = {"name": row.name, "channel_id": subject.channel_id, "error": subject.error}
    return sentence_page(composing.words.say("trouble.own_channel", **about))


def _missing_permission(composing: Composing) -> Page:
    return admin.lacking_page(composing.subject(letter_subjects.PermissionSubject).permission, composing.words)


def _deactivated(composing: Composing) -> Page | None:
    """The work that a deactivated person left behind; None where nothing is left of it."""
    user_id = composing.subject(letter_subjects.PersonSubject).user_id
    facts = left_behind(composing.session, composing.workspace_id, user_id)
    return admin.deactivated_page(facts, composing.words) if facts else None


def _not_done(composing: Composing) -> Page:
    """The notice that a review could not be opened (page `not_opened`) or closed (page `not_closed`)."""
    subject = composing.subject(letter_subjects.FailureSubject)
    review_on = _read_day(subject.review_on)
    about = {"channel_id": subject.channel_id, "reference": subject.reference, "review_on": review_on}
    return sentence_page(composing.words.say(f"trouble.{composing.letter.page}", **about))


def _message_in_doubt(composing: Composing) -> Page:
    """The question to the facilitator about messages of a review that may not have arrived."""
    subject = composing.subject(letter_subjects.ChannelSubject)
    about = {"channel_id": subject.channel_id, "review_on": _read_day(subject.review_on)}
    return sentence_page(composing.words.say("trouble.doubt", **about))


def _messages_in_doubt(composing: Composing) -> Page | None:
    """The list of messages that may not have arrived; None where none is left."""
    facts = reads.unconfirmed_messages(composing.session, composing.workspace_id)
    zone = _reader_zone(composing)
    return unsure_list_page(facts, composing.words, zone=zone, now=composing.now) if facts.count else None


def _read_day(written: str) -> date | None:
    """Return the day of a subject, written as `2025-03-09`; None for ''."""
    return date.fromisoformat(written) if written else None


PAGES: dict[str, Callable[[Composing], Page | None]] = {
    "review_header": _header,
    "agenda": _agenda,
    "recap": _recap,
    OBSERVED: _recap,
    "missed": _missed,
    "cadence_change": _cadence_change,
    ACTIONS: _your_actions,
    "update_line": _update_line,
    "signal_line": _signal_line,
    "thread_receipt": _thread_receipt,
    "recorded": _confirmation,
    "signal_noted": lambda composing: signal_noted_page(_signal(composing), composing.words),
    letters.UNANSWERED_PAGE: _unanswered,
    BRIEF: _brief,
    ASKED_BEFORE: _asked_before,
    LEADS_NOW: _leads_now,
    PREPARATION: _preparation,
    REMINDER: _reminder,
    DETAILS: _executive_details,
    BEFORE: _executive_before,
    "month_audit": _month_audit,
    MORNING: _morning,
    ESCALATED: _escalated,
    NOT_HELD: _not_held,
    TOLD: _news,
    DIGEST: _digest,
    "wanted": _wanted,
    "fit_question": _fit_question,
    "first_words": _first_words,
    "trouble": _channel_trouble,
    "own_channel": _own_channel,
    "lacking": _missing_permission,
    "deactivated": _deactivated,
    "doubt": _message_in_doubt,
    "doubts": _messages_in_doubt,
    "not_opened": _not_done,
    "not_closed": _not_done,
}
