from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bench.__main__ import GROUPS, main, report
from bench.figures import Figure, WrongAnswer, check_shown
from bench.requests import REQUESTS


def figure(measured: float) -> Figure:
    return Figure("card", measured, 0.5, "ms", 20.0)


@pytest.mark.proof
@pytest.mark.parametrize("group", GROUPS)
async def test_every_group_answers_rightly_at_its_smallest_size(group: str) -> None:
    found = [each async for each in GROUPS[group](is_small=True)]
    assert found
    assert [str(each) for each in found if isinstance(each, WrongAnswer)] == []


@pytest.mark.parametrize(
    ("measured", "verdict", "is_fine"), [(10, "met", True), (15, "over budget", True), (15.1, "FAILED", False)]
)
async def test_a_figure_fails_above_one_and_a_half_times_its_budget(measured, verdict, is_fine, capsys):
    async def figures() -> AsyncIterator[Figure]:
        yield figure(measured)

    assert await report("requests", figures()) is is_fine
    assert verdict in capsys.readouterr().out


async def test_after_a_wrong_answer_the_rest_is_measured_and_a_group_that_breaks_fails_alone(capsys):
    async def figures() -> AsyncIterator[Figure | WrongAnswer]:
        yield WrongAnswer("no account is named")
        yield figure(1.0)
        check_shown("Firm 00001 stalled", "Firm 00001", "Firm 00002")

    assert not await report("requests", figures())
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["requests:", "card", "requests:"]
    assert "['Firm 00002'] missing in: Firm 00001 stalled" in lines[-1]


def test_an_unknown_group_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["everything"]) == 2
    assert "everything is no group of benchmarks" in capsys.readouterr().err


def test_the_page_on_performance_names_each_request_with_its_budget() -> None:
    page = (Path(__file__).parents[2] / "docs/performance.md").read_text()
    for request in REQUESTS:
        assert f"| {request.name} | {request.budget:,g} \u00d7 |" in page
