"""Formats of files that are no CSV text, known by their first bytes, and what to do about each."""

import io
import re
import zipfile
from typing import IO

from agendas.errors import NotUnderstood

ZIP_BEGINS = b"PK\x03\x04"
WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|table)\b", re.IGNORECASE)

SPREADSHEET, PACKED, OTHER = "Save it as CSV UTF-8", "Unpack it, or export as CSV,", "Export the table as CSV UTF-8"

KNOWN = (
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an Excel workbook (.xls)", SPREADSHEET),
    (re.compile(rb"PK\x05\x06"), "an empty zip archive", PACKED),
    (re.compile(rb"\x1f\x8b"), "a gzip archive", PACKED),
    (re.compile(rb"Rar!|7z\xbc\xaf"), "an archive", PACKED),
    (re.compile(rb"%PDF"), "a PDF", OTHER),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|II\*\0|MM\0\*|....ftyp", re.DOTALL), "a picture", OTHER),
    (WEB_PAGE, "a web page (HTML)", OTHER),
)
"""The beginning of the file, what it is, and what to do."""

SPREADSHEETS = {
    "[Content_Types].xml": "an Excel workbook (.xlsx)",
    "META-INF/manifest.xml": "an OpenDocument spreadsheet (.ods)",
    "Index/Document.iwa": "a Numbers spreadsheet",
}
"""The formats that are zip archives, by a file in each."""


def refuse_other_formats(data: bytes) -> None:
    """Raise NotUnderstood for a workbook, an archive, a PDF, a picture or a web page, whatever the file is called."""
    kind, todo = next(((kind, todo) for mark, kind, todo in KNOWN if mark.match(data)), ("", ""))
    if data.startswith(ZIP_BEGINS):
        spreadsheet = spreadsheet_in(io.BytesIO(data))
        kind, todo = (spreadsheet, SPREADSHEET) if spreadsheet else ("a zip archive", PACKED)
    if kind:
        raise NotUnderstood(f"The file is {kind}, not CSV text. {todo} and import that.")


def spreadsheet_in(file: IO[bytes]) -> str:
    """Return the spreadsheet that a ZIP archive is, '' for another. Raises NotUnderstood when it is damaged."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        raise NotUnderstood("The file is a zip archive that is damaged or not whole. Get it once more.") from None
    return next((kind for name, kind in SPREADSHEETS.items() if name in names), "")
