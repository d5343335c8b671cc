import random
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import Session, col, select

from agendas.facts.people import NoticeChoice, NoticeKind, Preferences, QuietHours, Right
from agendas.facts.program import WEEKLY_CAP
from agendas.rendering.words import Words
from agendas.rules.notices import Reason, week_of
from agendas.verbs import account_list, people, updates
from agendas.verbs.compose import compose
from agendas.verbs.letters import pause_channel, queue_direct, resume_channel
from agendas.verbs.notices import UNASKED, change_preferences, message_week, queue_notices, quiet_until
from handlers.forms import Origin
from handlers.preferences import build
from storage import outbox
from storage.database import Store
from storage.letter_subjects import LetterSubject
from storage.models.delivery import Letter, LetterKind, LetterState
from storage.models.workspaces import Workspace
from tests.builders import ANN, BOB, CLEO, EVE, NOW, WORKSPACE, profile
from tests.program import Program, people_alone
from tests.storage.letters import claim


@pytest.fixture
def program(store: Store) -> Program:
    program = people_alone(store)
    nominated = program.did(
        account_list.nominate, BOB, NOW, profile("Acme Corp", owner=BOB), because="Fits the segment"
    )
    program.accounts["acme"] = nominated.event.account_id
    return program


MINUTE = timedelta(minutes=1)
DAY = date(2026, 12, 4)


def asks_ann(program: Program, text: str, at: datetime) -> None:
    program.did(updates.add_action, BOB, at, program.accounts["acme"], text=text, owner=ANN, due_on=DAY)


def letters(program: Program, page: str) -> list[Letter]:
    def read(session: Session) -> list[Letter]:
        query = select(Letter).where(Letter.page == page, Letter.user_id == ANN).order_by(col(Letter.id))
        return list(session.exec(query))

    return program.store.read_now(read)


def told_in(program: Program) -> dict[datetime, int]:
    """The number of things told by each message, by the instant at which it is due."""
    told = [each.parent for each in letters(program, "one_told")]
    return {each.due_at: told.count(each.id) for each in letters(program, "told") + letters(program, "digest")}


def test_what_comes_while_a_message_is_under_way_or_was_tried_is_told_in_the_next_one(program: Program) -> None:
    asks_ann(program, "Call them", NOW)
    asks_ann(program, "Write to them", NOW)
    with program.store.writing() as session:
        [letter] = claim(session, NOW)
    asks_ann(program, "Visit them", NOW + MINUTE)
    with program.store.writing() as session:
        tried = outbox.Attempts(NOW, NOW)
        outbox.put_off_failed(session, letter, until=NOW + MINUTE, error="x", tried=tried, failing_since=None)
    asks_ann(program, "Meet them", NOW + 2 * MINUTE)
    assert told_in(program) == {NOW + MINUTE: 2, NOW + 15 * MINUTE: 2}


def test_the_same_event_is_told_once(program: Program) -> None:
    asks_ann(program, "Call them", NOW)
    [one] = letters(program, "one_told")
    assert one.state is LetterState.COLLECTED
    [message] = letters(program, "told")
    assert (message.state, message.due_at, one.parent) == (LetterState.WAITING, NOW, message.id)


@pytest.mark.database("sqlite", "postgres")
def test_people_are_told_in_one_order_so_that_two_processes_never_wait_for_each_other(program: Program) -> None:
    for owner, partner in ((CLEO, BOB), (BOB, CLEO)):
        named = program.did(
            account_list.nominate, EVE, NOW, profile(f"Of{owner} Ltd", owner=partner), because="It fits"
        )
        program.did(updates.open_blocker, EVE, NOW, named.event.account_id, text="No budget", owner=owner)
    query = select(Letter.user_id).where(Letter.page == "one_told").order_by(col(Letter.id))
    assert program.store.read_now(lambda session: list(session.exec(query))) == [BOB, CLEO, BOB, CLEO]


def test_what_waits_follows_the_choices_that_a_person_makes_meanwhile(program: Program) -> None:
    digest = ((NoticeKind.NEWS, NoticeChoice.DIGEST),)
    program.did(change_preferences, ANN, NOW, Preferences(digest, time(16)))
    asks_ann(program, "Call them", NOW)
    assert told_in(program) == {datetime.fromisoformat("2026-11-24T16:00-05:00"): 1}
    program.did(change_preferences, ANN, NOW + MINUTE, Preferences(digest, time(12)))
    assert told_in(program) == {datetime.fromisoformat("2026-11-24T12:00-05:00"): 1}
    quiet = QuietHours(time(9), time(11))
    program.did(
        change_preferences, ANN, NOW + MINUTE, Preferences(((NoticeKind.NEWS, NoticeChoice.AT_ONCE),), quiet=quiet)
    )
    assert told_in(program) == {datetime.fromisoformat("2026-11-24T11:00-05:00"): 1}


