"""Compose the messages of a letter from the facts as they are when it is sent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.events import Corrected
from agendas.facts.reviews.review import ReviewFacts
from agendas.facts.signals import NotedSignal
from agendas.pages.accounts.recorded import recorded_several_page, thread_line_page
from agendas.pages.accounts.signals import signal_line_page, signal_noted_page
from agendas.pages.notices.told import with_preferences
from agendas.pages.reviews.agenda import agenda_page
from agendas.pages.reviews.header import review_header_page
from agendas.pages.reviews.missed import missed_page
from agendas.pages.reviews.recap import recap_page
from agendas.pages.reviews.your_actions import your_actions_page
from agendas.rendering.blockkit import Rendered, messages
from agendas.rendering.notice import said
from agendas.rendering.page import Note, Page
from agendas.rendering.words import Words
from agendas.rules.reviews.lateness import LATE_LIMIT, has_waited, judge
from agendas.text.days import local_date
from agendas.verbs.delivery import (
    compose_audit,
    compose_executive,
    compose_notices,
    compose_threads,
    compose_unanswered,
    corrections,
)
from agendas.verbs.delivery.compose_brief import BRIEF_PAGES
from agendas.verbs.delivery.compose_nudges import NUDGE_PAGES
from agendas.verbs.delivery.compose_preparing import PREPARING_PAGES
from agendas.verbs.delivery.compose_reminding import REMINDING_PAGES
from agendas.verbs.delivery.compose_trouble import TROUBLE_PAGES
from agendas.verbs.delivery.composing import Composing, reader_can_settle, reader_zone
from agendas.verbs.letters import unanswered
from agendas.verbs.letters.mentions import named_people
from agendas.verbs.notices.kinds import ACTIONS, DIGEST, MORNING, OBSERVED, TOLD, is_unasked
from agendas.verbs.notices.queue import is_switched_off
from agendas.verbs.nudging.shown_today import shown_today
from agendas.verbs.privacy.audience import became_hidden, readers_of, seen_by, wait_for_members
from agendas.verbs.reads.account.recorded import get_event, recorded_facts, with_context
from agendas.verbs.reads.past.reviews import with_late_entries
from agendas.verbs.reads.reviews.facts import get_review, is_below_header, late_for, review_facts, review_item
from agendas.verbs.reads.reviews.last_held import held_before
from agendas.verbs.updates.signals import noted
from storage import account_items
from storage.delivery import subjects
from storage.delivery.letter_accounts import OF_ACCOUNT
from storage.tables import Letter, LetterKind

TELL_THEIR_TIME = ("review_header", "missed")
"""Pages that say themselves when they were meant to be sent."""

TO_CHANNELS = (LetterKind.POST, LetterKind.EDIT)
"""Kinds of letters that many people read: they name people without notifying them."""


def compose(session: Session, letter: Letter, *, words: Words, now: datetime) -> list[Rendered]:
    """Return the messages of the letter, none when there is nothing to say any more. Raises as `wait_for_members`."""
    with seen_by(session, readers_of(letter), now) as is_any_hidden:
        try:
            rendered = _rendered(Composing(session, letter, words, now))
        except Outdated:
            rendered = []
        if is_any_hidden and not rendered:
            if sentence := _instead(letter):
                return messages(said(words.say(sentence)))
            wait_for_members(session, letter, now)
    if letter.kind not in TO_CHANNELS:
        return rendered
    return named_people(session, letter.workspace_id, rendered)


def _instead(letter: Letter) -> str:
    """Return the sentence in the place of what is said about an account that its reader may not see, '' for none."""
    if letter.kind == LetterKind.EDIT:
        return "trouble.not_shown" if letter.page in OF_ACCOUNT else ""
    return "trouble.recorded_unseen" if letter.page == "recorded" else ""


def _rendered(composing: Composing) -> list[Rendered]:
    letter = composing.letter
    if letter.page == "said":
        return [] if became_hidden(composing.session, since=letter.created_at) else _said(composing)
    page = None if is_switched_off(composing.session, letter) else PAGES[letter.page](composing)
    if page is None:
        return []
    if letter.page not in TELL_THEIR_TIME:
        page = replace(page, items=(*page.items, *_meant_for(composing)))
    # an edit of such a message keeps its button
    has_choices = letter.kind in (LetterKind.DIRECT, LetterKind.EDIT) and is_unasked(letter.page)
    return messages(with_preferences(page, composing.words) if has_choices else page)


def _said(composing: Composing) -> list[Rendered]:
    """Return the text composed when the letter was queued, with the time it was meant for if it was long on its way."""
    composed = composing.subject(subjects.ComposedSubject)
    said = [Rendered(each["text"], each["blocks"], each.get("plain", [])) for each in composed.messages]
    late = _meant_for(composing)
    if not late or not said or not said[-1].takes_a_block:
        return said
    [note] = messages(Page(composing.words.raw("trouble.late_title"), late, key="late"))
    plain = [*said[-1].plain, *note.blocks] if said[-1].plain else []
    return [*said[:-1], Rendered(said[-1].text, [*said[-1].blocks, *note.blocks], plain)]


def _header(composing: Composing) -> Page:
    review = _review(composing)
    # of a header that is edited, as late as it was posted
    sent_at = _sending(composing)[1]
    late = judge(review.planned_at, sent_at)
    minutes = 0 if late.state == "on_time" else late.minutes
    told = replace(review, late_minutes=minutes)
    return compose_executive.header(composing, told) or review_header_page(told, composing.words)


def _recap(composing: Composing) -> Page:
    review = _review(composing)
    if page := compose_executive.recap(composing, review):
        return page
    before = held_before(composing.session, composing.letter.workspace_id, review, now=composing.now)
    told = with_late_entries(composing.session, composing.letter.workspace_id, review)
    return recap_page(told, composing.words, before=before)


def _agenda(composing: Composing) -> Page:
    letter, session = composing.letter, composing.session
    subject = composing.subject(subjects.AgendaSubject)
    review = get_review(session, letter.workspace_id, subject.review_id)
    item = review_item(session, letter.workspace_id, subject.item_id, now=composing.now, review=review)
    page = agenda_page(item, composing.words, is_open=review.closed_at is None)
    if letter.channel_id == review.channel_id:
        return page
    said = composing.words.say("review.of_channel", review_on=item.review_on, channel_id=review.channel_id)
    return replace(page, items=(*page.items, Note(said)))


def _missed(composing: Composing) -> Page:
    review_id = composing.subject(subjects.ReviewSubject).review_id
    review = get_review(composing.session, composing.letter.workspace_id, review_id)
    was_opened = review.opened_at - review.planned_at <= LATE_LIMIT
    # one that was opened in time could not be sent until now
    noticed_at = composing.now if was_opened else review.opened_at
    return missed_page(review.planned_at, noticed_at, composing.words, zone=review.zone, was_opened=was_opened)


def _your_actions(composing: Composing) -> Page | None:
    user_id, zone = composing.subject(subjects.OwnActionsSubject).user_id, reader_zone(composing)
    can_record = reader_can_settle(composing)
    today, review = local_date(composing.now, zone), _review(composing)
    digested = shown_today(composing.session, composing.letter, (MORNING,), now=composing.now, zone=zone)
    settled = _settled_since(composing, review) | digested
    return your_actions_page(review, user_id, composing.words, today=today, can_record=can_record, settled=settled)


def _settled_since(composing: Composing, review: ReviewFacts) -> frozenset[int]:
    """The ids of the actions that were open when the review closed and are not any more: the message may come later."""
    shown = {action.id for item in review.items for action in item.facts.account.open_actions}
    return frozenset(shown - account_items.open_actions_among(composing.session, shown)) if shown else frozenset()


def _update_line(composing: Composing) -> Page:
    session, workspace_id = composing.session, composing.letter.workspace_id
    subject = composing.subject(subjects.UpdateSubject)
    event, late = get_event(session, workspace_id, subject.event_id), late_for(session, workspace_id, subject)
    is_named = is_below_header(session, composing.letter)
    if isinstance(event.change, Corrected):
        page = partial(corrections.line, session, workspace_id, event, composing.words)
        return page(zone=reader_zone(composing), late_for=late, is_named=is_named)
    return thread_line_page(recorded_facts(session, event), composing.words, late_for=late, is_named=is_named)


def _confirmation(composing: Composing) -> Page:
    session, workspace_id = composing.session, composing.letter.workspace_id
    event_ids = composing.subject(subjects.RecordedSubject).event_ids
    events = [get_event(session, workspace_id, number) for number in event_ids]
    if isinstance(events[0].change, Corrected):
        return corrections.receipt(session, workspace_id, events, composing.words)
    found, zone = (recorded_facts(session, event) for event in events), reader_zone(composing)
    facts = [replace(with_context(session, workspace_id, each), zone=zone) for each in found]
    return recorded_several_page(facts, composing.words)


def _signal_line(composing: Composing) -> Page:
    is_named = is_below_header(composing.session, composing.letter)
    return signal_line_page(_signal(composing), composing.words, is_named=is_named)


PAGES: dict[str, Callable[[Composing], Page | None]] = {
    **TROUBLE_PAGES,
    **REMINDING_PAGES,
    **compose_executive.EXECUTIVE_PAGES,
    **NUDGE_PAGES,
    **PREPARING_PAGES,
    **BRIEF_PAGES,
    "review_header": _header,
    "agenda": _agenda,
    "recap": _recap,
    OBSERVED: _recap,
    "missed": _missed,
    "cadence_change": compose_notices.cadence_change,
    ACTIONS: _your_actions,
    "update_line": _update_line,
    "thread_receipt": compose_threads.thread_receipt,
    "recorded": _confirmation,
    unanswered.PAGE: compose_unanswered.unanswered,
    "signal_noted": lambda composing: signal_noted_page(_signal(composing), composing.words),
    "signal_line": _signal_line,
    "first_words": compose_notices.first_words,
    "fit_question": compose_notices.fit_question,
    "wanted": compose_notices.wanted,
    "month_audit": compose_audit.month_audit,
    TOLD: compose_notices.told,
    DIGEST: lambda composing: compose_notices.digest(composing, PAGES),
}


def _signal(composing: Composing) -> NotedSignal:
    subject = composing.subject(subjects.SignalSubject)
    return noted(composing.session, composing.letter.workspace_id, subject.signal_id)


def _sending(composing: Composing) -> tuple[datetime, datetime]:
    """Return when the message was queued, and when it was or is sent: of an edit, those of the message it edits."""
    letter = composing.letter
    target = composing.session.get(Letter, letter.target) if letter.target else None
    if target is None:
        return letter.created_at, composing.now
    return target.created_at, target.sent_at or composing.now


def _meant_for(composing: Composing) -> tuple[Note, ...]:
    """Return a note of when the message was meant, if it could be sent only much later."""
    meant_at, sent_at = _sending(composing)
    if not has_waited(meant_at, sent_at):
        return ()
    return (Note(composing.words.say("trouble.late", meant_at=meant_at, zone=reader_zone(composing))),)


def _review(composing: Composing) -> ReviewFacts:
    letter, review_id = composing.letter, composing.subject(subjects.ReviewSubject).review_id
    return review_facts(composing.session, letter.workspace_id, review_id, now=composing.now)
