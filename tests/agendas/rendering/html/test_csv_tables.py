"""A page as CSV: tables with their numbers, and nothing that a spreadsheet would calculate."""

import csv
import io
from dataclasses import replace

from agendas.rendering.html import csv_file
from agendas.rendering.page import Fold, Page, Rows, Text
from tests.agendas.rendering.html.sample import LINE_CHART, READER, TABLE


def rows_of(page: Page) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_file(page, READER).decode("utf-8-sig"), newline="")))


def test_tables_and_charts_are_rows_with_their_numbers_beside_what_people_read() -> None:
    lines = Fold("More", (Rows(("x",)),))
    page = Page(
        "Scoreboard",
        (Text(":star: *Two* accounts · both of tier 1"), replace(TABLE, rows=TABLE.rows[:1]), LINE_CHART, lines),
    )
    assert rows_of(page) == [
        ["Scoreboard"],
        [],
        ["Two accounts", "both of tier 1"],
        [],
        ["Accounts by tier"],
        ["Account", "Fit", "Value", "Value (number)", "Next action"],
        ["Corvane Logistics", "72", "USD 420k", "420000", "Call @Nora <Adeyemi>'s COO"],
        [],
        ["Progression, by month"],
        ["Month", "Tier 1", "Tier 1 (number)", "Tier 2", "Tier 2 (number)"],
        ["Jul", "0 %", "0", "10 %", "10"],
        ["Aug", "20 %", "20", "5 %", "5"],
        ["Sep", "40 %", "40", "'-5 %", "-5"],
        ["Oct", "33.5 %", "33.5", "12 %", "12"],
        [],
        ["More"],
        ["x"],
    ]
