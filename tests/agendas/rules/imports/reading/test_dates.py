from datetime import UTC, date, datetime

import pytest

from agendas.rules.import_tables import (
    DateOrder,
    Dates,
    ImportOptions,
    Table,
    TableRow,
    Unsaid,
    end_of,
    not_after,
    order_of,
)
from tests.builders import NOW
from tests.cases import cases

OPTIONS = ImportOptions(NOW)
DAY, MONTH = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST


def order(cells: list[str], options: ImportOptions = OPTIONS) -> DateOrder:
    """The order of a column Close Date, whose cells begin on line 2."""
    rows = tuple(TableRow(line, (cell,)) for line, cell in enumerate(cells, 2))
    return order_of(Table(("Close Date",), rows, (), "UTF-8", "comma"), 0, options)


@cases(
    ("cells", "found"),
    [
        (["3/4/2026", "13/4/2026"], DAY),
        (["3/4/2026", "4/13/2026 10:00"], MONTH),
        (["3/4/26", "11/27/26 3:04 PM"], MONTH),
        (["3/4/26", "27/11/26"], DAY),
        (["2026-04-03", "5/5/2026", ""], MONTH),
        (["03.04.2026"], MONTH),
        (["4/13/2026", "13/4/2026"], MONTH),
    ],
)
def test_the_order_is_the_one_that_a_columns_cells_show(cells: list[str], found: DateOrder) -> None:
    assert order(cells) is found


def test_an_order_that_no_cell_shows_is_asked_for() -> None:
    with pytest.raises(Unsaid, match=r'In the column "Close Date" the date 3/4/2026 can be read .* --dates'):
        order(["5/5/2026", "3/4/2026", "30/2/2026"])
    assert order(["3/4/2026"], ImportOptions(NOW, dates=DAY)) is DAY


def test_a_column_that_shows_an_order_is_not_read_against_it_whatever_was_said() -> None:
    assert order(["3/4/2026", "4/13/2026"], ImportOptions(NOW, dates=DAY)) is MONTH


def test_what_can_be_read_both_ways_among_both_orders_is_asked_for_with_the_lines_of_each() -> None:
    cells = ["4/13/2026", "13/4/2026", "3/4/2026", *["4/14/26"] * 7]
    with pytest.raises(Unsaid) as asked:
        order(cells)
    assert str(asked.value) == (
        'In the column "Close Date" 13/4/2026 (line 3) can begin with the day alone, and 4/13/2026 (lines 2, 5, 6, 7, '
        "8 and 3 more) with the month alone. 3/4/2026 can be read both ways. Say which: add --dates day-first or "
        "--dates month-first."
    )
    assert order(cells, ImportOptions(NOW, dates=DAY)) is DAY
    dates = Dates(DAY)
    assert [dates.day(cell) for cell in cells[:3]] == [date(2026, 4, 13), date(2026, 4, 13), date(2026, 4, 3)]
    assert [dates.is_other_way(cell) for cell in (*cells[:3], "5/5/2026", "soon")] == [True, *[False] * 4]


@cases(
    ("cell", "order", "said"),
    [
        ("2026-04-03", DAY, datetime(2026, 4, 3, 21, 59, 59, tzinfo=UTC)),
        ("2026-04-03 10:05", DAY, datetime(2026, 4, 3, 8, 5, tzinfo=UTC)),
        ("2026-04-03T10:05:09.000Z", DAY, datetime(2026, 4, 3, 10, 5, 9, tzinfo=UTC)),
        ("2026-04-03T10:05:09.000+0000", DAY, datetime(2026, 4, 3, 10, 5, 9, tzinfo=UTC)),
        ("2026-04-03 10:05 UTC", DAY, datetime(2026, 4, 3, 10, 5, tzinfo=UTC)),
        ("3/4/2026, 1:05 PM", DAY, datetime(2026, 4, 3, 11, 5, tzinfo=UTC)),
        ("3/4/2026 12:05 AM", MONTH, datetime(2026, 3, 3, 23, 5, tzinfo=UTC)),
        ("03.04.2026", MONTH, datetime(2026, 4, 3, 21, 59, 59, tzinfo=UTC)),
        ("30/2/2026", DAY, None),
        ("3/4/26", DAY, datetime(2026, 4, 3, 21, 59, 59, tzinfo=UTC)),
        ("11/27/26 3:04 PM", MONTH, datetime(2026, 11, 27, 14, 4, tzinfo=UTC)),
        ("11/27/26, 3:04\u202fPM", MONTH, datetime(2026, 11, 27, 14, 4, tzinfo=UTC)),
        ("3/4/71", DAY, datetime(1971, 4, 3, 22, 59, 59, tzinfo=UTC)),
        ("3/4/261", DAY, None),
        ("3/4/26 13:04 PM", DAY, None),
        ("2026-04-03 25:00", DAY, None),
        ("soon", DAY, None),
        ("", DAY, None),
    ],
)
def test_instants_are_read_in_the_zone_of_the_workspace(cell: str, order: DateOrder, said: datetime | None) -> None:
    assert Dates(order, "Europe/Berlin").instant(cell) == said


def test_a_day_is_what_the_cell_begins_with() -> None:
    assert Dates(DAY).day("3/4/2026 23:59") == date(2026, 4, 3)
    assert Dates(DAY).day("soon") is None


def test_what_is_dated_later_today_is_taken_as_now_and_a_later_day_not_at_all() -> None:
    berlin = ImportOptions(NOW, zone="Europe/Berlin")
    assert not_after(end_of(date(2026, 11, 23), berlin.zone), berlin) == datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC)
    assert not_after(end_of(date(2026, 11, 24), berlin.zone), berlin) == NOW
    assert not_after(end_of(date(2026, 11, 25), berlin.zone), berlin) is None
