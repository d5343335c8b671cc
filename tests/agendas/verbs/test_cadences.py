import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from agendas.errors import NotAMember, Outdated, Refused
from agendas.facts.account import Rhythm
from agendas.facts.reviews import (
    AS_USUAL,
    USUAL,
    AgendaItem,
    AgendaSection,
    CadenceFacts,
    CadenceKind,
    CadenceWish,
    Plan,
    Preparation,
    Reminding,
)
from agendas.verbs import account_list, cadences, review_reads, reviews
from agendas.verbs.cadences import add_account, change_preparation, schedule
from agendas.verbs.closing import close_by_person
from agendas.verbs.review_reads import review_facts
from storage import outbox, people, trail
from storage import reviews as stored_reviews
from storage.database import Store, hiding
from storage.models.accounts import Account
from storage.models.reviews import Cadence, Review, ReviewItem
from storage.models.workspaces import AuditEntry
from tests.builders import ANN, BOB, CHANNEL, EVE, NOW, WORKSPACE, ZONE, author
from tests.cases import cases
from tests.program import Program, learn_people, stored_program

# A channel's cadence: saved, changed, one date skipped or moved, paused; every change in the audit trail.

NEXT = date(2026, 11, 30)
NEXT_AT = datetime(2026, 11, 30, 15, tzinfo=UTC)
WISH = CadenceWish(Plan(Rhythm.WEEKLY, date(2026, 11, 9), time(10), ZONE), minutes=45, facilitator=EVE)


def row(program: Program) -> Cadence:
    found: Cadence = program.read(stored_reviews.cadence_of, CHANNEL)
    return found


def dates(facts: CadenceFacts) -> list[date]:
    return [each.planned_on for each in facts.upcoming]


def test_a_new_cadence_knows_its_next_instant_and_its_channel(program: Program) -> None:
    facts = program.did(cadences.schedule, EVE, NOW, "C0OTHER01", replace(WISH, tiers=(1,), owners=(ANN,)))
    assert (facts.tiers, facts.owners, dates(facts)[0]) == ((1,), (ANN,), NEXT)
    assert program.read(people.find_channel, "C0OTHER01") is not None
    assert program.read(stored_reviews.cadence_of, "C0OTHER01").next_at == NEXT_AT


def test_saving_it_again_changes_the_one_cadence_of_the_channel(program: Program) -> None:
    friday = Plan(Rhythm.BIWEEKLY, date(2026, 11, 27), time(16, 30), "Europe/London", frozenset({date(2026, 12, 25)}))
    facts = program.did(cadences.schedule, EVE, NOW, CHANNEL, replace(WISH, plan=friday, minutes=30))
    assert facts.id == program.cadence_id
    assert dates(facts) == [date(2026, 11, 27), date(2026, 12, 11), date(2027, 1, 8)]
    assert row(program).next_at == datetime(2026, 11, 27, 16, 30, tzinfo=UTC)


def test_a_preparation_is_kept_until_it_is_changed_and_the_trail_says_what_differs(program: Program) -> None:
    assert program.read(cadences.cadence_facts, CHANNEL, now=NOW).preparation == Preparation()
    wanted = Preparation(48 * 60, 60, Reminding.ACTIVE, (ANN,), (EVE,))
    assert program.did(change_preparation, EVE, NOW, CHANNEL, wanted).preparation == wanted
    # the form of the schedule does not ask of it
    assert program.did(cadences.schedule, EVE, NOW, CHANNEL, WISH).preparation == wanted
    assert (
        program.did(cadences.schedule, EVE, NOW, CHANNEL, replace(WISH, preparation=AS_USUAL)).preparation == AS_USUAL
    )

    def trail(session: Session) -> list[AuditEntry]:
        of_cadence = select(AuditEntry).where(AuditEntry.subject == f"cadence:{program.cadence_id}")
        return list(session.exec(of_cadence.order_by(col(AuditEntry.id))))

    said = {"prep_minutes": 2880, "cutoff_minutes": 60, "reminding": "active", "optional": [ANN], "observing": [EVE]}
    entries = program.store.read_now(trail)[-3:]
    assert [each.after.items() >= said.items() for each in entries] == [True, True, False]
    assert not said.keys() & entries[-1].after.keys()