def test_what_was_collected_is_due_with_its_message_and_answers_do_not_wait_for_quiet_hours(program: Program) -> None:
    program.did(change_preferences, ANN, NOW, Preferences(((NoticeKind.NEWS, NoticeChoice.DIGEST),), time(16)))
    asks_ann(program, "Call them", NOW)
    program.store.write_now(queue_direct, WORKSPACE, ANN, page="recorded", subject=LetterSubject(), key="x", at=NOW)
    quiet = QuietHours(time(9), time(11))
    program.did(change_preferences, ANN, NOW, Preferences(((NoticeKind.NEWS, NoticeChoice.AT_ONCE),), quiet=quiet))
    end = datetime.fromisoformat("2026-11-24T11:00-05:00")
    assert [each.due_at for each in letters(program, "one_told") + letters(program, "digest")] == [end, end]
    assert [each.due_at for each in letters(program, "recorded")] == [NOW]


def test_a_digest_tells_once_of_each_channel_that_is_still_in_trouble(program: Program) -> None:
    program.did(people.give, EVE, NOW, ANN, function=None, right=Right.ADMIN)
    program.did(change_preferences, ANN, NOW, Preferences(((NoticeKind.HEALTH, NoticeChoice.DIGEST),)))
    for channel_id in ("C0ONE11", "C0TWO22", "C0WELL3"):
        program.store.write_now(pause_channel, WORKSPACE, channel_id, error="is_archived", now=NOW)
    program.store.write_now(resume_channel, WORKSPACE, "C0WELL3")
    [digest] = letters(program, "digest")
    said = str([each.blocks for each in program.store.read_now(compose, digest, words=Words(), now=NOW)])
    assert [said.count(f"<#{each}>") for each in ("C0ONE11", "C0TWO22", "C0WELL3")] == [1, 1, 0]


def test_a_message_that_was_held_up_is_not_sent_in_quiet_hours_unless_it_is_an_answer(program: Program) -> None:
    program.did(change_preferences, ANN, NOW, Preferences(quiet=QuietHours(time(9), time(11))))
    unasked, answer, bobs = (
        Letter(workspace_id=WORKSPACE, page=page, user_id=user_id, key="x", kind="direct", created_at=NOW, due_at=NOW)
        for page, user_id in (("told", ANN), ("recorded", ANN), ("told", BOB))
    )
    end = datetime.fromisoformat("2026-11-24T11:00-05:00")
    until = [program.store.read_now(quiet_until, each, NOW) for each in (unasked, answer, bobs)]
    assert until == [end, None, None]
    assert program.store.read_now(quiet_until, unasked, end) is None


# The weekly cap: nobody gets more, nothing is lost, and asks and blockers go first.

LEAST = 10


def usual(key: object, user_id: str, at: datetime) -> Letter:
    return Letter(
        workspace_id=WORKSPACE,
        key=f"usual:{key}",
        kind=LetterKind.DIRECT,
        page="fit_question",
        user_id=user_id,
        created_at=at,
        due_at=at,
    )


def letters_to_people(store: Store) -> list[Letter]:
    query = select(Letter).where(Letter.user_id != "").order_by(col(Letter.id))
    return store.read_now(lambda session: list(session.exec(query)))


def messages(found: Iterable[Letter], user_id: str = ANN) -> list[str]:
    """The pages of the messages that the person gets, without what is told in them."""
    mine = [each for each in found if each.user_id == user_id and each.page in UNASKED]
    return [each.page for each in mine if each.state is LetterState.WAITING]


def test_what_is_over_the_cap_waits_for_the_digest_and_asks_go_first(program: Program) -> None:
    program.store.write_now(queue_notices, [usual(number, ANN, NOW) for number in range(12)])
    assert Counter(messages(letters_to_people(program.store))) == {"fit_question": 10, "digest": 1}
    late = [each for each in letters_to_people(program.store) if each.state is LetterState.COLLECTED]
    assert [each.last_error for each in late] == [Reason.OVER_CAP] * 2
    # half past eight the next morning in New York
    assert {each.due_at for each in late} == {datetime.fromisoformat("2026-11-25T08:30-05:00")}
    for number in range(7):
        at = NOW + number * timedelta(hours=1)
        program.did(updates.add_action, BOB, at, program.accounts["acme"], text=f"Call {number}", owner=ANN, due_on=DAY)
        _send_all(program.store, at)
    assert Counter(messages_ever(program.store)) == {"fit_question": 10, "digest": 1, "told": 5}
    held = [each.last_error for each in letters_to_people(program.store) if each.page == "one_told"]
    assert held == [""] * 5 + [Reason.OVER_CAP] * 2
    week = program.read(message_week, ANN, NOW)
    assert (week.cap, week.count, week.held) == (20, 16, ((Reason.OVER_CAP.value, 4),))
    said = str(build(Preferences(), Words(), Origin(), zone="UTC", is_helper=False, week=week))
    assert "At most 20 of them come in a week, 16 in this one so far" in said
    assert "Held back this week: 4 for the digest, as the week had no more room." in said


