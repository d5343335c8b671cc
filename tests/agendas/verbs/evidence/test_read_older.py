"""Evidence from before its actor was asked: read by its words, and asked of the owner where they leave it in doubt."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session, select

from agendas.facts.account import Stage
from agendas.facts.events import ActionChanged, BlockerOpened, Moved
from agendas.facts.people import Function, Right
from agendas.verbs.evidence import read_older
from agendas.verbs.evidence.read_older import leave_unread, read_older_evidence
from agendas.verbs.list import change
from agendas.verbs.people import rights
from agendas.verbs.record.record_many import Entry, record_many
from storage import people
from storage.asked import evidence_questions
from storage.database.engine import Store
from storage.people import SlackUser
from storage.tables import Account, Event, Letter, Workspace
from tests.agendas.verbs.evidence.older import (
    DOUBTFUL,
    OURS,
    THEIRS,
    judged,
    questions,
    reads,
    state,
    tells,
    tells_change,
    upgrades,
)
from tests.builders import ANN, BOB, CLEO, DAN, EVE, NOW, WORKSPACE, ago, profile
from tests.program import Program, learn_people


@pytest.fixture
def program(store: Store) -> Program:
    """Two named accounts, of Ann's and of Bob's, and nothing told of them yet."""
    learn_people(store)
    program = Program(store)
    for short, owner, partner in (("acme", ANN, None), ("globex", BOB, ANN)):
        wanted = profile(short.title(), owner=owner, marketing_partner=partner)
        nominated = program.did(change.nominate, EVE, ago(200), wanted, because="Fits")
        program.accounts[short] = nominated.event.account_id
        program.did(change.put_on_list, EVE, ago(199), nominated.event.account_id, tier=1, because="Agreed")
    return program


def letters(program: Program) -> dict[str, int]:
    """Number of messages that ask whose act it is, by person."""
    query = select(Letter.user_id).where(Letter.page == "whose_act")
    asked = program.store.read_now(lambda session: list(session.exec(query)))
    return {user_id: asked.count(user_id) for user_id in asked}


def test_words_that_tell_settle_an_entry_without_a_question(program: Program) -> None:
    step = tells(program, 30, "acme", THEIRS, to_stage=Stage.ENGAGED)
    ours = tells(program, 3, "acme", OURS)
    assert state(program, "acme").last_buyer_touch_at == ago(3)
    upgrades(program)
    assert sorted(judged(program)) == [(step, "buyer", "engaged"), (ours, "us", "")]
    now = state(program, "acme")
    assert (now.last_buyer_touch_at, now.stage_has_evidence, now.claimed_from) == (ago(30), True, None)
    assert questions(program) == []
    assert letters(program) == {}


def test_a_step_shown_by_our_own_act_alone_becomes_a_claim(program: Program) -> None:
    tells(program, 30, "acme", OURS, to_stage=Stage.OPPORTUNITY)
    upgrades(program)
    now = state(program, "acme")
    assert (now.stage, now.stage_has_evidence, now.claimed_from) == (Stage.OPPORTUNITY, False, Stage.TARGET)
    assert now.last_buyer_touch_at is None


def test_cadence_itself_is_the_author_of_what_the_words_tell(program: Program) -> None:
    with program.store.writing() as session:
        session.get_one(Workspace, WORKSPACE).bot_user_id = "U0BOT0001"
    tells(program, 3, "acme", OURS)
    upgrades(program)
    query = select(Event.actor, Event.source).where(Event.kind == "evidence_judged")
    assert program.store.read_now(lambda session: list(session.exec(query))) == [("U0BOT0001", "system")]


def test_an_entry_in_doubt_counts_as_before_and_its_owner_is_asked(program: Program) -> None:
    step = tells(program, 30, "acme", DOUBTFUL, to_stage=Stage.ENGAGED)
    before = state(program, "acme")
    upgrades(program)
    assert judged(program) == []
    assert state(program, "acme") == before
    [question] = questions(program, ANN)
    assert (question.event_id, question.step, question.expired_at, question.settled_at) == (step, "engaged", None, None)
    assert letters(program) == {ANN: 1}


def test_one_message_for_all_accounts_of_an_owner(program: Program) -> None:
    tells(program, 3, "acme", DOUBTFUL)
    program.did(change.edit, EVE, ago(2), program.accounts["globex"], profile("Globex", owner=ANN))
    tells(program, 1, "globex", DOUBTFUL)
    upgrades(program)
    assert letters(program) == {ANN: 1}
    assert len(questions(program, ANN)) == 2


def _leaves(program: Program, *user_ids: str) -> None:
    gone = [SlackUser(user_id, WORKSPACE, "Gone", is_deleted=True) for user_id in user_ids]
    program.store.write_now(people.save_users, WORKSPACE, gone, NOW)


def test_without_its_owner_the_marketing_partner_is_asked_and_then_an_admin(program: Program) -> None:
    tells(program, 3, "globex", DOUBTFUL)
    _leaves(program, BOB)
    upgrades(program)
    assert [each.asked_of for each in questions(program)] == [ANN]
    tells(program, 2, "globex", DOUBTFUL)
    _leaves(program, ANN)
    upgrades(program)
    assert [each.asked_of for each in questions(program)] == [ANN, EVE]


def test_a_viewer_who_owns_the_account_is_not_asked_since_they_may_not_answer(program: Program) -> None:
    program.did(rights.give, EVE, ago(5), ANN, function=Function.SALES, right=Right.VIEWER)
    tells(program, 3, "acme", DOUBTFUL, who=CLEO)
    upgrades(program)
    assert [each.asked_of for each in questions(program)] == [EVE]


def test_where_nobody_may_answer_the_question_waits_without_a_message(program: Program) -> None:
    tells(program, 3, "acme", DOUBTFUL)
    _leaves(program, ANN, BOB, CLEO, DAN, EVE)
    upgrades(program)
    assert [each.asked_of for each in questions(program)] == [""]
    assert letters(program) == {}


def test_only_what_matters_for_the_step_or_the_silence_is_read(program: Program) -> None:
    tells(program, 180, "acme", DOUBTFUL, to_stage=Stage.AWARE)
    tells(program, 170, "acme", DOUBTFUL)
    step = tells(program, 150, "acme", DOUBTFUL, to_stage=Stage.ENGAGED)
    since = tells(program, 120, "acme", DOUBTFUL)
    tells_change(program, ago(5), "acme", BlockerOpened("No budget"))
    tells_change(program, ago(4), "acme", ActionChanged(1, "dropped", text="Not needed"))
    done = tells_change(program, ago(3), "acme", ActionChanged(1, "done", text="Sent back"))
    upgrades(program)
    assert [each.event_id for each in questions(program)] == [step, since, done]
    old = tells(program, 95, "globex", DOUBTFUL, to_stage=Stage.AWARE)
    tells(program, 91, "globex", DOUBTFUL, to_stage=Stage.ENGAGED)
    tells(program, 89, "globex", DOUBTFUL, to_stage=Stage.MQA)
    upgrades(program)
    assert old not in [each.event_id for each in questions(program, BOB)]
    assert len(questions(program, BOB)) == 1


def test_an_account_that_is_not_on_the_list_is_only_marked_as_read(program: Program) -> None:
    tells(program, 3, "acme", DOUBTFUL)
    program.did(change.remove, EVE, ago(1), program.accounts["acme"], because="Bought by another")
    upgrades(program)
    assert (questions(program), judged(program)) == ([], [])


def test_a_paused_account_is_read_too(program: Program) -> None:
    tells(program, 3, "acme", DOUBTFUL)
    program.did(change.pause, EVE, ago(1), program.accounts["acme"], because="Merger")
    upgrades(program)
    assert len(questions(program, ANN)) == 1


def test_an_account_that_is_new_has_nothing_to_be_read(program: Program) -> None:
    assert program.store.read_now(evidence_questions.unread_accounts, 10) == []


def test_reading_twice_asks_and_records_once(program: Program) -> None:
    tells(program, 4, "acme", DOUBTFUL)
    tells(program, 3, "acme", OURS)
    upgrades(program)
    upgrades(program, NOW + timedelta(days=2))
    assert (len(questions(program)), len(judged(program)), letters(program)) == (1, 1, {ANN: 1})


def test_one_transaction_reads_a_bounded_number_of_entries(program: Program) -> None:
    count = read_older.AT_ONCE + 5

    def tell_many(session: Session) -> None:
        for number in range(count):
            at = ago(20 - number / 10)
            values = {"account_id": program.accounts["acme"], "kind": "moved", "actor": ANN, "source": "command"}
            told = {"kind": "moved", "text": DOUBTFUL, "to_stage": None, "expansion": None, "since_known": True}
            shown = [{"text": "", "dated_at": at.isoformat(), "url": "https://notes.example/1", "kind": "link"}]
            event = Event(workspace_id=WORKSPACE, happened_at=at, recorded_at=at, change=told, evidence=shown, **values)
            session.add(event)

    program.store.write_now(tell_many)
    with program.store.writing() as session:
        session.execute(update(Account).values(older_evidence_read=False))
    program.store.write_now(read_older_evidence, program.accounts["acme"], now=NOW)
    assert len(questions(program)) == read_older.AT_ONCE
    assert program.accounts["acme"] in program.store.read_now(evidence_questions.unread_accounts, 10)
    reads(program)
    assert len(questions(program)) == count
    assert letters(program) == {ANN: 1}


def test_an_account_that_cannot_be_read_counts_as_before(program: Program) -> None:
    tells(program, 3, "acme", OURS)
    before = state(program, "acme")
    with program.store.writing() as session:
        session.execute(update(Account).values(older_evidence_read=False))
    program.store.write_now(leave_unread, program.accounts["acme"])
    assert program.accounts["acme"] not in program.store.read_now(evidence_questions.unread_accounts, 10)
    assert state(program, "acme") == before


def test_a_claim_from_before_learns_from_which_stage_it_is_claimed(program: Program) -> None:
    acme = program.accounts["acme"]
    program.did(record_many, ANN, ago(9), {acme: [Entry(Moved("I feel good", "opportunity"))]})
    with program.store.writing() as session:
        session.execute(update(Account).where(Account.id == acme).values(claimed_from=None))  # type: ignore[arg-type]
    upgrades(program)
    assert state(program, "acme").claimed_from is Stage.TARGET
