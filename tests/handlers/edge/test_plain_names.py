"""Names in the place of ids, wherever Slack draws no mention in a reply."""

import json
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from agendas.errors import NotUnderstood
from agendas.rendering.blockkit import Rendered
from agendas.rendering.page import Button, Buttons, Confirm, Facts, Menu, Page, SortableTable, Table, Text
from agendas.verbs.letters import note_channel_name
from handlers.edge.access import Routes, with_plain_names
from handlers.edge.deps import Deps
from handlers.edge.dispatch import Edge
from handlers.edge.incoming import INCOMING, read_command
from handlers.edge.replies import (
    Change,
    Close,
    FieldErrors,
    NextView,
    OpenModal,
    Options,
    PageChange,
    Publish,
    Reply,
    Say,
    WithHome,
)
from handlers.edge.request import Request
from sandbox.workspace import PATIENCE_SECONDS
from storage import people
from storage.database import Store
from storage.people import SlackUser
from tests.builders import NOW, WORKSPACE
from tests.some_deps import some_deps

RAW = "Ask <@U0BOB0001> or <@U0NOBODY1> in <#C0OPEN001> or <#C0SECRET1>, not UNITEDSTATES"
NAMED = "Ask @Bob or somebody in #abm-weekly or a channel, not UNITEDSTATES"

EVERYWHERE = Page(
    RAW,
    (
        Text("<@U0BOB0001>"),
        Facts(((RAW, "<@U0BOB0001>"),)),
        Table((RAW,), ((RAW,),), caption="<@U0BOB0001>"),
        SortableTable(RAW, (RAW,), ((RAW,),)),
        Buttons(
            (Button(RAW, "do", "U0BOB0001", confirm=Confirm(RAW, RAW, RAW, RAW)),),
            menu=(Button(RAW, "more"),),
            choices=(Menu(RAW, "choose", ((RAW, "U0BOB0001"),)),),
        ),
    ),
)
"""A page with an id in every kind of raw text, and in mrkdwn and values, where it stays."""

OPTION = {"text": {"type": "plain_text", "text": RAW}, "value": "U0BOB0001"}
VIEW: dict[str, Any] = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "For <@U0BOB0001>"},
    "private_metadata": "U0BOB0001",
    "blocks": [
        {"type": "section", "text": {"type": "mrkdwn", "text": "<@U0BOB0001>"}, "accessory": {"options": [OPTION]}},
        {"type": "table", "rows": [[{"type": "raw_text", "text": RAW}]]},
        {"type": "input", "element": {"type": "plain_text_input", "initial_value": RAW}},
    ],
}


@pytest.fixture
def deps(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Deps]:
    """One database will do: nothing here depends on which."""
    store = Store(f"sqlite:///{copyfile(migrated_sqlite, tmp_path / 'cadence.db')}")
    store.write_now(people.save_users, WORKSPACE, [SlackUser("U0BOB0001", WORKSPACE, "Bob")], NOW)
    store.write_now(note_channel_name, WORKSPACE, "C0OPEN001", name="abm-weekly", is_private=False)
    store.write_now(note_channel_name, WORKSPACE, "C0SECRET1", name="takeover", is_private=True)
    yield some_deps(store, lambda: NOW)
    store.close()


REPLIES = (
    Say(EVERYWHERE),
    Change(Rendered(RAW, VIEW["blocks"], VIEW["blocks"]), EVERYWHERE),
    OpenModal(VIEW),
    NextView(VIEW),
    Publish(VIEW, plain=VIEW),
    FieldErrors({"owner": RAW}),
    Options(((RAW, "U0BOB0001"),)),
    Close(line=PageChange("https://hooks.example", EVERYWHERE)),
)


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: type(reply).__name__)
async def test_each_reply_has_names_where_slack_draws_no_mention_and_its_mentions_elsewhere(
    deps: Deps, reply: Reply
) -> None:
    expected = repr(reply).replace(RAW, NAMED).replace("For <@U0BOB0001>", "For @Bob")
    assert repr(await with_plain_names(reply, deps, WORKSPACE, in_channel="C0OPEN001")) == expected


async def test_a_home_that_is_made_later_has_names_too(deps: Deps) -> None:
    async def made() -> Publish:
        return Publish(VIEW)

    reply = await with_plain_names(WithHome(Publish(VIEW, anew=made), made), deps, WORKSPACE, in_channel="")
    assert RAW not in repr(await reply.home())


async def test_a_title_that_became_longer_with_a_name_is_shortened_to_what_slack_takes(deps: Deps) -> None:
    await deps.note(people.save_users, WORKSPACE, [SlackUser("U0BOB0001", WORKSPACE, "Bob" * 20)], NOW)
    reply = await with_plain_names(OpenModal(VIEW), deps, WORKSPACE, in_channel="")
    assert len(reply.view["title"]["text"]) == 24


async def test_the_notification_of_a_refusal_names_who_is_mentioned(deps: Deps) -> None:
    async def refuse(_request: Request, _deps: Deps) -> Reply:
        raise NotUnderstood(RAW)

    edge = Edge(
        deps, Routes({"command": {"/account": refuse}}, {}, frozenset(), {}), answer_within_seconds=PATIENCE_SECONDS
    )
    context = AsyncBoltContext({"team_id": WORKSPACE, "client": AsyncWebClient()})
    body = {
        "command": "/account",
        "user_id": "U0BOB0001",
        "channel_id": "C0OPEN001",
        "text": "acme",
        "trigger_id": "1.2",
    }
    ack, context[INCOMING] = AsyncAck(), read_command(body)
    await edge.act(ack, body, context)
    assert ack.response is not None
    assert json.loads(ack.response.body)["text"] == NAMED
