"""Bytes to a table to cells: encodings, dates, numbers, columns, and the verdict on each row."""

import codecs
import csv
import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from html import unescape
from typing import IO, Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from agendas.errors import NotUnderstood
from agendas.facts.deals import OpportunityType, Phase
from agendas.text.csv_cells import unmarked
from agendas.text.dates import local_date
from agendas.text.limits import EMAIL, shown
from agendas.text.money import read_money

# Reasons why a cell or a whole row of a file is not imported as written.


class CellCause(StrEnum):
    """Trouble with a cell. It is left out, except for OTHER_ORDER and CONTROL."""

    DATE = "date"
    OTHER_ORDER = "other_order"
    """A date that is read, in the order that most of its column is not in."""
    FUTURE = "future"
    AMOUNT = "amount"
    CONTROL = "control"
    """A control character, which is left out of a cell that is taken."""
    WORD = "word"
    """A word that stands for nothing known here."""


class SkipCause(StrEnum):
    UNREADABLE = "unreadable"
    INCOMPLETE = "incomplete"
    RECORD_ID = "record_id"
    """An id that a spreadsheet rounded, or that none can be."""
    DELETED = "deleted"
    NO_ACCOUNT = "no_account"
    NOT_LISTED = "not_listed"
    """No account on the list has the name, domain or id of a signal; a candidate is not on it yet."""
    ASKED = "asked"
    """A person has to say which account its company is."""
    UNCLEAR = "unclear"
    """It fits several accounts or people."""
    OTHER_RECORD = "other_record"
    """It fits an account or a person that the CRM has as another record."""
    ASK_ADMIN = "ask_admin"
    """It has a name, domain or id that an admin has to look at: of an account that the person may not see, or ours."""
    CHOSEN_NONE = "chosen_none"
    """A person said that its company is none of the accounts."""
    CLOSED = "closed"
    """Its account was removed from the list or rejected."""
    ELSEWHERE = "elsewhere"
    """A deal that is known under another account."""
    REPEATED = "repeated"
    NO_PHASE = "no_phase"
    NO_TYPE = "no_type"
    OUTDATED = "outdated"
    FUTURE = "future"
    IMPORT_FIRST = "import_first"
    """It is about a deal or a person that another export has to bring first."""
    OTHER_CONTENT = "other_content"
    OTHER_FIELD = "other_field"
    """A change of a field that is no history of a deal."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that is not taken as it stands: its row's line, its column's header, and what it says."""

    line: int
    column: str
    cause: CellCause
    said: str


# Kinds of exports, and where the fields of a file stand by its headers.


class ExportKind(StrEnum):
    HUBSPOT_LABELS = "HubSpot companies"
    HUBSPOT_NAMES = "HubSpot companies, internal names"
    SALESFORCE_REPORT = "Salesforce account report"
    SALESFORCE_NAMES = "Salesforce accounts, API names"
    CADENCE = "Cadence accounts"
    HUBSPOT_DEALS = "HubSpot deals"
    HUBSPOT_DEAL_NAMES = "HubSpot deals, internal names"
    SALESFORCE_DEALS = "Salesforce opportunity report"
    SALESFORCE_DEAL_NAMES = "Salesforce opportunities, API names"
    SALESFORCE_HISTORY = "Salesforce opportunity history, API names"
    SALESFORCE_HISTORY_REPORT = "Salesforce opportunity history report"
    SALESFORCE_FIELD_HISTORY = "Salesforce opportunity field history, API names"
    SALESFORCE_FIELD_HISTORY_REPORT = "Salesforce opportunity field history report"
    HUBSPOT_CONTACTS = "HubSpot contacts"
    HUBSPOT_CONTACT_NAMES = "HubSpot contacts, internal names"
    SALESFORCE_CONTACT_REPORT = "Salesforce contact report"
    SALESFORCE_CONTACTS = "Salesforce contacts, API names"
    SALESFORCE_CONTACT_ROLES = "Salesforce contact roles"
    CADENCE_CONTACTS = "Cadence contacts"
    CADENCE_OPPORTUNITIES = "Cadence opportunities"
    CADENCE_HISTORY = "Cadence history of opportunities"
    CADENCE_SIGNALS = "Cadence signals"

    @property
    def system(self) -> str:
        """The CRM's display name; '' for our own file."""
        return next((name for name in ("HubSpot", "Salesforce") if self.value.startswith(name)), "")

    @property
    def is_own(self) -> bool:
        return not self.system


