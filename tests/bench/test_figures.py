"""The report: which figures are met, what is printed and stored, and with what status the run ends."""

import importlib
import json
from pathlib import Path

import pytest

from bench.__main__ import GROUPS, main
from bench.figures import Figure, in_turn, write


def test_a_figure_is_met_up_to_its_reach_and_one_without_a_reach_always() -> None:
    assert Figure("card", 20.0, 1.0, "ms", 20.0).is_met
    assert not Figure("card", 20.1, 1.0, "ms", 20.0).is_met
    assert not Figure("nothing to compare with", 1.0, 0.0, "ms", 20.0).is_met
    assert Figure("two processes", 0.1, 9.0, "cards/s").is_met


def test_the_sides_of_a_comparison_take_turns() -> None:
    order: list[str] = []
    found = in_turn({side: lambda side=side: order.append(side) or len(order) for side in "ab"}, rounds=2)
    assert order == ["a", "b", "a", "b"]
    assert found == {"a": [1, 3], "b": [2, 4]}


def test_a_line_says_figure_floor_ratio_reach_and_whether_it_is_met() -> None:
    assert Figure("card", 5.0, 0.5, "ms", 20.0, "wall 6 ms").line().split() == [
        *("card", "5.000", "0.500", "ms", "10.00", "20", "met", "wall", "6", "ms"),
    ]
    assert Figure("card", 11.0, 0.5, "ms", 20.0).line().endswith("MISSED")
    assert Figure("two processes", 1.0, 0.5, "1/s").line().endswith("reported")


def test_the_file_tells_nothing_of_the_machine_but_its_kind(tmp_path: Path) -> None:
    write([Figure("card", 5.0, 10.0, "ms", 0.35), Figure("move", 1.0, 10.0, "ms", 0.5)], tmp_path / "latest.json")
    told = json.loads((tmp_path / "latest.json").read_text())
    assert set(told) == {"python", "libraries", "cores", "all_met", "figures"}
    assert (told["all_met"], told["figures"][0]["ratio"]) == (False, 0.5)


def test_an_unknown_group_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["everything"]) == 2
    assert "everything is no group of benchmarks" in capsys.readouterr().err


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_is_a_module_that_measures(group: str) -> None:
    assert callable(importlib.import_module(f"bench.{group}").figures)
