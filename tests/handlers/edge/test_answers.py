import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session, select

from agendas.rendering.blockkit import messages
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Button, Chart, ChartKind, ChartSeries, Line, Number, Page, Table, Text
from handlers.edge.answers import AnswerSettler, Responder, ResponseUrl, UnsentMessages, placed, publish
from handlers.edge.deps import Deps
from handlers.edge.incoming import Incoming, home
from handlers.edge.replies import Close, LineChange, Nothing, Reply, Say
from sandbox import workspace
from sandbox.server import Sandbox
from storage.database import Store
from storage.models.delivery import Letter
from tests.builders import CHANNEL
from tests.handlers.acts import acts_in
from tests.handlers.local_bot import install, local_bot
from tests.program import stored_program
from tests.some_deps import some_deps

# Pages with tables that sort or charts: as direct messages, because no message that one person sees holds them.

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
SERIES = ChartSeries("Tier 1", (Number(20, "20 %"),))
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
    await Responder(asked(), context, deps).in_ack(ack, Say(PAGE))
    assert ack.response is not None
    assert "is in your direct messages" in ack.response.body
    [(kind, person, message)] = queued(deps)
    assert (kind, person) == ("direct", "U1")
    assert message["text"] == "Progression Progression: Tier 1: Oct 20 %."
    assert [block["type"] for block in message["blocks"]] == ["section", "data_visualization"]
    assert [block["type"] for block in message["plain"]] == ["section", "section"]


async def test_a_click_in_the_direct_messages_needs_no_sentence_and_what_all_may_see_stays_where_it_is(deps: Deps):
    assert await placed(deps, "T1", asked("button", "D1"), Say(PAGE)) == Nothing()
    assert len(queued(deps)) == 1
    for reply in (Say(PAGE, public=True), Say(Page("Plain", (Text("No chart"),)))):
        assert await placed(deps, "T1", asked("button"), reply) is reply
    elsewhere = await placed(deps, "T1", asked("button"), Say(PAGE, replace=True))
    assert isinstance(elsewhere, Say)
    assert elsewhere.replace
    assert len(queued(deps)) == 2


# Answers by response URL, and Homes, with blocks that Slack does not take.

TABLE_PAGE = Page("Accounts", (Table(("Account", "Days"), (("Acme", "4"),)),))


async def test_newer_blocks_that_slack_refuses_are_sent_once_more_as_plain_ones() -> None:
    async with Sandbox() as sandbox, aiohttp.ClientSession() as session:
        ann = sandbox.add_user("ann", real_name="Ann Sample")
        channel = sandbox.add_channel("abm", members=[ann])
        path = sandbox.workspace.response_urls.new(workspace.ResponseUrl(ann.id, channel.id))
        incoming = Incoming("command", "/abm", ann.id, "T1", "1", response_url=sandbox.slack.origin + path)
        sandbox.faults.refuse("response_url", "invalid_blocks")
        assert (
            await ResponseUrl(incoming, session).answer(messages(TABLE_PAGE), public=False, replace=False)
            == UnsentMessages()
        )
        [shown] = channel.messages
        assert [block["type"] for block in shown.blocks] == ["section"]


async def test_a_home_with_newer_blocks_that_slack_refuses_is_published_once_more_without_them() -> None:
    async with Sandbox() as sandbox:
        ann = sandbox.add_user("ann", real_name="Ann Sample")
        sandbox.faults.refuse("views.publish", "invalid_blocks")
        await publish(sandbox.client, ann.id, home(TABLE_PAGE))
        assert [block["type"] for block in sandbox.workspace.views.homes[ann.id].blocks] == ["section"]


# What went out and is not noted yet, and the line of a message that a form changed after its acknowledgement.


async def test_answers_that_cannot_be_noted_now_are_noted_with_the_next_ones(caplog: pytest.LogCaptureFixture) -> None:
    noted: list[list[int]] = []
    fails = [OSError("the disk is full")]

    async def note(_work: Any, batch: list[int]) -> None:
        if fails:
            raise fails.pop()
        noted.append(batch)

    running: list[Any] = []
    settler = AnswerSettler(cast("Any", SimpleNamespace(note=note)), running.append)
    for row_ids in ((1, 2), (3,)):
        settler.settle(row_ids)
        await running.pop()
    assert "answers_not_settled" in caplog.messages
    assert noted == [[1, 2, 3]]


async def test_a_form_that_was_acknowledged_before_it_was_done_changes_its_line_too(deps: Deps) -> None:
    async with Sandbox() as sandbox:
        ann = sandbox.add_user("ann", real_name="Ann Sample")
        channel = sandbox.add_channel("abm", members=[ann, sandbox.workspace.bot])
        page = Page("Actions", (Line(Mrkdwn("Call Acme"), Button("Done", "action.done", "7")),))
        [message] = messages(page)
        posted = await sandbox.client.chat_postMessage(channel=channel.id, text=message.text, blocks=message.blocks)
        block_id = posted["message"]["blocks"][0]["block_id"]
        line = LineChange(channel.id, posted["ts"], "", block_id, ("7",), lambda old: Text(Mrkdwn(f"{old}: done")))
        form = Incoming("form", "action.done", ann.id, "T1", "k", channel_id=channel.id, view_id="V1")
        context = AsyncBoltContext({"team_id": "T1", "client": sandbox.client})

        async def work() -> Reply:
            return Close(line=line)

        await Responder(form, context, deps).late(asyncio.ensure_future(work()))
        assert "Call Acme: done" in str(channel.messages[-1].blocks)


# The pace of a channel: what everybody sees there counts, and nothing that one person sees.
async def test_private_answers_to_clicks_count_in_no_channels_pace_and_a_shared_one_does(migrated_sqlite, tmp_path):
    path = tmp_path / "cadence.db"
    shutil.copy(migrated_sqlite, path)
    store = Store(f"sqlite:///{path}")
    acts = acts_in(stored_program(store))
    install(store)
    async with local_bot(store) as at:
        for _ in range(26):
            await at.takes(replace(acts, number=at.number()).of(("button", "account.history")))
        assert len(at.slack.calls) >= 26
        assert at.posted == []
        await at.takes(replace(acts, number=at.number()).of(("button", "account.share")))
        assert at.posted == [(CHANNEL, 1)]
    store.close()