@dataclass(frozen=True, slots=True)
class Columns:
    """Position of each field: `places` has the columns of a field, the preferred first; `unused` headers are left.

    `crm` is the CRM that a person said its ids are of.
    """

    kind: ExportKind
    headers: tuple[str, ...]
    places: dict[str, tuple[int, ...]]
    unused: tuple[str, ...]
    crm: str = ""


def folded(headers: Sequence[str]) -> list[str]:
    return [" ".join(header.casefold().split()) for header in headers]


def as_own_headers(headers: Iterable[str]) -> frozenset[str]:
    return frozenset(header.replace(" ", "_") for header in headers)


def locate(kind: ExportKind, fields: Mapping[str, Sequence[str]], headers: Sequence[str]) -> Columns:
    """Locate each field by the headers (folded) that it may have, the preferred first.

    Raises:
        NotUnderstood: a file of our own has one of our headers twice.
    """
    there = folded(headers)
    if kind.is_own:
        there = [header.replace(" ", "_") for header in there]
        _refuse_doubled(there, headers, {label for labels in fields.values() for label in labels})
    places = {
        field: tuple(place for label in labels for place, header in enumerate(there) if header == label)
        for field, labels in fields.items()
    }
    used = {place for found in places.values() for place in found}
    unused = tuple(header for place, header in enumerate(headers) if place not in used and header)
    return Columns(kind, tuple(headers), {field: found for field, found in places.items() if found}, unused)


def _refuse_doubled(there: Sequence[str], headers: Sequence[str], known: Iterable[str]) -> None:
    twice = next((label for label in known if there.count(label) > 1), None)
    if twice is not None:
        said = shown(headers[there.index(twice)])
        raise NotUnderstood(
            f"The header {said} is there twice. Remove one of the two columns and import the file again."
        )


# Formats of files that are no CSV text, known by their first bytes, and what to do about each.

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


# Decode an uploaded file: its encoding, its size, and refusals of what is no text.

LARGEST_FILE_BYTES = 100 * 1024 * 1024
"""100 MB. An export of 250,000 companies, the most that HubSpot reads back, stays far below."""

TEXT_SAMPLE_BYTES = 64 * 1024
CONTROL_SHARE = 0.05
CONTROLS_OF_A_TEXT = 8
"""More control characters than both among the first 64 kB, and the file is no text; bytes at random have a tenth."""

CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
"""A control character that is no white space: left out of a cell or header, and told."""

BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
UNREADABLE = "The file is not text in UTF-8, UTF-16 or Windows-1252. Save it as CSV UTF-8 and import that."
STRAY_BYTES = re.compile("[\ud800-\udfff]")
BEYOND_ASCII = re.compile("[^\x00-\x7f]")
SPOKEN = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "cp1252": "Windows-1252"}


def text_of(data: bytes) -> tuple[str, str]:
    """Return the file's text and the name of its encoding: UTF-8, UTF-16 with its mark, or Windows-1252.

    Bytes that do not fit in a file that is otherwise UTF-8 stay as lone surrogates, so that only their rows are bad.

    Raises:
        NotUnderstood: the file is empty, over 100 MB, of another format, no text, or in another encoding.
    """
    refuse_too_large(len(data))
    if not data.strip():
        raise NotUnderstood("The file is empty. Export it again with at least a header row.")
    refuse_other_formats(data)
    mark, encoding = next(((mark, name) for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), (b"", ""))
    encoding = encoding or _encoding_without_mark(data)
    errors = "surrogateescape" if encoding == "utf-8" else "strict"
    try:
        text = data[len(mark) :].decode(encoding, errors)
    except UnicodeDecodeError:
        raise NotUnderstood(UNREADABLE) from None
    sample = text[:TEXT_SAMPLE_BYTES]
    controls = len(CONTROL.findall(sample))
    if controls > max(CONTROLS_OF_A_TEXT, len(sample) * CONTROL_SHARE):
        raise NotUnderstood(UNREADABLE)
    if not text.strip():
        raise NotUnderstood("The file is empty. Export it again with at least a header row.")
    return text, SPOKEN[encoding]


def refuse_too_large(size_bytes: int) -> None:
    """Raise NotUnderstood for a file of more than 100 MB; asked before the file is read, too."""
    if size_bytes > LARGEST_FILE_BYTES:
        raise NotUnderstood(
            f"The file has {size_bytes / 1024 / 1024:,.0f} MB and at most 100 MB can be read. "
            "Export only the accounts and columns you need, or split it."
        )


