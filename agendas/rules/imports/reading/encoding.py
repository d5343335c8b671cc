"""Decode an uploaded file: its encoding, its size, and refusals of what is no text."""

import codecs
import re

from agendas.errors import NotUnderstood
from agendas.rules.imports.reading.formats import refuse_other_formats

LARGEST_FILE_BYTES = 100 * 1024 * 1024
"""100 MB. An export of 250,000 companies, the most that HubSpot reads back, stays far below."""

TEXT_SAMPLE_BYTES = 64 * 1024
CONTROL_SHARE = 0.05
CONTROLS_OF_A_TEXT = 8
"""More control characters than both among the first 64 kB, and the file is no text; bytes at random have a tenth."""

CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
"""A control character that is no white space: left out of a cell or header, and told."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
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
    _refuse_control_characters(text)
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


def _refuse_control_characters(text: str) -> None:
    sample = text[:TEXT_SAMPLE_BYTES]
    controls = len(CONTROL.findall(sample))
    if controls > max(CONTROLS_OF_A_TEXT, len(sample) * CONTROL_SHARE):
        raise NotUnderstood(UNREADABLE)
