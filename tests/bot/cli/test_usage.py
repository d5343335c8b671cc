"""Wrong arguments and settings: one sentence that names the right ones, and status 2."""

import os
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS, main
from tests.cases import cases

WRONG_ADDRESSES = (
    "postgresql://ann:secret@127.0.0.1:notaport/x",
    "postgresql://ann:secret@127.0.0.1:99999/x",
    "postgresql://ann:secret@127.0.0.1:/x",
    "postgresql://ann:secret@[::1/x",
    "postgresql://ann:sec@ret@127.0.0.1/x",
    "sqlite:///cadence.db?mode=zz",
    "sqlite:///cadence.db?mode=ro&uri=true",
)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("url", WRONG_ADDRESSES)
@pytest.mark.parametrize("argv", [["migrate"], ["backup", "a.backup"], ["workspaces"]])
def test_an_address_of_no_database_is_named_with_what_it_should_be(
    argv: list[str], url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(argv) == 2
    said = capsys.readouterr().err
    assert said.startswith("DATABASE_URL must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/DATABASE")
    assert "secret" not in said


@cases("url", WRONG_ADDRESSES)
def test_the_doctor_names_the_address_and_goes_on(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["doctor"]) == 1
    assert "DATABASE_URL must be" in capsys.readouterr().out


@pytest.mark.parametrize("argv", [["migrate"], ["backup", "a.backup"]])
def test_any_character_but_an_at_sign_may_stand_in_a_password(
    argv: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
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


def test_a_pipe_is_no_backup_and_nobody_waits_for_what_comes_through_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
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