def test_of_a_preparation_only_members_are_part(program: Program) -> None:
    with pytest.raises(NotAMember):
        program.did(change_preparation, EVE, NOW, CHANNEL, Preparation(optional=("U0NOBODY1",)))


def test_an_executive_review_is_not_prepared(program: Program) -> None:
    program.did(cadences.schedule, EVE, NOW, CHANNEL, replace(WISH, kind=CadenceKind.EXECUTIVE))
    with pytest.raises(Refused, match="takes no accounts"):
        program.did(change_preparation, EVE, NOW, CHANNEL, AS_USUAL)


def test_every_change_is_in_the_audit_trail_with_before_and_after(program: Program) -> None:
    program.did(cadences.skip, EVE, NOW, CHANNEL, because="Holiday")

    def trail(session: Session) -> list[AuditEntry]:
        of_cadence = select(AuditEntry).where(AuditEntry.subject == f"cadence:{program.cadence_id}")
        return list(session.exec(of_cadence.order_by(col(AuditEntry.id))))

    first, last = program.store.read_now(trail)
    assert first.before is None
    assert (last.actor, last.before["next_on"], last.after["next_on"]) == (EVE, "2026-11-30", "2026-12-07")


@cases("on", [date(2026, 12, 1), date(2026, 11, 2), date(2020, 1, 6)])
def test_a_date_without_a_review_can_be_neither_skipped_nor_moved(program: Program, on: date) -> None:
    with pytest.raises(Refused, match="No review is planned for that date"):
        program.did(cadences.skip, EVE, NOW, CHANNEL, because="x", planned_on=on)
    with pytest.raises(Refused, match="No review is planned for that date"):
        program.did(cadences.move_one, EVE, NOW, CHANNEL, moved_to=NEXT_AT, planned_on=on)


@pytest.mark.parametrize("on", [date(2026, 11, 23), date(2026, 11, 16)])
def test_a_date_whose_review_was_opened_can_be_neither_skipped_nor_moved(program: Program, on: date) -> None:
    for verb, values in ((cadences.skip, {}), (cadences.move_one, {"moved_to": NEXT_AT})):
        with pytest.raises(Refused, match="was opened already"):
            program.did(verb, EVE, NOW, CHANNEL, because="x", planned_on=on, **values)


def test_a_date_moved_behind_the_following_one_is_still_held(program: Program) -> None:
    later = NEXT_AT + timedelta(days=8)
    program.did(cadences.move_one, EVE, NOW, CHANNEL, moved_to=later)
    assert row(program).next_on == date(2026, 12, 7)
    program.store.write_now(reviews.open_due, program.cadence_id, now=NEXT_AT + timedelta(days=7))
    assert (row(program).next_on, row(program).next_at) == (NEXT, later)


def test_the_past_is_no_place_to_move_to(program: Program) -> None:
    with pytest.raises(Refused, match="That time has passed"):
        program.did(cadences.move_one, EVE, NOW, CHANNEL, moved_to=NOW)


def test_a_skipped_date_that_is_moved_is_held_after_all(program: Program) -> None:
    program.did(cadences.skip, EVE, NOW, CHANNEL, because="Holiday")
    facts = program.did(cadences.move_one, EVE, NOW, CHANNEL, moved_to=NEXT_AT + timedelta(days=1), planned_on=NEXT)
    assert (facts.upcoming[0].planned_on, facts.upcoming[0].was_moved) == (NEXT, True)


