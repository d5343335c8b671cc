"""Files that people uploaded, and the worker that imports them."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from sqlmodel import Session, col, func, select

from agendas.rendering.words import Words
from agendas.verbs import import_runs
from bot.imports import FileImportWorker
from sandbox.workspace import PATIENCE_SECONDS
from storage.database import Store
from storage.models.accounts import Account
from storage.models.delivery import Letter
from storage.models.events import FileImport
from tests.bot.test_clock import HandClock
from tests.builders import NOW, author
from tests.program import learn_people

MANY = b"name,domain\n" + b"".join(b"Sample %d,sample-%d.example\n" % (number, number) for number in range(1_200))


class UploadedFiles:
    """Uploaded files that all have the same content, or are all refused, and the worker that imports them."""

    def __init__(self, store: Store, content: bytes | Exception) -> None:
        learn_people(store)
        self.store, self.content = store, content
        self.written = asyncio.Event()
        self.writes = 0
        self.after: dict[int, Callable[[], object]] = {}
        store.after_write = self._after_write
        self.worker = self.another_worker()

    def another_worker(self) -> FileImportWorker:
        """Return another worker on the same files."""
        return FileImportWorker(self.store, Words(), HandClock(NOW), self._fetch)

    def given(self, name: str = "accounts.csv") -> int:
        """Return the number of a file that Ann uploaded."""
        wanted: dict[str, Any] = {"what": "", "file_id": "F0FILE001", "file_name": name}
        return int(self.store.write_now(import_runs.ask_for, author(), **wanted).row_id)

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not holds():
                self.written.clear()
                if not holds():
                    await self.written.wait()

    def state(self) -> str:
        return self.store.read_now(lambda session: session.exec(select(FileImport.state)).one())

    def accounts(self) -> int:
        return self.store.read_now(lambda session: session.exec(select(func.count()).select_from(Account)).one())

    def told(self) -> list[str]:
        def read(session: Session) -> list[str]:
            return [json.dumps(letter.subject) for letter in session.exec(select(Letter).order_by(col(Letter.id)))]

        return self.store.read_now(read)

    async def _fetch(self, _workspace_id: str, _file_id: str) -> bytes:
        if isinstance(self.content, Exception):
            raise self.content
        return self.content

    def _after_write(self) -> None:
        self.writes += 1
        self.after.pop(self.writes, lambda: None)()
        self.written.set()


async def shown(files: UploadedFiles) -> int:
    number = files.given()
    files.worker.wake()
    await files.until(lambda: files.state() == "shown")
    return number
