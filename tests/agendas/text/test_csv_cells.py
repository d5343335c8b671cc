from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.text.csv_cells import CALCULATED, CellKind, read, split_parts, written
from tests.cases import cases

# Whatever stands in the database comes back from its cell as it was, and no cell is a formula.

FORMULAS = (
    *("=cmd|' /C calc'!A0", "+1+2", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "'=1", "\u00a0=1"),
    *("\uff1d1+1", "\uff20SUM(1)", "\ufeff=1", "\u200b=1", "\x00=1"),
)

jsons = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
values = st.one_of(
    st.tuples(st.just(CellKind.TEXT), st.text() | st.sampled_from(FORMULAS)),
    st.tuples(st.just(CellKind.INTEGER), st.integers()),
    st.tuples(st.just(CellKind.NUMBER), st.floats(allow_nan=False, allow_infinity=False)),
    st.tuples(st.just(CellKind.YES_NO), st.booleans()),
    st.tuples(st.just(CellKind.DATE), st.dates()),
    st.tuples(st.just(CellKind.TIME), st.times()),
    st.tuples(st.just(CellKind.INSTANT), st.datetimes(timezones=st.just(UTC))),
    st.tuples(st.just(CellKind.JSON), jsons),
)


@given(values, st.booleans())
def test_a_value_comes_back_as_it_was(value: tuple[CellKind, object], may_be_missing: bool) -> None:
    kind, said = value
    assert read(written(said, kind, may_be_missing=may_be_missing), kind, may_be_missing=may_be_missing) == said


@cases("kind", [kind for kind in CellKind if kind is not CellKind.JSON])
def test_a_missing_value_comes_back_missing(kind: CellKind) -> None:
    cell = written(None, kind, may_be_missing=True)
    assert cell == ""
    assert read(cell, kind, may_be_missing=True) is None


def test_an_empty_text_is_told_from_a_missing_one() -> None:
    assert written("", CellKind.TEXT, may_be_missing=True) == "'"
    assert written("", CellKind.TEXT) == ""


@cases("text", FORMULAS)
def test_what_a_spreadsheet_would_calculate_is_written_as_text(text: str) -> None:
    assert written(text, CellKind.TEXT) == "'" + text


@given(st.text())
def test_no_text_s_cell_begins_like_a_formula(text: str) -> None:
    assert written(text, CellKind.TEXT).lstrip()[:1] not in CALCULATED


def test_an_instant_is_written_in_utc() -> None:
    nine = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert written(nine, CellKind.INSTANT) == "2026-11-24T14:30:00+00:00"


@cases(
    ("cell", "kind"),
    [
        ("perhaps", CellKind.YES_NO),
        ("2026-13-01", CellKind.DATE),
        ("2026-11-24T14:30:00", CellKind.INSTANT),
        ("{", CellKind.JSON),
        ("1.5", CellKind.INTEGER),
    ],
)
def test_a_cell_that_was_changed_is_refused(cell: str, kind: CellKind) -> None:
    with pytest.raises(ValueError):
        read(cell, kind)


def test_dates_and_times_are_written_as_people_and_programs_read_them() -> None:
    assert written(date(2026, 11, 24), CellKind.DATE) == "2026-11-24"
    assert written(time(9, 30), CellKind.TIME) == "09:30:00"
    assert (written(True, CellKind.YES_NO), written(False, CellKind.YES_NO)) == ("yes", "no")


# The parts of a reason in words.
@cases(
    ("reason", "parts"),
    [
        ("they renew", ("they renew", "", "")),
        ("400 seats, now: they renew, motion: our CFO calls", ("400 seats", "they renew", "our CFO calls")),
        ("400 seats; motion: a pilot. Why now: they renew", ("400 seats", "they renew", "a pilot.")),
        ("400 seats\nNow: they renew\nMotion: a pilot", ("400 seats", "they renew", "a pilot")),
        ("400 seats and why now: they renew", ("400 seats", "they renew", "")),
        ("they decide now, in motion since May", ("they decide now, in motion since May", "", "")),
        ("400 seats, now: one, now: two", ("400 seats", "one, now: two", "")),
        ("now: they renew", ("", "they renew", "")),
        ("now:", ("", "", "")),
        ("see https://acme.example/now:1", ("see https://acme.example/now:1", "", "")),
        ("", ("", "", "")),
    ],
)
def test_a_reason_goes_on_with_why_now_and_the_motion(reason: str, parts: tuple[str, str, str]) -> None:
    assert split_parts(reason) == parts