def test_a_skipped_date_that_is_over_or_that_another_review_has_taken_is_not_held_after_all(program: Program) -> None:
    program.did(cadences.skip, EVE, NOW, CHANNEL, because="Holiday")
    with pytest.raises(Refused, match="its time has passed"):
        program.did(cadences.hold_after_all, EVE, NEXT_AT, program.cadence_id, NEXT)
    program.did(cadences.move_one, EVE, NOW, CHANNEL, planned_on=date(2026, 12, 7), moved_to=NEXT_AT)
    with pytest.raises(Refused, match="Move that one first"):
        program.did(cadences.hold_after_all, EVE, NOW, program.cadence_id, NEXT)
    for cadence_id, on in ((999, NEXT), (program.cadence_id, date(2026, 12, 14))):
        with pytest.raises((Outdated, Refused)):
            program.did(cadences.hold_after_all, EVE, NOW, cadence_id, on)


def test_a_change_made_while_a_review_is_due_does_not_pass_over_it(program: Program) -> None:
    late_by_a_moment = NEXT_AT + timedelta(milliseconds=300)
    program.did(cadences.skip, EVE, late_by_a_moment, CHANNEL, because="Holiday", planned_on=date(2026, 12, 28))
    assert (row(program).next_at, row(program).next_on) == (NEXT_AT, NEXT)
    program.store.write_now(reviews.open_due, program.cadence_id, now=late_by_a_moment)
    assert row(program).next_on == date(2026, 12, 7)
    program.did(cadences.skip, EVE, late_by_a_moment, CHANNEL, because="Holiday", planned_on=date(2026, 12, 21))
    assert row(program).next_on == date(2026, 12, 7)


@pytest.mark.parametrize("how", ["skip", "move", "pause"])
def test_what_is_skipped_moved_or_paused_in_its_last_second_is_not_posted_at_its_time(program: Program, how: str):
    last_second = NEXT_AT - timedelta(seconds=1)
    before = len(program.read(stored_reviews.get_all))
    if how == "skip":
        program.did(cadences.skip, EVE, last_second, CHANNEL, because="Holiday")
    elif how == "move":
        program.did(cadences.move_one, EVE, last_second, CHANNEL, moved_to=NEXT_AT + timedelta(hours=1))
    else:
        program.did(cadences.pause, EVE, last_second, CHANNEL)
    program.store.write_now(reviews.open_due, program.cadence_id, now=NEXT_AT)
    assert len(program.read(stored_reviews.get_all)) == before


def test_a_review_is_not_moved_to_the_time_that_it_has(program: Program) -> None:
    with pytest.raises(Refused, match="is at that time already"):
        program.did(cadences.move_one, EVE, NOW, CHANNEL, moved_to=NEXT_AT)
    assert row(program).next_at == NEXT_AT


def test_a_review_is_not_moved_to_the_time_of_another(program: Program) -> None:
    with pytest.raises(Refused, match="Another review of this channel is planned at that time"):
        program.did(cadences.move_one, EVE, NOW, CHANNEL, moved_to=NEXT_AT + timedelta(days=7))
    assert row(program).next_at == NEXT_AT


# The scope of a cadence as it stands now, and accounts in it that its author cannot see.

OTHER_CHANNEL = "C0OTHER01"


def test_accounts_that_the_author_cannot_see_stay_in_the_scope_and_others_can_be_taken_out(store: Store) -> None:
    program = stored_program(store)
    acme, umber, larch = (program.accounts[name] for name in ("acme", "umber", "larch"))
    program.did(cadences.schedule, EVE, NOW, OTHER_CHANNEL, replace(WISH, account_ids=(acme, umber, larch)))

    def without_larch(session: Session) -> list[int]:
        with hiding(session, [acme]):
            shown = cadences.chosen_names(session, WORKSPACE, (acme, umber, larch))
            assert [number for _, number in shown] == sorted(map(str, (umber, larch)), key=int)
            cadences.schedule(session, author(EVE, NOW), OTHER_CHANNEL, replace(WISH, account_ids=(umber,)))
        row = stored_reviews.cadence_of(session, WORKSPACE, OTHER_CHANNEL)
        assert row is not None
        return sorted(row.scope["account_ids"])

    assert store.write_now(without_larch) == sorted([acme, umber])


