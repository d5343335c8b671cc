from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from agendas.facts.program import LedgerLine, LedgerState
from agendas.verbs import account_list, cadences, closing, reviews
from agendas.verbs.compose import PAGES
from agendas.verbs.import_runs import TOO_LATE
from agendas.verbs.review_reads import PAGE_NAMES, channel_ledger
from storage import outbox
from storage import reviews as stored_reviews
from storage.models.delivery import Letter, LetterState
from storage.models.events import FileImportState
from storage.models.reviews import ReviewState
from tests.builders import CHANNEL, EVE, HOUR, NOW, WORKSPACE
from tests.program import Program
from tests.storage.delivery.letters import claim

NEXT = datetime(2026, 11, 30, 15, tzinfo=UTC)
THIS_WEEK = datetime(2026, 11, 23, 15, tzinfo=UTC)


def lines_of(program: Program, now: datetime = NOW) -> tuple[LedgerLine, ...]:
    return program.read(channel_ledger, CHANNEL, now=now)


def header_of(session: Session, review_id: int) -> Letter:
    header = outbox.by_key(session, WORKSPACE, f"review:{review_id}:header")
    assert header is not None
    return header


def taken(session: Session, letter: Letter) -> Letter:
    """The letter as a delivery worker holds it while it posts."""
    letter.state, letter.leased_by = LetterState.LEASED, "worker"
    session.add(letter)
    session.flush()
    return letter


def sends(program: Program) -> None:
    """Every message is there a minute after it was queued."""
    with program.store.writing() as session:
        for letter in outbox.of_reviews(session, program.reviews):
            at = letter.created_at + timedelta(minutes=1)
            outbox.record_sent(session, letter, channel_id=CHANNEL, ts=f"17.{letter.id}", at=at)


def test_the_next_three_dates_and_the_reviews_that_were_posted_are_shown_newest_first(program: Program) -> None:
    sends(program)
    lines = lines_of(program)
    assert [line.due_at for line in lines] == sorted((line.due_at for line in lines), reverse=True)
    assert Counter(line.state for line in lines) == {"waiting": 3, "posted": 3}
    posted = next(line for line in lines if line.due_at == THIS_WEEK)
    done_at = THIS_WEEK + timedelta(minutes=1)
    assert (posted.review_id, posted.done_at, posted.reason) == (program.reviews[2], done_at, "")
    assert posted.permalink.startswith(f"https://sample.example/archives/{CHANNEL}/p17")


def test_skipped_moved_and_paused_dates_say_why(program: Program) -> None:
    program.did(cadences.skip, EVE, NOW, CHANNEL, because="Company holiday", planned_on=date(2026, 12, 7))
    program.did(cadences.move_one, EVE, NOW, CHANNEL, moved_to=NEXT + HOUR, because="Room taken")
    states = {line.due_at: (line.state, line.reason) for line in lines_of(program)}
    assert states[NEXT + timedelta(days=7)] == ("skipped", "Company holiday")
    assert states[NEXT + HOUR] == ("moved", "Room taken")
    assert NEXT not in states
    program.did(cadences.pause, EVE, NOW, CHANNEL)
    assert {line.state for line in lines_of(program) if line.due_at > NEXT + 2 * HOUR} == {"paused", "skipped"}


def test_a_review_without_accounts_in_scope_is_skipped_with_the_reason(program: Program) -> None:
    for short in ("acme", "globex", "initrode", "umber"):
        program.did(account_list.remove, EVE, NOW, program.accounts[short], because="Done")
    program.store.write_now(reviews.open_due, program.cadence_id, now=NEXT)
    line = next(line for line in lines_of(program, NEXT + HOUR) if line.due_at == NEXT)
    assert line.state == "skipped"
    assert "No named account" in line.reason


def test_a_refused_header_says_why_in_words(program: Program) -> None:
    with program.store.writing() as session:
        outbox.refuse(session, taken(session, header_of(session, program.reviews[2])), error="is_archived")
    line = next(line for line in lines_of(program) if line.due_at == THIS_WEEK)
    assert (line.state, line.permalink) == ("refused", "")
    assert "archived" in line.reason


