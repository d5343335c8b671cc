import csv
import sys
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import col

from storage.database import Store
from storage.models.accounts import Account
from tests.bot.cli.copies import Does, Rows, restored, rows_at, without_entries
from tests.builders import WORKSPACE
from tests.program import stored_program
from tests.restored_rows import Lines, lines_as_restored


def by_id(rows: Rows) -> Rows:
    return {name: sorted(each, key=lambda row: str(row.get("id", ""))) for name, each in rows.items()}


def lines_in(folder: Path) -> dict[str, Lines]:
    found: dict[str, Lines] = {}
    for path in folder.iterdir():
        with path.open(encoding="utf-8-sig", newline="") as file:
            found[path.name] = list(csv.reader(file))
    return found


@pytest.mark.database("sqlite", "postgres")
def test_an_export_is_taken_in_by_an_empty_database(store: Store, elsewhere: str, tmp_path: Path, does: Does) -> None:
    stored_program(store)
    folder, again = tmp_path / "out", tmp_path / "again"
    said = does(store.url, "export", folder, "--whole")
    assert said.startswith("Exported ")
    assert f"rows of workspace {WORKSPACE} to {folder}" in said
    does(elsewhere, "migrate")
    assert "Nothing is written yet" in does(elsewhere, "import", folder)
    assert rows_at(elsewhere)["account"] == []
    said = does(elsewhere, "import", folder, "--apply")
    assert "searched for in Slack" in said
    assert "start the bot with its token" in said
    assert "programs that send signals need a new one, which an admin makes with /abm signals" in said
    # figures are worked out anew where the export was taken in
    assert by_id(without_entries(rows_at(elsewhere))) == by_id(restored(rows_at(store.url))) | {"program_figures": []}
    does(elsewhere, "export", again, "--whole")
    files = sorted(path.name for path in folder.iterdir())
    assert files == sorted(path.name for path in again.iterdir())
    assert {"account.csv", "event.csv", "signal.csv", "contents.csv"} <= set(files)
    before = lines_in(folder)
    assert lines_in(again) == {name: lines_as_restored(name.removesuffix(".csv"), before[name]) for name in files}


def test_a_spreadsheet_reads_the_files_as_text(store: Store, tmp_path: Path, does: Does) -> None:
    stored_program(store)
    does(store.url, "export", tmp_path / "out")
    assert (tmp_path / "out" / "account.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "out" / "account.csv").open(encoding="utf-8-sig", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert "Acme Corp" in names


def test_private_accounts_are_in_a_whole_export_alone(store: Store, tmp_path: Path, does: Does) -> None:
    acme = stored_program(store).accounts["acme"]
    private = update(Account).where(col(Account.id) == acme).values(private_channel="C0SECRET")
    store.write_now(lambda session: session.exec(private))
    assert "Private accounts are left out" in does(store.url, "export", tmp_path / "some")
    assert "Private accounts" not in does(store.url, "export", tmp_path / "whole", "--whole")
    for folder, is_there in (("some", False), ("whole", True)):
        found = "".join(path.read_text(encoding="utf-8-sig") for path in (tmp_path / folder).iterdir())
        assert ("Acme Corp" in found) is is_there
        assert ("CFO agreed to a pilot" in found) is is_there


def test_a_folder_with_something_in_it_is_left_alone(store: Store, tmp_path: Path, does: Does) -> None:
    stored_program(store)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    assert "exists and is not empty" in does(store.url, "export", folder, status=1)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


def test_a_place_where_nothing_can_be_written_is_named(store: Store, tmp_path: Path, does: Does) -> None:
    stored_program(store)
    (tmp_path / "file").write_text("")
    said = does(store.url, "export", tmp_path / "file" / "out", status=1)
    assert said.startswith(str(tmp_path / "file"))
    assert len(said.splitlines()) == 1


def test_a_folder_without_an_export_is_refused(store: Store, tmp_path: Path, does: Does) -> None:
    (tmp_path / "empty").mkdir()
    assert "is not a complete export" in does(store.url, "import", tmp_path / "empty", status=1)


def test_an_export_with_a_file_missing_or_broken_changes_nothing(store: Store, elsewhere: str, tmp_path, does: Does):
    stored_program(store)
    folder = tmp_path / "out"
    does(store.url, "export", folder)
    does(elsewhere, "migrate")
    (folder / "event.csv").write_bytes(b"\xff\xfe\x00")
    assert "event.csv cannot be read" in does(elsewhere, "import", folder, "--apply", status=1)
    (folder / "event.csv").unlink()
    assert "event.csv is missing" in does(elsewhere, "import", folder, "--apply", status=1)
    assert all(rows == [] for rows in rows_at(elsewhere).values())


def test_a_database_with_a_workspace_is_refused(store: Store, tmp_path: Path, does: Does) -> None:
    stored_program(store)
    does(store.url, "export", tmp_path / "out")
    before = rows_at(store.url)
    assert "knows a workspace already" in does(store.url, "import", tmp_path / "out", "--apply", status=1)
    assert rows_at(store.url) == before


def test_a_long_text_is_read_whatever_the_limit_of_the_reader_was(store: Store, elsewhere: str, tmp_path, does: Does):
    stored_program(store)
    with store.writing() as session:
        session.connection().exec_driver_sql("update account set because = '" + "x" * 200_000 + "'")
    csv.field_size_limit(131_072)
    does(store.url, "export", tmp_path / "out")
    does(elsewhere, "migrate")
    does(elsewhere, "import", tmp_path / "out", "--apply")
    assert csv.field_size_limit() == sys.maxsize
    assert {len(row["because"]) for row in rows_at(elsewhere)["account"]} == {200_000}
