"""Thousands of payloads that are wrong somewhere: each is answered, nothing fails, nobody else's work is touched.

`make prove` takes 10,000 others each time. Most come as in Socket Mode, every tenth by the HTTP server, signed.
"""

import asyncio
import itertools
import logging
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

from storage.database import Store
from tests.builders import EVE
from tests.handlers.acts import Acts, acts_in
from tests.handlers.by_http import ByHttp, by_http, is_too_long
from tests.handlers.elsewhere import tell_elsewhere
from tests.handlers.local_bot import OTHER, LocalBot, install, learn_outsiders, local_bot
from tests.handlers.mutations import BYTES, Foreign, Whole, payload_of, whole_payloads
from tests.handlers.payloads import Payload
from tests.program import stored_program

PAYLOADS_OF_EACH = 100
SAMPLE, FULL = 1, 100
"""Examples in each run, and in the full profile."""
ONE_BY_HTTP_OF = 10

OF_WORKSPACES = tuple(table.name for table in SQLModel.metadata.sorted_tables if "workspace_id" in table.columns)
LENGTHS = [
    (table.name, column.name, length)
    for table in SQLModel.metadata.sorted_tables
    for column in table.columns
    if (length := getattr(column.type, "length", None))
]


TOO_LONG = "select '{0}.{1}', {1} from {0} where length({1}) > {2}"


class Failures(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps it, but what Bolt says of workspaces that the bot is not installed in."""
        if "the AuthorizeResult" not in record.getMessage():
            self.found.append(self.format(record))


@dataclass(repr=False)
class Bench:
    """A bot that is set back to where it began before each example."""

    runner: asyncio.Runner
    at: LocalBot
    http: ByHttp
    wholes: list[Whole]
    foreign: Foreign
    beginning: sqlite3.Connection
    failures: Failures
    numbers: Iterator[int] = field(default_factory=itertools.count)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)

    def begin(self) -> None:
        raw = self.at.store.engine.raw_connection()
        self.beginning.backup(raw.driver_connection)  # type: ignore[arg-type]
        raw.close()

    def take(self, given: bytes) -> None:
        """Takes one payload in. It fails when it was not answered as it should be, or something else went wrong.

        The answer is 200, or 400 for what cannot be read as a payload of Slack's, or 413 for what is too long for HTTP.
        """
        payload, told = payload_of(given, self.wholes, self.foreign)
        status = self.runner.run(self._status(payload, is_by_http=next(self.numbers) % ONE_BY_HTTP_OF == 0))
        self.at.slack.calls.clear()
        assert status in (200, 400) or (status == 413 and is_too_long(payload)), told
        assert self.failures.found == [], f"{told}\n{self.failures.found[0]}"

    async def _status(self, payload: Payload, *, is_by_http: bool) -> int:
        status = await self.http.posts(payload) if is_by_http else (await self.at.takes(payload)).status
        self.answers["HTTP" if is_by_http else "Socket Mode", status] += 1
        return status

    def rows(self, sql: str, *values: object) -> list[Any]:
        raw = self.at.store.engine.raw_connection()
        found = raw.driver_connection.execute(sql, values).fetchall()  # type: ignore[union-attr]
        raw.close()
        return found

    def too_long(self) -> list[Any]:
        """Texts that another database would not take: SQLite does not mind how long a text is."""
        return [found for name, column, most in LENGTHS for found in self.rows(TOO_LONG.format(name, column, most))]

    def elsewhere(self) -> dict[str, list[Any]]:
        return {name: self.rows(f"select * from {name} where workspace_id = ?", OTHER) for name in OF_WORKSPACES}


@pytest.fixture(scope="module")
def bench(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    path = tmp_path_factory.mktemp("bench") / "cadence.db"
    shutil.copy(migrated_sqlite, path)
    store = Store(f"sqlite:///{path}")
    acts = _told(store)
    foreign = tell_elsewhere(store)
    raw = store.engine.raw_connection()
    beginning = sqlite3.connect(":memory:")
    raw.driver_connection.backup(beginning)  # type: ignore[union-attr]
    # nothing here outlives the run, so nothing has to reach the disk
    raw.driver_connection.execute("pragma synchronous=off")  # type: ignore[union-attr]
    raw.close()
    failures = Failures()
    with asyncio.Runner() as runner:
        around = AsyncExitStack()
        at = runner.run(around.enter_async_context(local_bot(store)))
        http = runner.run(around.enter_async_context(by_http(at)))
        logging.getLogger().addHandler(failures)
        bench = Bench(runner, at, http, whole_payloads(acts), foreign, beginning, failures)
        yield bench
        logging.getLogger().removeHandler(failures)
        runner.run(around.aclose())
        print(
            "\nanswered:", *(f"{count:,} with {each[1]} by {each[0]}," for each, count in sorted(bench.answers.items()))
        )
    store.close()


def _told(store: Store) -> Acts:
    program = stored_program(store)
    install(store)
    learn_outsiders(store)
    return replace(acts_in(program), actor=EVE)


@settings(
    max_examples=FULL if settings.get_current_profile_name() == "full" else SAMPLE,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.binary(min_size=BYTES, max_size=BYTES), min_size=PAYLOADS_OF_EACH, max_size=PAYLOADS_OF_EACH))
def test_no_payload_breaks_anything_or_reaches_another_workspace(bench: Bench, payloads: list[bytes]) -> None:
    bench.begin()
    before = bench.elsewhere()
    for each in payloads:
        bench.take(each)
    assert bench.elsewhere() == before
    assert bench.rows("pragma foreign_key_check") == []
    assert bench.too_long() == []
