from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from agendas.errors import Outdated, Refused
from agendas.facts.account import Rhythm
from agendas.facts.events import Decided, DecisionKind
from agendas.facts.evidence import WaitingSet
from agendas.facts.reviews import AgendaFacts, CadenceKind, CadenceWish, ItemPart, Plan
from agendas.rendering.blockkit import Rendered
from agendas.rendering.words import Words
from agendas.rules.measures import month_of
from agendas.rules.reviews import place
from agendas.text.dates import local_date
from agendas.verbs import account_list, cadences, closing, compose, letters, reads, reviews, updates
from agendas.verbs.briefing import choose
from agendas.verbs.card import full_card
from agendas.verbs.compose import compose as compose_letter
from agendas.verbs.jobs import DUE_JOBS
from agendas.verbs.loading import agenda_facts, facts_to_place
from agendas.verbs.measures import load_program as load
from agendas.verbs.past_reviews import past_reviews
from agendas.verbs.review_reads import channel_ledger, review_facts
from agendas.verbs.reviews import meetings_to_notify, notify_executives
from agendas.verbs.updates import take_ask, wait_for
from sandbox.workspace import PATIENCE_SECONDS
from storage import accounts, backups, outbox, people
from storage import reviews as stored_reviews
from storage.database import Store, hiding
from storage.models.delivery import Letter, LetterKind
from storage.models.reviews import Review, ReviewState
from storage.models.workspaces import Workspace
from storage.outbox import Attempts, earlier_attempts
from tests.agendas.verbs.correcting import corrects, facts
from tests.builders import ANN, BOB, CHANNEL, DAN, EVE, HOUR, NOW, WORKSPACE, ZONE, author, evidence
from tests.program import Program, stored_program
from tests.rebuilding import rebuild_review
from tests.storage.letters import until_it_waits

# Reviews: opened once per slot, closed once, held or not, and what each says in its letters.

WORDS = Words()
TODAY = date(2026, 11, 24)
NEXT_AT = datetime(2026, 11, 30, 15, tzinfo=UTC)


def now(program: Program, asked_by: str = "command:1", **values: Any) -> Review:
    """A review asked for now by Eve, in the channel whose open review she closed before."""
    if program.reviews and program.read(stored_reviews.get, program.reviews[-1]).state == "open":
        program.closes_review(NOW)
    review: Review = program.did(reviews.open_now, EVE, NOW, CHANNEL, asked_by=asked_by, today=TODAY, **values)
    return review


def of_review(program: Program, review_id: int, page: str = "") -> list[Letter]:
    found = program.store.read_now(outbox.of_review, review_id)
    return [letter for letter in found if page in ("", letter.page)]


def said(program: Program, letter: Letter) -> list[Rendered]:
    return program.store.read_now(compose.compose, letter, words=WORDS, now=NOW)


def test_a_request_taken_twice_opens_one_review(program: Program) -> None:
    now(program)
    with pytest.raises(Outdated, match="opened already"):
        now(program)
    assert len(program.read(stored_reviews.get_all)) == 4


def test_two_requests_at_the_same_moment_open_one_review(program: Program) -> None:
    program.closes_review(NOW)
    with ThreadPoolExecutor(3) as threads:
        done = [threads.submit(now, program, f"click:{number}") for number in range(3)]
        failures = [each.exception() for each in done]
    assert sum(isinstance(each, Refused) for each in failures) == 2
    assert len(program.read(stored_reviews.get_all)) == 4


def test_the_review_that_is_due_closes_the_one_still_open(program: Program) -> None:
    program.store.write_now(reviews.open_due, program.cadence_id, now=NEXT_AT)
    earlier = program.read(stored_reviews.get, program.reviews[-1])
    assert (earlier.state, earlier.was_held, earlier.closed_by) == ("closed", True, "")
    assert program.read(stored_reviews.open_in, CHANNEL).planned_at == NEXT_AT


def test_a_review_asked_for_at_the_moment_one_is_opened_on_schedule_is_refused(program: Program) -> None:
    program.closes_review(NOW)
    ask = (program.did, reviews.open_now, EVE, NEXT_AT, CHANNEL)
    with ThreadPoolExecutor(1) as threads, program.store.writing() as session:
        reviews.open_due(session, program.cadence_id, now=NEXT_AT)
        asking = threads.submit(*ask, asked_by="command:1", today=NEXT_AT.date())
        until_it_waits(program.store, asking)
        session.commit()
        assert isinstance(asking.exception(timeout=PATIENCE_SECONDS), Refused)
    assert [row.planned_at for row in program.read(stored_reviews.get_all) if row.state == "open"] == [NEXT_AT]


