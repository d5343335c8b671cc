"""Pages of letters that tell several things at once: what is new for a person, and the digest of a day."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import ListStatus
from agendas.facts.answers import Told, ToldSignal
from agendas.facts.events import Corrected
from agendas.pages.accounts.fit import question_page
from agendas.pages.answers.welcome import first_words_page
from agendas.pages.notices.told import digest_page, told_items, told_page
from agendas.pages.notices.wanted import wanted_page
from agendas.pages.reviews.cadence import CadenceChanged, cadence_changed_page
from agendas.rendering.notice import SENTENCE
from agendas.rendering.page import Item, Page
from agendas.rules.notices.told import still_told
from agendas.text.days import local_date
from agendas.verbs.delivery.composing import Composing, reader_can_settle, reader_zone
from agendas.verbs.home import welcome
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.notices.begun import begun_by, leads_for
from agendas.verbs.notices.kinds import KIND_OF_PAGE, ONE_SIGNAL, ONE_TOLD
from agendas.verbs.notices.queue import switched_off
from agendas.verbs.reads.account import fit
from agendas.verbs.record.record import current_state
from agendas.verbs.updates.signals import noted
from storage import accounts, events, signals
from storage.delivery import collecting
from storage.delivery.subjects import (
    CadenceChangeSubject,
    EventSubject,
    FitQuestionSubject,
    ToldSignalSubject,
    WantedSubject,
    subject_of,
)
from storage.tables import Letter

Pages = Mapping[str, Callable[[Composing], Page | None]]


def told(composing: Composing) -> Page | None:
    """The message of all that others asked of the person since the last one, as far as it still stands."""
    found = _told_in(composing)
    if not found:
        return None
    zone, can_record = reader_zone(composing), reader_can_settle(composing)
    return told_page(found, composing.words, now=composing.now, zone=zone, can_record=can_record)


def wanted(composing: Composing) -> Page | None:
    """The word of a private account that somebody wanted, while its reader may see the account and it is private."""
    subject = composing.subject(WantedSubject)
    row = accounts.get(composing.session, composing.letter.workspace_id, subject.account_id)
    if row is None or not row.private_channel:
        return None
    about = {"by": subject.by, "word": subject.word, "channel_id": row.private_channel}
    return wanted_page(row.row_id, row.name, composing.words, **about)


def fit_question(composing: Composing) -> Page | None:
    """Return the question for scores, while anything is asked of its reader."""
    letter = composing.letter
    is_reminder = composing.subject(FitQuestionSubject).is_reminder
    facts = fit.fit_question(
        composing.session, letter.workspace_id, letter.user_id, now=composing.now, is_reminder=is_reminder
    )
    return question_page(facts, composing.words) if facts else None


def first_words(composing: Composing) -> Page | None:
    """Return the first words to somebody who met the bot."""
    letter = composing.letter
    facts = welcome.first_words(composing.session, letter.workspace_id, letter.user_id, now=composing.now)
    return first_words_page(facts, composing.words) if facts else None


def digest(composing: Composing, pages: Pages) -> Page | None:
    """Everything that was collected for the person, each page once and as it stands now."""
    zone, can_record = reader_zone(composing), reader_can_settle(composing)
    new = told_items(_told_in(composing), composing.words, now=composing.now, zone=zone, can_record=can_record)
    parts = [part for part in (new, *_other_parts(composing, pages)) if part]
    return digest_page(parts, composing.words, on=local_date(composing.now, zone)) if parts else None


def cadence_change(composing: Composing) -> Page:
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


def _collected(composing: Composing, *, is_told: bool) -> Iterator[Letter]:
    """The letters that this one tells, without those of kinds that the reader switched off meanwhile."""
    session, letter = composing.session, composing.letter
    off = switched_off(session, letter.workspace_id, letter.user_id)
    for each in collecting.collected_in(session, letter):
        if (each.page in (ONE_TOLD, ONE_SIGNAL)) is is_told and KIND_OF_PAGE.get(each.page) not in off:
            yield each


def _told_in(composing: Composing) -> list[Told | ToldSignal]:
    session, found = composing.session, list[Told | ToldSignal]()
    for letter in _collected(composing, is_told=True):
        news = _signal_of(session, letter) if letter.page == ONE_SIGNAL else _told_of(session, letter)
        if news is not None:
            found.append(news)
    return found


def _signal_of(session: Session, letter: Letter) -> ToldSignal | None:
    """Return the letter's signal while it counts and the person takes part for the account on the list."""
    subject = subject_of(letter, ToldSignalSubject)
    row = signals.get(session, letter.workspace_id, subject.signal_id)
    account = accounts.get(session, letter.workspace_id, row.account_id) if row is not None else None
    if row is None or account is None or row.taken_back_at or account.list_status != ListStatus.NAMED:
        return None
    person = subject.of_user_id or letter.user_id
    if person not in (account.owner, account.marketing_partner, account.our_executive):
        return None
    return ToldSignal(noted(session, letter.workspace_id, row.row_id), person, person != letter.user_id)


def _told_of(session: Session, letter: Letter) -> Told | None:
    """Return what the letter's event still asks of its reader or of whom they stand in for; None where that is over."""
    subject = subject_of(letter, EventSubject)
    row = events.get(session, letter.workspace_id, subject.event_id)
    account = accounts.get(session, letter.workspace_id, row.account_id) if row is not None else None
    if row is None or account is None:
        return None
    later = events.of_kind(session, row.account_id, "corrected", after_id=row.row_id)
    taken_back = (event_facts(each).change for each in later)
    if any(isinstance(each, Corrected) and each.event_id == row.row_id for each in taken_back):
        return None
    event = event_facts(row)
    begun = begun_by(session, letter.workspace_id, event.change)
    leads = leads_for(session, letter.workspace_id, event, begun)
    person = subject.of_user_id or letter.user_id
    found = still_told(event, current_state(session, account), person, leads, begun=begun)
    return replace(found, is_for_stand_in=person != letter.user_id) if found is not None else None


def _other_parts(composing: Composing, pages: Pages) -> list[tuple[Item, ...]]:
    """The items of each page collected; of two that say one thing, the later."""
    found: dict[str, Page] = {}
    for letter in _collected(composing, is_told=False):
        with suppress(Outdated):
            page = pages[letter.page](replace(composing, letter=letter))
            if page is not None:
                # sentences alone have one key, and each says another thing
                found[page.title if page.key == SENTENCE else page.key] = page
    return [page.items for page in found.values()]
