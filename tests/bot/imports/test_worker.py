"""The worker for uploaded files: interrupted imports go on, and every result is reported."""

import asyncio

import pytest
from sqlmodel import Session, select

from agendas.errors import Outdated, Refused
from agendas.verbs import import_runs
from agendas.verbs.import_runs import begin_undo
from bot.slack_api import is_of_slack
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.events import FileImport, ImportRun
from tests.bot.imports.uploaded_files import MANY, UploadedFiles, shown
from tests.builders import ANN, BOB, author
from tests.cases import cases


async def test_an_import_that_was_stopped_in_the_middle_is_finished_by_whoever_comes_next(store: Store) -> None:
    files = UploadedFiles(store, MANY)
    number = await shown(files)
    store.write_now(import_runs.confirm, author(), number, 1)
    stopping: list[asyncio.Task[None]] = []
    # taken up, begun, and the first part
    files.after[files.writes + 3] = lambda: stopping.append(asyncio.create_task(files.worker.stop()))
    files.worker.wake()
    await files.until(lambda: bool(stopping))
    await stopping[0]
    assert files.state() == "confirmed"
    assert files.accounts() in (500, 1_000)
    files.another_worker().wake()
    await files.until(lambda: files.state() == "done")
    assert files.accounts() == 1_200
    assert "Imported as run 1: 1,200 created, 0 updated" in files.told()[-1]
    assert len(store.read_now(lambda session: session.exec(select(ImportRun)).all())) == 1


async def test_an_import_all_of_which_was_written_before_is_told_as_done(store: Store) -> None:
    files = UploadedFiles(store, MANY)
    number = await shown(files)
    store.write_now(import_runs.confirm, author(), number, 1)
    files.worker.wake()
    await files.until(lambda: files.state() == "done")

    def as_before_the_end(session: Session) -> None:
        row = session.exec(select(FileImport)).one()
        row.state = "confirmed"
        session.delete(session.exec(select(Letter).where(Letter.key == f"file_import:{number}:1:done")).one())

    store.write_now(as_before_the_end)
    files.worker.wake()
    await files.until(lambda: files.state() == "done")
    assert files.accounts() == 1_200
    assert "Imported as run 1: 1,200 created" in files.told()[-1]


async def test_what_goes_wrong_with_a_file_is_told_and_logged_under_the_same_reference(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    files = UploadedFiles(store, ValueError("odd"))
    files.given()
    files.worker.wake()
    await files.until(lambda: files.state() == "refused")
    [record] = [each for each in caplog.records if each.message == "import_failed"]
    assert f"the log has it under {vars(record)['error_id']}" in files.told()[-1]


async def test_two_who_work_files_off_do_each_once(store: Store) -> None:
    files = UploadedFiles(store, MANY)
    other = files.another_worker()
    for _ in range(3):
        files.given()
    files.worker.wake()
    other.wake()
    await files.until(lambda: len(files.told()) >= 3)
    await asyncio.gather(files.worker.stop(), other.stop())
    assert len(files.told()) == 3


async def test_a_refusal_is_told_and_leaves_nothing_to_confirm(store: Store) -> None:
    files = UploadedFiles(store, Refused("Slack did not give the file."))
    number = files.given("gone.csv")
    files.worker.wake()
    await files.until(lambda: files.state() == "refused")
    assert "Slack did not give the file." in files.told()[-1]
    with pytest.raises(Outdated, match=r"gone.csv could not be imported. Give it again with /abm import."):
        store.write_now(import_runs.confirm, author(), number, 1)


async def test_a_preview_belongs_to_who_gave_the_file_and_is_confirmed_once(store: Store) -> None:
    files = UploadedFiles(store, MANY)
    number = await shown(files)
    with pytest.raises(Outdated, match="is not known any more"):
        store.write_now(import_runs.confirm, author(BOB), number, 1)
    with pytest.raises(Outdated, match="was read again since"):
        store.write_now(import_runs.confirm, author(ANN), number, 2)
    store.write_now(import_runs.confirm, author(ANN), number, 1)
    with pytest.raises(Outdated, match="is being imported already"):
        store.write_now(import_runs.confirm, author(ANN), number, 1)


async def test_an_import_that_was_taken_back_meanwhile_writes_nothing_more(store: Store) -> None:
    files = UploadedFiles(store, MANY)
    number = await shown(files)
    store.write_now(import_runs.confirm, author(), number, 1)
    files.after[files.writes + 3] = lambda: store.write_now(begin_undo, 1, author())
    files.worker.wake()
    await files.until(lambda: files.state() == "refused")
    assert "This import was taken back while it was under way." in files.told()[-1]
    assert files.accounts() <= 1_000


@cases(
    ("address", "api", "is_slack"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/a.csv", "https://www.slack.com/api/", True),
        ("https://files.slack.com/files-pri/T1-F1/download/a.csv", "https://slack.com/api/", True),
        ("https://files.slack-gov.com/files-pri/T1-F1/a.csv", "https://slack-gov.com/api/", True),
        ("http://127.0.0.1:8765/files-pri/T1-F1/a.csv", "http://127.0.0.1:8765/api/", True),
        ("http://127.0.0.1:8766/files-pri/T1-F1/a.csv", "http://127.0.0.1:8765/api/", False),
        ("http://files.slack.com/files-pri/T1-F1/a.csv", "https://www.slack.com/api/", False),
        ("https://files.slack.com.elsewhere.example/a.csv", "https://www.slack.com/api/", False),
        ("https://evilslack.com/a.csv", "https://www.slack.com/api/", False),
        ("https://files.slack.com@elsewhere.example/a.csv", "https://www.slack.com/api/", False),
        ("https://files.slack.com:8443/a.csv", "https://www.slack.com/api/", False),
        ("https://docs.example/a.csv", "https://www.slack.com/api/", False),
        ("", "https://www.slack.com/api/", False),
    ],
)
def test_the_token_goes_to_slack_alone(address: str, api: str, is_slack: bool) -> None:
    assert is_of_slack(address, api) is is_slack