def test_a_review_due_at_the_moment_one_is_asked_for_is_opened_once_that_is_there(program: Program) -> None:
    program.closes_review(NOW)
    with ThreadPoolExecutor(1) as threads, program.store.writing() as session:
        reviews.open_now(session, author(EVE, NEXT_AT), CHANNEL, asked_by="command:1", today=NEXT_AT.date())
        opening = threads.submit(program.store.write_now, reviews.open_due, program.cadence_id, now=NEXT_AT)
        until_it_waits(program.store, opening)
        session.commit()
        opening.result(timeout=PATIENCE_SECONDS)
    # a process that found the channel in other hands looks again at its next tick
    program.store.write_now(reviews.open_due, program.cadence_id, now=NEXT_AT)
    asked_for, planned = program.read(stored_reviews.get_all)[-2:]
    assert {asked_for.state, planned.state} == {"open", "closed"}
    assert program.read(stored_reviews.open_in, CHANNEL).slot.startswith(f"{program.cadence_id}:")


def test_what_was_left_out_for_lack_of_minutes_still_counts_from_its_own_last_review(program: Program) -> None:
    with program.store.writing() as session:
        left_out, held = stored_reviews.items(session, program.reviews[-1])[:2]
        left_out.part = "left_out"
        session.add(left_out)
    before = {row.row_id: row.held_item_id for row in program.read(accounts.fitting)}
    program.closes_review(NOW)
    after = {row.row_id: row.held_item_id for row in program.read(accounts.fitting)}
    assert after[left_out.account_id] == before[left_out.account_id]
    assert after[held.account_id] == held.row_id


def test_a_due_slot_is_opened_by_one_of_many_processes(program: Program) -> None:
    def open_it(_number: int) -> None:
        program.store.write_now(reviews.open_due, program.cadence_id, now=NEXT_AT)

    with ThreadPoolExecutor(5) as threads:
        list(threads.map(open_it, range(5)))
    assert len([row for row in program.read(stored_reviews.get_all) if row.planned_at == NEXT_AT]) == 1


def test_a_review_is_closed_by_one_of_two_who_press_at_once(program: Program) -> None:
    number = program.reviews[-1]
    with ThreadPoolExecutor(2) as threads:
        done = [
            threads.submit(program.did, closing.close_by_person, who, NOW, number, attended=(who,))
            for who in (ANN, BOB)
        ]
        failures = [each.exception() for each in done]
    assert sum(isinstance(each, Outdated) for each in failures) == 1
    assert len(of_review(program, number, "recap")) == 1


def test_a_review_not_held_reminds_nobody_and_is_no_point_to_count_from(program: Program) -> None:
    number = program.reviews[-1]
    program.did(closing.close_by_person, EVE, NOW, number, was_held=False)
    assert of_review(program, number, "your_actions") == []
    items = program.store.read_now(stored_reviews.items, now(program).row_id)
    before = {item.before_item_id for item in items}
    held = program.store.read_now(stored_reviews.items, program.reviews[1])
    assert before == {item.row_id for item in held}


def test_a_review_closes_by_itself_when_its_time_has_come_and_not_before(program: Program) -> None:
    number = program.reviews[-1]
    closes_at = program.read(stored_reviews.get, number).closes_at
    assert program.store.write_now(closing.close_due, number, now=closes_at - timedelta(seconds=1)) is None
    assert program.store.read_now(stored_reviews.next_closing_at) == closes_at
    closed = program.store.write_now(closing.close_due, number, now=closes_at)
    assert (closed.state, closed.was_held, closed.closed_by) == ("closed", True, "")
    assert program.store.write_now(closing.close_due, number, now=closes_at) is None


def test_a_letter_about_what_is_gone_says_nothing(program: Program) -> None:
    for page, subject in (
        ("agenda", {"item_id": 9_999, "review_id": 9_999}),
        ("review_header", {"review_id": 9_999}),
        ("recap", {"review_id": 9_999}),
        ("update_line", {"event_id": 9_999, "review_id": 9_999, "is_late": False}),
        ("recorded", {"event_ids": [9_999]}),
    ):
        letter = Letter(workspace_id=WORKSPACE, key=page, kind=LetterKind.POST, page=page, subject=subject)
        assert said(program, letter) == []


