import csv
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agendas.errors import NotUnderstood
from agendas.rules.import_tables import LARGEST_FILE_BYTES, BadRow, TableRow, read_table, refuse_too_large
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
    refuse_too_large(LARGEST_FILE_BYTES)
    with pytest.raises(NotUnderstood, match="has 100 MB and at most 100 MB"):
        refuse_too_large(LARGEST_FILE_BYTES + 1)
    with pytest.raises(NotUnderstood, match="has 101 MB"):
        read_table(b"a" * (LARGEST_FILE_BYTES + 1024 * 1024))


@cases(
    ("encoding", "spoken"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
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
def test_whatever_was_written_is_read_again(
    rows: list[tuple[str, str, str]], delimiter: str, encoding: str, quoting: int
) -> None:
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
