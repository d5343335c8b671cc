from datetime import date

from agendas.rules.executive import month_reviewed
from tests.cases import cases


@cases(
    ("on", "month"),
    [
        (date(2026, 12, 1), date(2026, 11, 1)),
        (date(2026, 12, 7), date(2026, 11, 1)),
        (date(2026, 12, 8), date(2026, 12, 1)),
        (date(2026, 12, 31), date(2026, 12, 1)),
        (date(2027, 1, 3), date(2026, 12, 1)),
    ],
)
def test_the_month_before_is_reviewed_in_the_first_seven_days_and_the_running_one_later(on: date, month: date) -> None:
    assert month_reviewed(on) == month