def test_a_confirmation_is_ephemeral_where_the_form_was_opened_or_sent_directly(program: Program) -> None:
    for channel_id, kind in ((CHANNEL, "whisper"), ("", "direct"), ("D0ANN0001", "direct")):
        done = program.did(updates.move, ANN, NOW, program.accounts["acme"], text="News")
        program.did(letters.confirm, ANN, NOW, [done], channel_id=channel_id, place="")
        letter = program.read(outbox.by_key, f"event:{done.event.id}:confirmation")
        assert (letter.kind, letter.user_id, letter.subject["event_ids"]) == (kind, ANN, [done.event.id])
        assert "Recorded for Acme Corp: news: News." in said(program, letter)[0].text


# A review freezes accounts while others record: each event is in the snapshot, or belongs to the next review.

SECOND = timedelta(seconds=1)


def test_what_was_asked_before_a_review_closed_and_done_after_counts_for_the_next_one(program: Program) -> None:
    acme, review_id = program.accounts["acme"], program.reviews[-1]
    program.closes_review(NOW)
    frozen = program.read(review_facts, review_id, now=NOW + SECOND)
    told = program.did(updates.move, ANN, NOW - SECOND, acme, text="Told while it closed")
    assert told.event.happened_at == NOW - SECOND
    assert told.event.recorded_at > NOW
    assert program.read(rebuild_review, review_id) == frozen


def test_a_review_closed_with_a_clock_behind_still_holds_everything_recorded(program: Program) -> None:
    acme, review_id = program.accounts["acme"], program.reviews[-1]
    told = program.did(updates.move, ANN, NOW + SECOND, acme, text="Told by a clock ahead")
    program.closes_review(NOW)
    frozen = program.read(review_facts, review_id, now=NOW + 2 * SECOND)
    assert frozen.closed_at == told.event.recorded_at
    assert program.read(rebuild_review, review_id) == frozen


def set_limits(program: Program, settings: dict[str, int]) -> None:
    with program.store.writing() as session:
        session.get_one(Workspace, WORKSPACE).settings = settings


def test_limits_changed_while_a_review_is_open_count_from_the_next_one(program: Program) -> None:
    umber, review_id = program.accounts["umber"], program.reviews[-1]
    before = program.read(review_facts, review_id, now=NOW)
    set_limits(program, {"tier.2.quiet.aware": 7, "tier.2.minutes": 10})
    card = program.read(full_card, umber, now=NOW, zone=ZONE).item
    assert card.placement.stall.quiet_limit_days == 7
    assert card == program.read(reads.account_card, umber, now=NOW, zone=ZONE)
    assert program.read(review_facts, review_id, now=NOW) == before

    program.closes_review(NOW)
    frozen = program.read(review_facts, review_id, now=NOW + SECOND)
    assert program.read(rebuild_review, review_id) == frozen
    next_id = program.opens_review(datetime(2026, 11, 30, 15, tzinfo=UTC))
    set_limits(program, {})
    opened = program.read(review_facts, next_id, now=NOW + timedelta(days=7))
    (item,) = [each for each in opened.items if each.facts.account.account_id == umber]
    assert (item.minutes, item.placement.stall.quiet_limit_days) == (10, 7)
    rebuilt = program.read(rebuild_review, next_id, moment="opened")
    assert [item.placement.stall.quiet_limit_days for item in rebuilt.items if item.facts.account.tier == 2] == [7, 7]
    assert program.read(review_facts, review_id, now=NOW + timedelta(days=7)).items == frozen.items


# Held reviews that left accounts out since the last one they were in.

WEEK = timedelta(days=7)
OPENED = datetime(2026, 11, 23, 15, tzinfo=UTC)
"""When the review that the sample program leaves open was opened: Monday at 10:00 in New York."""


def facts_for_card_and_placing(program: Program, short: str, at: datetime) -> AgendaFacts:
    def read(session: Session) -> tuple[AgendaFacts, AgendaFacts]:
        rows = accounts.get_many(session, WORKSPACE, [program.accounts[short]])
        card = agenda_facts(session, rows, now=at, zone=ZONE)
        settings = card[program.accounts[short]].settings
        placed = facts_to_place(session, rows, now=at, zone=ZONE, settings=settings)
        return card[program.accounts[short]], placed[program.accounts[short]]

    card, placed = program.store.read_now(read)
    assert card.left_out == placed.left_out
    return card


