"""The weekly cap: nobody gets more, nothing is lost, and asks and blockers go first."""

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import col, select

from agendas.facts.people import Choice, NoticeKind, Preferences, QuietHours
from agendas.facts.program import WEEKLY_CAP
from agendas.rendering.words import Words
from agendas.rules.notices import Reason, week_of
from agendas.verbs import updates
from agendas.verbs.notices import UNASKED, change_preferences, message_week, queue_notices
from handlers.forms import Origin
from handlers.preferences import build
from storage.database import Store
from storage.models.delivery import Letter, LetterKind, LetterState
from storage.models.workspaces import Workspace
from tests.builders import ANN, BOB, CLEO, NOW, WORKSPACE
from tests.program import Program

HOUR = timedelta(hours=1)
DAY = date(2026, 12, 4)
LEAST = 10


def usual(key: object, user_id: str, at: datetime) -> Letter:
    """A message that asks its reader for scores."""
    return Letter(
        workspace_id=WORKSPACE,
        key=f"usual:{key}",
        kind=LetterKind.DIRECT,
        page="fit_question",
        user_id=user_id,
        created_at=at,
        due_at=at,
    )


def letters(store: Store) -> list[Letter]:
    query = select(Letter).where(Letter.user_id != "").order_by(col(Letter.id))
    return store.read_now(lambda session: list(session.exec(query)))


def messages(found: Iterable[Letter], user_id: str = ANN) -> list[str]:
    """The pages of the messages that the person gets, without what is told in them."""
    mine = [each for each in found if each.user_id == user_id and each.page in UNASKED]
    return [each.page for each in mine if each.state is LetterState.WAITING]


def test_what_is_over_the_cap_waits_for_the_digest_and_asks_go_first(program: Program) -> None:
    program.store.write_now(queue_notices, [usual(number, ANN, NOW) for number in range(12)])
    assert Counter(messages(letters(program.store))) == {"fit_question": 10, "digest": 1}
    late = [each for each in letters(program.store) if each.state is LetterState.COLLECTED]
    assert [each.last_error for each in late] == [Reason.OVER_CAP] * 2
    # half past eight the next morning in New York
    assert {each.due_at for each in late} == {datetime.fromisoformat("2026-11-25T08:30-05:00")}
    for number in range(7):
        at = NOW + number * HOUR
        program.did(updates.add_action, BOB, at, program.accounts["acme"], text=f"Call {number}", owner=ANN, due_on=DAY)
        _send_all(program.store, at)
    assert Counter(messages_ever(program.store)) == {"fit_question": 10, "digest": 1, "told": 5}
    held = [each.last_error for each in letters(program.store) if each.page == "one_told"]
    assert held == [""] * 5 + [Reason.OVER_CAP] * 2
    week = program.read(message_week, ANN, NOW)
    assert (week.cap, week.count, week.held) == (20, 16, ((Reason.OVER_CAP.value, 4),))
    said = str(build(Preferences(), Words(), Origin(), zone="UTC", is_helper=False, week=week))
    assert "At most 20 of them come in a week, 16 in this one so far" in said
    assert "Held back this week: 4 for the digest, as the week had no more room." in said


def test_the_next_week_has_room_again_and_others_are_not_touched(program: Program) -> None:
    program.store.write_now(queue_notices, [usual(number, ANN, NOW) for number in range(15)])
    program.store.write_now(queue_notices, [usual("bob", BOB, NOW), usual("later", ANN, NOW + timedelta(days=7))])
    assert messages(letters(program.store), BOB) == ["fit_question"]
    assert messages(letters(program.store)).count("fit_question") == 11


def test_a_cap_that_an_admin_sets_counts_at_once(program: Program) -> None:
    _set_cap(program.store)
    program.store.write_now(queue_notices, [usual(number, ANN, NOW) for number in range(9)])
    assert Counter(messages(letters(program.store))) == {"fit_question": 3, "digest": 1}


def test_the_same_message_queued_twice_counts_once(program: Program) -> None:
    for _ in range(2):
        program.store.write_now(queue_notices, [usual(number, ANN, NOW) for number in range(10)])
    assert messages(letters(program.store)) == ["fit_question"] * 10


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
    found = letters(program.store)
    went = Counter(
        (each.user_id, week_of(each.due_at, "UTC")) for each in found if each.page in UNASKED and _went(each)
    )
    assert max(went.values()) == LEAST
    sent = {each.id for each in found if each.state is LetterState.SENT}
    for user_id, count in wanted.items():
        mine = [each for each in found if each.user_id == user_id and each.page in ("fit_question", "one_told")]
        assert len(mine) == count
        assert all(each.state is LetterState.SENT or each.parent in sent for each in mine)


def messages_ever(store: Store) -> list[str]:
    return [each.page for each in letters(store) if each.user_id == ANN and each.page in UNASKED and _went(each)]


def _set_cap(store: Store) -> None:
    """The least that an admin may set."""
    with store.writing() as session:
        session.get_one(Workspace, WORKSPACE).settings = {WEEKLY_CAP: LEAST}


def _went(letter: Letter) -> bool:
    return letter.state in (LetterState.WAITING, LetterState.SENT)


def _send_all(store: Store, now: datetime) -> None:
    """Send what is due, at its time."""
    with store.writing() as session:
        for letter in session.exec(select(Letter).where(Letter.state == LetterState.WAITING, Letter.due_at <= now)):
            letter.state, letter.sent_at = LetterState.SENT, letter.due_at
            session.add(letter)


def _any_preferences(chance: random.Random) -> Preferences:
    choices = [(kind, chance.choice((Choice.AT_ONCE, Choice.DIGEST))) for kind in NoticeKind]
    quiet = chance.choice((None, QuietHours(time(20), time(7)), QuietHours(time(9), time(11))))
    return Preferences(tuple(choices), time(chance.choice((8, 12, 18)), 30), quiet)
