"""Executive reviews of a channel: posted once for their month, held by what is decided, told of a day before."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import Session, col, select

from agendas.facts.account import Rhythm
from agendas.facts.events import Decided, DecisionKind
from agendas.facts.reviews import CadenceKind, CadenceWish, Plan
from agendas.rendering.words import Words
from agendas.rules.measures import month_of
from agendas.verbs import cadences, closing, reviews, updates
from agendas.verbs.compose import compose
from agendas.verbs.jobs import DUE_JOBS
from agendas.verbs.measures import program as load
from agendas.verbs.past_reviews import past_reviews
from agendas.verbs.review_reads import channel_ledger
from agendas.verbs.reviews import meetings_to_notify, notify_executives
from agendas.verbs.updates import take_ask
from storage import backups, people
from storage import reviews as stored_reviews
from storage.database import Store, hiding
from storage.models.delivery import Letter, LetterKind
from storage.models.reviews import Review, ReviewState
from storage.outbox import Attempts, earlier_attempts
from tests.builders import ANN, DAN, EVE, HOUR, NOW, WORKSPACE, ZONE
from tests.program import Program, stored_program

BOARD = "C0BOARD01"
PLAN = Plan(Rhythm.MONTHLY, date(2026, 12, 1), time(10), ZONE)
WISH = CadenceWish(PLAN, minutes=60, facilitator=EVE, kind=CadenceKind.EXECUTIVE, tiers=(1,))
FIRST = datetime(2026, 12, 1, 15, tzinfo=UTC)
"""10:00 on Tuesday, 1 December, in New York."""
DAY = timedelta(days=1)


@pytest.fixture
def program(store: Store) -> Program:
    program = stored_program(store)
    program.did(cadences.schedule, EVE, NOW, BOARD, WISH)
    return program


def cadence_id(program: Program) -> int:
    return program.read(cadences.cadence_facts, BOARD, now=NOW).id


def opens(program: Program, at: datetime = FIRST) -> Review:
    program.store.write_now(reviews.open_due, cadence_id(program), now=at)
    return program.read(stored_reviews.latest_in, BOARD)[0]


def letters(program: Program, *pages: str) -> list[Letter]:
    def read(session: Session) -> list[Letter]:
        return list(session.exec(select(Letter).where(col(Letter.page).in_(pages)).order_by(col(Letter.id))))

    return program.store.read_now(read)


def said(program: Program, letter: Letter, at: datetime, *hidden: int) -> str:
    with program.store.reading() as session, hiding(session, hidden):
        return "\n".join(f"{each.text} {each.blocks}" for each in compose(session, letter, words=Words(), now=at))


def test_the_page_of_the_month_before_is_posted_once_with_its_details_below(program: Program) -> None:
    review = opens(program)
    opens(program)
    assert (review.kind, review.state) == ("executive", ReviewState.OPEN)
    assert program.read(lambda session, _: stored_reviews.items(session, review.row_id)) == []
    header, details = letters(program, "review_header", "executive_details")[-2:]
    assert [each.review_id for each in letters(program, "review_header")].count(review.id) == 1
    assert (header.channel_id, details.parent) == (BOARD, header.id)
    page = said(program, header, FIRST)
    assert "Executive review, Nov 2026" in page
    assert "60 min · led by Eve · details in the thread" in page
    assert "review.close" in page
    assert "Globex" in said(program, details, FIRST)
    assert "Globex" in page
    assert "Globex" not in said(program, header, FIRST, program.accounts["globex"])
    # in the middle of a month the running one is reviewed, and what comes late says so
    program.did(cadences.move_one, EVE, FIRST + HOUR, BOARD, moved_to=datetime(2026, 12, 9, 15, tzinfo=UTC))
    late = opens(program, datetime(2026, 12, 9, 15, 30, tzinfo=UTC))
    assert late.late_minutes == 30
    again = said(program, letters(program, "review_header")[-1], datetime(2026, 12, 9, 15, 30, tzinfo=UTC))
    assert "Executive review, Dec 2026" in again
    assert "posted 30 min late" in again


def test_it_is_held_by_what_is_decided_in_it_which_is_read_back(program: Program) -> None:
    review, globex = opens(program), program.accounts["globex"]
    idle = program.store.write_now(closing.close_due, review.row_id, now=FIRST + DAY)
    assert idle is not None
    assert (idle.was_held, idle.attended) == (False, [])

    program.did(cadences.move_one, EVE, FIRST + DAY, BOARD, moved_to=FIRST + 2 * DAY)
    review = opens(program, FIRST + 2 * DAY)
    during = FIRST + 2 * DAY + HOUR / 2
    asks = Decided(DecisionKind.INTERVENE, "Call their CFO", ask_of=EVE, due_on=date(2026, 12, 11))
    decided = program.did(updates.decide, ANN, during, globex, asks)
    program.did(take_ask, DAN, during, decided.event.id)
    header = [each for each in letters(program, "review_header") if each.review_id == review.id]
    assert [each.kind for each in header] == [LetterKind.POST, LetterKind.EDIT], "one edit for both"
    assert program.read(closing.closing_of, review.row_id, now=during) == closing.Closing(
        (ANN, DAN), 0, can_be_held=True
    )
    closed = program.did(closing.close_by_person, EVE, during + HOUR, review.row_id, was_held=None)
    assert (closed.was_held, closed.attended) == (True, sorted([ANN, DAN, EVE]))
    recap = said(program, letters(program, "recap")[-1], during + HOUR)
    assert "Executive recap of Nov 2026: held, 1 decision" in recap
    assert "Globex: Call their CFO" in recap
    assert "Globex" not in said(program, letters(program, "recap")[-1], during + HOUR, globex)
    # it counts as no review of an account, in no discipline, and no figures are kept of it
    found = program.read(load, month_of(during.date(), ZONE, now=during + HOUR), now=during + HOUR)
    assert [each.was_held for each in found.reviews if each.is_executive] == [False, True]
    assert not any(each.account_ids for each in found.reviews if each.is_executive)
    past = program.read(past_reviews, BOARD, now=during + HOUR)
    assert len(past.reviews) == 2
    assert program.read(channel_ledger, BOARD, now=during + HOUR)


def test_executives_and_the_facilitator_get_the_page_a_day_before_once(program: Program) -> None:
    before = FIRST - DAY
    job = next(each for each in DUE_JOBS if each.name == "tell_executives")
    with program.store.reading() as session:
        assert job.find(session, before - HOUR) == []
        assert job.next_at(session, before - HOUR) == before
        assert job.find(session, before) == [cadence_id(program)]
    for _ in range(2):
        program.store.write_now(notify_executives, cadence_id(program), before)
    assert program.store.read_now(meetings_to_notify, before, 9) == []
    to_dan, to_eve = letters(program, "executive_before")
    assert (to_dan.user_id, to_eve.user_id, to_dan.kind) == (DAN, EVE, LetterKind.DIRECT)
    page = said(program, to_dan, before)
    assert f"Executive review in <#{BOARD}> Tue 1 Dec 10:00" in page
    assert "executive.opened" in page
    assert "executive.take" not in page, "a viewer takes nothing"
    assert "executive.take" in said(program, to_eve, before)
    assert "Globex" not in said(program, to_eve, before, program.accounts["globex"])
    # whoever reads it after the date was skipped or moved gets nothing
    program.did(cadences.move_one, EVE, before + HOUR, BOARD, moved_to=FIRST + 3 * DAY)
    assert said(program, to_eve, before + HOUR) == ""
    # the new day has a page of its own
    assert program.store.read_now(meetings_to_notify, FIRST + 2 * DAY, 9) == [cadence_id(program)]
    program.did(cadences.skip, EVE, before + 2 * HOUR, BOARD, because="of the board")
    assert program.store.read_now(meetings_to_notify, FIRST + 2 * DAY, 9) == []


def test_nobody_is_told_of_a_review_in_a_channel_in_trouble_until_it_is_mended(program: Program) -> None:
    for trouble, due in (("is_archived", []), ("", [cadence_id(program)])):
        with program.store.writing() as session:
            people.get_or_add_channel(session, WORKSPACE, BOARD).trouble = trouble
        assert program.store.read_now(meetings_to_notify, FIRST - DAY, 9) == due


@pytest.mark.parametrize("is_restored", [False, True])
def test_after_a_restore_the_page_of_the_day_before_is_looked_for_before_it_is_sent(
    program: Program, is_restored: bool
) -> None:
    if is_restored:
        program.store.write_now(backups.settle)
    assert program.store.read_now(meetings_to_notify, FIRST - DAY, 9) == [cadence_id(program)]
    program.store.write_now(notify_executives, cadence_id(program), FIRST - DAY + HOUR)
    assert program.store.read_now(meetings_to_notify, FIRST - DAY + HOUR, 9) == []
    # it may have gone out from the instant at which it was due
    attempts = Attempts(FIRST - DAY, FIRST - DAY + HOUR) if is_restored else None
    assert [earlier_attempts(each) for each in letters(program, "executive_before")] == [attempts] * 2
    # what was told before the backup is not told again
    program.store.write_now(backups.settle)
    assert program.store.read_now(meetings_to_notify, FIRST - DAY + HOUR, 9) == []