def weeks_left_out(program: Program, count: int, *, was_held: bool = True) -> datetime:
    """So many reviews without Umber Foods, after the one that is open; the instant after the last one closed."""
    program.closes_review(OPENED + HOUR)
    for at in (OPENED + number * WEEK for number in range(1, count + 1)):
        umber, before = program.accounts["umber"], at - HOUR
        planned_on = local_date(at, ZONE)
        program.did(choose, EVE, before, program.cadence_id, planned_on, account_id=umber, part=ItemPart.LEFT_OUT)
        program.opens_review(at)
        if was_held:
            program.closes_review(at + HOUR)
        else:
            program.did(closing.close_by_person, EVE, at + HOUR, program.reviews[-1], was_held=False)
    return OPENED + count * WEEK + 2 * HOUR


def test_the_next_review_says_that_two_held_ones_left_it_out_and_begins_anew(program: Program) -> None:
    assert facts_for_card_and_placing(program, "umber", weeks_left_out(program, 2)).left_out == 2
    at = OPENED + 3 * WEEK
    number = program.opens_review(at)
    open_one = program.read(review_facts, number, now=at)
    said = {item.facts.account.name: item.placement.reasons for item in open_one.items}
    assert ("not_reviewed", 2, 0) in said["Umber Foods"]
    program.did(updates.say_nothing_moved, ANN, at + HOUR / 2, program.accounts["umber"])
    program.closes_review(at + HOUR)
    assert facts_for_card_and_placing(program, "umber", at + 2 * HOUR).left_out == 0
    closed = program.read(review_facts, number, now=at + WEEK)
    assert {item.facts.account.name: item.facts.left_out for item in closed.items} == {
        item.facts.account.name: item.facts.left_out for item in open_one.items
    }


def test_reviews_that_nobody_held_leave_nobody_out(program: Program) -> None:
    assert facts_for_card_and_placing(program, "umber", weeks_left_out(program, 2, was_held=False)).left_out == 0


def test_a_paused_account_is_left_out_by_nobody(program: Program) -> None:
    at = weeks_left_out(program, 1)
    assert facts_for_card_and_placing(program, "umber", at).left_out == 1
    program.did(account_list.pause, EVE, at, program.accounts["umber"], because="Merger")
    assert facts_for_card_and_placing(program, "umber", at + HOUR).left_out == 0


# Held reviews in a row at which a confirmed date excuses a stall: two, and no third while the date stands.

DAY = timedelta(days=1)
BEGUN = NOW + 60 * DAY
"""When Acme, engaged for 65 days of 30, waits for a date for the first time."""


@pytest.fixture
def closed_program(store: Store) -> Program:
    program = stored_program(store)
    program.closes_review(NOW + HOUR)
    return program


def waits(program: Program, week: int, *, days: int = 28) -> None:
    at = BEGUN + week * WEEK
    theirs = replace(evidence("Their board decides", at), url=f"https://mail.example/{week}")
    wanted = WaitingSet((at + days * DAY).date(), "Their board decides")
    program.did(wait_for, EVE, at, program.accounts["acme"], wanted, evidence=(theirs,))


def reviewed(program: Program, week: int) -> bool:
    """Hold the review of that week, which closes a day later; true if Acme was excused as it opened."""
    at = BEGUN + week * WEEK + DAY
    opened = program.did(reviews.open_now, EVE, at, CHANNEL, asked_by=f"week {week}", today=at.date())
    program.reviews.append(opened.row_id)
    is_stalled = place(facts(program, at)).stall.is_stalled
    program.closes_review(at + DAY)
    return not is_stalled


def test_a_date_of_the_day_of_the_review_counts_though_it_has_passed_as_the_review_closes(closed_program: Program):
    for week in range(2):
        waits(closed_program, week, days=1)
        assert reviewed(closed_program, week)
    with pytest.raises(Refused, match="at 2 reviews in a row, which is the most"):
        waits(closed_program, 2)


def test_a_review_at_which_a_date_was_spent_is_one_of_a_stall_after_another_entry_was_corrected(closed_program):
    waits(closed_program, 0)
    noted = closed_program.did(updates.move, ANN, BEGUN + HOUR, closed_program.accounts["acme"], text="They may merge")
    assert [reviewed(closed_program, week) for week in range(3)] == [True, True, False]
    at = BEGUN + 2 * WEEK + 3 * DAY
    assert facts(closed_program, at).aged_before
    corrects(closed_program, noted.event.id, at=at)
    assert facts(closed_program, at + HOUR).aged_before