def test_messages_in_trouble_are_named_with_their_account_and_the_reason(program: Program) -> None:
    sends(program)
    with program.store.writing() as session:
        letters = [each for each in outbox.of_reviews(session, program.reviews) if each.page == "agenda"]
        refused, unsure, waiting = (taken(session, letter) for letter in letters[:3])
        outbox.refuse(session, refused, error="restricted_action_read_only_channel")
        outbox.mark_unsure(session, unsure, error="internal_error")
        outbox.put_off(session, waiting, until=NOW - HOUR, error="ratelimited", tried=None)
    trouble = [line for line in lines_of(program) if line.what.startswith("Agenda of")]
    assert {line.state for line in trouble} == {"refused", "unsure", "delayed"}
    assert {line.reason.split(";")[0] for line in trouble} == {
        "this channel's settings do not let Cadence post",
        "it may have been posted, and Slack cannot be asked",
        "Slack asks to wait",
    }


def slack_asks_to_wait(program: Program, key: str, *, now: datetime, until: datetime) -> None:
    """Slack answers so to the one letter of the channel that may go."""
    with program.store.writing() as session:
        [letter] = (each for each in claim(session, now) if each.channel_id == CHANNEL)
        assert letter.key == key
        outbox.put_off(session, letter, until=until, error="ratelimited", tried=None)


def test_of_a_review_whose_header_waits_for_half_a_minute_only_that_is_told(program: Program) -> None:
    sends(program)
    program.did(closing.close_by_person, EVE, NOW, program.reviews[2])
    sends(program)
    opened = program.opens_review(NEXT)
    until = NEXT + timedelta(seconds=30)
    slack_asks_to_wait(program, f"review:{opened}:header", now=NEXT, until=until)
    lines = [line for line in lines_of(program, NEXT) if line.review_id == opened]
    assert [(line.what, line.state, line.retry_at) for line in lines] == [("Review", "delayed", until)]


def test_a_channel_without_a_cadence_and_reviews_has_an_empty_ledger(program: Program) -> None:
    assert program.read(channel_ledger, "C0NOWHERE", now=NOW) == ()


def test_a_review_on_request_is_called_so(program: Program) -> None:
    program.closes_review(NOW)
    program.did(reviews.open_now, EVE, NOW, CHANNEL, asked_by="r1", today=date(2026, 11, 24), account_ids=(1,))
    assert lines_of(program)[3].what == "Review on request"


@pytest.mark.parametrize("state", sorted(set(LetterState) - {LetterState.COLLECTED}))
def test_a_header_in_any_state_has_its_line_in_the_ledger(program: Program, state: LetterState) -> None:
    review = program.read(stored_reviews.latest_in, CHANNEL)[0]
    with program.store.writing() as session:
        header = header_of(session, review.row_id)
        header.state, header.last_error = state, "the review was over"
        session.add(header)
    line = next(
        each for each in lines_of(program) if each.review_id == review.row_id and each.what.startswith("Review")
    )
    assert (
        line.state
        in {
            LetterState.WAITING: {LedgerState.DELAYED},
            LetterState.LEASED: {LedgerState.DELAYED},
            LetterState.SENT: {LedgerState.POSTED, LedgerState.LATE},
            LetterState.REFUSED: {LedgerState.REFUSED},
            LetterState.UNSURE: {LedgerState.UNSURE},
            LetterState.DROPPED: {LedgerState.DROPPED},
        }[state]
    )


@pytest.mark.parametrize("state", ReviewState)
def test_a_review_in_any_state_has_its_line_in_the_ledger(program: Program, state: ReviewState) -> None:
    with program.store.writing() as session:
        review = stored_reviews.latest_in(session, WORKSPACE, CHANNEL)[0]
        review.state, review.reason = state, "Offsite"
        session.add(review)
    line = next(
        each for each in lines_of(program) if each.review_id == review.row_id and each.what.startswith("Review")
    )
    was_posted = state in (ReviewState.OPEN, ReviewState.CLOSED)
    assert (line.state == state.value, line.reason == "Offsite") == (not was_posted, not was_posted)


def test_a_file_in_any_state_but_shown_says_why_it_is_not_answered_any_more() -> None:
    assert TOO_LATE.keys() == set(FileImportState) - {FileImportState.SHOWN}


def test_every_message_but_an_agenda_which_has_its_accounts_has_a_name() -> None:
    assert set(PAGES) - set(PAGE_NAMES) == {"agenda"}
