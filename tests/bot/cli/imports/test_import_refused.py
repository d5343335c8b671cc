"""A file, a word, a workspace or a database that does not do: one sentence, and nothing is written."""

import zipfile
from pathlib import Path

import pytest
from sqlmodel import Session, select

from agendas.rules.import_tables import LARGEST_FILE_BYTES
from bot.__main__ import main
from storage import workspaces
from storage.database import Store
from storage.models.events import Event
from storage.workspaces import Installation
from tests.bot.cli.imports.terminal import LABELS, Terminal
from tests.builders import NOW, WORKSPACE
from tests.cases import cases
from tests.program import learn_people


@pytest.fixture
def bad_files(store: Store, tmp_path: Path) -> Path:
    learn_people(store)
    (tmp_path / "empty.csv").touch()
    with zipfile.ZipFile(tmp_path / "archive.zip", "w") as archive:
        archive.writestr("accounts.csv", "name,domain")
    (tmp_path / "other.csv").write_text("Firma;Ort\nAcme;Bonn\n")
    with (tmp_path / "huge.csv").open("wb") as huge:
        # a file with a hole in it: 101 MB that take no room
        huge.truncate(LARGEST_FILE_BYTES + 1024 * 1024)
    return tmp_path


@cases(
    ("name", "said"),
    [
        ("empty.csv", "The file is empty."),
        ("archive.zip", "is not a complete export: contents.csv is missing"),
        ("other.csv", 'The columns "Firma", "Ort" are of no export known here'),
        ("huge.csv", "The file has 101 MB and at most 100 MB can be read."),
        ("missing.csv", "missing.csv cannot be read: No such file or directory."),
        ("", "is not a complete export: contents.csv is missing"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(
    store: Store, terminal: Terminal, bad_files: Path, name: str, said: str
) -> None:
    assert terminal.imports(str(bad_files / name), "--apply") == 1
    assert said in " ".join(terminal.error.split())
    assert terminal.out == ""
    assert store.read_now(lambda session: session.exec(select(Event)).first()) is None


@cases(
    ("words", "said"),
    [
        ([], "one of the arguments FILE --undo --template is required"),
        (["a.csv", "--undo", "1"], "not allowed with argument"),
        (["a.csv", "--what", "people"], "invalid choice: 'people' (choose from"),
        (["--undo", "last"], "invalid int value"),
    ],
)
def test_wrong_usage_exits_with_2(terminal: Terminal, words: list[str], said: str) -> None:
    assert terminal.imports(*words) == 2
    assert said in terminal.error


def test_help_says_what_can_be_imported(terminal: Terminal) -> None:
    assert terminal.imports("--help") == 0
    assert "HubSpot or Salesforce export" in terminal.out
    assert "--undo RUN" in terminal.out


def install(session: Session, workspace_id: str) -> None:
    workspaces.save_installation(
        session, Installation(workspace_id, workspace_id, "", "U0BOT", "B0BOT"), time_zone="UTC", now=NOW
    )


def test_the_workspace_has_to_be_clear(store: Store, terminal: Terminal) -> None:
    assert terminal.imports(LABELS) == 1
    assert terminal.error == "No workspace is known yet. Start the bot once with cadence run.\n"
    learn_people(store)
    store.write_now(install, "T0SECOND1")
    assert terminal.imports(LABELS) == 1
    assert terminal.error == (
        f"There are several workspaces: {WORKSPACE}, T0SECOND1. Choose one with --workspace ID.\n"
    )
    assert terminal.imports(LABELS, "--workspace", "T0OTHER") == 1
    assert terminal.error == f"The bot is not in workspace T0OTHER. It is in {WORKSPACE}, T0SECOND1.\n"
    assert terminal.imports(LABELS, "--workspace", "T0SECOND1", "--apply") == 0
    assert "Undo with: cadence import --undo 1 --workspace T0SECOND1" in terminal.out


def test_a_database_without_the_schema_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    assert main(["import", LABELS]) == 1
    assert "The database is empty: run cadence migrate first" in capsys.readouterr().err
