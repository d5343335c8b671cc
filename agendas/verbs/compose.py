"""What a letter says, composed from the facts as they are when it is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from agendas.changes import Corrected
from agendas.errors import Outdated
from agendas.facts import AccountState, EventFacts
from agendas.gather import names
from agendas.pages.agenda import agenda_page
from agendas.pages.blockkit import Rendered, messages
from agendas.pages.missed import missed_page
from agendas.pages.page import Page
from agendas.pages.recap import recap_page
from agendas.pages.recorded import RecordedFacts, recorded_several_page, thread_line_page, thread_undone_page
from agendas.pages.review_header import review_header_page
from agendas.pages.trouble import channel_trouble_page, lacking_page, not_closed_page, not_opened_page
from agendas.pages.unpinged import mentioned_in, without_pings
from agendas.pages.words import Words
from agendas.pages.your_actions import your_actions_page
from agendas.review_facts import ReviewFacts
from agendas.rows import event_facts
from agendas.rules.fold import apply, fold
from agendas.verbs import look_up_reviews
from storage import events
from storage.tables import Letter

TO_CHANNELS = ("post", "edit")
"""Kinds of letters that many people read: they name people without notifying them."""


@dataclass(frozen=True, slots=True)
class Composing:
    """What every page of a letter needs."""

    session: Session
    letter: Letter
    words: Words
    now: datetime


def compose(session: Session, letter: Letter, *, words: Words, now: datetime) -> list[Rendered]:
    """The messages of the letter, the first and those that continue it; none when there is nothing to say any more."""
    try:
        rendered = _rendered(Composing(session, letter, words, now))
    except Outdated:
        return []
    if letter.kind not in TO_CHANNELS:
        return rendered
    mentioned = set[str]().union(*map(mentioned_in, rendered))
    known = names(session, letter.workspace_id, mentioned)
    return [without_pings(each, known) for each in rendered]


def _rendered(composing: Composing) -> list[Rendered]:
    subject = composing.letter.subject
    if composing.letter.page == "said":
        return [Rendered(each["text"], each["blocks"]) for each in subject["messages"]]
    page = PAGES[composing.letter.page](composing)
    return messages(page) if page is not None else []


def _header(composing: Composing) -> Page:
    return review_header_page(_review(composing), composing.words)


def _agenda(composing: Composing) -> Page:
    letter, session = composing.letter, composing.session
    item = look_up_reviews.item(session, letter.workspace_id, letter.subject["item_id"], now=composing.now)
    review = look_up_reviews.get_review(session, letter.workspace_id, letter.subject["review_id"])
    return agenda_page(item, composing.words, is_open=review.closed_at is None)


def _missed(composing: Composing) -> Page:
    review = look_up_reviews.get_review(
        composing.session, composing.letter.workspace_id, composing.letter.subject["review_id"]
    )
    return missed_page(review.planned_at, review.opened_at, composing.words, zone=review.zone)


def _recap(composing: Composing) -> Page:
    return recap_page(_review(composing), composing.words)


def _your_actions(composing: Composing) -> Page | None:
    return your_actions_page(_review(composing), composing.letter.subject["user_id"], composing.words)


def _update_line(composing: Composing) -> Page:
    event = _event(composing, composing.letter.subject["event_id"])
    if isinstance(event.change, Corrected):
        taken_back = _event(composing, event.change.event_id)
        return thread_undone_page(_recorded(composing, taken_back), composing.words)
    return thread_line_page(_recorded(composing, event), composing.words, is_late=composing.letter.subject["is_late"])


def _confirmation(composing: Composing) -> Page:
    found = [_recorded(composing, _event(composing, number)) for number in composing.letter.subject["event_ids"]]
    return recorded_several_page(found, composing.words)


def _trouble(composing: Composing) -> Page:
    subject = composing.letter.subject
    return channel_trouble_page(subject["channel_id"], subject["error"], composing.words)


def _lacking(composing: Composing) -> Page:
    return lacking_page(composing.letter.subject["permission"], composing.words)


def _not_opened(composing: Composing) -> Page:
    subject = composing.letter.subject
    return not_opened_page(subject["channel_id"], subject["reference"], composing.words)


def _not_closed(composing: Composing) -> Page:
    subject = composing.letter.subject
    return not_closed_page(subject["channel_id"], subject["reference"], composing.words)


PAGES: dict[str, Callable[[Composing], Page | None]] = {
    "review_header": _header,
    "agenda": _agenda,
    "recap": _recap,
    "missed": _missed,
    "your_actions": _your_actions,
    "update_line": _update_line,
    "recorded": _confirmation,
    "trouble": _trouble,
    "lacking": _lacking,
    "not_opened": _not_opened,
    "not_closed": _not_closed,
}


def _review(composing: Composing) -> ReviewFacts:
    letter = composing.letter
    return look_up_reviews.review_facts(
        composing.session, letter.workspace_id, letter.subject["review_id"], now=composing.now
    )


def _event(composing: Composing, event_id: int) -> EventFacts:
    row = events.get(composing.session, composing.letter.workspace_id, event_id)
    if row is None:
        raise Outdated("That entry is not in the history.")
    return event_facts(row)


def _recorded(composing: Composing, event: EventFacts) -> RecordedFacts:
    """The event with the account before and after it, as they were then. Raises Outdated when there is none."""
    stored = events.of_account(composing.session, event.account_id, before_id=event.id)
    earlier = [event_facts(row) for row in stored]
    before = fold(earlier)
    after = _after(before, earlier, event)
    return RecordedFacts(event, before or after, after)


def _after(before: AccountState | None, earlier: list[EventFacts], event: EventFacts) -> AccountState:
    is_next = before is not None and (before.last_event_at is None or event.happened_at >= before.last_event_at)
    if is_next and not isinstance(event.change, Corrected):
        return apply(before, event)
    state = fold([*earlier, event])
    if state is None:
        raise Outdated("That account does not exist any more.")
    return state