def _encoding_without_mark(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if _is_mostly_utf8(data) else "cp1252"
    return "utf-8"


def _is_mostly_utf8(data: bytes) -> bool:
    """Return true when more letters beyond ASCII are well-formed UTF-8 than bytes are not."""
    text = data.decode("utf-8", "surrogateescape")
    broken = len(STRAY_BYTES.findall(text))
    return len(BEYOND_ASCII.findall(text)) - broken > broken


# The rows of a CSV file of unknown dialect, each with its line number.

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
SNIFFED_RECORDS = 50

SAID_DELIMITER = re.compile(r"(\s*sep=([;,\t]))\r?\n")
"""First line by which spreadsheets are told the delimiter."""

FOOTER = re.compile(r"copyright \(c\)|confidential information\b|generated by\b", re.IGNORECASE)
"""Beginnings of the lines that a Salesforce report adds below its rows."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row. `line` is the file's line, from 1, on which it starts; `values` has one cell per header.

    `had_controls` are the places of cells of which control characters were left out.
    """

    line: int
    values: tuple[str, ...]
    had_controls: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be read, and why: in words, and as their cause."""

    line: int
    reason: str
    cause: SkipCause = field(default=SkipCause.UNREADABLE, compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A file's header and rows in its order. `encoding` and `delimiter` are the words for what was found."""

    headers: tuple[str, ...]
    rows: tuple[TableRow, ...]
    bad_rows: tuple[BadRow, ...]
    encoding: str
    delimiter: str


def read_table(data: bytes) -> Table:
    """The table in a file's bytes: the first row that is not blank is the header, a Salesforce footer is left out.

    Raises:
        NotUnderstood: the file is not CSV text at all (see `text_of`), or has no header.
    """
    text, encoding = text_of(data)
    said = SAID_DELIMITER.match(text)
    if said:
        # a blank line in its place, so that lines count as in the file
        text = text[said.end(1) :]
    delimiter = said[2] if said else sniff_delimiter(text)
    records = list(_records(text, delimiter))
    start = next((number for number, (_, cells, why) in enumerate(records) if why or any(cells)), len(records))
    if start == len(records):
        raise NotUnderstood("The file has no header row. Export it again with its column names.")
    line, cells, why = records[start]
    if why:
        raise NotUnderstood(f"The header on line {line} cannot be read: it {why}. Export the file again.")
    rows, bad_rows = _good_and_bad(_without_footer(records[start + 1 :], len(cells)), cells)
    return Table(
        tuple(CONTROL.sub("", cell).strip() for cell in cells),
        tuple(rows),
        tuple(bad_rows),
        encoding,
        DELIMITERS[delimiter],
    )


def sniff_delimiter(text: str) -> str:
    """The delimiter that gives most of the first rows the header's number of cells; a comma if none splits."""

    def fit(delimiter: str) -> tuple[float, int]:
        records = [cells for cells in _first_records(text, delimiter) if any(cells)]
        width = len(records[0]) if records else 1
        if width == 1:
            return 0.0, 0
        return sum(len(cells) == width for cells in records) / len(records), width

    return max(DELIMITERS, key=fit)


_Record = tuple[int, tuple[str, ...], str]
"""The line a record starts on, its trimmed cells, and why it cannot be read ('' when it can)."""


def _first_records(text: str, delimiter: str) -> list[tuple[str, ...]]:
    # enough characters for the records wanted, not the whole file three times
    lines = io.StringIO(text[: SNIFFED_RECORDS * 4_096], newline="")
    reader = csv.reader(lines, delimiter=delimiter)
    found: list[tuple[str, ...]] = []
    try:
        for record in reader:
            found.append(tuple(record))
            if len(found) == SNIFFED_RECORDS:
                break
    except csv.Error:
        pass  # judged by the rows before it
    return found


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    """Every record. One that cannot be read costs its first line only: reading goes on with the next."""
    lines = list(io.StringIO(text, newline=""))
    start = 0
    while start < len(lines):
        reader = csv.reader((lines[number] for number in range(start, len(lines))), delimiter=delimiter, strict=True)
        done = 0
        try:
            for record in reader:
                yield start + done + 1, tuple(cell.strip() for cell in record), ""
                done = reader.line_num
        except csv.Error:
            yield start + done + 1, (), "has a quotation mark that is not closed, or not doubled inside a cell"
            done += 1
        start += done


def _without_footer(records: Sequence[_Record], width: int) -> Sequence[_Record]:
    """The records above the footer, and above the report's name if that comes first."""
    has_gap = False
    for number, (_, cells, why) in enumerate(records):
        filled = [cell for cell in cells if cell]
        is_alone = len(filled) == 1 and cells[0] == filled[0]
        if is_alone and FOOTER.match(filled[0]) and (has_gap or len(cells) < width):
            return _above_title(records[:number], len(cells))
        has_gap = has_gap or not (filled or why)
    return records


def _above_title(records: Sequence[_Record], footer_width: int) -> Sequence[_Record]:
    """The records without the lone cells at the end, as wide as the footer, that a blank row sets apart."""
    end = len(records)
    while end and len(records[end - 1][1]) == footer_width and sum(map(bool, records[end - 1][1])) == 1:
        end -= 1
    is_apart = end > 0 and not any(records[end - 1][1]) and not records[end - 1][2]
    return records[:end] if is_apart else records


def _good_and_bad(records: Sequence[_Record], headers: tuple[str, ...]) -> tuple[list[TableRow], list[BadRow]]:
    """The rows and the bad rows; blank ones are neither."""
    rows: list[TableRow] = []
    bad_rows: list[BadRow] = []
    for line, cells, why in records:
        if not why and not any(cells):
            continue
        reason = (
            why or _misfit(cells, headers) or ("repeats the header" if _trimmed(cells) == _trimmed(headers) else "")
        )
        if reason:
            bad_rows.append(BadRow(line, reason))
        else:
            missing = ("",) * (len(headers) - len(cells))
            values = (*cells[: len(headers)], *missing)
            places = tuple(place for place, cell in enumerate(values) if CONTROL.search(cell))
            if places:
                values = tuple(CONTROL.sub("", cell).strip() for cell in values)
            rows.append(TableRow(line, values, places))
    return rows, bad_rows


def _misfit(cells: tuple[str, ...], headers: tuple[str, ...]) -> str:
    """Why the row does not go with the header; '' when it does."""
    # a trailing delimiter leaves an empty cell at the end of the header or of a row: neither is a misfit
    if len(cells) < _named(headers) or _named(cells) > len(headers):
        return f"has {len(cells)} cell{'s' if len(cells) != 1 else ''} where the header has {len(headers)}"
    broken = next((cell for cell in cells if any("\ud800" <= letter <= "\udfff" for letter in cell)), None)
    if broken is not None:
        readable = broken.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        return f"has bytes that are not UTF-8 in {shown(readable)}"
    return ""


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    return cells[: _named(cells)]


def _named(cells: tuple[str, ...]) -> int:
    """Return the number of cells up to the last that is not empty."""
    return max((number for number, cell in enumerate(cells, 1) if cell), default=0)


# Days and instants in a CRM's export: which of day and month comes first is asked where a column does not show it.


class DateOrder(StrEnum):
    """Order of day and month in a date like 3/4/2026."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class Ambiguous(NotUnderstood):
    """Something about the file is open, and only a person can settle it.

    `about` is dates, currency, crm or kind, `question` says why, `choices` are the kinds of file that it can be, `ids`
    those whose CRM is not known.
    """

    def __init__(
        self, about: str, question: str, how: str, *, choices: tuple[str, ...] = (), ids: tuple[str, ...] = ()
    ) -> None:
        self.about, self.question, self.choices, self.ids = about, question, choices, ids
        super().__init__(f"{question} {how}")


@dataclass(frozen=True, slots=True)
class Naming:
    """A person's choices about putting accounts on the list, used where the file or the words leave them open.

    Without a `tier` they stay candidates. `is_typed` where the accounts were named in words, which may move them.
    """

    tier: int | None = None
    because: str = ""
    why_now: str = ""
    motion: str = ""
    is_typed: bool = False


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Answers about a file: the order of its dates, the phases of stage names, the currency of amounts.

    `now` is when it is imported; `currency` is that of amounts, and `zone` the IANA zone of times, that name none.
    `accounts` has the accounts that companies are, by id or name, by the label under which they are asked about;
    `further` is the type of further deals of accounts that have bought, where rows name none.
    `crm` is the CRM of ids that are not of the shape of the file's own. With `naming`, accounts that have a tier are
    put on the list.
    """

    now: datetime
    dates: DateOrder | None = None
    stages: tuple[tuple[str, Phase], ...] = ()
    currency: str = ""
    zone: str = "UTC"
    accounts: tuple[tuple[str, str], ...] = ()
    further: OpportunityType | None = None
    crm: str = ""
    naming: Naming | None = None


YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
YEAR_LAST = re.compile(r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?!\d)")
CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<offset>z|utc|gmt|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
YEARS = range(1970, 2101)
"""A date outside of them is a slip of somebody's fingers."""
CENTURY = 100
NOON = 12
LINES_NAMED = 5


def order_of(table: Table, place: int, options: ImportOptions) -> DateOrder:
    """Return the order of the dates in a column of the table: as its cells show, else as the option says.

    A cell that is a date in one order alone shows it. Dates that begin with the year have no order to ask for, and
    those with dots begin with the day.

    Raises:
        Ambiguous: cells can be read both ways, and the others show no order or both; says what to add.
    """
    found = [(row.line, row.values[place].strip()) for row in table.rows]
    orders = [(line, text, _orders(text)) for line, text in found]
    unclear = next((text for _, text, possible in orders if len(possible) > 1), None)
    shown_by = {order: [(line, text) for line, text, possible in orders if possible == {order}] for order in DateOrder}
    day_first, month_first = shown_by[DateOrder.DAY_FIRST], shown_by[DateOrder.MONTH_FIRST]
    if bool(day_first) != bool(month_first):
        return DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST
    if unclear is None or options.dates is not None:
        return options.dates or DateOrder.MONTH_FIRST
    column = f"In the column {shown(table.headers[place])}"
    question = f"{column} the date {unclear} can be read with the day or with the month first."
    if day_first:
        question = (
            f"{column} {_with_lines(day_first)} can begin with the day alone, and {_with_lines(month_first)} with the "
            f"month alone. {unclear} can be read both ways."
        )
    raise Ambiguous("dates", question, "Say which: add --dates day-first or --dates month-first.")


def _orders(text: str) -> set[DateOrder]:
    """Return the orders in which the text begins with a date and that make a difference: none, one or both."""
    found = YEAR_LAST.match(text)
    if found is None or found["mark"] == ".":
        return set()
    possible = {order: day for order in DateOrder if (day := _date_in(found, order))}
    is_same = len(possible) > 1 and len(set(possible.values())) == 1
    return set() if is_same else set(possible)


def _date_in(found: re.Match[str], order: DateOrder) -> date | None:
    """Return the date that the parts of YEAR_LAST make in this order, or None."""
    first, second, said = found["first"], found["second"], found["year"]
    day, month = (first, second) if order is DateOrder.DAY_FIRST else (second, first)
    year = int(said)
    if len(said) < len("2026"):
        year += YEARS.start - YEARS.start % CENTURY + (CENTURY if year < YEARS.start % CENTURY else 0)
    return _date(year, int(month), int(day))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _with_lines(cells: Sequence[tuple[int, str]]) -> str:
    """Return the first cell and the lines of all, as `13/4/2026 (lines 3 and 9)`."""
    lines = [f"{line:,}" for line, _ in cells[:LINES_NAMED]]
    if len(cells) > LINES_NAMED:
        lines.append(f"{len(cells) - LINES_NAMED:,} more")
    named = " and ".join(filter(None, (", ".join(lines[:-1]), lines[-1])))
    return f"{cells[0][1]} (line{'s' if len(cells) > 1 else ''} {named})"


def end_of(day: date, zone: str) -> datetime:
    """The last second of the day in an IANA zone, in UTC."""
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(zone)).astimezone(UTC)


