"""`cadence import` of archives that /abm export made."""

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

import pytest
from sqlmodel import select

from agendas.errors import Refused
from agendas.facts.account import AccountState, EventFacts
from agendas.rules.fold import fold, with_signals, without_closed
from agendas.verbs.exports import archive
from agendas.verbs.loading import event_facts
from agendas.verbs.record import current_state
from bot.cli.imports import opened_export, read_export
from storage import events
from storage.backups import GONE
from storage.database import Store
from storage.models.accounts import Account
from tests.bot.cli.copies import Does, rows_at
from tests.builders import WORKSPACE
from tests.cases import cases
from tests.program import stored_program
from tests.restored_rows import Lines, lines_as_restored

# Importing the ZIP archive of /abm export: completely, or refused with one sentence.

Change = Callable[[bytes], bytes]


@pytest.fixture
def sent(store: Store) -> bytes:
    stored_program(store)
    with store.snapshot() as session:
        return archive(session, WORKSPACE)[0]


def packed(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return held.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return {name: held.read(name) for name in held.namelist()}


def without(name: str) -> Change:
    return lambda content: packed({each: raw for each, raw in unpacked(content).items() if each != name})


def locked(content: bytes) -> bytes:
    """The archive with the mark of encrypted files on its first."""
    at = content.index(b"PK\x01\x02") + 8
    return content[:at] + b"\x01" + content[at + 1 :]


def scratched(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        at = held.getinfo("account.csv").header_offset + 200
    return content[:at] + bytes(8) + content[at + 8 :]


@cases(
    ("change", "said"),
    [
        (without("contents.csv"), "is not a complete export: contents.csv is missing. Name a CSV file, a folder that"),
        (lambda content: content[: len(content) // 2], "a zip archive that is damaged or not whole. Get it once more."),
        (locked, "is not packed as /abm export does it. Give the file that it sent, unchanged."),
        (scratched, "account.csv in "),
        (without("event.csv"), "event.csv is missing in "),
    ],
)
def test_an_archive_that_is_no_whole_export_is_refused_with_one_sentence(sent, elsewhere, tmp_path, does, change, said):
    (tmp_path / "export.zip").write_bytes(change(sent))
    does(elsewhere, "migrate")
    answer = does(elsewhere, "import", tmp_path / "export.zip", "--apply", status=1)
    assert said in answer
    assert len(answer.splitlines()) == 1
    assert all(rows == [] for rows in rows_at(elsewhere).values())


def test_a_zip_archive_of_something_else_is_refused_where_a_workspace_is_known_too(store: Store, tmp_path, does: Does):
    stored_program(store)
    (tmp_path / "accounts.zip").write_bytes(packed({"accounts.csv": b"name\nAcme\n"}))
    (tmp_path / "accounts.xlsx").write_bytes(packed({"[Content_Types].xml": b""}))
    assert "is not a complete export" in does(store.url, "import", tmp_path / "accounts.zip", status=1)
    assert "an Excel workbook (.xlsx)" in does(store.url, "import", tmp_path / "accounts.xlsx", status=1)


def test_nothing_of_an_archive_is_written_to_a_folder(sent: bytes, elsewhere: str, tmp_path: Path, does: Does) -> None:
    hostile = {"../outside.csv": b"x", "/tmp/outside.csv": b"x"}
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "export.zip").write_bytes(packed(unpacked(sent) | hostile))
    does(elsewhere, "migrate")
    before = {path for path in tmp_path.rglob("*") if ".db" not in path.name}
    does(elsewhere, "import", folder / "export.zip", "--apply")
    assert {path for path in tmp_path.rglob("*") if ".db" not in path.name} == before
    assert len(rows_at(elsewhere)["account"]) == 6


def test_an_archive_that_would_unpack_to_more_than_allowed_is_refused(sent: bytes, tmp_path: Path) -> None:
    (tmp_path / "export.zip").write_bytes(packed(unpacked(sent) | {"more.csv": bytes(2_000_000)}))
    with (
        pytest.raises(Refused, match=r"Unpacked, .* has more than 2 MB"),
        opened_export(tmp_path / "export.zip", most_bytes=2_000_000),
    ):
        pass


def test_an_entry_that_lies_about_its_size_gives_no_more_than_it_says(sent, elsewhere, tmp_path, does):
    bomb = packed({**unpacked(sent), "event.csv": bytes(1_000_000)})
    at = bomb.index(b"event.csv", bomb.index(b"PK\x01\x02")) - 46 + 24
    (tmp_path / "export.zip").write_bytes(bomb[:at] + (100).to_bytes(4, "little") + bomb[at + 4 :])
    does(elsewhere, "migrate")
    store = Store(elsewhere)
    with opened_export(tmp_path / "export.zip", most_bytes=500_000) as export, pytest.raises(Refused):
        store.write_now(read_export, export, lambda _done, _total: None)
    store.close()


# The kept export of the demo as an earlier version wrote it: its history comes over, whatever the schema is by now.

EXPORT = Path(__file__).parents[2] / "data" / "demo_0075.zip"
"""What `cadence export --whole` of schema 0075 wrote of the demo once its review was posted. Never written again."""


def kept() -> dict[str, Lines]:
    csv.field_size_limit(10_000_000)
    with zipfile.ZipFile(EXPORT) as files:
        return {
            name.removesuffix(".csv"): list(csv.reader(TextIOWrapper(files.open(name), "utf-8-sig", newline="")))
            for name in files.namelist()
        }


def without_columns(lines: Lines, columns: frozenset[str]) -> Lines:
    return [[cell for cell, name in zip(line, lines[0], strict=True) if name not in columns] for line in lines]


def folded(history: list[EventFacts]) -> AccountState:
    """The account by its history, with what is open, as a row keeps it."""
    state = fold(history)
    assert state is not None
    return without_closed(state, datetime(9999, 1, 1, tzinfo=UTC))


def in_order(state: AccountState) -> AccountState:
    return replace(
        state,
        blockers=tuple(sorted(state.blockers, key=lambda each: each.id)),
        actions=tuple(sorted(state.actions, key=lambda each: each.id)),
        contacts=tuple(sorted(state.contacts, key=lambda each: each.id)),
        opportunities=tuple(sorted(state.opportunities, key=lambda each: each.key)),
        plays=tuple(sorted(state.plays, key=lambda each: each.id)),
    )


@pytest.mark.database("sqlite", "postgres")
def test_nothing_of_an_earlier_versions_export_is_lost_but_what_is_named(store, elsewhere, tmp_path, does):
    expected = kept()
    does(elsewhere, "migrate")
    assert "holds an export of 1,692 rows" in does(elsewhere, "import", EXPORT)
    does(elsewhere, "import", EXPORT, "--apply")
    does(elsewhere, "export", tmp_path / "again", "--whole")
    header, *tables = expected["contents"]
    assert header == ["schema", "table", "rows"]
    for schema, name, rows in tables:
        assert (schema, len(expected[name]) - 1) == ("0075", int(rows))
        if name in GONE and not GONE[name]:
            continue
        before = lines_as_restored(name, without_columns(expected[name], GONE.get(name, frozenset())))
        with (tmp_path / "again" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            after = list(csv.reader(file))
        assert without_columns(after, frozenset(after[0]) - frozenset(before[0])) == before, name

    store = Store(elsewhere)
    with store.reading() as session:
        accounts = session.exec(select(Account)).all()
        assert len(accounts) == 27
        for row in accounts:
            history = [event_facts(event) for event in events.of_account(session, row.row_id)]
            stored = current_state(session, row)
            assert in_order(stored) == in_order(with_signals(folded(history), stored)), row.name
    store.close()
