from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from agendas.facts.account import Rhythm
from agendas.facts.program import HOLIDAYS
from agendas.facts.reviews import Away, CadenceWish, Plan, Preparation
from agendas.rendering.words import Words
from agendas.rules.access import NOTHING_TO_SAY
from agendas.verbs import cadences, closing, people, updates
from agendas.verbs.cadences import change_preparation
from agendas.verbs.compose import compose
from agendas.verbs.jobs import DUE_JOBS, InRead, next_moment
from agendas.verbs.past_reviews import with_late_entries
from agendas.verbs.preparing import missing
from agendas.verbs.reminding import remind, reminders_due
from agendas.verbs.review_reads import review_facts
from agendas.verbs.settings import change_settings
from storage import backups, outbox, preparing, privacy, reviews
from storage.database import Store
from storage.models.accounts import Account, ActionRow
from storage.models.delivery import Letter, LetterKind, LetterState
from storage.models.following import PrepRequest
from storage.models.workspaces import Person
from tests.builders import ANN, BOB, CHANNEL, CLEO, DAN, EVE, HOUR, NOW, WORKSPACE, ZONE
from tests.program import Program, days_away, stored_program
from tests.statements import statements

OTHER = "C0SECOND1"
MEETS = datetime(2026, 11, 30, 15, tzinfo=UTC)
"""10:00 on Monday in New York: the next review of the sample program's channel."""
DAY = timedelta(days=1)
ASKED_AT = MEETS - 3 * DAY
"""On Friday: nobody is asked at a weekend."""
ON = date(2026, 11, 30)
[PREPARE] = [job for job in DUE_JOBS if job.name == "prepare_review"]


def find(program: Program, at: datetime) -> list[int]:
    return program.store.read_now(PREPARE.find, at)


def begin(program: Program, cadence_id: int, at: datetime) -> Callable[[Session], object]:
    assert isinstance(PREPARE.serve, InRead)
    return program.store.read_now(PREPARE.serve.work_out, cadence_id, at)


def ask(program: Program, at: datetime = ASKED_AT) -> None:
    for cadence_id in find(program, at):
        program.store.write_now(begin(program, cadence_id, at))


def asked(program: Program) -> list[PrepRequest]:
    return program.store.read_now(lambda session: list(session.exec(select(PrepRequest).order_by(col(PrepRequest.id)))))


def letters(program: Program) -> list[Letter]:
    wanted = select(Letter).where(Letter.page == "preparation").order_by(col(Letter.id))
    return program.store.read_now(lambda session: list(session.exec(wanted)))


def send(program: Program, at: datetime = ASKED_AT) -> None:
    def sent(session: Session) -> None:
        for letter in session.exec(select(Letter).where(Letter.page == "preparation")):
            if letter.state == LetterState.WAITING:
                letter.state, letter.sent_at, letter.sent_ts, letter.sent_channel = LetterState.SENT, at, "1.1", "D0"

    program.store.write_now(sent)


def said(program: Program, user_id: str, at: datetime = ASKED_AT) -> str:
    letter = next(each for each in reversed(letters(program)) if each.user_id == user_id)
    rendered = program.store.read_now(compose, letter, words=Words(), now=at)
    return "\n".join(f"{each.text} {each.blocks}" for each in rendered)


def promises(session: Session, workspace_id: str, user_id: str) -> list[ActionRow]:
    wanted = select(ActionRow).where(ActionRow.workspace_id == workspace_id, ActionRow.owner == user_id)
    return list(session.exec(wanted.where(ActionRow.status == "open")))


def second_cadence(program: Program, at: time = time(11)) -> int:
    plan = Plan(Rhythm.WEEKLY, ON, at, ZONE)
    return program.did(cadences.schedule, EVE, NOW, OTHER, CadenceWish(plan, 45, EVE, tiers=(1, 2))).id


