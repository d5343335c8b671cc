from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from agendas.errors import NotUnderstood
from agendas.facts.deals import OpportunityType
from agendas.rules.import_deals import ImportedDeal, read_deals, read_history, read_type
from agendas.rules.import_tables import BadRow, DateOrder, ImportOptions, read_table
from tests.builders import NOW
from tests.cases import cases

SAMPLES = Path(__file__).parents[4] / "data"
OPTIONS = ImportOptions(NOW, zone="Europe/Berlin")


def read(text: str, options: ImportOptions = OPTIONS) -> list[ImportedDeal | BadRow]:
    return list(read_deals(read_table(text.encode()), options).rows)


def hubspot(*lines: str, options: ImportOptions = OPTIONS) -> list[ImportedDeal | BadRow]:
    """Rows under the headers of a short HubSpot export of deals."""
    return read("Record ID,Deal Name,Deal Stage,Amount,Currency,Close Date\n" + "\n".join(lines), options)


def test_hubspots_deals_are_read_with_their_accounts_and_dates() -> None:
    file = read_deals(read_table((SAMPLES / "hubspot_deals.csv").read_bytes()), OPTIONS)
    assert (file.columns.kind, file.columns.unused) == ("HubSpot deals", ())
    assert file.rows[0] == ImportedDeal(
        line=2,
        key="hubspot:8000000001",
        stage_name="Contract Sent",
        name="Sample Acme pilot",
        account_ids=("9000000001",),
        account_names=("Sample Acme",),
        amount_cents=12_000_000,
        currency="EUR",
        closes_on=date(2020, 12, 31),
        type=OpportunityType.NEW_BUSINESS,
        next_step="Send the order form",
        entered_at=datetime(2020, 11, 10, 8, tzinfo=UTC),
        opened_at=datetime(2020, 8, 1, 8, tzinfo=UTC),
    )


def test_salesforces_opportunities_have_ids_of_18_characters_and_times_in_utc() -> None:
    first, deleted, renewal = read_deals(
        read_table((SAMPLES / "salesforce_opportunities.csv").read_bytes()), OPTIONS
    ).rows
    assert isinstance(first, ImportedDeal)
    assert (first.key, first.account_ids) == ("salesforce:006D000000IRFmaIAH", ("001D000000IRFmaIAH",))
    assert first.entered_at == datetime(2020, 10, 20, 9, tzinfo=UTC)
    assert deleted == BadRow(3, "is deleted in Salesforce")
    assert isinstance(renewal, ImportedDeal)
    assert (renewal.type, renewal.adds_value) == (OpportunityType.EXISTING_BUSINESS, False)


def test_a_salesforce_report_names_deals_by_its_labels() -> None:
    [deal] = read(
        "Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Account Name\n"
        '006D000000IRFma,Sample plant,Prospecting,"USD 60,000.00",31/12/2020,Sample Acme\n'
    )
    assert isinstance(deal, ImportedDeal)
    assert (deal.amount_cents, deal.currency, deal.closes_on) == (6_000_000, "USD", date(2020, 12, 31))
    assert deal.account_names == ("Sample Acme",)


def test_the_history_of_opportunities_has_a_date_for_each_row() -> None:
    rows = read_history(read_table((SAMPLES / "salesforce_history.csv").read_bytes()), OPTIONS).rows
    assert len(rows) == 5
    assert isinstance(rows[3], ImportedDeal)
    assert (rows[3].entered_at, rows[3].stage_name, rows[3].amount_cents) == (
        datetime(2020, 9, 20, 9, tzinfo=UTC),
        "Needs Analysis",
        6_000_000,
    )
    [bad] = read_history(read_table(b"OpportunityId,StageName,CreatedDate\n006D000000IRFma,Won,soon\n"), OPTIONS).rows
    assert bad == BadRow(2, 'has no date that can be read: "soon"')


@cases(
    ("row", "reason"),
    [
        (",Sample,Early,,,", "has no record id"),
        ("8E+09,Sample,Early,,,", 'has a record id that cannot be one, perhaps rounded by a spreadsheet: "8E+09"'),
        ("1,Sample,,,,", "has no stage"),
    ],
)
def test_a_row_that_cannot_be_a_deal_says_why(row: str, reason: str) -> None:
    assert hubspot(row) == [BadRow(2, reason)]


def test_what_is_not_understood_is_left_out_and_noted() -> None:
    [deal] = hubspot("1,=cmd|' /C calc'!A0,Early,12.500,EUR,soon")
    assert isinstance(deal, ImportedDeal)
    assert (deal.name, deal.amount_cents, deal.closes_on) == ("=cmd|' /C calc'!A0", None, None)
    assert deal.notes == ('Amount not understood: "12.500"', 'Close Date not understood: "soon"')


def test_days_and_months_that_can_be_read_both_ways_are_asked_for() -> None:
    with pytest.raises(NotUnderstood, match=r'In the column "Close Date" the date 3/4/2020'):
        hubspot("1,Sample,Early,,,3/4/2020")
    [deal] = hubspot("1,Sample,Early,,,3/4/2020", options=ImportOptions(NOW, dates=DateOrder.DAY_FIRST))
    assert isinstance(deal, ImportedDeal)
    assert deal.closes_on == date(2020, 4, 3)


def test_amounts_without_a_currency_among_others_with_one_are_asked_for() -> None:
    with pytest.raises(NotUnderstood, match=r"Some amounts are in EUR, USD and others name no currency, as in line 4"):
        hubspot("1,Sample,Early,100,EUR,", "2,Sample,Early,100,USD,", "3,Sample,Early,100,,")
    rows = hubspot("1,Sample,Early,100,EUR,", "2,Sample,Early,100,,", options=ImportOptions(NOW, currency="GBP"))
    assert [row.currency for row in rows if isinstance(row, ImportedDeal)] == ["EUR", "GBP"]


def test_an_export_without_the_records_ids_is_refused() -> None:
    with pytest.raises(NotUnderstood, match="The export has no column Opportunity ID"):
        read("Opportunity Name,Stage\nSample,Prospecting\n")
    with pytest.raises(NotUnderstood, match="no export of deals known here"):
        read("Company name\nAcme\n")


@cases(
    ("word", "kind", "adds_value"),
    [
        ("newbusiness", OpportunityType.NEW_BUSINESS, True),
        ("New Customer", OpportunityType.NEW_BUSINESS, True),
        ("Existing Business", OpportunityType.EXISTING_BUSINESS, True),
        ("Existing Customer - Upgrade", OpportunityType.EXISTING_BUSINESS, True),
        ("Existing Customer - Downgrade", OpportunityType.EXISTING_BUSINESS, False),
        ("Renewal", OpportunityType.EXISTING_BUSINESS, False),
        ("Partner", None, True),
        ("", None, True),
    ],
)
def test_the_type_is_read_from_the_words_of_the_crms(word: str, kind: OpportunityType | None, adds_value: bool) -> None:
    assert read_type(word) == (kind, adds_value)