# Executive reviews of a channel: posted once for their month, held by what is decided, told of a day before.

BOARD = "C0BOARD01"
PLAN = Plan(Rhythm.MONTHLY, date(2026, 12, 1), time(10), ZONE)
WISH = CadenceWish(PLAN, minutes=60, facilitator=EVE, kind=CadenceKind.EXECUTIVE, tiers=(1,))
FIRST = datetime(2026, 12, 1, 15, tzinfo=UTC)
"""10:00 on Tuesday, 1 December, in New York."""


@pytest.fixture
def executive_program(store: Store) -> Program:
    program = stored_program(store)
    program.did(cadences.schedule, EVE, NOW, BOARD, WISH)
    return program


def cadence_id(program: Program) -> int:
    return program.read(cadences.cadence_facts, BOARD, now=NOW).id


def opens(program: Program, at: datetime = FIRST) -> Review:
    program.store.write_now(reviews.open_due, cadence_id(program), now=at)
    return program.read(stored_reviews.latest_in, BOARD)[0]


def letters_with(program: Program, *pages: str) -> list[Letter]:
    def read(session: Session) -> list[Letter]:
        return list(session.exec(select(Letter).where(col(Letter.page).in_(pages)).order_by(col(Letter.id))))

    return program.store.read_now(read)


def text_of(program: Program, letter: Letter, at: datetime, *hidden: int) -> str:
    with program.store.reading() as session, hiding(session, hidden):
        return "\n".join(
            f"{each.text} {each.blocks}" for each in compose_letter(session, letter, words=Words(), now=at)
        )


def test_the_page_of_the_month_before_is_posted_once_with_its_details_below(executive_program: Program) -> None:
    review = opens(executive_program)
    opens(executive_program)
    assert (review.kind, review.state) == ("executive", ReviewState.OPEN)
    assert executive_program.read(lambda session, _: stored_reviews.items(session, review.row_id)) == []
    header, details = letters_with(executive_program, "review_header", "executive_details")[-2:]
    assert [each.review_id for each in letters_with(executive_program, "review_header")].count(review.id) == 1
    assert (header.channel_id, details.parent) == (BOARD, header.id)
    page = text_of(executive_program, header, FIRST)
    assert "Executive review, Nov 2026" in page
    assert "60 min · led by Eve · details in the thread" in page
    assert "review.close" in page
    assert "Globex" in text_of(executive_program, details, FIRST)
    assert "Globex" in page
    assert "Globex" not in text_of(executive_program, header, FIRST, executive_program.accounts["globex"])
    # in the middle of a month the running one is reviewed, and what comes late says so
    executive_program.did(cadences.move_one, EVE, FIRST + HOUR, BOARD, moved_to=datetime(2026, 12, 9, 15, tzinfo=UTC))
    assert opens(executive_program, datetime(2026, 12, 9, 15, 30, tzinfo=UTC)).late_minutes == 30
    again = text_of(
        executive_program,
        letters_with(executive_program, "review_header")[-1],
        datetime(2026, 12, 9, 15, 30, tzinfo=UTC),
    )
    assert "Executive review, Dec 2026" in again
    assert "posted 30 min late" in again


def test_it_is_held_by_what_is_decided_in_it_which_is_read_back(executive_program: Program) -> None:
    review, globex = opens(executive_program), executive_program.accounts["globex"]
    idle = executive_program.store.write_now(closing.close_due, review.row_id, now=FIRST + DAY)
    assert idle is not None
    assert (idle.was_held, idle.attended) == (False, [])

    executive_program.did(cadences.move_one, EVE, FIRST + DAY, BOARD, moved_to=FIRST + 2 * DAY)
    review = opens(executive_program, FIRST + 2 * DAY)
    during = FIRST + 2 * DAY + HOUR / 2
    asks = Decided(DecisionKind.INTERVENE, "Call their CFO", ask_of=EVE, due_on=date(2026, 12, 11))
    decided = executive_program.did(updates.decide, ANN, during, globex, asks)
    executive_program.did(take_ask, DAN, during, decided.event.id)
    header = [each for each in letters_with(executive_program, "review_header") if each.review_id == review.id]
    assert [each.kind for each in header] == [LetterKind.POST, LetterKind.EDIT], "one edit for both"
    assert executive_program.read(closing.closing_of, review.row_id, now=during) == closing.Closing(
        (ANN, DAN), 0, can_be_held=True
    )
    closed = executive_program.did(closing.close_by_person, EVE, during + HOUR, review.row_id, was_held=None)
    assert (closed.was_held, closed.attended) == (True, sorted([ANN, DAN, EVE]))
    recap = text_of(executive_program, letters_with(executive_program, "recap")[-1], during + HOUR)
    assert "Executive recap of Nov 2026: held, 1 decision" in recap
    assert "Globex: Call their CFO" in recap
    assert "Globex" not in text_of(
        executive_program, letters_with(executive_program, "recap")[-1], during + HOUR, globex
    )
    # it counts as no review of an account, in no discipline, and no figures are kept of it
    found = executive_program.read(load, month_of(during.date(), ZONE, now=during + HOUR), now=during + HOUR)
    assert [each.was_held for each in found.reviews if each.is_executive] == [False, True]
    assert not any(each.account_ids for each in found.reviews if each.is_executive)
    assert len(executive_program.read(past_reviews, BOARD, now=during + HOUR).reviews) == 2
    assert executive_program.read(channel_ledger, BOARD, now=during + HOUR)