@pytest.fixture
def program(store: Store) -> Program:
    program = stored_program(store)
    program.did(closing.close_by_person, EVE, NOW, program.reviews[-1], attended=(ANN, BOB))
    return program


# People are asked to prepare a review once, by one message each, whatever happens meanwhile.

MINUTE = timedelta(minutes=1)


def test_people_are_asked_once_at_the_lead_and_their_message_is_worth_sending_until_the_cutoff(program: Program):
    assert find(program, ASKED_AT - HOUR) == []
    assert program.store.read_now(PREPARE.next_at, NOW) == ASKED_AT
    assert program.store.read_now(next_moment, NOW) <= ASKED_AT
    at_once = [begin(program, program.cadence_id, ASKED_AT) for _ in range(2)]
    for write in at_once:
        program.store.write_now(write)
    ask(program)
    found = letters(program)
    assert sorted(each.user_id for each in found) == sorted({each.user_id for each in asked(program)})
    assert len({each.user_id for each in found}) == len(found) >= 2
    assert {each.not_after for each in found} == {MEETS - 2 * HOUR}
    assert {each.planned_on for each in asked(program)} == {ON}
    assert DAN not in {each.user_id for each in found}, "a viewer may not record"
    assert "Prepare the review of Mon 30 Nov" in said(program, ANN)


def test_a_review_opened_meanwhile_leaves_the_next_one_to_be_asked_about_at_its_own_time(program: Program) -> None:
    looked_before = begin(program, program.cadence_id, MEETS)
    program.opens_review(MEETS)
    for write in (looked_before, begin(program, program.cadence_id, MEETS)):
        program.store.write_now(write)
    assert (asked(program), letters(program)) == ([], [])
    assert find(program, ASKED_AT + 7 * DAY) == [program.cadence_id]


def test_what_failed_before_its_end_is_done_again_whole(program: Program) -> None:
    write = begin(program, program.cadence_id, ASKED_AT)

    def killed(session: Session) -> None:
        write(session)
        session.flush()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        program.store.write_now(killed)
    assert (asked(program), letters(program)) == ([], [])
    ask(program)
    assert letters(program)
    program.store.write_now(PREPARE.set_aside, program.cadence_id, ASKED_AT, "r")
    assert find(program, ASKED_AT) == []


def test_after_a_restore_a_message_that_may_have_gone_out_is_looked_for_first(program: Program) -> None:
    program.store.write_now(backups.settle)
    ask(program, ASKED_AT + HOUR)
    assert {(each.first_tried_at, each.tried_until) for each in letters(program)} == {(ASKED_AT, ASKED_AT + HOUR)}
    ask(program, ASKED_AT + 2 * HOUR)
    assert len(letters(program)) == len({each.key for each in letters(program)})


def test_after_the_cutoff_or_without_a_lead_nobody_is_asked(program: Program) -> None:
    ask(program, MEETS - HOUR)
    assert letters(program) == []
    wish = CadenceWish(Plan(Rhythm.WEEKLY, ON, time(9), ZONE), 45, EVE, preparation=Preparation(prep_minutes=0))
    assert program.did(cadences.schedule, EVE, NOW, OTHER, wish).id not in find(program, MEETS - HOUR)


def test_a_moved_review_is_asked_about_once_and_its_messages_say_the_new_time(program: Program) -> None:
    ask(program)
    count = len(letters(program))
    later = MEETS + DAY
    program.did(cadences.move_one, EVE, ASKED_AT + HOUR, CHANNEL, moved_to=later)
    assert {each.not_after for each in letters(program)} == {later - 2 * HOUR}
    send(program)
    program.did(cadences.move_one, EVE, ASKED_AT + 2 * HOUR, CHANNEL, moved_to=later + HOUR)
    ask(program, later - DAY)
    assert {each.kind for each in letters(program)[count:]} == {LetterKind.EDIT}
    assert "moved from Mon 30 Nov" in said(program, ANN, later - DAY)


