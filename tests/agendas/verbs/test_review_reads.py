from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, col, update

from agendas.errors import Outdated
from agendas.facts.events import Corrected
from agendas.facts.group import BuyingRole, ContactAdded, ContactProfile
from agendas.facts.program import LedgerLine, LedgerState
from agendas.facts.reviews import Participation
from agendas.facts.signals import SignalGiven, SignalKind, SignalStrength
from agendas.rules.reviews import order
from agendas.verbs import account_list, cadences, closing, corrections, reviews, updates
from agendas.verbs.compose import PAGES
from agendas.verbs.import_runs import TOO_LATE
from agendas.verbs.loading import LastReview, state_adapter
from agendas.verbs.record import record
from agendas.verbs.review_reads import PAGE_NAMES, channel_ledger, review_facts, review_item
from agendas.verbs.signals import take_signals
from storage import outbox
from storage import reviews as stored_reviews
from storage.models.delivery import Letter, LetterState
from storage.models.events import FileImportState
from storage.models.reviews import Review, ReviewState
from storage.past_reviews import HeldItem
from tests.builders import ANN, BOB, CHANNEL, EVE, HOUR, NOW, WORKSPACE, profile
from tests.program import Program
from tests.rebuilding import rebuild_review
from tests.storage.letters import claim


def test_an_account_knows_the_day_its_last_review_was_held_for_as_its_own_zone_has_it() -> None:
    late = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
    closed_at = late + timedelta(days=1)
    held = HeldItem(False, 1, 0, None, opened_at=late, closed_at=closed_at, planned_at=late, zone="Pacific/Auckland")
    assert LastReview.of(None, held).held_on == date(2026, 11, 23)


def test_a_review_that_nobody_held_moves_no_starting_point(program: Program) -> None:
    program.did(closing.close_by_person, EVE, NOW, program.reviews[2], was_held=False)
    review = program.read(review_facts, program.reviews[2], now=NOW + HOUR)
    assert review.was_held is False
    assert review.attended == ()


def test_one_account_of_a_review_is_the_same_as_in_the_whole_review(program: Program) -> None:
    for review_id in program.reviews:
        review = program.read(review_facts, review_id, now=NOW)
        for row in program.store.read_now(stored_reviews.items, review_id):
            alone = program.read(review_item, row.row_id, now=NOW)
            assert alone == next(each for each in review.items if each.review_item_id == row.row_id)


def test_who_said_that_nothing_changed_is_kept_with_the_account(program: Program) -> None:
    acme = program.accounts["acme"]
    program.did(updates.say_nothing_moved, BOB, NOW, acme)
    mine = program.did(updates.say_nothing_moved, ANN, NOW, acme)
    program.did(corrections.take_back, ANN, NOW, mine.event.id)
    review = program.read(review_facts, program.reviews[2], now=NOW)
    said = next(each.no_change_reported_by for each in review.items if each.facts.account.account_id == acme)
    assert said == (BOB,)


def test_what_does_not_exist_is_refused_in_a_sentence(program: Program) -> None:
    with pytest.raises(Outdated, match="review history"):
        program.read(review_facts, 999, now=NOW)
    with pytest.raises(Outdated):
        program.read(review_item, 999, now=NOW)


def test_an_account_is_updated_by_what_somebody_says_of_it_and_not_by_a_change_of_its_profile(program: Program) -> None:
    umber, review_id = program.accounts["umber"], program.reviews[2]
    program.closes_review(NOW)
    later = NOW + HOUR
    review = program.did(reviews.open_now, EVE, later, CHANNEL, asked_by="command:1", today=date(2026, 11, 24))
    program.did(account_list.edit, EVE, later + HOUR, umber, profile("Umber Foods", owner=BOB))

    def is_updated() -> bool:
        found = program.read(review_facts, review.row_id, now=later + 3 * HOUR)
        return next(each for each in found.items if each.facts.account.account_id == umber).is_updated

    assert review_id != review.row_id
    assert not is_updated()
    program.did(updates.say_nothing_moved, ANN, later + HOUR, umber)
    assert is_updated()
    with program.store.writing() as session:
        asked = [[BOB, Participation.MANDATORY.value, ""]]
        session.exec(update(Review).where(col(Review.id) == review.row_id).values(roster=asked))
    assert not is_updated()  # its owner was asked and is still waited for
    program.did(updates.say_nothing_moved, BOB, later + 2 * HOUR, umber)
    assert is_updated()


# Past reviews rebuilt.

RITA = ContactAdded(ContactProfile("Rita Sample", "CFO", "rita@globex.example", roles=(BuyingRole.CHAMPION,)))
VISIT = SignalGiven(
    account="globex.example",
    signal=SignalKind.WEB_VISIT,
    strength=SignalStrength.HIGH,
    text="Pricing page",
    occurred_at=NOW - HOUR,
    id="1",
    person="rita@globex.example",
)


def forget_snapshots(program: Program) -> None:
    with program.store.writing() as session:
        for review_id in program.reviews:
            for row in stored_reviews.items(session, review_id):
                row.opened_state = row.closed_state = None
                row.is_aged = not row.is_aged
                session.add(row)


def test_every_closed_review_is_rebuilt_as_it_was_frozen(program: Program) -> None:
    for review_id in program.reviews[:2]:
        frozen = program.read(review_facts, review_id, now=NOW)
        assert program.read(rebuild_review, review_id) == frozen


