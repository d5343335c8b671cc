"""A channel's cadence: saved, changed, one date skipped or moved, paused; every change in the audit trail."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import Session, select

from agendas.errors import NotAMember, Outdated, Refused
from agendas.facts.account import Rhythm
from agendas.facts.reviews import AS_USUAL, CadenceFacts, CadenceKind, CadenceWish, Plan, Preparation, Reminding
from agendas.verbs import cadences, reviews
from agendas.verbs.cadences import change_preparation
from storage import people
from storage import reviews as stored_reviews
from storage.models.reviews import Cadence
from storage.models.workspaces import AuditEntry
from tests.builders import ANN, CHANNEL, EVE, NOW, ZONE
from tests.cases import cases
from tests.program import Program

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
        return list(session.exec(select(AuditEntry).where(AuditEntry.subject == f"cadence:{program.cadence_id}")))

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
        return list(session.exec(select(AuditEntry).where(AuditEntry.subject == f"cadence:{program.cadence_id}")))

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


def test_while_paused_nothing_is_due_and_resuming_misses_nothing_behind(program: Program) -> None:
    program.did(cadences.pause, EVE, NOW, CHANNEL)
    assert row(program).next_at is None
    with pytest.raises(Refused, match="paused already"):
        program.did(cadences.pause, EVE, NOW, CHANNEL)
    program.did(cadences.resume, EVE, NEXT_AT + timedelta(days=1), CHANNEL)
    assert row(program).next_on == date(2026, 12, 7)
    with pytest.raises(Refused, match="are not paused"):
        program.did(cadences.resume, EVE, NOW, CHANNEL)


def test_a_change_made_while_a_review_is_due_does_not_pass_over_it(program: Program) -> None:
    late_by_a_moment = NEXT_AT + timedelta(milliseconds=300)
    program.did(cadences.skip, EVE, late_by_a_moment, CHANNEL, because="Holiday", planned_on=date(2026, 12, 28))
    assert (row(program).next_at, row(program).next_on) == (NEXT_AT, NEXT)
    program.store.write_now(reviews.open_due, program.cadence_id, now=late_by_a_moment)
    assert row(program).next_on == date(2026, 12, 7)
    program.did(cadences.skip, EVE, late_by_a_moment, CHANNEL, because="Holiday", planned_on=date(2026, 12, 21))
    assert row(program).next_on == date(2026, 12, 7)


@pytest.mark.parametrize("how", ["skip", "move", "pause"])
def test_what_is_skipped_moved_or_paused_in_its_last_second_is_not_posted_at_its_time(
    program: Program, how: str
) -> None:
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
