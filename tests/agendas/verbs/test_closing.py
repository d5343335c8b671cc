from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import Session, col, select, update

from agendas.errors import FieldProblems, NotAMember, Refused
from agendas.facts.account import Rhythm, Source
from agendas.facts.events import DecisionKind
from agendas.facts.plays import Motion
from agendas.facts.reviews import CadenceWish, ItemPart, Plan
from agendas.rendering.words import Words
from agendas.rules.account_list import NoRoom
from agendas.rules.plays import tier_worked
from agendas.verbs import account_list, closing, compose, reviews, updates
from agendas.verbs.cadences import schedule
from agendas.verbs.closing import EnteredDecision, attendance_of, correct_attendance, decide
from agendas.verbs.compose import compose as compose_letter
from agendas.verbs.corrections import correct, take_back
from agendas.verbs.settings import change_settings
from storage import outbox, workspaces
from storage import reviews as stored_reviews
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.following import PrepRequest
from storage.models.workspaces import Person
from tests.agendas.golden import said_by
from tests.agendas.verbs.test_fit import state
from tests.builders import ANN, BOB, CHANNEL, CLEO, DAN, EVE, HOUR, NOW, WORKSPACE, ZONE, author, profile
from tests.program import Program, people_alone
from tests.rows import everything_in

# Held or not by what people wrote in a review, and who was there.

TODAY = date(2026, 11, 24)
NEXT_AT = datetime(2026, 11, 30, 15, tzinfo=UTC)


def test_what_a_file_recorded_or_somebody_took_back_makes_no_review_held_whatever_is_said(program: Program) -> None:
    program.closes_review(NOW)
    review = program.did(reviews.open_now, EVE, NOW, CHANNEL, asked_by="command:1", today=TODAY)
    acme, later = program.accounts["acme"], NOW + HOUR
    by_file = replace(author(ANN, later), source=Source.IMPORT)
    program.store.write_now(updates.move, by_file, acme, text="They bought")
    mistaken = program.did(updates.move, BOB, later, acme, text="They left")
    program.did(correct, BOB, later, mistaken.event.id, "It was Initrode", is_editor=True)
    number = review.row_id
    assert program.read(closing.closing_of, number, now=later) == closing.Closing((), 0, can_be_held=False)
    closed = program.did(closing.close_by_person, EVE, later + HOUR, number, attended=(ANN, BOB), was_held=True)
    assert (closed.was_held, closed.attended) == (False, [])
    with pytest.raises(Refused, match="was not held, so nobody was there"):
        program.did(correct_attendance, EVE, later + HOUR, number, (ANN,))


def test_a_review_in_which_nobody_wrote_is_not_held_whoever_was_asked_to_prepare_it(program: Program) -> None:
    program.closes_review(NOW)
    program.store.write_now(reviews.open_due, program.cadence_id, now=NEXT_AT)
    with program.store.writing() as session:
        review = stored_reviews.open_in(session, WORKSPACE, CHANNEL)
        review.roster = [[ANN, "mandatory", ""], [BOB, "optional", ""], [CLEO, "observing", ""]]
        session.add(review)
        session.commit()
    review = program.read(stored_reviews.open_in, CHANNEL)
    assert program.read(closing.closing_of, review.row_id, now=NEXT_AT) == closing.Closing((), 2, can_be_held=False)
    closed = program.store.write_now(closing.close_due, review.row_id, now=review.closes_at)
    assert (closed.was_held, closed.attended) == (False, [])


def test_who_observes_the_cadence_gets_the_recap_by_direct_message_once(program: Program) -> None:
    with program.store.writing() as session:
        cadence = stored_reviews.cadence(session, program.cadence_id)
        cadence.parts = {"observing": [DAN, CLEO, DAN, BOB]}
        session.exec(update(Person).where(Person.user_id == BOB).values(is_guest=True))
        session.add(cadence)
        session.commit()
    number = program.reviews[-1]
    program.did(closing.close_by_person, EVE, NOW, number)
    letters = [each for each in program.store.read_now(outbox.of_review, number) if each.page == "recap_observed"]
    assert [(each.kind, each.user_id) for each in letters] == [("direct", CLEO), ("direct", DAN)]
    assert {each.not_after for each in letters} == {NOW + closing.OBSERVED_FOR}
    said = program.store.read_now(compose.compose, letters[0], words=Words(), now=NOW)
    assert "*Recap of the account review · Mon 23 Nov " in str(said[0].blocks)


