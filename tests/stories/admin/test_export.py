import csv
import io
import zipfile

import pytest

from bot.__main__ import main
from sandbox.faults import Fault
from tests.stories.team import CHANNEL, Team

NO_ANSWER = [
    Fault(cut="after"),
    *(
        pytest.param(fault, marks=pytest.mark.proof)
        for fault in (
            Fault(status=503, carried_out=True),
            Fault(error="internal_error", carried_out=True),
            Fault(error="request_timeout", carried_out=True),
        )
    ),
]


async def test_an_admin_gets_everything_as_csv_in_a_direct_message(team: Team) -> None:
    await team.knows("=Initech")
    said = await team.ann.types("/abm export", in_=CHANNEL)
    assert "cadence-export-2026-11-24.zip is in your direct messages" in said
    [file] = team.sandbox.workspace.files.values()
    assert file.name in str(team.sandbox.workspace.im(team.ann.id).messages[-1].files)
    with zipfile.ZipFile(io.BytesIO(file.content or b"")) as archive:
        assert archive.testzip() is None
        text = archive.read("account.csv").decode("utf-8-sig")
        assert "contents.csv" in archive.namelist()
    [account] = csv.DictReader(io.StringIO(text, newline=""))
    assert account["name"] == "'=Initech"


async def test_the_file_brings_everything_into_an_empty_database(team: Team, tmp_path, monkeypatch, capsys):
    await team.begins_review_of("=Initech")
    await team.ann.types("/abm export", in_=CHANNEL)
    await team.ann.sees("is in your direct messages", in_=CHANNEL)
    [file] = team.sandbox.workspace.files.values()
    (tmp_path / file.name).write_bytes(file.content or b"")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    for words in (["migrate"], ["import", str(tmp_path / file.name), "--apply"], ["export", str(tmp_path / "again")]):
        assert main(words) == 0, capsys.readouterr().err
    with zipfile.ZipFile(tmp_path / file.name) as sent:
        assert {name: sent.read(name) for name in sent.namelist()} == {
            path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()
        }


async def test_editors_are_refused_and_no_file_is_made(team: Team) -> None:
    assert "Ask @ann" in await team.bob.types("/abm export", in_=CHANNEL)
    assert team.sandbox.workspace.files == {}


async def test_a_file_that_slack_does_not_take_is_told_with_what_to_do(team: Team) -> None:
    team.sandbox.faults.refuse("files.completeUploadExternal", "missing_scope")
    assert "lacks the permission files:write" in await team.ann.types("/abm export", in_=CHANNEL)
    team.sandbox.faults.clear()
    team.sandbox.faults.break_down("upload")
    assert "Slack did not take the file" in await team.ann.types("/abm export", in_=CHANNEL)
    assert files_of_ann(team) == 0


@pytest.mark.parametrize("fault", NO_ANSWER)
async def test_of_a_file_that_slack_may_have_taken_it_is_said_to_look_first(team: Team, fault: Fault) -> None:
    team.sandbox.faults.add("files.completeUploadExternal", fault)
    said = await team.ann.types("/abm export", in_=CHANNEL)
    assert said == "Slack did not say whether it took the file. Look into your direct messages before you ask again."
    assert files_of_ann(team) == 1


def files_of_ann(team: Team) -> int:
    return sum(len(message.files) for message in team.sandbox.workspace.im(team.ann.id).messages)
