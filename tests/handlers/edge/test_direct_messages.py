"""Pages with tables that sort or charts: as direct messages, because no message that one person sees holds them."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session, select

from agendas.rendering.page import Chart, ChartKind, Number, Page, Series, Text
from handlers.edge.answers import Answers, placed
from handlers.edge.deps import Deps
from handlers.edge.incoming import Incoming
from handlers.edge.replies import Nothing, Say
from storage.database import Store
from storage.models.delivery import Letter
from tests.some_deps import some_deps

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
SERIES = Series("Tier 1", (Number(20, "20 %"),))
PAGE = Page("Progression", (Text("n = 5"), Chart(ChartKind.LINE, "Progression", ("Oct",), (SERIES,))))


@pytest.fixture
def deps(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Deps]:
    shutil.copy(migrated_sqlite, tmp_path / "cadence.db")
    store = Store(f"sqlite:///{tmp_path / 'cadence.db'}")

    yield some_deps(store, lambda: NOW)
    store.close()


def queued(deps: Deps) -> list[Any]:
    def read(session: Session) -> list[Any]:
        letters = session.exec(select(Letter)).all()
        return [(letter.kind, letter.user_id, *letter.subject["messages"]) for letter in letters]

    return deps.store.read_now(read)


def asked(kind: str = "command", channel_id: str = "C1") -> Incoming:
    return Incoming(kind, "/abm", "U1", "T1", "k", channel_id=channel_id)


async def test_a_command_answered_with_a_chart_says_that_it_is_in_the_direct_messages(deps: Deps) -> None:
    context = AsyncBoltContext({"team_id": "T1", "client": AsyncWebClient()})
    ack = AsyncAck()
    await Answers(asked(), context, deps).in_ack(ack, Say(PAGE))
    assert ack.response is not None
    assert "is in your direct messages" in ack.response.body
    [(kind, person, message)] = queued(deps)
    assert (kind, person) == ("direct", "U1")
    assert message["text"] == "Progression Progression: Tier 1: Oct 20 %."
    assert [block["type"] for block in message["blocks"]] == ["section", "data_visualization"]
    assert [block["type"] for block in message["plain"]] == ["section", "section"]


async def test_a_click_in_the_direct_messages_needs_no_sentence_and_what_all_may_see_stays_where_it_is(
    deps: Deps,
) -> None:
    assert await placed(deps, "T1", asked("button", "D1"), Say(PAGE)) == Nothing()
    assert len(queued(deps)) == 1
    for reply in (Say(PAGE, public=True), Say(Page("Plain", (Text("No chart"),)))):
        assert await placed(deps, "T1", asked("button"), reply) is reply
    elsewhere = await placed(deps, "T1", asked("button"), Say(PAGE, replace=True))
    assert isinstance(elsewhere, Say)
    assert elsewhere.replace
    assert len(queued(deps)) == 2
