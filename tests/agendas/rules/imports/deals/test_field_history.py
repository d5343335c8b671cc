"""Salesforce's history of fields, read as the deal stood after each change."""

from datetime import date

import pytest

from agendas.errors import NotUnderstood
from agendas.rules.import_deals import ImportedDeal, read_any_history
from agendas.rules.import_tables import BadRow, ImportOptions, read_table
from tests.builders import NOW

REPORT = "Opportunity Name,Field / Event,Old Value,New Value,Edit Date,Edited By,Opportunity ID\n"


def read(*lines: str) -> list[tuple[str, int | None, date | None] | str]:
    """Stage, amount and close date after each line, or why it is left out."""
    file = read_any_history(read_table((REPORT + "\n".join(lines)).encode()), ImportOptions(NOW))
    return [
        row.reason if isinstance(row, BadRow) else (row.stage_name, row.amount_cents, row.closes_on)
        for row in file.rows
        if isinstance(row, BadRow | ImportedDeal)
    ]


def test_values_before_the_first_change_are_the_old_ones() -> None:
    assert read(
        "Plant,Close Date,12/31/2026,1/31/2027,11/20/2026,Ann,006D000000IRFma",
        "Plant,Stage,Prospecting,Proposal,11/19/2026,Ann,006D000000IRFma",
        'Plant,Amount,"USD 60,000.00","USD 70,000.00",11/19/2026,Ann,006D000000IRFma',
        "Plant,Created.,,,11/13/2026,Ann,006D000000IRFma",
    ) == [
        ("Proposal", 7_000_000, date(2027, 1, 31)),
        ("Proposal", 7_000_000, date(2026, 12, 31)),
        ("Proposal", 7_000_000, date(2026, 12, 31)),
        ("Prospecting", 6_000_000, date(2026, 12, 31)),
    ]


def test_rows_that_tell_no_state_are_left_out_with_the_reason() -> None:
    assert read(
        "Plant,Owner,Ann,Bob,11/19/2026,Ann,006D000000IRFma",
        "Plant,Amount,1,2,11/19/2026,Ann,006D000000IRFmb",
        "Plant,Stage,A,B,soon,Ann,006D000000IRFma",
        "Plant,Stage,A,B,11/19/2026,Ann,x",
    ) == [
        'is about "Owner"',
        "is of a deal whose stage the file does not tell",
        'has no date that can be read: "soon"',
        "has no record id of an opportunity",
    ]


def test_a_report_of_stages_is_read_by_its_labels_and_needs_the_ids() -> None:
    text = "Opportunity Name,From Stage,To Stage,Amount,Close Date,Last Modified,Opportunity ID\n"
    [row] = read_any_history(
        read_table(f"{text}Plant,A,B,100,12/31/2026,11/20/2026,006D000000IRFma\n".encode()), ImportOptions(NOW)
    ).rows
    assert isinstance(row, ImportedDeal)
    assert (row.stage_name, row.closes_on) == ("B", date(2026, 12, 31))
    with pytest.raises(NotUnderstood, match="no column Opportunity ID"):
        read_any_history(
            read_table(b"Opportunity Name,To Stage,Last Modified\nPlant,B,2026-11-20\n"), ImportOptions(NOW)
        )
