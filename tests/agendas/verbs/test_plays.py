from dataclasses import replace
from datetime import date, timedelta

import pytest

from agendas.errors import FieldProblems, NotAMember, Outdated, Refused
from agendas.facts.plays import PlayEnd
from agendas.verbs import card
from agendas.verbs.plays import PlayWish, StepWish, end_play, start_play
from storage.database import Store
from tests.builders import ANN, BOB, NOW, ZONE
from tests.program import stored_program

DUE = date(2026, 12, 1)
WISH = PlayWish(
    "second_thread",
    "Their COO took a call",
    date(2026, 12, 8),
    (StepWish(ANN, DUE), StepWish(BOB, DUE), StepWish(ANN, DUE)),
)


def plays_of(program, short: str = "acme"):
    facts = program.read(card.account_plays, program.accounts[short], now=NOW, zone=ZONE)
    steps = [action for action in facts.account.actions if action.play_id is not None]
    return facts.account.plays, steps


def test_what_may_not_start_or_end_changes_nothing(store: Store) -> None:
    program = stored_program(store)
    acme = program.accounts["acme"]
    before = plays_of(program)
    late = (StepWish(ANN, DUE), StepWish(ANN, date(2026, 11, 23)), StepWish(ANN, DUE))
    with pytest.raises(FieldProblems) as refused:
        program.did(
            start_play, ANN, NOW, acme, replace(WISH, steps=late, outcome_expected="", outcome_due_on=date(2026, 11, 1))
        )
    assert list(refused.value.fields) == ["due/1", "outcome_due_on", "outcome/second_thread"]
    with pytest.raises(NotAMember):
        program.did(start_play, ANN, NOW, acme, replace(WISH, steps=(StepWish("U0NOBODY1", DUE),) * 3))
    with pytest.raises(Outdated, match="The steps of Second thread were changed"):
        program.did(start_play, ANN, NOW, acme, replace(WISH, steps=WISH.steps[:2]))
    with pytest.raises(Outdated, match="The steps of Second thread were changed"):
        program.did(start_play, ANN, NOW, acme, replace(WISH, seen="0a1b2c3d"))
    with pytest.raises(Outdated, match="not in the library any more"):
        program.did(start_play, ANN, NOW, acme, replace(WISH, key="dinner"))
    with pytest.raises(Refused, match="Segment round table is no play of tier 1, where Acme Corp is"):
        program.did(start_play, ANN, NOW, acme, replace(WISH, key="round_table"))
    assert plays_of(program) == before
    number = program.did(start_play, ANN, NOW, acme, WISH).event.id
    with pytest.raises(Refused, match="Second thread runs on Acme Corp already"):
        program.did(start_play, BOB, NOW, acme, WISH)
    with pytest.raises(FieldProblems, match="The outcome may come until 8 Dec"):
        program.did(end_play, BOB, NOW, acme, number, what=PlayEnd.NONE, text="")
    program.did(end_play, BOB, NOW + timedelta(days=15), acme, number, what=PlayEnd.NONE, text="")
    assert plays_of(program)[0][0].end is PlayEnd.NONE
