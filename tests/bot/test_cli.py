import asyncio
import os
import re
import signal
import sqlite3
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS, main
from bot.cli.doctor import CheckVerdict
from bot.cli.workspaces import State
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS
from storage import inbox, workspaces
from storage.database import Store
from storage.workspaces import Installation
from tests.bot.processes import MANIFEST, started
from tests.cases import cases
from tests.rows import everything_in

# The command line: words, help, exit statuses, and the bot as a process of its own.

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith(("SLACK_", "CADENCE_", "DATABASE_URL", "PORT", "HOST", "LOG_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, store: Store) -> Store:
    monkeypatch.setenv("DATABASE_URL", store.url)
    for workspace_id, name in (("T1", "Sample"), ("T2", "Other")):
        installation = Installation(workspace_id, name, "", "U1", "B1")
        store.write_now(workspaces.save_installation, installation, time_zone="Europe/Berlin", now=NOON)
        store.write_now(inbox.note_key, workspace_id, "event:Ev1", NOON)
    return store


@cases("word", COMMANDS)
def test_every_word_explains_itself(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([word, "--help"])
    assert ended.value.code == 0
    assert f"cadence {word}" in capsys.readouterr().out


def test_help_lists_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert [word for word in COMMANDS if word not in said] == []


def test_an_unknown_argument_is_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["migrate", "--fast"])
    assert ended.value.code == 2
    assert "--fast" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [[], ["run"]])
def test_missing_settings_are_all_named_with_status_two(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    said = capsys.readouterr().err
    assert "SLACK_BOT_TOKEN is missing" in said
    assert "SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing" in said


def test_migrate_makes_the_schema_and_then_has_nothing_to_do(capsys, empty_database_url: str, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    assert main(["migrate"]) == 0
    assert "The database is ready." in capsys.readouterr().out
    assert main(["migrate"]) == 0
    assert "The database is up to date." in capsys.readouterr().out


def test_migrate_says_what_is_wrong_with_a_database_that_is_not_ours(capsys, tmp_path, monkeypatch):
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("create table account (name text)")
    connection.close()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    assert main(["migrate"]) == 1
    assert "was written by another version of Cadence (schema unknown" in capsys.readouterr().err


def test_migrate_says_when_the_database_cannot_be_opened(capsys, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/at/all.db")
    assert main(["migrate"]) == 1
    assert "check DATABASE_URL" in capsys.readouterr().err


def test_workspaces_lists_where_the_bot_is(installed: Store, capsys: pytest.CaptureFixture[str]) -> None:
    installed.write_now(workspaces.deactivate, "T2", gone_at=NOON)
    assert main(["workspaces"]) == 0
    said = capsys.readouterr().out
    assert [word in said for word in ("T1", "Sample", "active", "T2", "removed")] == [True] * 5


def test_workspaces_says_when_there_is_none(store: Store, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", store.url)
    assert main(["workspaces"]) == 0
    assert "not installed anywhere yet" in capsys.readouterr().out


@pytest.mark.parametrize("argv", [["workspaces"], ["forget", "T1", "--yes"]])
def test_a_database_without_schema_is_sent_to_migrate(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 1
    assert "run cadence migrate first" in capsys.readouterr().err


def test_forget_deletes_one_workspace_and_only_when_it_is_meant(installed: Store, capsys: pytest.CaptureFixture[str]):
    assert main(["forget", "T1"]) == 1
    assert "cadence forget T1 --yes" in capsys.readouterr().err
    assert main(["forget", "T1", "--yes"]) == 0
    assert "Sample is forgotten: 2 rows were deleted." in capsys.readouterr().out
    assert [each.id for each in installed.read_now(workspaces.get_all)] == ["T2"]
    assert installed.write_now(inbox.note_key, "T1", "event:Ev1", NOON)
    assert not installed.write_now(inbox.note_key, "T2", "event:Ev1", NOON)


def test_forget_knows_no_other_workspace(installed: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forget", "T9", "--yes"]) == 1
    assert "No workspace T9 is stored" in capsys.readouterr().err


@pytest.mark.parametrize("name", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.proof)])
async def test_the_process_answers_and_stops_in_good_order_when_told_to(name: signal.Signals, tmp_path: Path) -> None:
    async with Sandbox(manifest=MANIFEST, ack_seconds=PATIENCE_SECONDS) as sandbox:
        sandbox.add_channel("abm-weekly", members=[sandbox.add_user("ann")])
        async with started(sandbox, database_url="sqlite:///cadence.db", folder=tmp_path) as process:
            await sandbox.connected()
            assert "/account" in await sandbox.person("ann").types("/abm help", in_="abm-weekly")
            process.send_signal(name)
            _, said = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
        assert process.returncode == 0
        assert b"started" in said
        assert sandbox.bot_token.encode() not in said
        assert b"Traceback" not in said


def test_a_bot_that_cannot_start_says_why_with_status_one(monkeypatch, capsys):
    for name, value in {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_APP_TOKEN": "xapp-1",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing",
    }.items():
        monkeypatch.setenv(name, value)
    assert main([]) == 1
    said = capsys.readouterr().err
    assert "check DATABASE_URL" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("argv", [["migrate"], ["workspaces"], ["forget", "T1", "--yes"], ["import", "accounts.csv"]])
def test_a_damaged_database_is_said_in_one_sentence(argv: list[str], capsys, tmp_path):
    (tmp_path / "cadence.db").write_bytes(b"SQLite format 3\0" + b"x" * 5_000)
    assert main(argv) == 1
    assert capsys.readouterr().err == (
        "What DATABASE_URL names is damaged or is no database. Check DATABASE_URL, or restore a backup.\n"
    )


def only_readable(store: Store) -> str:
    if store.is_sqlite:
        return store.url.replace("sqlite:///", "sqlite:///file:") + "?mode=ro&uri=true"
    return f"{store.url}&options=-c%20default_transaction_read_only%3Don"


@pytest.mark.parametrize("argv", [["forget", "T1", "--yes"], ["import", "a.csv", "--workspace", "T1", "--apply"]])
def test_work_on_a_database_that_can_only_be_read_is_refused_whole(argv, installed, capsys, monkeypatch, tmp_path):
    (tmp_path / "a.csv").write_text("name,domain\nAcme,acme.example\nGlobex,globex.example\n")
    before = everything_in(installed)
    monkeypatch.setenv("DATABASE_URL", only_readable(installed))
    assert main(argv) == 1
    assert "The database can only be read. Make its file, folder or server writable" in capsys.readouterr().err
    assert everything_in(installed) == before


@pytest.mark.parametrize(("word", "states"), [("doctor", CheckVerdict), ("workspaces", State)])
def test_the_help_explains_every_verdict_and_state_that_is_printed(word: str, states: type[StrEnum], capsys):
    with pytest.raises(SystemExit):
        main([word, "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert [state for state in states if not re.search(rf"\b{state}( \(|,| while| once)", said)] == []


# Wrong arguments and settings: one sentence that names the right ones, and status 2.

WRONG_ADDRESSES = (
    "postgresql://ann:secret@127.0.0.1:notaport/x",
    "postgresql://ann:secret@127.0.0.1:99999/x",
    "postgresql://ann:secret@127.0.0.1:/x",
    "postgresql://ann:secret@[::1/x",
    "postgresql://ann:sec@ret@127.0.0.1/x",
    "sqlite:///cadence.db?mode=zz",
    "sqlite:///cadence.db?mode=ro&uri=true",
)


@pytest.mark.parametrize("url", WRONG_ADDRESSES)
@pytest.mark.parametrize("argv", [["migrate"], ["backup", "a.backup"], ["workspaces"]])
def test_an_address_of_no_database_is_named_with_what_it_should_be(argv: list[str], url: str, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(argv) == 2
    said = capsys.readouterr().err
    assert said.startswith("DATABASE_URL must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/DATABASE")
    assert "secret" not in said


@cases("url", WRONG_ADDRESSES)
def test_the_doctor_names_the_address_and_goes_on(url: str, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["doctor"]) == 1
    assert "DATABASE_URL must be" in capsys.readouterr().out


@pytest.mark.parametrize("argv", [["migrate"], ["backup", "a.backup"]])
def test_any_character_but_an_at_sign_may_stand_in_a_password(argv: list[str], monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql://ann:p[a]s:s/w?o#rd@127.0.0.1:1/x")
    assert main(argv) == 1
    assert capsys.readouterr().err.startswith("The database server cannot be reached: check DATABASE_URL")


@pytest.mark.parametrize("file", ["", "/", "."])
@pytest.mark.parametrize("word", ["backup", "restore"])
def test_a_name_of_no_file_is_usage(word: str, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([word, file])
    assert ended.value.code == 2
    assert f"argument FILE: '{file}' names no file" in capsys.readouterr().err


def test_a_pipe_is_no_backup_and_nobody_waits_for_what_comes_through_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'cadence.db'}")
    os.mkfifo(tmp_path / "pipe")
    assert main(["restore", str(tmp_path / "pipe")]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'pipe'} is no file. Name a file that cadence backup wrote.\n"


def test_a_word_that_is_none_is_answered_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["bogus"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert [word for word in ("bogus", *COMMANDS) if word not in said] == []
