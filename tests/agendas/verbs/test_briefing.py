from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from agendas.errors import Outdated, Refused
from agendas.facts.people import NoticeChoice, NoticeKind, Preferences
from agendas.facts.reviews import Away, CadenceKind, ItemPart
from agendas.rendering.words import Words
from agendas.rules.access import NOTHING_TO_SAY
from agendas.verbs import cadences, closing, updates
from agendas.verbs.briefing import BriefRequest, ask_before, choose, remind_before
from agendas.verbs.compose import compose
from agendas.verbs.jobs import DUE_JOBS, InRead, next_moment
from agendas.verbs.letters import pause_channel, resume_channel
from agendas.verbs.notices import change_preferences
from agendas.verbs.people import say_away
from storage import backups, outbox, people
from storage import reviews as stored_reviews
from storage.database import Store
from storage.models.delivery import Letter, LetterState
from storage.models.reviews import Cadence
from tests.builders import ANN, BOB, CHANNEL, EVE, HOUR, NOW, WORKSPACE
from tests.program import Program, days_away, stored_program

MEETS = datetime(2026, 11, 30, 15, tzinfo=UTC)
"""10:00 on Monday in New York: the next review of the sample program's channel."""
BEFORE = MEETS - timedelta(hours=1)
ON = date(2026, 11, 30)
[BRIEFING] = [job for job in DUE_JOBS if job.name == "brief_facilitator"]


def due(program: Program, at: datetime) -> list[int]:
    return program.store.read_now(BRIEFING.find, at)


def briefs(program: Program, at: datetime = BEFORE) -> None:
    assert isinstance(BRIEFING.serve, InRead)
    for cadence_id in due(program, at):
        program.store.write_now(program.store.read_now(BRIEFING.serve.work_out, cadence_id, at))


def letters(program: Program, page: str = "brief") -> list[Letter]:
    wanted = select(Letter).where(Letter.page == page).order_by(col(Letter.id))
    return program.store.read_now(lambda session: list(session.exec(wanted)))


def said(program: Program, letter: Letter, at: datetime = BEFORE) -> str:
    rendered = program.store.read_now(compose, letter, words=Words(), now=at)
    return "\n".join(f"{each.text} {each.blocks}" for each in rendered)


def changes(program: Program, **values: object) -> None:
    def change(session: Session) -> None:
        row = session.get(Cadence, program.cadence_id)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)

    program.store.write_now(change)


@pytest.fixture
def program(store: Store) -> Program:
    program = stored_program(store)
    program.did(closing.close_by_person, EVE, NOW, program.reviews[-1], attended=(ANN, BOB))
    return program


# The facilitator is briefed once an hour before each review, or whoever takes their place.

DAY = timedelta(days=1)


def test_the_facilitator_is_briefed_once_an_hour_before_and_the_brief_is_worth_nothing_after_it_begins(program):
    assert due(program, BEFORE - timedelta(seconds=1)) == []
    assert program.store.read_now(BRIEFING.next_at, NOW) == BEFORE
    moment = program.store.read_now(next_moment, NOW)
    assert moment is not None
    assert moment <= BEFORE
    assert isinstance(BRIEFING.serve, InRead)
    twice = [program.store.read_now(BRIEFING.serve.work_out, program.cadence_id, BEFORE) for _ in range(2)]
    for write in twice:
        program.store.write_now(write)
    briefs(program)
    [letter] = letters(program)
    assert (letter.user_id, letter.not_after, letter.due_at) == (EVE, MEETS, BEFORE)
    assert said(program, letter, MEETS) == ""
    assert due(program, BEFORE) == []


def test_a_review_opened_meanwhile_leaves_the_next_one_to_be_briefed_at_its_own_time(program: Program) -> None:
    assert isinstance(BRIEFING.serve, InRead)
    looked_before = program.store.read_now(BRIEFING.serve.work_out, program.cadence_id, MEETS)
    program.opens_review(MEETS)
    for write in (looked_before, program.store.read_now(BRIEFING.serve.work_out, program.cadence_id, MEETS)):
        program.store.write_now(write)
    assert letters(program) == []
    assert due(program, BEFORE + 7 * DAY) == [program.cadence_id]


def test_nobody_is_briefed_of_a_skipped_or_paused_review_nor_of_one_of_executives(program: Program) -> None:
    program.did(cadences.skip, EVE, NOW, CHANNEL, because="Offsite")
    assert due(program, BEFORE) == []
    assert due(program, BEFORE + 7 * DAY) == [program.cadence_id]
    program.did(cadences.pause, EVE, NOW, CHANNEL)
    assert due(program, BEFORE + 7 * DAY) == []
    program.did(cadences.resume, EVE, NOW, CHANNEL)
    changes(program, kind=CadenceKind.EXECUTIVE)
    assert due(program, BEFORE + 7 * DAY) == []
    assert program.store.read_now(BRIEFING.next_at, NOW) is None


