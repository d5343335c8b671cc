from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from agendas.errors import FieldProblems, NotAMember, Outdated, Refused
from agendas.facts.account import ActionStatus
from agendas.facts.plays import Play, PlayEnd, PlayMotion, PlayStep, StepOwner
from agendas.rules.plays.library import LIBRARY, Origin
from agendas.verbs.loading import play_library
from agendas.verbs.reads.account import plays
from agendas.verbs.reads.account.history import account_history
from agendas.verbs.undo import undo
from agendas.verbs.updates import own_plays, updates
from agendas.verbs.updates.plays import PlayWish, StepWish, end_play, start_play
from storage.database.engine import Store
from tests.builders import ANN, BOB, EVE, NOW, WORKSPACE, ZONE, ago, evidence
from tests.program import stored_program

pytestmark = pytest.mark.database("sqlite", "postgres")

DUE = date(2026, 12, 1)
WISH = PlayWish(
    "second_thread",
    "Their COO took a call",
    date(2026, 12, 8),
    (StepWish(ANN, DUE), StepWish(BOB, DUE), StepWish(ANN, DUE)),
)

OWN = Play("", "Site visit", (1,), "They came", 20, (PlayStep("Invite them", StepOwner.SALES, 7),), PlayMotion.OUTBOUND)


def plays_of(program, short: str = "acme"):
    facts = program.read(plays.account_plays, program.accounts[short], now=NOW, zone=ZONE)
    steps = [action for action in facts.account.actions if action.play_id is not None]
    return facts.account.plays, steps


def test_a_started_play_has_its_steps_as_next_actions_until_the_buyer_answers(store: Store) -> None:
    program = stored_program(store)
    acme = program.accounts["acme"]
    number = program.did(start_play, ANN, ago(0.5), acme, WISH).event.id
    [run], steps = plays_of(program)
    assert (run.id, run.name, run.steps, run.outcome_due_on) == (number, "Second thread", 3, date(2026, 12, 8))
    assert [(step.owner, step.due_on, step.play_id) for step in steps] == [
        (who, DUE, number) for who in (ANN, BOB, ANN)
    ]
    program.did(updates.close_action, BOB, ago(0.4), acme, steps[1].id, done=True)
    came = {"what": PlayEnd.OUTCOME, "text": "Their COO asked for a plan", "evidence": (evidence(dated_at=ago(0.3)),)}
    ended = program.did(end_play, BOB, ago(0.3), acme, number, **came)
    [run], steps = plays_of(program)
    assert (run.end, run.outcome, run.ended_at) == (PlayEnd.OUTCOME, "Their COO asked for a plan", ago(0.3))
    assert [step.status for step in steps] == [ActionStatus.OPEN, ActionStatus.DONE, ActionStatus.OPEN]
    assert ended.after.last_buyer_touch_at == ago(0.3)
    with pytest.raises(Outdated, match="does not run any more"):
        program.did(end_play, BOB, ago(0.2), acme, number, what=PlayEnd.STOPPED, text="Merger")


def test_taking_back_a_started_play_takes_its_steps_and_both_stay_in_the_history(store: Store) -> None:
    program = stored_program(store)
    acme = program.accounts["acme"]
    number = program.did(start_play, ANN, NOW, acme, WISH).event.id
    program.did(undo.take_back, ANN, NOW + timedelta(minutes=1), number)
    assert plays_of(program) == ((), [])
    told = program.read(account_history, acme, now=NOW, zone=ZONE, limit=8)
    assert sum(line.correction is not None for line in told.lines) == 4
    assert sum(line.event.change.kind == "corrected" for line in told.lines) == 4


def test_a_play_with_a_step_that_was_done_or_with_an_end_is_not_taken_back(store: Store) -> None:
    program = stored_program(store)
    acme, globex = program.accounts["acme"], program.accounts["globex"]
    number = program.did(start_play, ANN, NOW, acme, WISH).event.id
    program.did(updates.close_action, BOB, NOW, acme, plays_of(program)[1][0].id, done=True)
    other = program.did(start_play, ANN, NOW, globex, WISH).event.id
    program.did(end_play, BOB, NOW, globex, other, what=PlayEnd.STOPPED, text="Merger")
    for started in (number, other):
        with pytest.raises(Refused, match=r"Record its outcome instead: it was stopped, and why\."):
            program.did(undo.take_back, ANN, NOW + timedelta(minutes=1), started)
    assert len(plays_of(program)[1]) == 3


def test_what_may_not_start_or_end_changes_nothing(store: Store) -> None:
    program = stored_program(store)
    acme = program.accounts["acme"]
    before = plays_of(program)
    late = (StepWish(ANN, DUE), StepWish(ANN, date(2026, 11, 23)), StepWish(ANN, DUE))
    with pytest.raises(FieldProblems) as refused:
        program.did(
            start_play,
            ANN,
            NOW,
            acme,
            replace(WISH, steps=late, outcome_expected="", outcome_due_on=date(2026, 11, 1)),
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


def test_what_is_expected_of_the_buyer_and_what_came_have_at_most_3_000_characters(store: Store) -> None:
    program = stored_program(store)
    acme, full = program.accounts["acme"], "x" * 3_000
    with pytest.raises(FieldProblems) as refused:
        program.did(start_play, ANN, NOW, acme, replace(WISH, outcome_expected=f"{full}x"))
    said = "It has 3,001 characters; write at most 3,000."
    assert refused.value.fields == {"outcome/second_thread": said}
    number = program.did(start_play, ANN, NOW, acme, replace(WISH, outcome_expected=full)).event.id
    with pytest.raises(FieldProblems) as refused:
        program.did(end_play, ANN, NOW, acme, number, what=PlayEnd.STOPPED, text=f"{full}x")
    assert refused.value.fields == {f"text/{number}": said}
    program.did(end_play, ANN, NOW, acme, number, what=PlayEnd.STOPPED, text=full)
    assert plays_of(program)[0][0].outcome == full


def test_the_library_of_a_workspace_gets_plays_of_its_own_and_changed_and_retired_ones(store: Store) -> None:
    program = stored_program(store)
    added = program.did(own_plays.add_play, EVE, NOW, OWN)
    second = program.did(own_plays.add_play, EVE, NOW, replace(OWN, name="Plant tour"))
    assert (added.play.key, second.play.key, added.origin) == ("own-1", "own-2", Origin.OWN)
    shorter = replace(LIBRARY[0], outcome_in_days=28)
    shortens, retires = partial(replace, play=shorter), partial(replace, is_retired=True)
    assert program.did(own_plays.change_play, EVE, NOW, shorter.key, shortens).play == shorter
    program.did(own_plays.change_play, EVE, NOW, added.play.key, retires)
    known = {each.play.key: each for each in program.store.read_now(play_library.library, WORKSPACE)}
    assert (known["own-1"].is_retired, known["own-2"].is_retired) == (True, False)
    assert known[shorter.key].play.outcome_in_days == 28
    with pytest.raises(Refused, match="Nothing is different about Executive meeting"):
        program.did(own_plays.change_play, EVE, NOW, shorter.key, shortens)
    with pytest.raises(FieldProblems, match='The library has a play "plant tour" already'):
        program.did(own_plays.add_play, EVE, NOW, replace(OWN, name="plant tour"))
    with pytest.raises(Outdated, match="not in the library any more"):
        program.did(own_plays.change_play, EVE, NOW, "own-9", retires)