def test_executives_and_the_facilitator_get_the_page_a_day_before_once(executive_program: Program) -> None:
    before = FIRST - DAY
    job = next(each for each in DUE_JOBS if each.name == "tell_executives")
    with executive_program.store.reading() as session:
        assert job.find(session, before - HOUR) == []
        assert job.next_at(session, before - HOUR) == before
        assert job.find(session, before) == [cadence_id(executive_program)]
    for _ in range(2):
        executive_program.store.write_now(notify_executives, cadence_id(executive_program), before)
    assert executive_program.store.read_now(meetings_to_notify, before, 9) == []
    to_dan, to_eve = letters_with(executive_program, "executive_before")
    assert (to_dan.user_id, to_eve.user_id, to_dan.kind) == (DAN, EVE, LetterKind.DIRECT)
    page = text_of(executive_program, to_dan, before)
    assert f"Executive review in <#{BOARD}> Tue 1 Dec 10:00" in page
    assert "executive.opened" in page
    assert "executive.take" not in page, "a viewer takes nothing"
    assert "executive.take" in text_of(executive_program, to_eve, before)
    assert "Globex" not in text_of(executive_program, to_eve, before, executive_program.accounts["globex"])
    # whoever reads it after the date was skipped or moved gets nothing
    executive_program.did(cadences.move_one, EVE, before + HOUR, BOARD, moved_to=FIRST + 3 * DAY)
    assert text_of(executive_program, to_eve, before + HOUR) == ""
    # the new day has a page of its own
    assert executive_program.store.read_now(meetings_to_notify, FIRST + 2 * DAY, 9) == [cadence_id(executive_program)]
    executive_program.did(cadences.skip, EVE, before + 2 * HOUR, BOARD, because="of the board")
    assert executive_program.store.read_now(meetings_to_notify, FIRST + 2 * DAY, 9) == []


def test_nobody_is_told_of_a_review_in_a_channel_in_trouble_until_it_is_mended(executive_program: Program) -> None:
    for trouble, due in (("is_archived", []), ("", [cadence_id(executive_program)])):
        with executive_program.store.writing() as session:
            people.get_or_add_channel(session, WORKSPACE, BOARD).trouble = trouble
        assert executive_program.store.read_now(meetings_to_notify, FIRST - DAY, 9) == due


@pytest.mark.parametrize("is_restored", [False, True])
def test_after_a_restore_the_page_of_the_day_before_is_looked_for_before_it_is_sent(executive_program, is_restored):
    if is_restored:
        executive_program.store.write_now(backups.settle)
    assert executive_program.store.read_now(meetings_to_notify, FIRST - DAY, 9) == [cadence_id(executive_program)]
    executive_program.store.write_now(notify_executives, cadence_id(executive_program), FIRST - DAY + HOUR)
    assert executive_program.store.read_now(meetings_to_notify, FIRST - DAY + HOUR, 9) == []
    # it may have gone out from the instant at which it was due
    attempts = Attempts(FIRST - DAY, FIRST - DAY + HOUR) if is_restored else None
    assert [earlier_attempts(each) for each in letters_with(executive_program, "executive_before")] == [attempts] * 2
    # what was told before the backup is not told again
    executive_program.store.write_now(backups.settle)
    assert executive_program.store.read_now(meetings_to_notify, FIRST - DAY + HOUR, 9) == []
