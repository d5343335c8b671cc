"""Verdicts of rows, foundations that failed checks expose, and the codes that are kept for the trend."""

from agendas.facts.measures import Check, CheckResult, Foundation, Limit, Row, RowResult, Verdict
from agendas.rules.audit import CHECKS, SHOWN_BY, audit, audit_codes, missing_foundations, verdict
from tests.agendas.rules.audit.programs import numbered, program
from tests.cases import cases


def results(given: str) -> list[CheckResult]:
    """Results by letters: p passed, f failed, - not judged."""
    return [CheckResult(Check.JUSTIFIED, Limit(1), {"p": True, "f": False, "-": None}[each]) for each in given]


@cases(
    ("given", "expected"),
    [
        ("pppppp", Verdict.STRONG),
        ("pppppf", Verdict.MIXED),
        # half is not fewer than half
        ("pppfff", Verdict.MIXED),
        ("ppffff", Verdict.WEAK),
        ("fff", Verdict.WEAK),
        ("pff", Verdict.WEAK),
        ("pf", Verdict.MIXED),
        # what cannot be judged is left out
        ("ppp---", Verdict.STRONG),
        ("pf--", Verdict.MIXED),
        ("ff--", Verdict.WEAK),
        # by fewer than half of the checks it is too early to say
        ("p-----", Verdict.OPEN),
        ("pp----", Verdict.OPEN),
        ("pp---", Verdict.OPEN),
        ("f---", Verdict.OPEN),
        ("----", Verdict.OPEN),
        ("", Verdict.OPEN),
    ],
)
def test_a_row_is_strong_mixed_weak_or_open_by_its_judged_checks(given: str, expected: Verdict) -> None:
    assert verdict(results(given)) is expected


def rows(**judged: bool) -> tuple[RowResult, ...]:
    checks = tuple(CheckResult(Check(check), Limit(1), passed) for check, passed in judged.items())
    return (RowResult(Row.LIST, Verdict.MIXED, checks),)


@cases(
    ("judged", "expected"),
    [
        # two of the four that show an unclear profile
        ({"justified": False, "functions": False, "says_no": True, "implementation_fit": True}, [Foundation.ICP]),
        ({"justified": False, "functions": True, "says_no": True, "implementation_fit": True}, []),
        # of those that can be judged, half
        ({"justified": False, "functions": True}, [Foundation.ICP]),
        ({"narratives": False}, [Foundation.POINT_OF_VIEW]),
        ({"narratives": True, "use_case_and_proof": True}, []),
        ({"next_actions": False, "plays_in_tier": True, "own_plays": True}, []),
        (
            {"on_time": False, "marketing_wrote": False, "next_actions": False},
            [Foundation.SALES_MOTION, Foundation.DISCIPLINE],
        ),
        ({"within_caps": False}, []),
        ({}, []),
    ],
)
def test_a_foundation_is_missing_where_half_of_its_checks_fail(
    judged: dict[str, bool], expected: list[Foundation]
) -> None:
    found = missing_foundations(rows(**judged))
    assert [each.foundation for each in found] == expected
    assert all(not judged[check.value] for each in found for check in each.shown_by)


def test_every_check_belongs_to_one_row_and_every_foundation_is_shown_by_some() -> None:
    of_rows = [each.check for checks in CHECKS.values() for each in checks(program(numbered(1)))]
    assert of_rows == list(Check)
    assert set(CHECKS) == set(Row)
    assert set(SHOWN_BY) == set(Foundation)


def test_an_empty_program_is_open_and_keeps_no_codes() -> None:
    found = audit(program())
    assert {row.verdict for row in found.rows} == {Verdict.OPEN}
    assert found.foundations == ()
    assert audit_codes(program()) == {}


def test_the_codes_of_a_program_are_those_of_its_rows() -> None:
    given = program(numbered(1))
    codes = {row.row.value: row.verdict.value for row in audit(given).rows if row.verdict is not Verdict.OPEN}
    assert audit_codes(given) == codes
    # of sales and measurement one check of four can be judged
    assert set(codes) == {"list", "marketing", "product"}
