"""Read what a person is asked to prepare, and what of it was said already. Nothing here writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import EventFacts
from agendas.facts.reviews.prepared import Planned, PrepAccount, PrepFacts, ReviewAhead
from agendas.facts.reviews.preparing import Participant, Question
from agendas.facts.reviews.review import AgendaItem
from agendas.rules.preparing.answered import says_what_moved
from agendas.rules.reviews.placement import order
from agendas.text.days import local_date
from agendas.verbs.loading.load_facts import agenda_facts
from agendas.verbs.loading.participants import participants
from agendas.verbs.loading.plan import slot_of
from agendas.verbs.loading.preparation import cutoff_of
from agendas.verbs.loading.told_since_asked import told_since_asked
from agendas.verbs.preparing.missing import InReview, asked_by, concerned
from agendas.verbs.reads.accounts import all_placed
from storage import accounts, reviews
from storage.preparing import asked_people
from storage.tables import Asked, Cadence, ReviewState

STATES = {
    ReviewState.OPEN: Planned.OPEN,
    ReviewState.CLOSED: Planned.CLOSED,
    ReviewState.MISSED: Planned.MISSED,
    ReviewState.SKIPPED: Planned.SKIPPED,
}


@dataclass(frozen=True, slots=True)
class Reader:
    """The person who was asked, with their zone, and the instant."""

    workspace_id: str
    user_id: str
    zone: str
    now: datetime


def prep_facts(session: Session, letter_key: str, reader: Reader) -> PrepFacts | None:
    """Return what the person was asked by the letter, None for a letter that asked them nothing.

    An account that an earlier message of theirs asks about already is not in it.
    """
    rows = asked_people.of_letter(session, reader.workspace_id, letter_key)
    asked = [row for row in rows if row.user_id == reader.user_id]
    if not asked:
        return None
    before = _asked_before(session, asked)
    everything = (*asked, *before)
    cadences = asked_people.cadences(session, {row.cadence_id for row in everything})
    of = {each.row_id: each for each in cadences}
    ahead = {row.cadence_id: _ahead(session, row, of[row.cadence_id]) for row in _one_of_each(asked)}
    at = {number: each.at for number, each in ahead.items() if each.at is not None}
    found = participants(session, cadences, now=reader.now, only=concerned(everything), at=at)
    return PrepFacts(
        letter_key=letter_key,
        user_id=reader.user_id,
        zone=reader.zone,
        now=reader.now,
        reviews=tuple(sorted(ahead.values(), key=lambda each: (each.planned_on, each.channel_id))),
        accounts=_accounts(
            session, asked, before, found, reader=reader, made_at=max(each.created_at for each in cadences)
        ),
    )


def _asked_before(session: Session, asked: Sequence[Asked]) -> list[Asked]:
    """Rows of earlier messages that ask the same person about reviews of these days."""
    first = asked[0]
    from_on = min(row.planned_on for row in asked)
    others = asked_people.of_person(session, first.workspace_id, first.user_id, from_on)
    return [row for row in others if row.letter_key != first.letter_key and row.row_id < first.row_id]


def _one_of_each(asked: Sequence[Asked]) -> list[Asked]:
    """One row of each planned review, which may be asked about for several people."""
    return list({(row.cadence_id, row.planned_on): row for row in asked}.values())


def _ahead(session: Session, row: Asked, cadence: Cadence) -> ReviewAhead:
    review = reviews.by_slot(session, row.workspace_id, slot_of(row.cadence_id, row.planned_on))
    if review is not None:
        state, at = STATES[review.state], review.planned_at
        return ReviewAhead(cadence.channel_id, row.planned_on, state, at, review_id=review.row_id)
    if cadence.next_on != row.planned_on or cadence.next_at is None:
        return ReviewAhead(cadence.channel_id, row.planned_on, Planned.SKIPPED)
    was_moved = local_date(cadence.next_at, cadence.zone) != row.planned_on
    state, cutoff = Planned.AHEAD, cutoff_of(cadence)
    return ReviewAhead(cadence.channel_id, row.planned_on, state, cadence.next_at, cutoff, was_moved=was_moved)


def _questions(found: Mapping[int, Sequence[Participant]], row: Asked) -> Mapping[int, Question]:
    """The questions to the person of this row by account id, none where they are not asked any more."""
    person = asked_by(found, row)
    return person.questions if person is not None else {}


def _accounts(
    session: Session,
    asked: Sequence[Asked],
    before: Sequence[Asked],
    found: Mapping[int, Sequence[Participant]],
    *,
    reader: Reader,
    made_at: datetime,
) -> tuple[PrepAccount, ...]:
    """The accounts by need, each once, without those that an earlier message asks about.

    Each comes with the first question of those that the reader is asked about it.
    """
    elsewhere = {account_id for row in before for account_id in _questions(found, row)}
    wanted: dict[int, tuple[Asked, Question]] = {}
    for row in sorted(asked, key=lambda each: each.for_user_id):
        for account_id, question in _questions(found, row).items():
            if account_id not in elsewhere:
                wanted.setdefault(account_id, (row, question))
    rows = accounts.get_many(session, asked[0].workspace_id, wanted) if wanted else []
    facts = agenda_facts(session, rows, now=reader.now, zone=reader.zone)
    placed = order(all_placed(session, asked[0].workspace_id, list(facts.values()))) if facts else ()
    told = told_since_asked(session, wanted, min(row.asked_at for row in asked), reader.now)
    said = {account_id: told.of(account_id, row.asked_at, made_at) for account_id, (row, _) in wanted.items()}
    numbered = ((item, item.facts.account.account_id) for item in placed)
    return tuple(_account(item, wanted[number], found, said[number]) for item, number in numbered)


def _account(
    item: AgendaItem,
    asked: tuple[Asked, Question],
    found: Mapping[int, Sequence[Participant]],
    told: Sequence[EventFacts],
) -> PrepAccount:
    row, question = asked
    account, review = item.facts.account, InReview(found[row.cadence_id])
    person = asked_by(found, row)
    said = [event for event in told if says_what_moved(event)]
    answer = review.answer(person, account.account_id, said) if person is not None else None
    theirs = tuple(each for each in account.open_actions if each.owner in (row.user_id, row.for_user_id))
    return PrepAccount(item, question, row.for_user_id, theirs, answer)