@pytest.mark.parametrize("how", ["skip", "pause"])
def test_a_review_that_is_skipped_or_paused_is_said_to_be_off_and_not_asked_about(program: Program, how: str) -> None:
    ask(program)
    assert "No change" in said(program, ANN)
    if how == "skip":
        program.did(cadences.skip, EVE, ASKED_AT + HOUR, CHANNEL, because="holiday")
    else:
        program.did(cadences.pause, EVE, ASKED_AT + HOUR, CHANNEL)
    assert said(program, ANN) == "", "a message that was not sent yet asks nothing"
    ask(program, ASKED_AT + 2 * HOUR)
    assert len(letters(program)) == len({each.user_id for each in asked(program)})


def test_as_many_statements_ask_ten_people_as_two_hundred(program: Program) -> None:
    assert _statements(program, 10) == _statements(program, 200)


def test_a_cadence_is_looked_at_from_shortly_before_it_asks_as_it_is_planned_then(program: Program) -> None:
    def looks_at(at: datetime) -> list[int]:
        return [row.row_id for row in program.store.read_now(preparing.unprepared, at)]

    assert (looks_at(ASKED_AT - MINUTE), looks_at(ASKED_AT)) == ([], [program.cadence_id])
    away_on = date(2026, 11, 27)
    program.did(people.say_away, EVE, NOW, Away("", away_on, away_on))
    assert (looks_at(ASKED_AT - DAY - MINUTE), looks_at(ASKED_AT - DAY)) == ([], [program.cadence_id])
    program.did(change_settings, EVE, NOW, {HOLIDAYS: ("", "US-CA")})
    # Thanksgiving is on the day before
    assert (looks_at(ASKED_AT - 2 * DAY - MINUTE), looks_at(ASKED_AT - 2 * DAY)) == ([], [program.cadence_id])
    assert find(program, ASKED_AT - 2 * DAY) == [program.cadence_id]
    program.did(change_settings, EVE, NOW, {HOLIDAYS: ("US-CA", "")})
    assert looks_at(ASKED_AT - DAY - MINUTE) == []
    program.did(change_preparation, EVE, NOW, CHANNEL, Preparation(prep_minutes=5 * 24 * 60))
    assert looks_at(MEETS - 5 * DAY) == [program.cadence_id]