def test_what_a_scope_has_now_is_counted_with_its_minutes(store: Store) -> None:
    stored_program(store)
    found = store.read_now(
        cadences.scope_now, WORKSPACE, cadences.CadenceScope(), channel_id=OTHER_CHANNEL, zone=ZONE, now=NOW
    )
    assert found.to_discuss is not None
    assert found.accounts >= found.to_discuss > 0
    none = cadences.CadenceScope(segments=("None",))
    nobody = store.read_now(cadences.scope_now, WORKSPACE, none, channel_id=OTHER_CHANNEL, zone=ZONE, now=NOW)
    assert (nobody.accounts, nobody.to_discuss, nobody.minutes) == (0, 0, 0)
    assert nobody.empty_segments == ("None",)


def test_an_account_private_to_another_channel_is_not_counted(store: Store) -> None:
    program = stored_program(store)
    here, there = "C0OTHER01", "C0OTHER02"

    def count(channel_id: str) -> int:
        found = store.read_now(
            cadences.scope_now, WORKSPACE, cadences.CadenceScope(), channel_id=channel_id, zone=ZONE, now=NOW
        )
        return found.accounts

    def hide(session: Session) -> None:
        row = session.get(Account, program.accounts["acme"])
        assert row is not None
        row.private_channel = there
        session.add(row)

    everything = count(here)
    store.write_now(hide)
    assert (count(here), count(there)) == (everything - 1, everything)


# Sections of a cadence's agendas: chosen from the next review on; what a review opened with stays as it was.

GAPS_FIRST = (AgendaSection.GAPS, AgendaSection.WHY)
LATER = NOW + timedelta(minutes=5)


def items(program: Program, review_id: int) -> tuple[AgendaItem, ...]:
    return tuple(program.read(review_facts, review_id, now=LATER).items)


def opened(program: Program) -> Review:
    return program.did(reviews.open_now, EVE, LATER, CHANNEL, asked_by="1", today=LATER.date())


def test_chosen_sections_count_from_the_next_review_on_and_the_trail_says_so(program: Program) -> None:
    running = program.reviews[-1]
    assert program.did(cadences.choose_sections, EVE, NOW, CHANNEL, GAPS_FIRST).sections == GAPS_FIRST
    assert {each.sections for each in items(program, running)} == {USUAL}
    program.did(close_by_person, EVE, NOW, running, was_held=True)
    review = opened(program)
    assert review.sections == ["gaps", "why"]
    assert {each.sections for each in items(program, review.row_id)} == {GAPS_FIRST}

    def trail(session: Session) -> list[AuditEntry]:
        of_cadence = select(AuditEntry).where(AuditEntry.subject == f"cadence:{program.cadence_id}")
        return list(session.exec(of_cadence.order_by(col(AuditEntry.id))))

    assert program.store.read_now(trail)[-1].after["sections"] == ["gaps", "why"]
    assert program.did(cadences.choose_sections, EVE, LATER, CHANNEL, USUAL).sections == USUAL
    assert program.read(stored_reviews.cadence_of, CHANNEL).sections == [], "as one of which nobody chose"


def test_nothing_chosen_and_a_review_of_executives_are_refused(program: Program) -> None:
    with pytest.raises(Refused, match="at least one section"):
        program.did(cadences.choose_sections, EVE, NOW, CHANNEL, ())

    def of_executives(session: Session) -> None:
        row = stored_reviews.cadence_of(session, WORKSPACE, CHANNEL)
        assert row is not None
        row.kind = CadenceKind.EXECUTIVE

    program.store.write_now(of_executives)
    with pytest.raises(Refused, match="takes no accounts"):
        program.did(cadences.choose_sections, EVE, NOW, CHANNEL, USUAL)