def test_who_was_there_is_corrected_after_closing_and_noted(program: Program) -> None:
    number = program.reviews[-1]
    with pytest.raises(Refused, match="is open still"):
        program.did(correct_attendance, EVE, NOW, number, (ANN,))
    program.did(closing.close_by_person, EVE, NOW, number, attended=(BOB,))
    assert program.read(attendance_of, number) == (ANN, BOB)
    for _ in range(2):
        program.did(correct_attendance, EVE, NOW + HOUR, number, (CLEO, ANN))
    assert program.read(attendance_of, number) == (ANN, CLEO)
    noted = [row for row in everything_in(program.store)["audit_entry"] if "attended" in (row["after"] or {})]
    assert [(row["before"], row["after"]) for row in noted] == [({"attended": [ANN, BOB]}, {"attended": [ANN, CLEO]})]


def test_only_people_attend_a_review(program: Program) -> None:
    bot = program.read(workspaces.bot_user_id)
    with pytest.raises(FieldProblems, match="A bot was chosen"):
        program.did(closing.close_by_person, EVE, NOW, program.reviews[-1], attended=(ANN, bot))
    assert program.read(stored_reviews.open_in, CHANNEL) is not None


# A decision is recorded together with what it means: a next action, or a change of the list.

BECAUSE = "Their board decided"


def kinds(program: Program, decision: EnteredDecision, name: str = "acme") -> list[str]:
    recorded = program.did(decide, EVE, NOW, program.accounts[name], decision)
    return [type(each.event.change).__name__ for each in recorded]


def test_a_motion_decided_stands_until_the_tier_changes_and_falls_when_the_decision_is_corrected(program: Program):
    few = EnteredDecision(DecisionKind.CHANGE_MOTION, BECAUSE, motion=Motion.ONE_TO_FEW)
    assert kinds(program, few) == ["Decided"]
    acme = state(program, "acme")
    assert acme.decision is not None
    assert (acme.decision.from_motion, acme.decision.to_motion) == (Motion.ONE_TO_ONE, Motion.ONE_TO_FEW)
    assert (acme.tier, acme.motion_decided, tier_worked(acme)) == (1, Motion.ONE_TO_FEW, 2)
    kinds(program, EnteredDecision(DecisionKind.CHANGE_TIER, BECAUSE, tier=3))
    assert state(program, "acme").motion_decided is None
    kinds(program, few)
    kinds(program, EnteredDecision(DecisionKind.CHANGE_MOTION, BECAUSE, motion=Motion.ONE_TO_MANY))
    assert state(program, "acme").motion_decided is None
    again = program.did(decide, EVE, NOW, program.accounts["acme"], few)[0]
    program.did(correct, EVE, NOW, again.event.id, "Not said", is_editor=True)
    assert state(program, "acme").motion_decided is None


def test_nothing_of_a_decision_is_recorded_where_what_it_means_is_refused(program: Program) -> None:
    before = state(program, "acme")
    stranger = EnteredDecision(DecisionKind.INTERVENE, "Call them", ask_of="U0NOBODY1", due_on=date(2026, 12, 1))
    with pytest.raises(NotAMember):
        kinds(program, stranger)
    program.did(change_settings, EVE, NOW, {"tier.3.cap": (500, 1)})
    full = EnteredDecision(DecisionKind.CHANGE_TIER, BECAUSE, tier=3)
    kinds(program, full, "initrode")
    with pytest.raises(NoRoom):
        kinds(program, full)
    assert state(program, "acme") == before


# Two reviews in a row that were not held are told to the facilitator and the admins, with what they lacked.