@pytest.mark.again
def test_many_people_are_asked_so_much_earlier_that_the_last_message_leaves_by_the_lead(program: Program) -> None:
    people, ahead = 300, timedelta(minutes=4)
    _many(program, people, unknown=people // 2)
    assert find(program, ASKED_AT - ahead - timedelta(seconds=1)) == []
    assert program.store.read_now(PREPARE.next_at, NOW) == ASKED_AT - ahead
    ask(program, ASKED_AT - ahead)
    due = sorted(each.due_at for each in letters(program))
    assert (len(due), due[0]) == (people, ASKED_AT - ahead)
    assert due[-1] < ASKED_AT
    assert max(Counter((at - due[0]) // timedelta(minutes=1) for at in due).values()) <= people / 4 + 2
    assert len({each.remind_at for each in asked(program)}) == people, "nor are they reminded all at once"


def _many(program: Program, count: int, unknown: int = 0) -> None:
    """Let so many people be asked about an account each, of whose conversations so many are not known."""
    users = [f"U0P{number:06}" for number in range(count)]
    with program.store.writing() as session:
        known = set(session.exec(select(Person.user_id)))
        session.add_all(
            Person(
                workspace_id=WORKSPACE,
                user_id=user,
                name=user,
                right="editor",
                seen_at=NOW,
                direct_channel="" if number < unknown else f"D{user}",
            )
            for number, user in enumerate(users)
            if user not in known
        )
        session.add_all(
            Account(workspace_id=WORKSPACE, name=f"A {user}", list_status="named", tier=3, owner=user)
            for user in users
            if user not in known
        )
        row = reviews.cadence(session, program.cadence_id)
        assert row is not None
        row.prepared_on, row.scope = None, {"owners": users}
        for each in session.exec(select(PrepRequest)):
            session.delete(each)
        for letter in session.exec(select(Letter).where(Letter.page == "preparation")):
            session.delete(letter)


def _statements(program: Program, count: int) -> int:
    _many(program, count)
    with program.store.writing() as session, statements(session) as sent:
        assert isinstance(PREPARE.serve, InRead)
        PREPARE.serve.work_out(session, program.cadence_id, ASKED_AT)(session)
    assert len(letters(program)) == count
    return len(sent)


# The message that asks a person to prepare reviews: of several reviews, for others, and as things are said.
def test_reviews_of_two_days_are_asked_about_by_one_message_with_each_account_once(program: Program) -> None:
    other = second_cadence(program)
    ask(program)
    ask(program, ASKED_AT + 2 * HOUR)
    direct = [each.user_id for each in letters(program)]
    assert len(direct) == len(set(direct))
    of_ann = [each for each in asked(program) if each.user_id == ANN]
    assert {each.cadence_id for each in of_ann} == {program.cadence_id, other}
    assert {each.letter_key for each in of_ann} == {f"prepare:{program.cadence_id}:{ON}:{ANN}"}
    page = said(program, ANN)
    assert "Prepare the reviews of Mon 30 Nov" in page
    assert page.count("*Acme Corp*") == 1


def test_a_second_message_asks_nothing_that_the_first_asks(program: Program) -> None:
    second_cadence(program, time(9))
    program.did(cadences.move_one, EVE, NOW, OTHER, moved_to=MEETS + 2 * DAY)
    ask(program)
    ask(program, MEETS + DAY)
    assert len([each for each in letters(program) if each.user_id == ANN]) == 2
    assert said(program, ANN, MEETS - HOUR) == "", "the first message asks about all of it"


def test_a_stand_in_is_asked_in_the_place_of_who_is_away_who_is_not(program: Program) -> None:
    with program.store.writing() as session:
        session.add(days_away(ANN, ON - DAY, ON + DAY, stand_in=CLEO))
    ask(program)
    rows = {(each.user_id, each.for_user_id) for each in asked(program)}
    assert (CLEO, ANN) in rows
    assert ANN not in {user for user, _ in rows}
    assert f"for <@{ANN}>" in said(program, CLEO)
    owed = program.store.read_now(missing, asked(program), now=ASKED_AT)
    [of_cleo] = [each for each in asked(program) if each.for_user_id == ANN]
    acme = program.accounts["acme"]
    assert acme in {each.account_id for each in owed[of_cleo.row_id]}
    program.did(updates.say_nothing_moved, CLEO, ASKED_AT + HOUR, acme)
    owed = program.store.read_now(missing, asked(program), now=ASKED_AT + HOUR)
    assert acme not in {each.account_id for each in owed.get(of_cleo.row_id, ())}


def test_who_said_it_owes_nothing_and_the_message_says_so_wherever_it_was_said(program: Program) -> None:
    ask(program)
    send(program)
    [row] = [each for each in asked(program) if each.user_id == ANN]
    owed = program.store.read_now(missing, asked(program), now=ASKED_AT)[row.row_id]
    for each in owed:
        program.did(updates.say_nothing_moved, ANN, ASKED_AT + HOUR, each.account_id)
    assert row.row_id not in program.store.read_now(missing, asked(program), now=ASKED_AT + 2 * HOUR)
    edits = [each for each in letters(program) if each.kind == LetterKind.EDIT and each.user_id == ANN]
    assert len(edits) == 1, "a burst is one edit"
    assert "Your promise" in said(program, ANN, ASKED_AT + 2 * HOUR), "a promise that is due is still asked about"
    for action in program.read(promises, ANN):
        kept = {"account_id": action.account_id, "action_id": action.row_id, "done": True}
        program.did(updates.close_action, ANN, ASKED_AT + 2 * HOUR, **kept)
    page = said(program, ANN, ASKED_AT + 3 * HOUR)
    assert "✓ Acme Corp" in page
    assert "All said" in page
    assert "prepare.no_change" not in page


def test_a_review_on_the_day_of_a_clock_change_is_asked_about_on_friday_at_the_same_wall_time(program: Program) -> None:
    plan = Plan(Rhythm.WEEKLY, date(2027, 3, 14), time(9), ZONE)
    other = program.did(cadences.schedule, EVE, datetime(2027, 3, 10, tzinfo=UTC), OTHER, CadenceWish(plan, 45, EVE))
    friday = datetime(2027, 3, 12, 14, tzinfo=UTC)
    assert other.id in find(program, friday)
    assert other.id not in find(program, friday - HOUR)


def test_at_its_opening_a_review_keeps_who_was_asked_and_who_was_away(program: Program) -> None:
    with program.store.writing() as session:
        session.add(days_away(BOB, ON, ON + DAY))
    ask(program)
    send(program)
    review = program.read(reviews.get, program.opens_review(MEETS))
    assert [ANN, "mandatory", ""] in review.roster
    assert [BOB, "mandatory", "", (ON + DAY).isoformat()] in review.roster
    assert "is open" in said(program, ANN, MEETS + HOUR)


def test_an_unsent_message_is_dropped_where_everything_was_said_meanwhile(program: Program) -> None:
    ask(program)
    [row] = [each for each in asked(program) if each.user_id == ANN]
    for each in program.store.read_now(missing, [row], now=ASKED_AT)[row.row_id]:
        program.did(updates.move, ANN, ASKED_AT, each.account_id, text="They asked for a contract")
    for action in program.read(promises, ANN):
        dropped = {"account_id": action.account_id, "action_id": action.row_id, "done": False}
        program.did(updates.close_action, ANN, ASKED_AT, **dropped)
    assert said(program, ANN, ASKED_AT + HOUR) == ""


# Reviews prepared while something is not as usual: several on a day, people who left or are away, old news.
def plans(program: Program, channel: str, at: time, owners: tuple[str, ...] = ()) -> int:
    """The id of a weekly cadence in the channel, first on the day of the sample program's next review."""
    wish = CadenceWish(Plan(Rhythm.WEEKLY, ON, at, ZONE), 45, EVE, owners=owners)
    return program.did(cadences.schedule, EVE, NOW, channel, wish).id


def owed_accounts(program: Program, user_id: str) -> set[int]:
    """The accounts of which the person still owes something, for any review."""
    owed = program.store.read_now(missing, asked(program), now=ASKED_AT + 2 * HOUR)
    mine = {each.row_id for each in asked(program) if each.user_id == user_id}
    return {each.account_id for row_id, found in owed.items() if row_id in mine for each in found}


def test_of_an_account_in_three_channels_reviews_on_a_day_a_person_is_asked_once_and_says_it_once(program: Program):
    others = [plans(program, f"C0CHAN{number}", time(11 + number)) for number in range(2)]
    for hour in range(4):
        ask(program, ASKED_AT + hour * HOUR)
    assert len([each for each in letters(program) if each.user_id == ANN]) == 1
    assert {each.cadence_id for each in asked(program) if each.user_id == ANN} == {program.cadence_id, *others}
    assert said(program, ANN).count("*Acme Corp*") == 1
    acme = program.accounts["acme"]
    assert acme in owed_accounts(program, ANN)
    program.did(updates.say_nothing_moved, ANN, ASKED_AT + HOUR, acme)
    assert acme not in owed_accounts(program, ANN), "it counts in all three"
    for at in (MEETS - 3 * HOUR, MEETS - 2 * HOUR, MEETS - HOUR):
        for row_id in program.store.read_now(reminders_due, at):
            program.store.write_now(program.store.read_now(remind, row_id, at))

    def reminded(session: Session) -> list[str]:
        return [each.user_id for each in session.exec(select(Letter).where(Letter.page == "reminder"))]

    told = program.store.read_now(reminded)
    assert len(told) == len(set(told)), "one reminder for all three"
    assert BOB in told


def test_what_was_said_before_the_last_review_is_no_answer_though_its_day_of_the_month_is_the_same(program: Program):
    acme, said_at = program.accounts["acme"], MEETS - 3 * DAY
    program.did(updates.say_nothing_moved, ANN, said_at, acme)
    ask(program)
    assert acme not in owed_accounts(program, ANN)
    for week in range(4):
        at = MEETS + 7 * week * DAY
        program.opens_review(at)
        program.closes_review(at + HOUR)
    next_at = MEETS + 28 * DAY
    assert (said_at.day, (next_at - DAY).day) == (27, 27)
    ask(program, next_at - DAY)
    later = [each for each in asked(program) if each.planned_on == date(2026, 12, 28) and each.user_id == ANN]
    owed = program.store.read_now(missing, later, now=next_at - DAY)
    assert acme in {each.account_id for found in owed.values() for each in found}


def test_what_was_said_for_a_review_that_nobody_held_is_asked_anew_before_the_next_one(program: Program) -> None:
    acme = program.accounts["acme"]
    ask(program)
    program.did(updates.say_nothing_moved, ANN, ASKED_AT + HOUR, acme)
    number = program.opens_review(MEETS)
    program.store.write_now(closing.close_due, number, now=MEETS + DAY)
    assert program.read(reviews.get, number).was_held is False
    ask(program, ASKED_AT + 7 * DAY)
    [row] = [each for each in asked(program) if each.user_id == ANN and each.planned_on == ON + 7 * DAY]
    owed = program.store.read_now(missing, [row], now=ASKED_AT + 7 * DAY)
    assert acme in {each.account_id for found in owed.values() for each in found}
    assert f"'prepare.no_change', 'value': '{acme}'" in said(program, ANN, ASKED_AT + 7 * DAY)
    later = MEETS + 7 * DAY
    opened = program.read(review_facts, program.opens_review(later), now=later)
    assert ANN in next(one for one in opened.items if one.facts.account.account_id == acme).facts.missing_updates_from
    program.did(updates.say_nothing_moved, ANN, later, acme)


# People asked about accounts private to a channel whose members Slack did not tell for a while.

CUTOFF = MEETS - 2 * HOUR


def hide(program: Program, *names: str) -> None:
    """Let Ann own these accounts, private to the channel of the review."""
    ids = [program.accounts[name] for name in names]
    change = update(Account).where(col(Account.id).in_(ids)).values(private_channel=CHANNEL, owner=ANN)
    program.store.write_now(lambda session: session.execute(change))


def tell_members(program: Program, at: datetime) -> None:
    program.store.write_now(privacy.set_members, WORKSPACE, CHANNEL, [ANN], read_at=at)


def asked_people(program: Program) -> set[str]:
    return {each.user_id for each in asked(program)}


def test_owners_of_private_accounts_are_asked_once_their_members_are_known_and_nobody_else_twice(program: Program):
    hide(program, "acme", "globex", "initrode")
    ask(program)
    before = asked_people(program)
    assert ANN not in before
    assert CLEO in before
    send(program)
    ask(program, ASKED_AT + MINUTE / 2)
    assert program.store.read_now(PREPARE.next_at, ASKED_AT + MINUTE / 2) == ASKED_AT + MINUTE, "looked at no sooner"
    ask(program, ASKED_AT + MINUTE)
    assert asked_people(program) == before
    tell_members(program, ASKED_AT + HOUR)
    ask(program, ASKED_AT + HOUR)
    assert asked_people(program) == {*before, ANN}
    assert len(asked(program)) == len({each.user_id for each in asked(program)})
    assert "Acme Corp" in said(program, ANN, ASKED_AT + HOUR)
    assert find(program, ASKED_AT + 2 * HOUR) == []


def test_who_was_asked_about_other_accounts_sees_the_private_ones_in_the_same_message(program: Program) -> None:
    hide(program, "acme")
    other = update(Account).where(col(Account.id) == program.accounts["globex"]).values(owner=ANN)
    program.store.write_now(lambda session: session.execute(other))
    ask(program)
    send(program)
    tell_members(program, ASKED_AT + HOUR)
    ask(program, ASKED_AT + HOUR)
    assert [each.kind for each in letters(program) if each.user_id == ANN] == [LetterKind.DIRECT, LetterKind.EDIT]
    assert {each.kind for each in letters(program) if each.user_id == CLEO} == {LetterKind.DIRECT}
    assert len([each for each in asked(program) if each.user_id == ANN]) == 1


def test_members_who_stay_unknown_are_waited_for_until_updates_end(program: Program) -> None:
    hide(program, "acme", "globex", "initrode")
    ask(program)
    ask(program, CUTOFF - MINUTE / 2)
    assert program.store.read_now(PREPARE.next_at, CUTOFF - MINUTE / 2) == CUTOFF
    ask(program, CUTOFF)
    assert ANN not in asked_people(program)
    assert find(program, CUTOFF + MINUTE) == []


# A review that was skipped and is held after all is prepared as if nothing had been, and nobody is asked twice.
@pytest.mark.parametrize("was_sent", [True, False], ids=["sent", "dropped"])
def test_of_a_review_that_is_held_after_all_everybody_is_asked_once(program: Program, was_sent: bool) -> None:
    ask(program)
    people = {each.user_id for each in letters(program)}
    if was_sent:
        send(program)
    program.did(cadences.skip, EVE, ASKED_AT + HOUR, CHANNEL, because="holiday")
    if not was_sent:
        drops_what_says_nothing(program)
    program.did(cadences.hold_after_all, EVE, ASKED_AT + 2 * HOUR, program.cadence_id, ON)
    ask(program, ASKED_AT + 2 * HOUR)
    assert "updates until" in said(program, ANN, ASKED_AT + 2 * HOUR)
    asking = [each for each in letters(program) if each.kind is LetterKind.DIRECT]
    assert sorted(each.user_id for each in asking) == sorted(people)
    state = LetterState.SENT if was_sent else LetterState.WAITING
    assert {(each.state, each.not_after) for each in asking} == {(state, MEETS - 2 * HOUR)}


def drops_what_says_nothing(program: Program) -> None:
    """As the delivery does with a message that has nothing to say when it is to be sent."""
    with program.store.writing() as session:
        for each in session.exec(select(Letter).where(Letter.page == "preparation")):
            each.state, each.last_error = LetterState.DROPPED, NOTHING_TO_SAY


# Updates once people were asked about the next review: they are for that one, and none of the last that closed.
def is_told_below(program: Program, name: str, at: datetime) -> bool:
    """True for an update of the account that has a line in the thread of the last review."""
    told = program.did(updates.move, ANN, at, program.accounts[name], text="They signed")
    key = f"event:{told.event.id}:line:{program.reviews[-1]}"
    return program.store.read_now(outbox.by_key, WORKSPACE, key) is not None


def test_the_last_review_tells_late_updates_until_people_are_asked_about_the_next(program: Program) -> None:
    assert is_told_below(program, "globex", ASKED_AT - HOUR)
    ask(program)
    assert not is_told_below(program, "acme", ASKED_AT + HOUR)
    review = program.store.read_now(review_facts, WORKSPACE, program.reviews[-1], now=ASKED_AT + HOUR)
    assert program.store.read_now(with_late_entries, WORKSPACE, review).late == ("Globex",)