def not_after(instant: datetime, options: ImportOptions) -> datetime | None:
    """The instant, now for one later today, and None for one on a later day."""
    if instant <= options.now:
        return instant
    return options.now if local_date(instant, options.zone) == local_date(options.now, options.zone) else None


@dataclass(frozen=True, slots=True)
class Dates:
    """Reader of the dates of one column, with their order; times without a zone are of `zone`."""

    order: DateOrder
    zone: str = "UTC"

    def day(self, text: str) -> date | None:
        """The day that the cell begins with; None when it begins with none."""
        read = self._day(text.strip())
        return read[0] if read else None

    def instant(self, text: str) -> datetime | None:
        """The instant in the cell, in UTC; a day alone is its last second. None when it is no date.

        What happened on the day of a review is so told in the next one, rather than in none.
        """
        read = self._day(text.strip())
        if read is None:
            return None
        day, rest = read
        if not rest.strip():
            return end_of(day, self.zone)
        clock = _clock(rest.lstrip(" ,T"))
        if clock is None:
            return None
        at, offset = clock
        if offset:
            return datetime.fromisoformat(f"{day.isoformat()}T{at.isoformat()}{offset}").astimezone(UTC)
        return datetime.combine(day, at, ZoneInfo(self.zone)).astimezone(UTC)

    def is_other_way(self, text: str) -> bool:
        """Return true for a date that can be read in the other order alone, and is read in it."""
        return bool(possible := _orders(text.strip())) and self.order not in possible

    def _day(self, text: str) -> tuple[date, str] | None:
        """The day that the text begins with, and what follows it."""
        if found := YEAR_FIRST.match(text):
            day = _date(int(found["year"]), int(found["month"]), int(found["day"]))
        elif found := YEAR_LAST.match(text):
            orders = _orders(text) or {DateOrder.DAY_FIRST}
            day = _date_in(found, self.order if self.order in orders else orders.pop())
        else:
            return None
        return (day, text[found.end() :]) if day else None


