from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from agendas.errors import FieldProblems, Outdated, Refused
from agendas.facts.people import Function, Right
from agendas.facts.reviews import Away
from agendas.rules.preparing import stand_in_of
from agendas.verbs import people
from agendas.verbs.cadences import cadence_facts
from agendas.verbs.home import home_facts
from agendas.verbs.letters import left_behind
from agendas.verbs.loading import away_on, leads_of
from agendas.verbs.people import PAGE, Kept, greet, is_back, say_away, take_back
from agendas.verbs.reads import away_now, get_person, own_by_need
from storage import people as stored_people
from storage import trail
from storage.database import Store
from storage.models.delivery import Letter
from storage.people import SlackUser
from tests.builders import ANN, BOB, CHANNEL, CLEO, DAN, EVE, HOUR, NOW, WORKSPACE, ZONE, person
from tests.program import Program, days_away

# First words: once per person ever, however many processes see the person at once.

NIA, THERE = "U0NIA0001", "T0THERE01"
OUTSIDE = {
    "U0GUEST01": {"is_guest": True},
    "U0EXTERN1": {"is_external": True},
    "U0ROBOT01": {"is_bot": True},
    "U0GONE001": {"is_deleted": True},
}


def greeted(store: Store) -> list[tuple[str, str]]:
    def read(session: Session) -> list[tuple[str, str]]:
        rows = session.exec(select(Letter).where(Letter.page == PAGE).order_by(col(Letter.id)))
        return [(row.workspace_id, row.user_id) for row in rows]

    return store.read_now(read)


@pytest.mark.database("sqlite", "postgres")
def test_processes_that_see_somebody_at_once_greet_them_once_and_each_workspace_by_itself(store: Store) -> None:
    for workspace_id in (WORKSPACE, THERE):
        store.write_now(stored_people.save_users, workspace_id, [SlackUser(NIA, workspace_id, "Nia")], NOW)
    processes = [Store(store.url) for _ in range(4)]
    with ThreadPoolExecutor(len(processes)) as pool:
        done = list(pool.map(lambda each: each.write_now(greet, WORKSPACE, NIA, now=NOW), processes))
    for each in processes:
        each.close()
    assert sorted(done) == [False, False, False, True]
    assert store.write_now(greet, THERE, NIA, now=NOW) is True
    assert greeted(store) == [(WORKSPACE, NIA), (THERE, NIA)]


def test_nobody_is_greeted_who_may_not_use_the_bot_or_was_never_seen(store: Store) -> None:
    users = [SlackUser(user_id, WORKSPACE, "Sample", **flags) for user_id, flags in OUTSIDE.items()]
    store.write_now(stored_people.save_users, WORKSPACE, users, NOW)
    assert not any(store.write_now(greet, WORKSPACE, user_id, now=NOW) for user_id in (*OUTSIDE, "U0NOBODY1"))
    assert greeted(store) == []


# One lead for each function, in the place of the one before.
def leads(program: Program) -> dict[Function, str]:
    return {each.function: each.person.user_id for each in program.read(leads_of, now=NOW) if each.person}


def lead(program: Program, user_id: str, *functions: Function, right: Right = Right.EDITOR) -> None:
    program.did(people.give, EVE, NOW, user_id, function=None, right=right, leads=functions)


def test_an_observer_leads_nothing_and_a_deactivated_lead_is_told_of(program: Program) -> None:
    with pytest.raises(Refused, match="so cannot lead"):
        lead(program, BOB, Function.SALES, right=Right.OBSERVER)
    assert leads(program) == {}
    lead(program, CLEO, Function.FINANCE)
    program.store.write_now(stored_people.deactivate, WORKSPACE, CLEO, NOW)
    (found,) = [each for each in program.read(leads_of, now=NOW) if each.person]
    assert (found.function, found.can_be_asked) == (Function.FINANCE, False)
    assert program.read(left_behind, CLEO).leads == (Function.FINANCE,)


# Days away said, changed and taken back; stand-ins who cannot be asked; and everybody's days.

FIRST, LAST = date(2026, 11, 30), date(2026, 12, 4)
DAY = timedelta(days=1)
GUS = "U0GUS0001"


def says(program: Program, by: str = ANN, **wish: Any) -> Kept:
    """Keep days of that person's own unless the wish says otherwise."""
    values = {"user_id": by, "from_on": FIRST, "until_on": LAST} | wish
    kept: Kept = program.did(say_away, by, NOW, Away(**values))
    return kept


def seen(program: Program, user_id: str = ANN) -> Any:
    return program.read(away_now, person(user_id), now=NOW)


def test_days_are_kept_changed_and_taken_back_and_the_trail_tells_of_each(program: Program) -> None:
    kept = says(program, stand_in=BOB).away
    assert seen(program).own == (Away(ANN, FIRST, LAST, BOB),)
    assert says(program, stand_in=CLEO).away.id == kept.id
    says(program, until_on=LAST + timedelta(days=1), id=kept.id)
    assert seen(program).own == (Away(ANN, FIRST, LAST + timedelta(days=1)),)
    assert [each.user_id for each in seen(program, BOB).soon] == [ANN]
    assert program.did(take_back, ANN, NOW, kept.id).until_on == LAST + timedelta(days=1)
    assert seen(program).own == ()
    told = [(each.before, each.after) for each in program.read(trail.of_subject, f"days away:{ANN}")]
    first = {"days": "2026-11-30 to 2026-12-04", "stand_in": BOB}
    longer = {"days": "2026-11-30 to 2026-12-05"}
    assert sorted(told, key=str) == sorted(
        [({}, first), (first, first | {"stand_in": CLEO}), (first | {"stand_in": CLEO}, longer), (longer, {})], key=str
    )
    with pytest.raises(Outdated):
        program.did(take_back, ANN, NOW, kept.id)


