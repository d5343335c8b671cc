"""The worker takes imports back, to the end whatever happens, and names nothing that is hidden from who asked."""

import asyncio

import pytest
from sqlmodel import Session, select

from agendas.errors import Outdated, Refused
from agendas.facts.events import Edited
from agendas.verbs import import_runs, imports
from agendas.verbs.record import record
from storage.database import Store
from storage.models.accounts import Account
from tests.bot.imports.uploaded_files import MANY, UploadedFiles, shown
from tests.builders import ANN, BOB, author, profile


async def test_of_private_accounts_nothing_is_told_to_who_may_not_see_them(store: Store) -> None:
    files = UploadedFiles(store, b"name,segment\nInitech,Banks\nHooli,Software\n")
    number = await shown(files)
    store.write_now(import_runs.confirm, author(), number, 1)
    files.worker.wake()
    await files.until(lambda: files.state() == "done")

    def hide_and_change(session: Session) -> None:
        for account in session.exec(select(Account)):
            account.private_channel = "C0SECRET" if account.name == "Initech" else ""
            record(session, author(), account.row_id, Edited(profile(account.name, segment="Changed")))

    store.write_now(hide_and_change)
    files.content = b"name,segment\nInitech,Retail\nHooli,Retail\n"
    files.given("again.csv")
    files.worker.wake()
    await files.until(lambda: files.told()[-1].count("again.csv") > 0)
    assert "0 to create, 1 to update, 0 unchanged, 1 skipped." in files.told()[-1]
    assert "Changed" in files.told()[-1]
    assert store.write_now(imports.ask_undo, author(), 1) == "accounts.csv"
    files.worker.wake()
    await files.until(lambda: "is undone" in files.told()[-1])
    assert "Kept, because they were changed since: Hooli." in files.told()[-1]
    assert "Initech" not in files.told()[-1]


async def test_an_undoing_that_was_stopped_in_the_middle_is_finished_by_whoever_comes_next(store: Store) -> None:
    files = UploadedFiles(store, MANY)
    number = await shown(files)
    store.write_now(import_runs.confirm, author(), number, 1)
    files.worker.wake()
    await files.until(lambda: files.state() == "done")

    def on_the_list(session: Session) -> int:
        return sum(account.list_status == "candidate" for account in session.exec(select(Account)))

    store.write_now(imports.ask_undo, author(BOB), 1)
    with pytest.raises(Outdated, match=r"accounts.csv is being undone already. The outcome comes in a moment."):
        store.write_now(imports.ask_undo, author(ANN), 1)
    stopping: list[asyncio.Task[None]] = []
    # taken up, begun, and the first part
    files.after[files.writes + 3] = lambda: stopping.append(asyncio.create_task(files.worker.stop()))
    files.worker.wake()
    await files.until(lambda: bool(stopping))
    await stopping[0]
    assert store.read_now(on_the_list) in (200, 700)
    [listed] = store.read_now(imports.past_imports, author().workspace_id)
    assert (listed.is_undoing, listed.can_be_undone) == (True, False)
    files.another_worker().wake()
    await files.until(lambda: "is undone" in files.told()[-1])
    assert store.read_now(on_the_list) == 0
    assert "Import 1 is undone: 1,200 new accounts removed." in files.told()[-1]
    with pytest.raises(Refused, match="Import 1 was undone already"):
        store.write_now(imports.ask_undo, author(ANN), 1)