def test_every_review_is_rebuilt_as_it_opened_with_its_order_and_reasons(program: Program) -> None:
    for review_id in program.reviews:
        rebuilt = program.read(rebuild_review, review_id, moment="opened")
        stored = program.store.read_now(stored_reviews.items, review_id)
        assert [state_adapter.validate_python(row.opened_state) for row in stored] == [
            item.facts.account for item in rebuilt.items
        ]
        assert [row.bucket for row in stored] == [item.placement.bucket for item in rebuilt.items]
        assert [[list(each) for each in item.placement.reasons] for item in rebuilt.items] == [
            row.reasons for row in stored
        ]
        assert [row.is_aged for row in stored] == [item.placement.stall.is_stalled for item in rebuilt.items]
        assert [item.position for item in order(rebuilt.items)] == [item.position for item in rebuilt.items]


def test_snapshots_are_not_needed_to_rebuild(program: Program) -> None:
    moments = [(review_id, moment) for review_id in program.reviews[:2] for moment in ("opened", "closed")]
    before = [program.read(rebuild_review, review_id, moment=moment) for review_id, moment in moments]
    forget_snapshots(program)
    assert [program.read(rebuild_review, review_id, moment=moment) for review_id, moment in moments] == before


def test_what_is_recorded_or_taken_back_later_does_not_change_a_past_review(program: Program) -> None:
    review_id = program.reviews[1]
    closed = program.read(rebuild_review, review_id)
    globex = program.accounts["globex"]
    blocker = next(item for item in closed.items if item.facts.account.account_id == globex).facts.account.blockers[0]
    program.did(updates.resolve_blocker, BOB, NOW, globex, blocker.id, text="Legal signed")
    late = program.did(updates.move, ANN, NOW, globex, text="Told late", to_stage=None)
    program.did(corrections.take_back, ANN, NOW + HOUR / 10, late.event.id)
    assert program.read(rebuild_review, review_id) == closed == program.read(review_facts, review_id, now=NOW)


def test_a_review_still_open_has_no_closing_to_rebuild(program: Program) -> None:
    with pytest.raises(Outdated, match="not closed yet"):
        program.read(rebuild_review, program.reviews[2])


def test_the_living_review_is_not_the_opened_one(program: Program) -> None:
    opened = program.read(rebuild_review, program.reviews[2], moment="opened")
    living = program.read(review_facts, program.reviews[2], now=NOW)
    acme = program.accounts["acme"]
    texts = [
        [b.text for i in review.items if i.facts.account.account_id == acme for b in i.facts.account.blockers]
        for review in (opened, living)
    ]
    assert texts == [[], ["No budget code yet"]]
    assert replace(opened, items=(), attended=()) == replace(living, items=(), attended=())


def test_signals_count_in_a_closed_review_as_they_were_known_when_it_closed(program: Program) -> None:
    program.did(record, ANN, NOW, program.accounts["globex"], RITA)
    program.did(take_signals, ANN, NOW + HOUR, [VISIT])
    program.closes_review(NOW + 2 * HOUR)
    closed = program.read(rebuild_review, program.reviews[2])
    engaged = {item.facts.account.name: item.facts.engagement for item in closed.items}
    assert engaged["Globex"] is not None
    assert engaged["Globex"].last_30 == 10.0
    program.did(take_signals, ANN, NOW + 3 * HOUR, [replace(VISIT, id="2", occurred_at=NOW + 3 * HOUR)])
    assert program.read(rebuild_review, program.reviews[2]) == closed
    assert program.read(review_facts, program.reviews[2], now=NOW + 4 * HOUR) == closed


def test_a_closed_review_stays_as_it_was_when_signals_become_somebodys_or_nobodys_afterwards(program: Program) -> None:
    globex, number = program.accounts["globex"], program.reviews[2]
    program.did(take_signals, ANN, NOW, [VISIT])
    added = program.did(record, ANN, NOW + HOUR, globex, RITA).event.id
    program.did(take_signals, ANN, NOW + HOUR, [replace(VISIT, id="2", person="tom@globex.example")])
    program.closes_review(NOW + 2 * HOUR)
    closed = program.read(review_facts, number, now=NOW + 2 * HOUR)
    [engaged] = [item.facts.engagement for item in closed.items if item.facts.account.name == "Globex"]
    assert engaged is not None
    assert engaged.last_30 == 15.0
    tom = ContactAdded(ContactProfile("Tom Sample", "CTO", "tom@globex.example"))
    program.did(record, ANN, NOW + 3 * HOUR, globex, tom)
    program.did(record, ANN, NOW + 3 * HOUR, globex, Corrected(added))
    assert program.read(rebuild_review, number) == closed
    later = program.read(review_facts, number, now=NOW + 4 * HOUR)
    assert [each.entry.id for _, each in later.corrected] == [added]
    assert replace(later, corrected=()) == closed


# The ledger.

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
    line = next(one for one in lines_of(program) if one.review_id == review.row_id and one.what.startswith("Review"))
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
    line = next(one for one in lines_of(program) if one.review_id == review.row_id and one.what.startswith("Review"))
    was_posted = state in (ReviewState.OPEN, ReviewState.CLOSED)
    assert (line.state == state.value, line.reason == "Offsite") == (not was_posted, not was_posted)


def test_a_file_in_any_state_but_shown_says_why_it_is_not_answered_any_more() -> None:
    assert TOO_LATE.keys() == set(FileImportState) - {FileImportState.SHOWN}


def test_every_message_but_an_agenda_which_has_its_accounts_has_a_name() -> None:
    assert set(PAGES) - set(PAGE_NAMES) == {"agenda"}
