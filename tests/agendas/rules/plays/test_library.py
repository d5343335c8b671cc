"""The library of plays: the motion of each."""

from dataclasses import replace

from agendas.facts.plays import PlayMotion
from agendas.rules.plays import LIBRARY, Origin, library_with, motion_of_play


def test_every_play_that_comes_with_the_program_says_its_motion_and_every_motion_has_one() -> None:
    assert {play.motion for play in LIBRARY} == set(PlayMotion)
    assert motion_of_play("pilot") is PlayMotion.PRODUCT
    assert motion_of_play("own-1") is None


def test_a_changed_play_of_before_has_the_motion_of_the_one_it_replaces_and_an_own_one_has_none() -> None:
    pilot = next(play for play in LIBRARY if play.key == "pilot")
    changed, same = replace(pilot, name="Our pilot", motion=None), replace(pilot, motion=None)
    own = replace(pilot, key="own-1", name="Site visit", motion=None)
    found = {each.play.key: each for each in library_with([(changed, False), (own, False)])}
    assert (found["pilot"].play.motion, found["pilot"].origin) == (PlayMotion.PRODUCT, Origin.CHANGED)
    assert found["own-1"].play.motion is None
    assert next(each for each in library_with([(same, False)]) if each.play.key == "pilot").origin is Origin.COMES_WITH
