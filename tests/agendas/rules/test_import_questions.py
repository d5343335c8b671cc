import csv
import io
import re
from pathlib import Path

import pytest

from agendas.errors import NotUnderstood
from agendas.rules import import_accounts, import_deals, import_people, import_signals
from agendas.rules.import_questions import HEADERS, TEMPLATE_KINDS, template, template_line
from agendas.rules.import_tables import BadRow, ExportKind, ImportOptions, read_table
from agendas.verbs.imports import KINDS, kind_of
from tests.builders import NOW

PAGE = Path(__file__).parents[3] / "docs" / "operations" / "own-files.md"
FIELDS = {
    "accounts": import_accounts.FIELDS[ExportKind.CADENCE],
    "contacts": import_people.FIELDS[ExportKind.CADENCE_CONTACTS],
    "opportunities": import_deals.FIELDS[ExportKind.CADENCE_OPPORTUNITIES],
    "history": import_deals.FIELDS[ExportKind.CADENCE_HISTORY],
    "signals": import_signals.FIELDS,
}
OPTIONS = ImportOptions(NOW)
every_kind = pytest.mark.parametrize("kind", TEMPLATE_KINDS)


def filled(kind: str) -> bytes:
    held = io.StringIO(newline="")
    csv.writer(held).writerow([header.example for header in HEADERS[kind]])
    return template(kind) + held.getvalue().encode()


def told(kind: str) -> list[list[str]]:
    section = PAGE.read_text().split(f"\n## {kind.capitalize()}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def test_every_kind_of_import_has_a_template() -> None:
    assert set(TEMPLATE_KINDS) == set(KINDS) == set(HEADERS)


@every_kind
def test_a_template_has_the_headers_that_its_reader_knows(kind: str) -> None:
    assert sorted(header.name for header in HEADERS[kind]) == sorted(labels[0] for labels in FIELDS[kind].values())


@every_kind
def test_the_page_tells_each_header_of_the_template(kind: str) -> None:
    def example(text: str) -> str:
        return f"`{text}`" if text else ""

    assert told(kind) == [
        [f"`{header.name}`", "yes" if header.is_needed else "", header.form, example(header.example)]
        for header in HEADERS[kind]
    ]


@every_kind
def test_a_filled_template_is_read_whole(kind: str) -> None:
    table = read_table(filled(kind))
    assert kind_of(table, None).word == kind
    file = KINDS[kind].read(table, OPTIONS)
    [row] = file.rows
    assert not isinstance(row, BadRow)
    assert file.columns.kind.is_own
    assert file.columns.unused == ()
    assert getattr(row, "notes", ()) == ()


@every_kind
def test_headers_count_in_any_order_and_case_and_others_are_named_as_unused(kind: str) -> None:
    table = read_table(filled(kind))
    headers, [row] = table.headers, table.rows
    held = io.StringIO(newline="")
    mixed = [header.upper().replace("_", " ") for header in reversed(headers)]
    csv.writer(held).writerows([[*mixed, "Shoe size"], [*reversed(row.values), "43"]])
    other = read_table(held.getvalue().encode())
    file = kind_of(other, None).read(other, OPTIONS)
    assert kind_of(other, None).word == kind
    assert file.columns.unused == ("Shoe size",)
    assert set(file.columns.places) == set(FIELDS[kind])


@every_kind
def test_an_empty_template_and_a_doubled_header_are_refused_in_one_sentence(kind: str) -> None:
    table = read_table(template(kind))
    with pytest.raises(NotUnderstood, match=r"^The file has headers and no rows yet. Fill in a line for each row and"):
        kind_of(table, None).read(table, OPTIONS)
    needed = next(header.name for header in HEADERS[kind] if header.is_needed)
    table = read_table(f"{template_line(kind)},{needed.title()}\n{'x,' * len(HEADERS[kind])}x\n".encode())
    with pytest.raises(NotUnderstood, match=f'^The header "{needed}" is there twice. Remove one of the two columns'):
        kind_of(table, None).read(table, OPTIONS)