def test_the_question_is_kept_with_its_numbers_when_the_review_opens(program: Program) -> None:
    def kept(session: Session) -> dict[int, list[object]]:
        rows = session.exec(select(ReviewItem).where(ReviewItem.review_id == program.reviews[-1]))
        return {row.account_id: row.question for row in rows}

    found = program.store.read_now(kept)
    asked = {each.facts.account.account_id: each.question for each in items(program, program.reviews[-1])}
    assert asked == {account_id: str(question[0]) if question else "" for account_id, question in found.items()}
    assert any(asked.values())
    assert all(len(question) == 3 for question in found.values() if question)


def test_the_account_shown_is_the_first_that_was_discussed(program: Program) -> None:
    first = items(program, program.reviews[-1])[0].facts.account
    shown = program.read(cadences.account_to_show, CHANNEL, {})
    assert shown == first.account_id
    item = program.read(cadences.shown_account, shown, now=NOW, zone="UTC")
    assert item is not None
    assert item.facts.account.name == first.name
    assert program.read(cadences.shown_account, 0, now=NOW, zone="UTC") is None
    assert program.read(cadences.account_to_show, "C0OTHER01", {"tiers": (9,)}) == 0


# Accounts left out of a review: counted from review to review, added once.

WEEK = timedelta(days=7)


def leaves_out(program: Program, short: str) -> int:
    with program.store.writing() as session:
        item = _item(session, program, short)
        item.part, item.minutes = "left_out", 8
        session.add(item)
        return item.row_id


def _item(session: Session, program: Program, short: str) -> ReviewItem:
    found = stored_reviews.items(session, program.reviews[-1])
    return next(item for item in found if item.account_id == program.accounts[short])


def times(program: Program, short: str) -> int:
    """How often the review that is open found the account left out before."""
    return int(program.store.read_now(lambda session: _item(session, program, short).times_left_out))


def test_the_reviews_in_a_row_that_left_an_account_out_are_counted(program: Program) -> None:
    found = []
    for week in range(1, 4):
        if week < 3:
            leaves_out(program, "acme")
        program.closes_review(NOW + (week - 1) * WEEK)
        program.opens_review(NOW + week * WEEK - timedelta(days=1))
        found.append(times(program, "acme"))
    assert found == [1, 2, 0]
    assert times(program, "globex") == 0


def test_an_account_is_added_once_its_message_posted_and_the_header_edited_after_it(program: Program) -> None:
    item_id = leaves_out(program, "acme")
    assert program.did(add_account, ANN, NOW, item_id) == ("Acme Corp", date(2026, 11, 23))
    with pytest.raises(Refused, match="in the review of Mon 23 Nov already"):
        program.did(add_account, BOB, NOW, item_id)
    [entry] = program.read(trail.of_subject, f"review:{program.reviews[-1]}")
    assert (entry.actor, entry.at, entry.before, entry.after) == (
        ANN,
        NOW,
        {"account_id": program.accounts["acme"], "part": "left_out"},
        {"account_id": program.accounts["acme"], "part": "discussed"},
    )
    letters = program.store.read_now(outbox.of_review, program.reviews[-1])
    [posted] = [letter for letter in letters if letter.key.endswith(f":item:{item_id}")]
    edits = [letter for letter in letters if ":header:edit:" in letter.key]
    assert [edit.parent for edit in edits] == [posted.id]
    with pytest.raises(Outdated):
        program.did(add_account, ANN, NOW, 999_999)
    other_id = leaves_out(program, "globex")
    program.did(account_list.pause, ANN, NOW, program.accounts["globex"], because="Merger")
    with pytest.raises(Refused, match="Globex is paused meanwhile, so it was not added"):
        program.did(add_account, ANN, NOW, other_id)
    program.closes_review(NOW)
    with pytest.raises(Refused, match="The review of Mon 23 Nov is closed, so Acme Corp was not added"):
        program.did(add_account, ANN, NOW, item_id)
    program.opens_review(NOW + WEEK - timedelta(days=1))
    assert times(program, "acme") == 0, "it was discussed"


