"""People away on a day, and their stand-ins who can be asked."""

from datetime import date

from agendas.facts.people import Right
from agendas.rules.preparing import stands_in
from agendas.verbs import people
from agendas.verbs.cadences import cadence_facts
from agendas.verbs.loading import away_on
from agendas.verbs.reads import get_person
from storage import people as stored_people
from storage.people import SlackUser
from tests.builders import ANN, BOB, CHANNEL, CLEO, DAN, EVE, HOUR, NOW, WORKSPACE
from tests.program import Program, days_away

FIRST, LAST = date(2026, 11, 30), date(2026, 12, 4)
DAY = date(2026, 12, 1)


def is_away(program: Program, user_id: str, stand_in: str = "", first: date = FIRST, last: date = LAST) -> None:
    with program.store.writing() as session:
        session.add(days_away(user_id, first, last, stand_in=stand_in))


def standing_in(program: Program, user_id: str = ANN) -> str:
    return stands_in(user_id, program.read(away_on, [user_id], DAY))


def test_a_stand_in_is_asked_only_who_is_there_and_may_record(program: Program) -> None:
    is_away(program, ANN, BOB)
    assert standing_in(program) == BOB
    program.did(people.give, EVE, NOW, BOB, function=None, right=Right.VIEWER)
    assert standing_in(program) == ""
    program.did(people.give, EVE, NOW, BOB, function=None, right=Right.EDITOR)
    is_away(program, BOB, CLEO)
    assert set(program.read(away_on, [ANN, DAN], DAY)) == {ANN, BOB}
    assert standing_in(program) == ""
    assert standing_in(program, BOB) == CLEO
    with program.store.writing() as session:
        stored_people.save_users(session, WORKSPACE, [SlackUser(CLEO, WORKSPACE, "Cleo", is_deleted=True)], NOW)
    assert standing_in(program, BOB) == ""


def test_while_everybody_is_away_each_has_an_entry_and_no_review_is_planned(program: Program) -> None:
    with program.store.writing() as session:
        session.add(days_away("", FIRST, LAST, name="Winter break"))
    found = program.read(away_on, [ANN, BOB], DAY)
    assert {user_id: each.name for user_id, each in found.items()} == {ANN: "Winter break", BOB: "Winter break"}
    assert program.read(away_on, [ANN], date(2026, 12, 5)) == {}
    cadence = program.read(cadence_facts, CHANNEL, now=NOW)
    assert [each.planned_on for each in cadence.upcoming] == [date(2026, 12, day) for day in (7, 14, 21)]
    assert [(each.on, each.name) for each in cadence.days_left_out] == [(FIRST, "Winter break")]
    assert cadence.plan.days_off == frozenset()


def test_ends_are_judged_by_the_day_where_the_person_is(program: Program) -> None:
    is_away(program, ANN, BOB, date(2026, 11, 24), date(2026, 11, 24))
    midnight = NOW.replace(hour=5)  # in New York, where it is 24 Nov until 05:00 UTC of the 25th
    person = program.read(get_person, ANN, now=NOW)
    assert (person.is_away, person.away_until, person.stand_in) == (True, date(2026, 11, 24), BOB)
    assert program.read(get_person, ANN, now=midnight).is_away
    assert not program.read(get_person, ANN, now=midnight - HOUR).is_away
    assert program.read(get_person, ANN, now=midnight + 23 * HOUR).is_away
    assert not program.read(get_person, ANN, now=midnight + 24 * HOUR).is_away
