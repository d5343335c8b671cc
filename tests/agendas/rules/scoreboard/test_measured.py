"""The measures below the scoreboard: each number counts the accounts that its figure opens to."""

from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import Stage
from agendas.facts.measures import Program, Stay
from agendas.rules.measures import Figure, FigureCode, Results, accounts_behind, counted
from agendas.rules.pipeline import QualityTest
from agendas.rules.scoreboard import failing_most, figures_told, measured
from tests.agendas.pages.scoreboard.test_page import advanced, blocked, paused, program, selling, stalled
from tests.agendas.rules.measures.programs import NOW, of
from tests.cases import cases


def with_stays(found: Program) -> Program:
    began = NOW - timedelta(days=60)
    stays = (
        Stay(1, Stage.TARGET, 1, began, NOW - timedelta(days=20), Stage.AWARE),
        Stay(2, Stage.TARGET, 2, began, NOW - timedelta(days=10), Stage.AWARE),
        Stay(1, Stage.AWARE, 1, NOW - timedelta(days=20)),
    )
    return replace(found, stays=stays)


@cases(
    "found",
    [
        with_stays(program()),
        of(),
        of(advanced("Acme")),
        of(paused("Quill"), paused("Sable")),
        of(selling("Merrow"), selling("Halden", "EUR"), selling("Tern", "", None), blocked("Osprey"), stalled("Alder")),
    ],
    ids=["many", "empty", "one", "paused", "currencies"],
)
def test_each_number_in_the_menu_is_that_of_the_accounts_behind_it(found: Program) -> None:
    entries = counted(Results(found), figures_told(measured(found)))
    assert dict(entries) == {figure: len(accounts_behind(found, figure)) for figure, _ in entries}
    assert len({figure.text for figure, _ in entries}) == len(entries)
    in_buckets = sum(count for figure, count in entries if figure.code is FigureCode.BUCKET)
    assert in_buckets == measured(found).named


def test_a_number_in_the_menu_is_without_accounts_that_left_the_list() -> None:
    left = Stay(99, Stage.TARGET, 1, NOW - timedelta(days=60), NOW - timedelta(days=20), Stage.AWARE)
    found = with_stays(program())
    found = replace(found, stays=(*found.stays, left))
    stayed = Figure(FigureCode.STAYED, of="target")
    assert len(accounts_behind(found, stayed)) == 3
    assert dict(counted(Results(found), figures_told(measured(found))))[stayed] == 2


def test_the_tests_that_most_deals_fail_come_first() -> None:
    found = failing_most(measured(of(selling("Merrow"), selling("Halden"))).quality["USD"])
    assert found[0] == (QualityTest.FIT, 2, 2)
    assert [failed for _, failed, _ in found] == sorted((failed for _, failed, _ in found), reverse=True)


def test_medians_are_of_completed_stays_and_say_of_how_many() -> None:
    [found] = measured(with_stays(program())).completed
    assert (found.stage, found.median_days, len(found.completed)) == (Stage.TARGET, 45.0, 2)