def test_who_is_back_early_was_away_until_yesterday(program: Program) -> None:
    today = NOW.date()
    says(program, from_on=today - timedelta(days=3), until_on=LAST)
    says(program, from_on=today, until_on=LAST)
    assert [each.user_id for each in seen(program, BOB).now] == [ANN]
    assert len(program.did(is_back, ANN, NOW)) == 2
    assert (seen(program).own, seen(program, BOB).now) == ((), ())
    assert program.did(is_back, ANN, NOW) == ()


def test_a_stand_in_who_cannot_be_asked_is_refused_with_the_reason_and_nothing_is_kept(program: Program) -> None:
    says(program, by=CLEO, from_on=LAST, until_on=LAST)
    with program.store.writing() as session:
        stored_people.save_users(session, WORKSPACE, [SlackUser(GUS, WORKSPACE, "Gus", is_guest=True)], NOW)
    program.did(people.give, EVE, NOW, BOB, function=None, right=Right.OBSERVER)
    for stand_in, sentence in (
        (ANN, "Nobody stands in for themselves"),
        (BOB, "Bob is an observer, so cannot record"),
        (DAN, "Dan is a viewer, so cannot record"),
        (GUS, "Gus is a guest"),
        (CLEO, "Cleo is away too, 4 Dec. Name somebody else."),
        ("U0NOBODY1", "not known here"),
    ):
        with pytest.raises(FieldProblems) as refused:
            says(program, stand_in=stand_in)
        assert sentence in refused.value.fields["stand_in"], stand_in
    assert seen(program).own == ()


def test_days_that_touch_others_with_another_stand_in_are_refused_and_change_nothing(program: Program) -> None:
    kept = says(program, stand_in=BOB).away
    for wish in ({"from_on": LAST, "until_on": LAST + DAY}, {"from_on": FIRST - DAY}, {"until_on": FIRST}):
        with pytest.raises(FieldProblems) as refused:
            says(program, stand_in=CLEO, **wish)
        assert refused.value.fields["stand_in"] == (
            "Bob is the stand-in for 30 Nov to 4 Dec already, so two would stand in on one day. Name Bob here too, "
            "choose other days, or change those first: /abm away."
        )
    assert seen(program).own == (kept,)
    for wish in ({"stand_in": BOB}, {"stand_in": ""}, {"stand_in": CLEO, "from_on": LAST + DAY}):
        says(program, **{"from_on": LAST, "until_on": LAST + DAY} | wish)
    assert len(seen(program).own) == 3
    with pytest.raises(FieldProblems, match="Cleo is the stand-in for 5 Dec already"):
        says(program, id=kept.id, until_on=LAST + DAY, stand_in=BOB)
    assert says(program, by=BOB, stand_in=CLEO).away.stand_in == CLEO, "of another person"


def test_the_accounts_of_whom_they_stand_in_for_are_theirs_meanwhile_and_nobody_elses(program: Program) -> None:
    def mine(user_id: str, at: datetime = NOW) -> set[int]:
        return set(program.read(own_by_need, user_id, now=at, zone=ZONE))

    own, of_bob = mine(ANN), mine(BOB)
    says(program, by=CLEO, from_on=NOW.date(), until_on=NOW.date(), stand_in=ANN)
    assert mine(ANN) > own
    assert mine(ANN) == own | mine(CLEO)
    assert mine(ANN, NOW + timedelta(days=1)) == own
    assert mine(BOB) == of_bob
    home = program.read(home_facts, person(ANN), now=NOW)
    assert [each.user_id for each in home.covering_for] == [CLEO]
    assert mine(CLEO) <= {each.facts.account.account_id for each in home.accounts}
    assert [each.user_id for each in program.read(home_facts, person(CLEO), now=NOW).away] == [CLEO]
    says(program, by=ANN, from_on=NOW.date(), until_on=NOW.date())
    assert mine(ANN) == own


# People away on a day, and their stand-ins who can be asked.

FIRST_OF_DECEMBER = date(2026, 12, 1)


def is_away(program: Program, user_id: str, stand_in: str = "", first: date = FIRST, last: date = LAST) -> None:
    with program.store.writing() as session:
        session.add(days_away(user_id, first, last, stand_in=stand_in))


def standing_in(program: Program, user_id: str = ANN) -> str:
    return stand_in_of(user_id, program.read(away_on, [user_id], FIRST_OF_DECEMBER))


def test_a_stand_in_is_asked_only_who_is_there_and_may_record(program: Program) -> None:
    is_away(program, ANN, BOB)
    assert standing_in(program) == BOB
    program.did(people.give, EVE, NOW, BOB, function=None, right=Right.VIEWER)
    assert standing_in(program) == ""
    program.did(people.give, EVE, NOW, BOB, function=None, right=Right.EDITOR)
    is_away(program, BOB, CLEO)
    assert set(program.read(away_on, [ANN, DAN], FIRST_OF_DECEMBER)) == {ANN, BOB}
    assert standing_in(program) == ""
    assert standing_in(program, BOB) == CLEO
    with program.store.writing() as session:
        stored_people.save_users(session, WORKSPACE, [SlackUser(CLEO, WORKSPACE, "Cleo", is_deleted=True)], NOW)
    assert standing_in(program, BOB) == ""


def test_while_everybody_is_away_each_has_an_entry_and_no_review_is_planned(program: Program) -> None:
    with program.store.writing() as session:
        session.add(days_away("", FIRST, LAST, name="Winter break"))
    found = program.read(away_on, [ANN, BOB], FIRST_OF_DECEMBER)
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