def gone(session: Session) -> None:
    row = people.find(session, WORKSPACE, BOB)
    assert row is not None
    row.is_deleted = True
    session.add(row)


def away_with(stand_in: str) -> Callable[[Session], None]:
    return lambda session: session.add(days_away(BOB, ON, ON, stand_in=stand_in))


@pytest.mark.parametrize(
    ("facilitator", "happens", "reader", "because"),
    [
        (BOB, None, BOB, ""),
        (BOB, away_with(ANN), ANN, "you stand in for"),
        (BOB, away_with(""), EVE, "is away without a stand-in"),
        (BOB, gone, EVE, "cannot be reached"),
        ("", None, EVE, "nobody leads it"),
    ],
)
def test_for_a_facilitator_away_or_gone_others_are_briefed_and_told_why(program, facilitator, happens, reader, because):
    changes(program, facilitator=facilitator)
    if happens is not None:
        program.store.write_now(happens)
    briefs(program)
    [letter] = letters(program)
    assert letter.user_id == reader
    assert because in said(program, letter)


def test_after_a_restore_the_brief_is_looked_for_before_it_is_sent_again(program: Program) -> None:
    program.store.write_now(backups.settle)
    briefs(program)
    [letter] = letters(program)
    assert letter.first_tried_at == BEFORE
    assert program.store.read_now(lambda session: session.exec(select(Cadence.briefed_on)).first()) == ON


def test_while_its_channel_is_in_trouble_nobody_is_briefed_and_nothing_comes_in_a_burst_after_it(program: Program):
    program.store.write_now(pause_channel, WORKSPACE, CHANNEL, error="is_archived", now=NOW)
    assert due(program, BEFORE) == []
    assert program.store.read_now(BRIEFING.next_at, NOW) is None
    program.store.write_now(resume_channel, WORKSPACE, CHANNEL)
    assert due(program, BEFORE) == [program.cadence_id]
    briefs(program)
    program.store.write_now(pause_channel, WORKSPACE, CHANNEL, error="is_archived", now=BEFORE)
    assert said(program, letters(program)[0]) == "", "one that was on its way says nothing"


# Accounts chosen and people asked before a review opens.
def part(program: Program, account: str, chosen: ItemPart, by: str = EVE) -> None:
    program.did(choose, by, BEFORE, program.cadence_id, ON, account_id=program.accounts[account], part=chosen)


def parts(program: Program, review_id: int) -> dict[str, str]:
    def read(session: Session) -> dict[int, str]:
        return {each.account_id: each.part for each in stored_reviews.items(session, review_id)}

    found = program.store.read_now(read)
    return {name: found[account_id] for name, account_id in program.accounts.items() if account_id in found}


def test_where_everything_is_left_out_the_first_is_discussed_still(program: Program) -> None:
    for name in ("acme", "globex", "initrode", "umber"):
        part(program, name, ItemPart.LEFT_OUT)
    assert list(parts(program, program.opens_review(MEETS)).values()).count("discussed") == 1


def test_what_is_not_planned_or_not_reviewed_is_refused_and_changes_nothing(program: Program) -> None:
    globex = program.accounts["globex"]
    for at, on, account_id in (
        (BEFORE, date(2026, 12, 7), globex),
        (MEETS, ON, globex),
        (BEFORE, ON, program.accounts["pinewood"]),
        (BEFORE, ON, program.accounts["larch"]),
        (BEFORE, ON, 987),
    ):
        with pytest.raises(Refused):
            program.did(choose, EVE, at, program.cadence_id, on, account_id=account_id, part=ItemPart.LEFT_OUT)
    with pytest.raises(Outdated):
        program.did(choose, EVE, BEFORE, 987, ON, account_id=globex, part=ItemPart.LEFT_OUT)
    assert parts(program, program.opens_review(MEETS))["globex"] == "discussed"


def test_a_reminder_says_nothing_once_everything_was_said(program: Program) -> None:
    program.did(remind_before, EVE, BEFORE, program.cadence_id, ON, whom=BOB)
    program.did(updates.say_nothing_moved, BOB, BEFORE, program.accounts["globex"])
    [letter] = letters(program, "asked_before")
    assert said(program, letter) == ""


def test_who_cannot_answer_or_wants_no_such_messages_is_not_asked_and_the_facilitator_is_told(program: Program) -> None:
    program.did(change_preferences, BOB, NOW, Preferences(choices=((NoticeKind.PREPARATION, NoticeChoice.OFF),)))
    for user_id in (BOB, "U0NOBODY1"):
        with pytest.raises(Refused):
            program.did(remind_before, EVE, BEFORE, program.cadence_id, ON, whom=user_id)
    assert letters(program, "asked_before") == []


