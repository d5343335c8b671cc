"""Cells of every kind of file that hold a control character or nothing."""

import csv
import io

import pytest

from agendas.pages.imports import wrong_lines
from agendas.rendering.words import Words
from agendas.rules.import_questions import HEADERS
from agendas.rules.import_tables import ImportOptions, Verdict, read_table
from agendas.verbs.imports import KINDS
from storage.database import Store
from tests.builders import NOW, WORKSPACE
from tests.program import stored_program


@pytest.mark.parametrize("kind", list(HEADERS))
def test_a_control_character_is_a_note_at_its_line_and_an_empty_account_says_that_it_is_empty(
    store: Store, kind: str
) -> None:
    stored_program(store)
    [account, *others], given = HEADERS[kind], KINDS[kind]
    values = {each.name: each.example for each in others} | {"crm_system": "", "crm_id": "", "email": ""}
    held = io.StringIO(newline="")
    rows = csv.writer(held)
    rows.writerow((account.name, *values))
    for line, said in enumerate(("Acme\x00 Corp", "", "Globex"), start=2):
        rows.writerow((said, *(f"{line}{value}" if name == "name" else value for name, value in values.items())))
    options = ImportOptions(NOW)
    file = given.read(read_table(held.getvalue().encode()), options)
    plan = store.read_now(given.plan, WORKSPACE, file.rows, options)
    told = wrong_lines(file, plan, Words())
    note = f"1 cell in column {account.name} has a control character, in line 2: it is left out, e.g. Acme Corp."
    assert any(line.startswith(note) for line in told), told
    first, empty, _ = plan.rows
    assert f"{account.name} had a control character, which is left out" in list(given.reasons(first, {}))
    assert (empty.line, empty.verdict) == (3, Verdict.SKIP)
    assert empty.reason.startswith("its account")
    assert "empty" in empty.reason


def test_a_file_with_many_control_characters_is_still_no_text() -> None:
    noise = bytes(range(1, 9)) * 40
    with pytest.raises(Exception, match="The file is not text"):
        read_table(b"name,domain\nAcme," + noise + b"\n")
    table = read_table(b"na\x00me,domain\n\x01Acme\x1f,acme.example\n" + b"Globex,globex.example\n" * 3)
    assert (table.headers, table.rows[0].values) == (("name", "domain"), ("Acme", "acme.example"))
