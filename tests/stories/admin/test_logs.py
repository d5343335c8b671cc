import asyncio
import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlmodel import Session

from bot.logs import set_up_logs
from sandbox.workspace import PATIENCE_SECONDS
from tests.stories.team import CHANNEL, Team

MARKERS = ("Zyxcorp", "zyxcorp.example", "The CFO blinked", "Legal mumbles", "Call the seer", "How is", "anneliese")


class Log(io.StringIO):
    def __init__(self) -> None:
        super().__init__()
        self._written = asyncio.Event()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]

    def flush(self) -> None:
        self._written.set()

    async def has(self, **facts: str) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not any(facts.items() <= line.items() for line in self.lines if line["event"] == "served"):
                self._written.clear()
                await self._written.wait()


@pytest.fixture
def log() -> Iterator[Log]:
    """Everything that is logged, as JSON, at the level that says most."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = Log()
    set_up_logs(level="DEBUG", style="json", stream=stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


async def work(team: Team) -> None:
    """Commands, a form, a review, a question, a refusal, and a name in the list of people."""
    ann = team.ann
    await team.knows("Zyxcorp", domain="zyxcorp.example")
    await ann.types("/move zyxcorp to engaged The CFO blinked https://zyxcorp.example/1", in_=CHANNEL)
    await ann.types("/blocker zyxcorp Legal mumbles @anneliese", in_=CHANNEL)
    await ann.types("/next zyxcorp Call the seer by fri", in_=CHANNEL)
    await ann.types("/move zyxcorps The CFO blinked", in_=CHANNEL)
    await ann.types("/abm Zyxcorp", in_=CHANNEL)
    await ann.types("/abm people @anneliese sales editor", in_=CHANNEL)
    await team.posts_review()
    await team.agenda_form(ann, "Blocker", "Zyxcorp")
    await team.submits(ann, text="Legal mumbles again", owner="bob")
    await ann.says("How is Zyxcorp?", to="cadence")
    await team.quiet()
    await team.vic.types("/move zyxcorp The CFO blinked", in_=CHANNEL)


@asynccontextmanager
async def without_events(team: Team) -> AsyncIterator[None]:
    """Meanwhile the table of events is missing; the database is used by other tests afterwards."""

    def rename(session: Session, old: str, new: str) -> None:
        session.connection().exec_driver_sql(f"alter table {old} rename to {new}")

    await team.store.write(rename, "event", "elsewhere")
    try:
        yield
    finally:
        await team.store.write(rename, "elsewhere", "event")


@pytest.mark.parametrize(
    "setting", ["sqlite socket", pytest.param("postgres http", marks=pytest.mark.proof)], indirect=True
)
async def test_nothing_that_people_wrote_or_are_called_is_in_the_log_not_even_when_it_fails(setting, log, team):
    team.expects_trouble = True
    team.sandbox.add_user("anneliese")
    await work(team)
    async with without_events(team):
        seen = await team.ann.types("/move zyxcorp The CFO blinked twice", in_=CHANNEL)
        reference = seen.split()[-1].rstrip(".")
        await team.ann.says("How is Zyxcorp?", to="cadence")
        await log.has(kind="event", outcome="failed")

    written = log.getvalue().replace("ticket=***", "")
    secrets = (team.sandbox.bot_token, team.sandbox.app_token, team.sandbox.signing_secret, "/response/", "ticket=")
    assert [marker for marker in (*MARKERS, *secrets) if marker in written] == []

    lines = log.lines
    [failed] = [line for line in lines if line["event"] == "failed"]
    assert (failed["request_id"], failed["word"], failed["level"]) == (reference, "/move", "ERROR")
    assert "agendas/verbs/updates.py" in failed["trace"]
    assert "event" in failed["trace"].splitlines()[-1]
    served = [line for line in lines if line["event"] == "served"]
    [answered] = [line for line in served if line["request_id"] == reference]
    assert (answered["kind"], answered["outcome"]) == ("command", "failed")
    assert {"command", "button", "form", "event"} <= {line["kind"] for line in served}
    assert len({line["request_id"] for line in served}) == len(served)
    sent = [line for line in lines if line["event"] == "letter_sent"]
    assert sent
    assert all(isinstance(line["letter"], int) for line in sent)
