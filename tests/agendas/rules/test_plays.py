from dataclasses import replace
from datetime import date

import pytest

from agendas.errors import NotUnderstood, Refused
from agendas.facts.account import ActionStatus, NextAction
from agendas.facts.plays import Play, PlayEnd, PlayMotion, PlayRun, PlayStep, StepOwner
from agendas.rules import plays
from agendas.rules.plays import (
    LIBRARY,
    PlayOrigin,
    allowed_in,
    library_with,
    play_called,
    refuse_start,
    running_plays,
    startable,
)
from tests.builders import ANN, BOB, CLEO, DAN, account, ago, profile


# The library of plays: the motion of each.
def test_every_play_that_comes_with_the_program_says_its_motion_and_every_motion_has_one() -> None:
    assert {play.motion for play in LIBRARY} == set(PlayMotion)
    assert plays.motion_of_play("pilot") is PlayMotion.PRODUCT
    assert plays.motion_of_play("own-1") is None


def test_a_changed_play_of_before_has_the_motion_of_the_one_it_replaces_and_an_own_one_has_none() -> None:
    pilot = next(play for play in LIBRARY if play.key == "pilot")
    changed, same = replace(pilot, name="Our pilot", motion=None), replace(pilot, motion=None)
    own = replace(pilot, key="own-1", name="Site visit", motion=None)
    found = {each.play.key: each for each in library_with([(changed, False), (own, False)])}
    assert (found["pilot"].play.motion, found["pilot"].origin) == (PlayMotion.PRODUCT, PlayOrigin.CHANGED)
    assert found["own-1"].play.motion is None
    assert (
        next(each for each in library_with([(same, False)]) if each.play.key == "pilot").origin is PlayOrigin.COMES_WITH
    )


# Plays that run.

TODAY = date(2026, 11, 24)
PLAYS = {play.key: play for play in LIBRARY}
KNOWN = library_with(())
OWN = Play("own-1", "Site visit", (3,), "They came", 20, (PlayStep("Invite them", StepOwner.SALES, 7),))


def run(play_id: int = 8, key: str = "pilot", due: date = TODAY, **values) -> PlayRun:
    return PlayRun(play_id, key, PLAYS[key].name, "They signed", due, ago(10), ANN, **values)


def step(action_id: int, play_id: int | None = 8, **values) -> NextAction:
    return NextAction(action_id, "Call", ANN, TODAY, ago(10), play_id=play_id, **values)


def entry(key: str, known=KNOWN):
    return next(each for each in known if each.play.key == key)


def test_what_runs_has_its_open_steps_and_is_overdue_from_the_day_after() -> None:
    done = step(3, status=ActionStatus.DONE, closed_at=ago(1))
    state = account(
        plays=(run(), run(9, "second_thread", date(2026, 11, 20)), run(10, "expansion", end=PlayEnd.NONE)),
        actions=(step(1), step(2, None), done, step(4, 9)),
    )
    late, due_today = running_plays(state, TODAY)
    assert (late.run.id, [each.id for each in late.open_steps], late.days_overdue) == (9, [4], 4)
    assert (due_today.run.id, [each.id for each in due_today.open_steps], due_today.days_overdue) == (8, [1], 0)


def test_a_play_not_allowed_for_the_tier_is_refused_with_those_that_are() -> None:
    with pytest.raises(Refused) as refused:
        refuse_start(entry("round_table"), account(tier=3), KNOWN)
    assert str(refused.value) == (
        "Segment round table is no play of tier 3, where Acme Corp is. "
        "Allowed there: Answer to a signal, Watch and help. See them with /abm plays."
    )
    refuse_start(entry("round_table"), account(tier=2), KNOWN)


def test_a_retired_play_one_that_runs_and_an_account_without_a_tier_are_refused() -> None:
    known = library_with([(PLAYS["pilot"], True)])
    with pytest.raises(Refused, match=r"Pilot with a measure was retired\. Allowed there: Executive meeting"):
        refuse_start(entry("pilot", known), account(), known)
    with pytest.raises(Refused, match=r"Pilot with a measure runs on Acme Corp already\. Record its outcome first"):
        refuse_start(entry("pilot"), account(plays=(run(),)), KNOWN)
    refuse_start(entry("pilot"), account(plays=(run(end=PlayEnd.STOPPED),)), KNOWN)
    for check in (lambda state: refuse_start(entry("pilot"), state, KNOWN), lambda state: startable(state, KNOWN)):
        with pytest.raises(Refused, match="Acme Corp has no tier, and plays belong to tiers"):
            check(account(tier=None))


def test_what_may_start_leaves_out_what_runs_and_says_so_when_nothing_is_left() -> None:
    assert PLAYS["pilot"] in startable(account(), KNOWN)
    assert PLAYS["pilot"] not in startable(account(plays=(run(),)), KNOWN)
    with pytest.raises(Refused, match="Every play that tier 3 allows runs on Acme Corp already"):
        startable(account(tier=3, plays=(run(1, "watch"), run(2, "answer_signal"))), KNOWN)


def test_a_play_is_found_by_its_name_its_key_or_the_beginning_of_one() -> None:
    for typed in ("pilot", "Pilot with a measure", "PILOT WITH"):
        assert play_called(typed, account(), KNOWN).play == PLAYS["pilot"]
    with pytest.raises(NotUnderstood, match=r'"dinner" is no play of the library\. Allowed there: Executive meeting, '):
        play_called("dinner", account(), KNOWN)
    with pytest.raises(NotUnderstood, match='"ex" could be Executive meeting or Expansion into a second unit'):
        play_called("ex", account(), KNOWN)


def test_each_step_is_proposed_to_whose_part_it_is_and_else_to_who_asks() -> None:
    known = profile(marketing_partner=BOB, our_executive=DAN)
    assert [plays.owner_of_step(PlayStep("x", owner, 1), known, CLEO) for owner in StepOwner] == [ANN, BOB, CLEO, DAN]
    assert plays.owner_of_step(PlayStep("x", StepOwner.EXECUTIVE, 1), profile(), CLEO) == CLEO


def test_a_workspaces_library_has_its_own_plays_its_changes_and_knows_what_was_retired() -> None:
    shorter = replace(PLAYS["pilot"], outcome_in_days=21)
    known = library_with([(shorter, False), (OWN, False), (PLAYS["watch"], True)])
    assert (entry("pilot", known).origin, entry("pilot", known).play) == (PlayOrigin.CHANGED, shorter)
    assert entry("own-1", known).origin is PlayOrigin.OWN
    assert entry("watch", known).origin is PlayOrigin.COMES_WITH
    assert allowed_in(3, known) == (PLAYS["answer_signal"], OWN)
    assert len(known) == len(LIBRARY) + 1
    assert allowed_in(None, known) == ()


def test_every_tier_has_plays_of_its_own() -> None:
    for tier in (1, 2, 3):
        assert any(play.tiers == (tier,) for play in allowed_in(tier, KNOWN))