FIRST = datetime(2026, 11, 9, 15, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK = 7 * DAY


@pytest.fixture
def three_accounts(store: Store) -> Program:
    """Three accounts, of Ann, of Bob and of nobody, and a weekly cadence that Cleo leads."""
    program = people_alone(store)
    for name, owner in (("Acme Corp", ANN), ("Globex", BOB), ("Initrode", None)):
        wanted = profile(name, owner=owner)
        number = program.did(account_list.nominate, EVE, FIRST - WEEK, wanted, because="It fits").event.account_id
        program.did(account_list.put_on_list, EVE, FIRST - WEEK, number, tier=2, because="Agreed")
        program.accounts[name] = number
    wish = CadenceWish(Plan(Rhythm.WEEKLY, date(2026, 11, 9), time(10), ZONE), minutes=90, facilitator=CLEO)
    return replace(program, cadence_id=program.did(schedule, EVE, FIRST - 2 * HOUR, CHANNEL, wish).id)


def told(program: Program) -> list[tuple[str, str]]:
    def read(session: Session) -> list[tuple[str, str]]:
        letters = session.exec(select(Letter).where(Letter.page == "not_held").order_by(col(Letter.id))).all()
        said = (compose_letter(session, each, words=Words(), now=each.due_at) for each in letters)
        return [(each.user_id, said_by(parts)) for each, parts in zip(letters, said, strict=True)]

    return program.store.read_now(read)


def passes(program: Program, week: int, *, is_held: bool = False) -> None:
    at = FIRST + week * WEEK
    program.opens_review(at)
    if is_held:
        program.did(updates.move, ANN, at + HOUR / 2, program.accounts["Acme Corp"], text="They called")
    program.store.write_now(closing.close_due, program.reviews[-1], now=at + timedelta(days=1))


def test_after_the_second_one_both_are_told_what_is_missing_and_again_after_another_two(three_accounts: Program):
    passes(three_accounts, 0)
    assert not told(three_accounts)
    passes(three_accounts, 1)
    assert sorted(who for who, _ in told(three_accounts)) == [CLEO, EVE]
    assert told(three_accounts)[0][1].startswith(
        f"*Not held 2 times in a row*: <#{CHANNEL}>, Mon 9 Nov and Mon 16 Nov\n"
        "No update on any of its 3 accounts.\nWaited for: <@U0ANN0001> 1, <@U0BOB0001> 1\n1 account without an owner."
    )
    passes(three_accounts, 2)
    assert len(told(three_accounts)) == 2
    passes(three_accounts, 3)
    assert [said.splitlines()[0] for _, said in told(three_accounts)[2:]] == [
        f"*Not held 4 times in a row*: <#{CHANNEL}>, Mon 23 Nov and Mon 30 Nov"
    ] * 2


def test_one_that_was_held_between_begins_the_count_anew(three_accounts: Program) -> None:
    passes(three_accounts, 0)
    passes(three_accounts, 1, is_held=True)
    passes(three_accounts, 2)
    assert not told(three_accounts)


def test_what_a_file_brought_and_what_was_taken_back_is_no_update(three_accounts: Program) -> None:
    passes(three_accounts, 0)
    at = FIRST + WEEK
    three_accounts.opens_review(at)
    by_file = author(BOB, at + HOUR / 2, Source.IMPORT)
    three_accounts.store.write_now(updates.move, by_file, three_accounts.accounts["Globex"], text="They called")
    moved = three_accounts.did(
        updates.move, ANN, at + HOUR / 2, three_accounts.accounts["Acme Corp"], text="They called"
    )
    three_accounts.did(take_back, ANN, at + HOUR / 2, moved.event.id)
    three_accounts.store.write_now(closing.close_due, three_accounts.reviews[-1], now=at + timedelta(days=1))
    assert (
        "No update on any of its 3 accounts.\nWaited for: <@U0ANN0001> 1, <@U0BOB0001> 1" in told(three_accounts)[0][1]
    )


@pytest.mark.parametrize("is_asked_for", [True, False])
def test_the_first_review_is_held_by_what_people_said_once_they_were_asked_to_prepare_it(three_accounts, is_asked_for):
    asked_at = FIRST - DAY
    said_at = asked_at + HOUR if is_asked_for else asked_at - HOUR
    three_accounts.did(updates.say_nothing_moved, ANN, said_at, three_accounts.accounts["Acme Corp"])
    with three_accounts.store.writing() as session:
        row = {"workspace_id": WORKSPACE, "cadence_id": three_accounts.cadence_id, "planned_on": date(2026, 11, 9)}
        session.add(PrepRequest(**row, user_id=ANN, asked_at=asked_at, letter_key="prepare:1"))
    number = three_accounts.opens_review(FIRST)
    assert three_accounts.read(closing.closing_of, number, now=FIRST).can_be_held is is_asked_for
    assert three_accounts.did(closing.close_by_person, CLEO, FIRST + HOUR, number).was_held is is_asked_for


def test_who_was_left_out_of_the_last_review_that_was_held_comes_first_after_one_that_was_not(three_accounts: Program):
    acme = three_accounts.accounts["Acme Corp"]
    passes(three_accounts, 0, is_held=True)
    with three_accounts.store.writing() as session:
        item = next(one for one in stored_reviews.items(session, three_accounts.reviews[-1]) if one.account_id == acme)
        item.part = ItemPart.LEFT_OUT.value
        session.add(item)
    passes(three_accounts, 1)
    left_out = three_accounts.read(stored_reviews.times_left_out, CHANNEL, list(three_accounts.accounts.values()))
    assert left_out == {acme: 1}
