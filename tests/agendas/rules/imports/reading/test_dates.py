from datetime import UTC, date, datetime

import pytest

from agendas.errors import NotUnderstood
from agendas.rules.imports.reading.dates import DateOrder, Dates, ImportOptions, end_of, not_after, order_of
from tests.builders import NOW

OPTIONS = ImportOptions(NOW)
DAY, MONTH = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["3/4/2026", "13/4/2026"], DAY),
        (["3/4/2026", "4/13/2026 10:00"], MONTH),
        (["2026-04-03", "5/5/2026", ""], MONTH),
        (["03.04.2026"], MONTH),
    ],
)
def test_the_order_is_the_one_that_a_columns_cells_show(cells: list[str], order: DateOrder) -> None:
    assert order_of("Close Date", cells, OPTIONS) is order


def test_an_order_that_no_cell_shows_is_asked_for() -> None:
    with pytest.raises(NotUnderstood, match=r'In the column "Close Date" the date 3/4/2026 can be read .* --dates'):
        order_of("Close Date", ["5/5/2026", "3/4/2026"], OPTIONS)
    assert order_of("Close Date", ["3/4/2026"], ImportOptions(NOW, dates=DAY)) is DAY


def test_a_column_with_both_orders_is_refused() -> None:
    with pytest.raises(NotUnderstood, match=r'"Close Date" has 13/4/2026 and 4/13/2026'):
        order_of("Close Date", ["4/13/2026", "13/4/2026"], OPTIONS)


@pytest.mark.parametrize(
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
        ("3/4/26", DAY, None),
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