def test_who_is_away_is_not_asked_and_the_facilitator_is_told_who_stands_in(program: Program) -> None:
    today = BEFORE.date()
    program.did(say_away, BOB, NOW, Away(BOB, today, today, stand_in=ANN))
    with pytest.raises(Refused, match=r"is away until .*, so nothing was sent. Ask .*, who stands in\."):
        program.did(
            ask_before, EVE, BEFORE, program.cadence_id, ON, asking=BriefRequest(BOB, "Did they sign?", "ask:1")
        )
    assert letters(program, "asked_before") == []


def test_what_would_arrive_after_the_review_begins_is_refused_with_the_time_and_not_queued(program: Program) -> None:
    program.did(change_preferences, BOB, NOW, Preferences(choices=((NoticeKind.PREPARATION, NoticeChoice.DIGEST),)))
    for attempt in range(2):
        with pytest.raises(Refused, match=r"only on Tue 1 Dec .* after the review begins, so nothing was sent"):
            program.did(remind_before, EVE, BEFORE, program.cadence_id, ON, whom=BOB)
        asking = BriefRequest(BOB, "Did they sign?", f"ask:{attempt}")
        with pytest.raises(Refused, match="after the review begins"):
            program.did(ask_before, EVE, BEFORE, program.cadence_id, ON, asking=asking)
    assert letters(program, "asked_before") == letters(program, "digest") == []


# Briefs of a review that is moved, before its brief and after it.
def is_briefed(program: Program) -> None:
    briefs(program)

    def sent(session: Session) -> None:
        letter = session.exec(select(Letter).where(Letter.page == "brief")).one()
        outbox.record_sent(session, letter, channel_id="D0EVE0001", ts="17.1", at=BEFORE)

    program.store.write_now(sent)


def edited(program: Program) -> str:
    [edit] = [each for each in letters(program) if each.kind == "edit"]
    return said(program, edit)


def test_a_review_moved_after_its_brief_is_briefed_again_an_hour_before_its_new_time(program: Program) -> None:
    briefs(program)
    moves = (2 * HOUR, 4 * HOUR, DAY)
    for moved_by in moves:
        program.did(cadences.move_one, EVE, BEFORE, CHANNEL, moved_to=MEETS + moved_by, planned_on=ON)
        assert due(program, BEFORE + moved_by - timedelta(seconds=1)) == []
        for _ in range(2):
            briefs(program, BEFORE + moved_by)
    assert [each.not_after for each in letters(program)] == [MEETS, *(MEETS + each for each in moves)]
    assert "on Tue <!date^" in said(program, letters(program)[0]), "the first brief tells the time that it has now"


def test_a_brief_that_was_sent_tells_the_new_time_of_its_review_and_is_the_only_one_within_the_hour(program: Program):
    is_briefed(program)
    for minutes in (20, 40):
        at = MEETS + timedelta(minutes=minutes)
        program.did(cadences.move_one, EVE, BEFORE + timedelta(minutes=45), CHANNEL, moved_to=at, planned_on=ON)
        assert due(program, at - timedelta(minutes=1)) == []
        [brief] = [each for each in letters(program) if each.kind == "direct"]
        [edit] = [each for each in letters(program) if each.kind == "edit"]
        assert edit.target == brief.id
        assert f"10:{minutes}" in said(program, edit, MEETS)


def test_a_brief_that_was_sent_says_that_its_review_was_skipped_or_moved_behind_another(program: Program) -> None:
    is_briefed(program)
    program.did(cadences.skip, EVE, BEFORE, CHANNEL, because="Offsite")
    assert "was skipped by Eve: Offsite" in edited(program)
    program.did(cadences.move_one, EVE, BEFORE, CHANNEL, moved_to=MEETS + 8 * DAY, planned_on=ON)
    assert "was moved to Tue 8 Dec" in edited(program)


# The brief of a review that was skipped and is held after all.
def test_the_facilitator_is_briefed_once_of_a_review_that_is_held_after_all(program: Program) -> None:
    program.did(cadences.skip, EVE, NOW, CHANNEL, because="Offsite")
    assert due(program, BEFORE) == []
    for _ in range(2):
        program.did(cadences.hold_after_all, EVE, BEFORE, program.cadence_id, ON)
        briefs(program)
        assert len(letters(program)) == 1
        program.did(cadences.skip, EVE, BEFORE, CHANNEL, because="Offsite")


def test_a_brief_that_was_dropped_while_its_review_was_off_is_sent_once_it_is_held_after_all(program: Program) -> None:
    briefs(program)
    program.did(cadences.skip, EVE, BEFORE, CHANNEL, because="Offsite")
    with program.store.writing() as session:
        for each in session.exec(select(Letter).where(Letter.page == "brief")):
            each.state, each.last_error = LetterState.DROPPED, NOTHING_TO_SAY
    program.did(cadences.hold_after_all, EVE, BEFORE, program.cadence_id, ON)
    briefs(program)
    assert [(each.state, each.not_after) for each in letters(program)] == [(LetterState.WAITING, MEETS)]
