"""Days away said, changed and taken back; stand-ins who cannot be asked; and everybody's days."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from agendas.errors import FieldProblems, Outdated
from agendas.facts.people import Right
from agendas.facts.reviews import Away
from agendas.verbs import people
from agendas.verbs.home import home_facts
from agendas.verbs.people import Kept, is_back, say_away, take_back
from agendas.verbs.reads import away_now, own_by_need
from storage import people as stored_people
from storage import trail
from storage.people import SlackUser
from tests.builders import ANN, BOB, CLEO, DAN, EVE, NOW, WORKSPACE, ZONE, person
from tests.program import Program

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
    assert [each.user_id for each in home.standing_for] == [CLEO]
    assert mine(CLEO) <= {each.facts.account.account_id for each in home.accounts}
    assert [each.user_id for each in program.read(home_facts, person(CLEO), now=NOW).away] == [CLEO]
    says(program, by=ANN, from_on=NOW.date(), until_on=NOW.date())
    assert mine(ANN) == own
