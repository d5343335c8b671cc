from tests.agendas.rules.test_import_tables import zipped
from tests.stories.importing import gives
from tests.stories.team import Team

NO_TABLE = {
    "zip.csv": (
        zipped("a.csv"),
        "The file is a zip archive, not CSV text. Unpack it, or export as CSV, and import that.",
    ),
    "xlsx.csv": (
        zipped("[Content_Types].xml"),
        "The file is an Excel workbook (.xlsx), not CSV text. Save it as CSV UTF-8",
    ),
    "xls.csv": (
        b"\xd0\xcf\x11\xe0" + bytes(60),
        "The file is an Excel workbook (.xls), not CSV text. Save it as CSV UTF-8",
    ),
    "pdf.csv": (b"%PDF-1.7\n", "The file is a PDF, not CSV text. Export the table as CSV UTF-8 and import that."),
    "picture.csv": (b"\x89PNG\r\n\x1a\n", "The file is a picture, not CSV text. Export the table as CSV UTF-8"),
    "mark.csv": (b"\xef\xbb\xbf", "The file is empty. Export it again with at least a header row."),
    "unclosed.csv": (b'name,"domain\nInitech,initech.example\n', "The header on line 1 cannot be read"),
    "doubled.csv": (b"name,domain,Name\nInitech,initech.example,x\n", 'The header "name" is there twice. Remove one'),
}


async def test_what_is_no_csv_is_told_with_what_to_do_and_a_large_file_is_not_even_downloaded(team: Team) -> None:
    for name, (content, told) in NO_TABLE.items():
        await gives(team, name, content)
        await team.is_told(team.ann, told)
    team.sandbox.faults.break_down("download")
    await gives(team, "large.csv", b"name,domain\n" + b"x" * 5_000_001)
    await team.is_told(team.ann, "The file has more than 5 MB. Import it where the bot runs, with cadence import FILE")
    assert team.recorded() == []


async def test_semicolons_tabs_a_repeated_header_and_a_thousand_columns_are_read(team: Team) -> None:
    wide = ";".join(f"Field {number}" for number in range(998))
    rows = f'name;domain;{wide}\nInitech;initech.example{";x" * 998}\nname;domain;{wide}\nHooli;"hooli\n'
    await gives(team, "wide.csv", rows.encode())
    preview = str(await team.is_told(team.ann, "1 to create, 0 to update, 0 unchanged, 2 skipped."))
    assert "separated by semicolon" in preview
    assert "968 more" in preview
    assert "repeats the header" in preview
    assert "has a quotation mark that is not closed" in preview
    await gives(team, "tabs.csv", b"name\tdomain\nHooli\thooli.example\n")
    assert "separated by tab" in str(await team.is_told(team.ann, "tabs.csv: Cadence accounts, 1 row"))