def _clock(text: str) -> tuple[time, str] | None:
    """The time of day and the ISO offset ('' without one), or None for other text."""
    found = CLOCK.fullmatch(text)
    if found is None:
        return None
    hour = int(found["hour"])
    if found["half"] and hour > NOON:
        return None
    if found["half"]:
        hour = hour % NOON + (NOON if found["half"][0] in "pP" else 0)
    offset = found["offset"] or ""
    try:
        at = time(hour, int(found["minute"]), int(found["second"] or 0))
        return at, "+00:00" if offset.isalpha() else offset
    except ValueError:
        return None


# Single cells of a CRM's export, read to our values.

ANCHOR = re.compile(r"""<a\b[^>]*?href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?/+", re.IGNORECASE)
HOST = re.compile(r"(?=.{4,253}$)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62}")
SHARED_HOSTS = frozenset(
    {
        "aol.com",
        "facebook.com",
        "github.com",
        "gmail.com",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "icloud.com",
        "instagram.com",
        "linkedin.com",
        "live.com",
        "msn.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "sites.google.com",
        "twitter.com",
        "x.com",
        "xing.com",
        "yahoo.com",
        "youtube.com",
    }
)
"""Hosts that many companies have a page or a mailbox on: as a domain they would make different companies one."""

TIER = re.compile(r"(?:tier[\s_-]*)?([123])", re.IGNORECASE)
ROUNDED_NUMBER = re.compile(r"[0-9](?:[.,][0-9]+)?e\+?[0-9]+", re.IGNORECASE)
WHOLE_NUMBER = re.compile(r"([0-9]+)(?:[.,]0+)?")
SALESFORCE_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
SALESFORCE_CHECK_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


def one_line(text: str) -> str:
    """The text with every run of white space as one space, without invisible characters."""
    if text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(letter for letter in text if letter.isspace() or not _is_invisible(letter)).split())


def read_domain(text: str) -> str | None:
    """The host of an address or link, lower case, without `www.`; '' for an empty cell, None when it is no host."""
    address = unescape(text).strip()
    if not address:
        return ""
    anchor = ANCHOR.search(address)
    if anchor:
        address = anchor[1]
    address = re.split(r"[;,\s]", address, maxsplit=1)[0]
    host = re.split(r"[/?#]", SCHEME.sub("", address), maxsplit=1)[0].rpartition("@")[2].partition(":")[0]
    host = host.lower().rstrip(".").removeprefix("www.")
    return host if HOST.fullmatch(host) else None


def is_shared(domain: str) -> bool:
    return any(domain == host or domain.endswith(f".{host}") for host in SHARED_HOSTS)


def read_owner(text: str) -> tuple[str, str]:
    """The owner's name and e-mail address in lower case; either may be ''."""
    found = EMAIL.search(text)
    if found is None:
        return one_line(text), ""
    name = one_line(re.sub(r"[<>()\[\]]", " ", text.replace(found[0], " ")))
    return name.strip(" ,;-"), found[0].lower()


def read_tier(text: str) -> int | None:
    """1, 2 or 3, from `tier_1`, `Tier 1` or `1`; None for anything else."""
    found = TIER.fullmatch(text.strip())
    return int(found[1]) if found else None


def read_record_id(text: str) -> str | None:
    """The id as HubSpot knows it; '' for an empty cell, None for a number that a spreadsheet rounded."""
    number = text.strip()
    if ROUNDED_NUMBER.fullmatch(number):
        return None
    whole = WHOLE_NUMBER.fullmatch(number)
    return whole[1] if whole else number


def read_salesforce_id(text: str) -> str | None:
    """The 18-character id, completed from a report's 15 characters; '' if empty, None if malformed."""
    given = text.strip()
    if not given or set(given[:15]) == {"0"}:
        return ""
    if not SALESFORCE_ID.fullmatch(given):
        return None
    stem = given[:15]
    # each check letter says which of five characters are capitals, the first one being worth 1
    checks = (
        sum(1 << place for place, letter in enumerate(stem[start : start + 5]) if "A" <= letter <= "Z")
        for start in (0, 5, 10)
    )
    return stem + "".join(SALESFORCE_CHECK_LETTERS[check] for check in checks)


def is_yes(text: str) -> bool:
    return text.strip().casefold() in {"1", "true", "yes"}


def _is_invisible(letter: str) -> bool:
    # the two joiners shape letters and emoji, they are part of the writing
    return unicodedata.category(letter) in {"Cc", "Cf"} and letter not in "\u200c\u200d"


# The cells of one row of a recognised export, by field.


class Cells:
    """A row's cells by field, and the notes and problems that reading them brought up.

    `dates` has the reader of each field of dates.
    """

    def __init__(self, columns: Columns, row: TableRow, dates: Mapping[str, Dates]) -> None:
        self.kind = columns.kind
        self.line = row.line
        self.values = row.values
        self.notes: list[str] = []
        self.problems: list[CellProblem] = []
        self._columns = columns
        self._dates = dates
        # a row of our own export has marks before what a spreadsheet would calculate
        self._read = tuple(map(unmarked, row.values)) if columns.kind.is_own else row.values
        for place in row.had_controls:
            column = one_line(columns.headers[place])
            self.problems.append(CellProblem(row.line, column, CellCause.CONTROL, one_line(row.values[place])))
            self.notes.append(f"{column} had a control character, which is left out")

    def all(self, field: str) -> list[str]:
        """The cells of the field that are not empty, the preferred first."""
        return [cell for place in self._columns.places.get(field, ()) if (cell := self._read[place])]

    def text(self, field: str) -> str:
        return one_line(next(iter(self.all(field)), ""))

    @property
    def system(self) -> str:
        """The CRM of the row's ids: from its cell in our own format, else the chosen one, else that of the headers."""
        own = self.text("crm_system").casefold().replace(":", " ") if self.kind.is_own else ""
        return own or self._columns.crm or self.kind.system.lower()

    def day(self, field: str) -> date | None:
        """The day in the field, None for an empty cell and for one that holds none."""
        said = self.text(field)
        day = self._dates[field].day(said) if said else None
        self._after_date(field, said, is_read=day is not None)
        return day

    def instant(self, field: str) -> datetime | None:
        """The instant in the field, in UTC; None as `day` has it."""
        said = self.text(field)
        instant = self._dates[field].instant(said) if said else None
        self._after_date(field, said, is_read=instant is not None)
        return instant

    def not_understood(self, field: str, said: str, cause: CellCause = CellCause.WORD) -> None:
        """Note that a cell was left out."""
        column = self.problem(field, said, cause)
        self.notes.append(f"{column} not understood: {shown(said)}")

    def money(self, field: str) -> tuple[int | None, str]:
        """The amount in cents and its currency: the row's own, where it has a column for it."""
        said = self.text(field)
        money = read_money(said) if said else None
        if money is None:
            if said:
                self.not_understood(field, said, CellCause.AMOUNT)
            return None, ""
        named = self.text("currency").upper()
        return money[0], named if len(named) == 3 and named.isalpha() else money[1]

    def problem(self, field: str, said: str, cause: CellCause) -> str:
        """Keep the problem with a cell, and return the header of its column."""
        places = self._columns.places[field]
        place = next((each for each in places if said in one_line(self.values[each])), places[0])
        column = self._columns.headers[place]
        self.problems.append(CellProblem(self.line, one_line(column), cause, said))
        return column

    def _after_date(self, field: str, said: str, *, is_read: bool) -> None:
        if said and not is_read:
            self.not_understood(field, said, CellCause.DATE)
        elif said and self._dates[field].is_other_way(said):
            self.problem(field, said, CellCause.OTHER_ORDER)


# A file to import, read.

ReadT = TypeVar("ReadT")


@dataclass(frozen=True, slots=True)
class ImportFile(Generic[ReadT]):
    """A file's table, what its columns are, and its rows in order: as what they hold, or why one could not be read.

    `problems` are the cells that were not taken as they stand, by line.
    """

    table: Table
    columns: Columns
    rows: tuple[ReadT | BadRow, ...]
    problems: tuple[CellProblem, ...] = ()


def read_rows(
    table: Table, columns: Columns, read: Callable[[Cells], ReadT | BadRow], dates: Mapping[str, Dates] | None = None
) -> ImportFile[ReadT]:
    """The file of this table, each row read by `read`; `dates` are the readers of its fields of dates.

    Raises NotUnderstood when there is nothing below its header.
    """
    if not table.rows and not table.bad_rows:
        raise NotUnderstood("The file has headers and no rows yet. Fill in a line for each row and import it again.")
    # by line, with those that could not be read where they stand
    by_line: dict[int, ReadT | BadRow] = {bad.line: bad for bad in table.bad_rows}
    problems: list[CellProblem] = []
    for row in table.rows:
        cells = Cells(columns, row, dates or {})
        by_line[row.line] = read(cells)
        problems += cells.problems
    return ImportFile(table, columns, tuple(by_line[line] for line in sorted(by_line)), tuple(problems))


# Ids of records in a CRM: their shape, and the CRM that a file's ids are of.

ID_FIELDS = ("crm_id", "id")
"""Fields with the ids of a file's own records."""

ID_LIMIT_CHARACTERS = 120
CRM_NAME = re.compile(r"[\w .&+/-]{1,40}")


def read_crm(text: str) -> str:
    """The CRM's name in its stored form, or ''. Raises NotUnderstood if it cannot be a name."""
    name = one_line(text).casefold()
    if name and not CRM_NAME.fullmatch(name):
        raise NotUnderstood(f"The name of a CRM has up to 40 letters, digits and spaces, {shown(text)} has others.")
    return name


def read_id(system: str, text: str) -> str | None:
    """The id in the CRM's form, '' if empty; None if a spreadsheet rounded it or it has another CRM's shape.

    HubSpot's ids are digits, Salesforce's have 15 or 18 characters; those of any other CRM are taken as they are.
    """
    if system == "salesforce":
        return read_salesforce_id(text)
    number = read_record_id(text)
    is_of_another = system == "hubspot" and number and not number.isdecimal()
    return None if number is None or is_of_another or len(number) > ID_LIMIT_CHARACTERS else number


def with_crm(columns: Columns, table: Table, crm: str) -> Columns:
    """The columns with `crm`, the person's choice of where their ids come from; '' for no choice.

    Raises:
        Ambiguous: nobody said, and most ids have not the shape of the CRM whose headers they stand under, or no CRM.
    """
    place = next((columns.places[field][0] for field in ID_FIELDS if field in columns.places), None)
    if crm or place is None:
        return replace(columns, crm=crm)
    rows = [row.values for row in table.rows if read_record_id(row.values[place])]
    strange = [values[place] for values in rows if _is_strange(columns, values, values[place])]
    if len(strange) * 2 <= len(rows):
        return columns
    header, known = shown(table.headers[place]), columns.kind.system
    why = f"are not of {known}'s shape" if known else "are of no CRM that the file names"
    raise Ambiguous(
        "crm",
        f"The ids in the column {header}, such as {shown(strange[0])}, {why}.",
        "Say which CRM they are of: add --crm and its name.",
        ids=tuple(one_line(each) for each in strange),
    )


def _is_strange(columns: Columns, values: Sequence[str], said: str) -> bool:
    named = next((values[place] for place in columns.places.get("crm_system", ()) if values[place]), "")
    system = columns.kind.system.lower() or named.casefold()
    return not system or read_id(system, said) is None


# Verdicts on the rows of a file to import, whatever its kind.


class Verdict(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    SKIP = "skip"


class Planned(Protocol):
    """A row with its verdict: the line and the name it is shown by, why it is skipped, and what was not understood."""

    @property
    def line(self) -> int:
        """The file's line, from 1."""

    @property
    def name(self) -> str:
        """Name of the row in the preview."""

    @property
    def verdict(self) -> Verdict:
        """Verdict on the row."""

    @property
    def reason(self) -> str:
        """Why it is skipped, in words; '' for all others."""

    @property
    def cause(self) -> SkipCause | None:
        """Cause for which it is skipped; None for all others."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Parts of the row that were not understood, in words for a person."""


RowT = TypeVar("RowT", bound=Planned)


@dataclass(frozen=True, slots=True)
class ImportPlan(Generic[RowT]):
    """Every row of a file, in its order, with its verdict."""

    rows: tuple[RowT, ...]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.verdict for row in self.rows)
        return {verdict.value: found[verdict] for verdict in Verdict}

    def of(self, verdict: Verdict) -> list[RowT]:
        return [row for row in self.rows if row.verdict is verdict]

    @property
    def changes_nothing(self) -> bool:
        return all(row.verdict in {Verdict.UNCHANGED, Verdict.SKIP} for row in self.rows)