def test_the_next_week_has_room_again_and_others_are_not_touched(program: Program) -> None:
    program.store.write_now(queue_notices, [usual(number, ANN, NOW) for number in range(15)])
    program.store.write_now(queue_notices, [usual("bob", BOB, NOW), usual("later", ANN, NOW + timedelta(days=7))])
    assert messages(letters_to_people(program.store), BOB) == ["fit_question"]
    assert messages(letters_to_people(program.store)).count("fit_question") == 11


def test_a_cap_that_an_admin_sets_counts_at_once(program: Program) -> None:
    _set_cap(program.store)
    program.store.write_now(queue_notices, [usual(number, ANN, NOW) for number in range(9)])
    assert Counter(messages(letters_to_people(program.store))) == {"fit_question": 3, "digest": 1}


def test_the_same_message_queued_twice_counts_once(program: Program) -> None:
    for _ in range(2):
        program.store.write_now(queue_notices, [usual(number, ANN, NOW) for number in range(10)])
    assert messages(letters_to_people(program.store)) == ["fit_question"] * 10


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.proof) for seed in (1, 2))])
def test_in_any_history_nobody_is_over_the_cap_and_nothing_is_lost(program: Program, seed: int) -> None:
    chance = random.Random(seed)
    _set_cap(program.store)
    people = (ANN, BOB, CLEO)
    for user_id in people:
        program.did(change_preferences, user_id, NOW, _any_preferences(chance))
    at, wanted = NOW, dict.fromkeys(people, 0)
    for number in range(120):
        at += timedelta(minutes=chance.choice((0, 3, 40, 200, 400)))
        user_id = chance.choice(people)
        if chance.random() < 0.5:
            program.store.write_now(queue_notices, [usual(f"{seed} {number}", user_id, at)])
        else:
            by = BOB if user_id != BOB else ANN
            acme = program.accounts["acme"]
            program.did(updates.add_action, by, at, acme, text=f"Call {number}", owner=user_id, due_on=DAY)
        wanted[user_id] += 1
        if chance.random() < 0.5:
            _send_all(program.store, at)
    _send_all(program.store, at + timedelta(days=30))
    found = letters_to_people(program.store)
    went = Counter((one.user_id, week_of(one.due_at, "UTC")) for one in found if one.page in UNASKED and _went(one))
    assert max(went.values()) == LEAST
    sent = {each.id for each in found if each.state is LetterState.SENT}
    for user_id, count in wanted.items():
        mine = [each for each in found if each.user_id == user_id and each.page in ("fit_question", "one_told")]
        assert len(mine) == count
        assert all(each.state is LetterState.SENT or each.parent in sent for each in mine)


def messages_ever(store: Store) -> list[str]:
    return [one.page for one in letters_to_people(store) if one.user_id == ANN and one.page in UNASKED and _went(one)]


def _set_cap(store: Store) -> None:
    with store.writing() as session:
        session.get_one(Workspace, WORKSPACE).settings = {WEEKLY_CAP: LEAST}


def _went(letter: Letter) -> bool:
    return letter.state in (LetterState.WAITING, LetterState.SENT)


def _send_all(store: Store, now: datetime) -> None:
    with store.writing() as session:
        for letter in session.exec(select(Letter).where(Letter.state == LetterState.WAITING, Letter.due_at <= now)):
            letter.state, letter.sent_at = LetterState.SENT, letter.due_at
            session.add(letter)


def _any_preferences(chance: random.Random) -> Preferences:
    choices = [(kind, chance.choice((NoticeChoice.AT_ONCE, NoticeChoice.DIGEST))) for kind in NoticeKind]
    quiet = chance.choice((None, QuietHours(time(20), time(7)), QuietHours(time(9), time(11))))
    return Preferences(tuple(choices), time(chance.choice((8, 12, 18)), 30), quiet)
