import csv
import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.errors import NotUnderstood
from agendas.rules import import_tables
from agendas.rules.import_accounts import read_accounts
from agendas.rules.import_deals import read_deals
from agendas.rules.import_people import read_people
from agendas.rules.import_tables import BadRow, DateOrder, ImportOptions, TableRow, read_salesforce_id, read_table
from agendas.text.money import read_money
from tests.builders import NOW
from tests.cases import cases

UNREADABLE = "The file is not text in UTF-8, UTF-16 or Windows-1252. Save it as CSV UTF-8 and import that."
HEADER = "Record ID,Company name\n"


def zipped(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 100)
    return held.getvalue()


@cases(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b" \r\n\n \n", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        ("\ufeff\r\n".encode("utf-16-le"), "The file is empty."),
        (zipped("accounts.csv"), "The file is a zip archive, not CSV text."),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "The file is an Excel workbook (.xlsx), not CSV text."),
        (b"PK\x03\x04 cut short", "The file is a zip archive that is damaged or not whole."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "The file is an Excel workbook (.xls), not CSV text."),
        (b"\x1f\x8b\x08\0\0\0", "The file is a gzip archive, not CSV text."),
        (b"%PDF-1.7\n", "The file is a PDF, not CSV text."),
        (
            b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
            "The file is a picture, not CSV text. Export the table as CSV UTF-8",
        ),
        (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256)), "The file is a picture, not CSV text."),
        (b"RIFF\n\0\0\0WEBPVP8 ", "The file is a picture, not CSV text."),
        (zipped("mimetype", "META-INF/manifest.xml"), "The file is an OpenDocument spreadsheet (.ods), not CSV text."),
        (zipped("Index/Document.iwa"), "The file is a Numbers spreadsheet, not CSV text."),
        (b"PK\x05\x06" + b"\0" * 18, "The file is an empty zip archive, not CSV text."),
        (b"\n<html><table><tr><td>Acme", "The file is a web page (HTML), not CSV text."),
        (bytes(range(256)), "The file is not text"),
        (b"\xff\xfe" + b"a\0,\0b\0\n", UNREADABLE),
        *((f"{HEADER}1,Müller\n".encode(encoding), UNREADABLE) for encoding in ("utf-16-le", "utf-16-be", "utf-32")),
        (f"{HEADER}1,株式会社サンプル商事\n".encode("shift_jis"), UNREADABLE),
        (b",,\n,,\n", "The file has no header row."),
        (b'"a,b\n1,2\n', "The header on line 1 cannot be read"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        read_table(data)
    assert str(refusal.value).startswith(said)


def test_a_file_of_exactly_100_mb_may_be_read_and_one_byte_more_is_refused() -> None:
    import_tables.refuse_too_large(import_tables.LARGEST_FILE_BYTES)
    with pytest.raises(NotUnderstood, match="has 100 MB and at most 100 MB"):
        import_tables.refuse_too_large(import_tables.LARGEST_FILE_BYTES + 1)
    with pytest.raises(NotUnderstood, match="has 101 MB"):
        read_table(b"a" * (import_tables.LARGEST_FILE_BYTES + 1024 * 1024))


@cases(
    ("encoding", "spoken"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")],
)
def test_the_encoding_is_found(encoding: str, spoken: str) -> None:
    table = read_table("Record ID,Company name\n1,Müller & Søn €\n".encode(encoding))
    assert table.encoding == spoken
    assert table.headers == ("Record ID", "Company name")
    assert table.rows == (TableRow(2, ("1", "Müller & Søn €")),)


def test_utf_16_is_read_with_its_mark_in_either_byte_order() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        table = read_table("\ufeffname\nMüller\n".encode(encoding))
        assert (table.encoding, table.rows) == ("UTF-16", (TableRow(2, ("Müller",)),))


def test_stray_bytes_in_a_utf_8_file_cost_only_their_row() -> None:
    data = (HEADER + "1,Müller\n2,Søn\n").encode() + b"3,M\xfcller\n" + "4,Ørsted Sample\n".encode()
    table = read_table(data)
    assert [row.values[0] for row in table.rows] == ["1", "2", "4"]
    assert table.bad_rows == (BadRow(4, 'has bytes that are not UTF-8 in "M�ller"'),)


@cases(("delimiter", "spoken"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")])
def test_the_delimiter_is_found_although_cells_hold_the_others(delimiter: str, spoken: str) -> None:
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=delimiter).writerows(
        [["name", "domain", "segment"], ["a, b, c", "x;y;z", "p\tq"], ["Acme", "acme.example", "1,5;2\t3"]]
    )
    table = read_table(held.getvalue().encode())
    assert table.delimiter == spoken
    assert [row.values for row in table.rows] == [("a, b, c", "x;y;z", "p\tq"), ("Acme", "acme.example", "1,5;2\t3")]


def test_a_file_of_one_column_needs_no_delimiter() -> None:
    assert read_table(b"name\nAcme\n\nGlobex\n").rows == (TableRow(2, ("Acme",)), TableRow(4, ("Globex",)))


@cases("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(end: str) -> None:
    lines = ["", "Record ID,Company name", '1,"two', 'lines"', "", '2,"three', "", 'lines"', "3"]
    table = read_table(end.join(lines).encode())
    assert [row.line for row in table.rows] == [3, 6]
    assert table.bad_rows == (BadRow(9, "has 1 cell where the header has 2"),)


def test_ragged_rows_are_named_and_the_others_go_in() -> None:
    table = read_table((HEADER + "1,Acme\n2\n3,Globex,extra\n4,Initech\n").encode())
    assert [row.values for row in table.rows] == [("1", "Acme"), ("4", "Initech")]
    assert table.bad_rows == (
        BadRow(3, "has 1 cell where the header has 2"),
        BadRow(4, "has 3 cells where the header has 2"),
    )


def test_delimiters_at_the_end_of_the_header_or_of_a_row_do_no_harm() -> None:
    assert [row.values for row in read_table(b"a,b,\n1,2\n3,4,\n").rows] == [("1", "2", ""), ("3", "4", "")]
    assert [row.values for row in read_table(b"a,b\n1,2,,\n").rows] == [("1", "2")]


def test_a_quotation_mark_left_open_costs_its_own_line_and_no_other() -> None:
    table = read_table((HEADER + '1,Acme\n2,"Globex\n3,Initech\n4,"Hooli "Inc""\n5,Umbrella\n').encode())
    assert [row.values[0] for row in table.rows] == ["1", "3", "5"]
    assert [bad.line for bad in table.bad_rows] == [3, 5]
    assert {bad.reason for bad in table.bad_rows} == {
        "has a quotation mark that is not closed, or not doubled inside a cell"
    }


FOOTER = (
    '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n'
    '"Confidential Information - Do Not Distribute"\n"Generated By:  Ann Sample"\n"Sample Company"\n'
)


@cases(
    "tail",
    [
        "\n\n\n" + FOOTER,
        '\n\n"All accounts"\n' + FOOTER,
        FOOTER,
        "\n" + '"Confidential Information - Do Not Distribute"\n"Generated By: Ann"\n',
        '\n,\nAll accounts,\n"Copyright (c) 2000-2026 salesforce.com",\nGenerated By: Ann,\n',
    ],
)
def test_the_footer_of_a_salesforce_report_is_left_out(tail: str) -> None:
    table = read_table(("Account Name,Website\nAcme,acme.example\nGlobex,\n" + tail).encode())
    assert [row.values[0] for row in table.rows] == ["Acme", "Globex"]
    assert table.bad_rows == ()


def test_an_account_that_is_called_like_a_footer_stays() -> None:
    table = read_table(b"name,domain\nGenerated By Sample,\nConfidential Information Ltd,ci.example\nAcme,\n")
    assert [row.values[0] for row in table.rows] == ["Generated By Sample", "Confidential Information Ltd", "Acme"]


cells = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\r\t\",;'"), max_size=12
).map(str.strip)


@given(
    rows=st.lists(st.tuples(cells, cells, cells), max_size=8),
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_whatever_was_written_is_read_again(rows, delimiter, encoding, quoting):
    header = ("Record ID", "Company name", "Company owner", "Industry")
    written = [("1", *row) for row in rows]
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=delimiter, quoting=quoting).writerows([header, *written])
    table = read_table(held.getvalue().encode(encoding))
    assert table.headers == header
    assert [row.values for row in table.rows] == written
    assert table.bad_rows == ()


@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    table = refusal = None
    try:
        table = read_table(data)
    except NotUnderstood as raised:
        refusal = str(raised)
    assert refusal is None or refusal.endswith(".")
    assert table is None or all(len(row.values) == len(table.headers) for row in table.rows)


def test_a_first_line_that_tells_the_delimiter_is_no_header() -> None:
    table = read_table(b"sep=;\r\nname;domain\r\nAcme, Inc;acme.example\r\n")
    assert (table.headers, table.delimiter) == (("name", "domain"), "semicolon")
    assert table.rows == (TableRow(3, ("Acme, Inc", "acme.example")),)


# Values of cells.
@cases(
    ("said", "domain"),
    [
        ("acme.example", "acme.example"),
        ("https://www.Acme.example/about?x=1#top", "acme.example"),
        ("http:/acme.example", "acme.example"),
        ("www.acme.example.", "acme.example"),
        ("acme.example:8443/login", "acme.example"),
        ("//shop.acme.example", "shop.acme.example"),
        ('<a href="http://www.acme.example/x" target="_blank">visit us.</a>', "acme.example"),
        ("<a href='acme.example'>Acme", "acme.example"),
        ("&lt;a href=&quot;http://acme.example&quot;&gt;Acme&lt;/a&gt;", "acme.example"),
        ("acme.example; acme.invalid", "acme.example"),
        ("info@acme.example", "acme.example"),
        ("https://user:secret@acme.example/", "acme.example"),
        ("Müller.example", "müller.example"),
        ("", ""),
        ("  ", ""),
        ("&nbsp;", ""),
        ("n/a", None),
        ("none", None),
        ("-", None),
        ("localhost", None),
        ("192.168.0.1", None),
        ("acme..example", None),
        ("<script>", None),
    ],
)
def test_a_domain_is_the_host_of_what_stands_in_the_cell(said: str, domain: str | None) -> None:
    assert import_tables.read_domain(said) == domain


@given(st.text(max_size=40))
def test_a_domain_that_was_read_is_read_as_itself(said: str) -> None:
    domain = import_tables.read_domain(said)
    assert not domain or (
        import_tables.read_domain(domain) == domain and import_tables.read_domain(f"https://www.{domain}/a") == domain
    )


def test_hosts_that_many_companies_share_are_known_with_their_subdomains() -> None:
    assert import_tables.is_shared("linkedin.com")
    assert import_tables.is_shared("de.linkedin.com")
    assert not import_tables.is_shared("notlinkedin.com")


@cases(
    ("said", "owner"),
    [
        ("Ann  Sample", ("Ann Sample", "")),
        ("Ann@Cadence.example", ("", "ann@cadence.example")),
        ("Ann Sample (ann@cadence.example)", ("Ann Sample", "ann@cadence.example")),
        ("Ann Sample <ann@cadence.example>", ("Ann Sample", "ann@cadence.example")),
        ("", ("", "")),
    ],
)
def test_an_owner_is_a_name_or_an_address_or_both(said: str, owner: tuple[str, str]) -> None:
    assert import_tables.read_owner(said) == owner


@cases(
    ("said", "money"),
    [
        *(("120000", (12_000_000, "")), ("45000.50", (4_500_050, "")), ("45.000,50 €", (4_500_050, "EUR"))),
        *(("EUR 45,000.50", (4_500_050, "EUR")), ("1,250,000 usd", (125_000_000, "USD"))),
        *(("1.250.000", (125_000_000, "")), ("$12,500", (1_250_000, "")), ("12'500.05", (1_250_005, ""))),
        *(("12,5", (1_250, "")), ("1234.567", (123_457, "")), ("0", (0, "")), ("12.500", None), ("1,25,000", None)),
        *(("1.2.3", None), ("1,2,3.4", None), ("1.234.567,8,9", None), ("-500", None), ("12.", None)),
        *(("1.2E+06", None), ("EUR 5 USD", (500, "EUR")), ("lots", None), ("9" * 14, None)),
    ],
)
def test_an_amount_is_read_only_when_it_can_mean_one_thing(said: str, money: tuple[int, str] | None) -> None:
    assert read_money(said) == money


@given(st.integers(0, 10**12), st.sampled_from(["{:,.2f}", "{:.2f}"]))
def test_amounts_with_cents_are_read_back(cents: int, shape: str) -> None:
    written = shape.format(cents // 100) if cents % 100 == 0 else f"{cents // 100}.{cents % 100:02d}"
    assert read_money(written) == (cents, "")


@cases(
    ("said", "tier"), [("tier_1", 1), ("Tier 2", 2), (" 3 ", 3), ("TIER-1", 1), ("4", None), ("true", None), ("", None)]
)
def test_a_tier_is_1_2_or_3(said: str, tier: int | None) -> None:
    assert import_tables.read_tier(said) == tier


def test_a_record_id_rounded_by_a_spreadsheet_is_no_id() -> None:
    assert import_tables.read_record_id("9000000001") == "9000000001"
    assert import_tables.read_record_id("9000000001.0") == "9000000001"
    assert import_tables.read_record_id("") == ""
    assert import_tables.read_record_id("9.0E+09") is None
    assert import_tables.read_record_id("9,00E+09") is None


def test_a_salesforce_id_of_15_characters_becomes_the_one_of_18() -> None:
    assert read_salesforce_id("001D000000IRFma") == "001D000000IRFmaIAH"
    assert read_salesforce_id("001D000000IRFmaIAH") == "001D000000IRFmaIAH"
    assert read_salesforce_id("000000000000000AAA") == ""
    assert read_salesforce_id("") == ""
    assert read_salesforce_id("12345") is None


@given(st.from_regex(r"[A-Za-z0-9]{15}", fullmatch=True))
def test_ids_that_differ_only_in_case_stay_different(given_id: str) -> None:
    found = read_salesforce_id(given_id)
    assert found is not None
    if found:
        other = given_id.swapcase()
        assert (read_salesforce_id(other) or "").casefold() != found.casefold() or other == given_id


@given(st.text())
def test_one_line_has_no_control_characters_and_no_outer_space(text: str) -> None:
    line = import_tables.one_line(text)
    assert line == import_tables.one_line(line) == line.strip()
    assert line.isprintable() or all(letter >= " " for letter in line)


def test_direction_marks_are_taken_out_of_a_line_and_joined_emoji_are_kept() -> None:
    assert import_tables.one_line("\u202eAcme\u200b \x1b[31mInc\n") == "Acme [31mInc"
    assert import_tables.one_line("👩\u200d🔬 Labs") == "👩\u200d🔬 Labs"


# Dates in cells.

OPTIONS = ImportOptions(NOW)
DAY, MONTH = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST


def order(cells: list[str], options: ImportOptions = OPTIONS) -> DateOrder:
    """The order of a column Close Date, whose cells begin on line 2."""
    rows = tuple(TableRow(line, (cell,)) for line, cell in enumerate(cells, 2))
    return import_tables.order_of(import_tables.Table(("Close Date",), rows, (), "UTF-8", "comma"), 0, options)


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
    with pytest.raises(
        import_tables.Ambiguous, match=r'In the column "Close Date" the date 3/4/2026 can be read .* --dates'
    ):
        order(["5/5/2026", "3/4/2026", "30/2/2026"])
    assert order(["3/4/2026"], ImportOptions(NOW, dates=DAY)) is DAY


def test_a_column_that_shows_an_order_is_not_read_against_it_whatever_was_said() -> None:
    assert order(["3/4/2026", "4/13/2026"], ImportOptions(NOW, dates=DAY)) is MONTH


def test_what_can_be_read_both_ways_among_both_orders_is_asked_for_with_the_lines_of_each() -> None:
    cells = ["4/13/2026", "13/4/2026", "3/4/2026", *["4/14/26"] * 7]
    with pytest.raises(import_tables.Ambiguous) as asked:
        order(cells)
    assert str(asked.value) == (
        'In the column "Close Date" 13/4/2026 (line 3) can begin with the day alone, and 4/13/2026 (lines 2, 5, 6, 7, '
        "8 and 3 more) with the month alone. 3/4/2026 can be read both ways. Say which: add --dates day-first or "
        "--dates month-first."
    )
    assert order(cells, ImportOptions(NOW, dates=DAY)) is DAY
    dates = import_tables.Dates(DAY)
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
    assert import_tables.Dates(order, "Europe/Berlin").instant(cell) == said


def test_a_day_is_what_the_cell_begins_with() -> None:
    assert import_tables.Dates(DAY).day("3/4/2026 23:59") == date(2026, 4, 3)
    assert import_tables.Dates(DAY).day("soon") is None


def test_what_is_dated_later_today_is_taken_as_now_and_a_later_day_not_at_all() -> None:
    berlin = ImportOptions(NOW, zone="Europe/Berlin")
    assert import_tables.not_after(import_tables.end_of(date(2026, 11, 23), berlin.zone), berlin) == datetime(
        2026, 11, 23, 22, 59, 59, tzinfo=UTC
    )
    assert import_tables.not_after(import_tables.end_of(date(2026, 11, 24), berlin.zone), berlin) == NOW
    assert import_tables.not_after(import_tables.end_of(date(2026, 11, 25), berlin.zone), berlin) is None


# Ids of records: of the shape of their CRM, rounded by a spreadsheet, or of another CRM that a person names.

GUID = "8f1c2d34-0a5b-4c6d-9e7f-001122334455"


@cases(
    ("system", "said", "read"),
    [
        ("hubspot", "9001.0", "9001"),
        ("hubspot", "ab-9001", None),
        ("hubspot", "9,00E+09", None),
        ("salesforce", "001D000000IRFma", "001D000000IRFmaIAH"),
        ("salesforce", GUID, None),
        ("pipedrive", GUID, GUID),
        ("pipedrive", "9.00E+09", None),
        ("pipedrive", "x" * 121, None),
        ("", "", ""),
    ],
)
def test_an_id_is_read_as_its_crm_has_it(system: str, said: str, read: str | None) -> None:
    assert import_tables.read_id(system, said) == read


def test_the_name_of_a_crm_is_a_few_plain_words() -> None:
    assert import_tables.read_crm("  Pipe  Drive 2.0 ") == "pipe drive 2.0"
    assert import_tables.read_crm("") == ""
    for said in ("a:b", "x" * 41, "<!here>"):
        with pytest.raises(NotUnderstood, match="The name of a CRM has up to 40 letters, digits and spaces"):
            import_tables.read_crm(said)


ACCOUNTS = f"Account Name,Account ID\nInitech,{GUID}\nHooli,{GUID[:-1]}6\n"


def test_ids_of_another_shape_are_asked_about_and_taken_when_the_crm_is_said() -> None:
    with pytest.raises(import_tables.Ambiguous) as asked:
        read_accounts(read_table(ACCOUNTS.encode()))
    assert str(asked.value) == (
        f'The ids in the column "Account ID", such as "{GUID}", are not of Salesforce\'s shape. '
        "Say which CRM they are of: add --crm and its name."
    )
    first, _ = read_accounts(read_table(ACCOUNTS.encode()), "dynamics").rows
    assert not isinstance(first, BadRow)
    assert (first.crm_system, first.crm_id) == ("dynamics", GUID)


def test_ids_of_people_deals_and_their_accounts_are_of_the_crm_that_was_said() -> None:
    options = ImportOptions(NOW, crm="dynamics")
    people = f"First Name,Last Name,Account Name,Account ID,Contact ID\nRita,Stone,Initech,{GUID},c-1\n"
    [person] = read_people(read_table(people.encode()), options).rows
    assert not isinstance(person, BadRow)
    assert (person.crm_system, person.crm_id, person.account_ids) == ("dynamics", "c-1", (GUID,))
    deals = f"Opportunity ID,Opportunity Name,Stage,Account ID\nd-1,Rollout,Legal,{GUID}\n"
    [deal] = read_deals(read_table(deals.encode()), options).rows
    assert not isinstance(deal, BadRow)
    assert (deal.key, deal.account_ids) == ("dynamics:d-1", (GUID,))


def test_an_id_of_our_own_file_is_of_the_crm_in_its_row_or_of_the_one_said() -> None:
    table = read_table(b"name,crm_system,crm_id\nInitech,,a-1\nHooli,Pipedrive,a-2\nPied Piper,,a-3\n")
    with pytest.raises(
        import_tables.Ambiguous,
        match='The ids in the column "crm_id", such as "a-1", are of no CRM that the file names',
    ):
        read_accounts(table)
    rows = read_accounts(table, "dynamics").rows
    assert [row.crm_system for row in rows if not isinstance(row, BadRow)] == ["dynamics", "pipedrive", "dynamics"]


def test_a_few_strange_ids_among_good_ones_cost_their_rows_alone() -> None:
    table = read_table(b"Account Name,Account ID\nInitech,001D000000IRFma\nHooli,odd\nPied Piper,001D000000IRFmb\n")
    assert [isinstance(row, BadRow) for row in read_accounts(table).rows] == [False, True, False]