def test_the_open_review_of_an_account_is_found_with_its_closing(program: Program) -> None:
    acme, larch = program.accounts["acme"], program.accounts["larch"]
    found = program.store.read_now(review_reads.of_accounts, WORKSPACE, [acme, larch])
    assert list(found) == [acme]
    assert found[acme].id == program.reviews[-1]
    assert found[acme].closes_at is not None
    assert program.read(review_reads.in_workspace) == (program.read(review_reads.in_channel, CHANNEL),)
    program.closes_review(NOW)
    assert program.read(review_reads.in_workspace) == ()


# Twelve months of cadences through both changes of the clocks, opened as the tick does, in four zones.

ZONES = ("America/New_York", "Europe/London", "Australia/Sydney", "Asia/Kolkata")
"""Of the first three each changes its clocks on other days, the last one never does."""
ANCHOR = date(2026, 3, 2)
WALL = time(9, 30)
WEEKS = 52
BEGUN = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def year(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Store]:
    """A store where each zone has a weekly and a biweekly cadence; no account is on the list, so nothing is posted."""
    shutil.copy(migrated_sqlite, tmp_path / "year.db")
    store = Store(f"sqlite:///{tmp_path / 'year.db'}")
    learn_people(store)
    for zone in ZONES:
        for rhythm in (Rhythm.WEEKLY, Rhythm.BIWEEKLY):
            wish = CadenceWish(Plan(rhythm, ANCHOR, WALL, zone), minutes=45, facilitator=EVE)
            store.write_now(schedule, author(EVE, BEGUN), f"C0{rhythm.value}{zone}"[:32], wish)
    yield store
    store.close()


def pass_time(session: Session, *, weeks: int = WEEKS, again_from: timedelta | None = None) -> None:
    """Every cadence is opened whenever it is due.

    `again_from`: the clock is then put back by so much and the cadence saved anew, so that it is due once more.
    """
    for cadence in stored_reviews.cadences(session, WORKSPACE):
        while cadence.next_on is not None and cadence.next_on < ANCHOR + timedelta(weeks=weeks):
            at = cadence.next_at
            assert at is not None
            reviews.open_due(session, cadence.row_id, now=at)
            if again_from is not None:
                save_again(session, cadence, at - again_from)
                assert cadence.next_at == at
                reviews.open_due(session, cadence.row_id, now=at)


def save_again(session: Session, cadence: Cadence, at: datetime) -> None:
    """The schedule form submitted again without a change."""
    wanted = Plan(Rhythm(cadence.rhythm), cadence.anchor_on, cadence.local_time, cadence.zone)
    wish = CadenceWish(wanted, minutes=cadence.minutes, facilitator=cadence.facilitator)
    schedule(session, author(EVE, at), cadence.channel_id, wish)


@pytest.mark.proof
def test_weekly_meets_52_times_and_biweekly_26_always_at_the_same_local_time(year: Store) -> None:
    year.write_now(pass_time)
    held = year.read_now(stored_reviews.get_all, WORKSPACE)
    cadences = {each.row_id: each for each in year.read_now(stored_reviews.cadences, WORKSPACE)}
    for number, cadence in cadences.items():
        planned = [row for row in held if row.cadence_id == number]
        weeks = 1 if cadence.rhythm == "weekly" else 2
        assert len(planned) == WEEKS // weeks
        local = [row.planned_at.astimezone(ZoneInfo(cadence.zone)) for row in planned]
        assert {instant.time() for instant in local} == {WALL}
        assert [instant.date() for instant in local] == [row.planned_on for row in planned]
        days = [row.planned_on for row in planned]
        assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(weeks=weeks)}
        assert all(row.late_minutes == 0 for row in planned)


@pytest.mark.proof
def test_a_clock_that_is_put_back_an_hour_after_each_review_opens_none_twice(year: Store) -> None:
    year.write_now(pass_time, weeks=10, again_from=timedelta(hours=1))
    held = year.read_now(stored_reviews.get_all, WORKSPACE)
    assert len(held) == len(ZONES) * (10 + 5) == len({row.slot for row in held})
