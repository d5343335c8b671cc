import json
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from agendas.errors import NotUnderstood
from agendas.rendering.blockkit import Rendered
from agendas.rendering.page import Button, Buttons, Confirm, Facts, Menu, Page, SortableTable, Table, Text
from agendas.verbs.letters import note_channel_name
from handlers.edge import replies
from handlers.edge.access import Routes, admit, with_plain_names
from handlers.edge.deps import Deps
from handlers.edge.dispatch import Edge
from handlers.edge.incoming import INCOMING, Incoming, read_command
from handlers.edge.request import Outsider, Request
from sandbox.workspace import PATIENCE_SECONDS
from storage import people
from storage.database import Store
from storage.people import SlackUser
from tests.builders import NOW, WORKSPACE
from tests.some_deps import some_deps

# Somebody whom nobody has seen before is asked about once, and admitted or refused by what Slack says.

HOME = "T0SAMPLE1"


class OneUser(AsyncWebClient):
    def __init__(self, **said: Any) -> None:
        super().__init__()
        self.said, self.asked = said, 0

    async def users_info(self, *, user: str, **_others: Any) -> AsyncSlackResponse:  # type: ignore[override]
        self.asked += 1
        data = {"ok": True, "user": {"id": user, **self.said}}
        return AsyncSlackResponse(
            client=self, http_verb="POST", api_url="", req_args={}, data=data, headers={}, status_code=200
        )


async def admitted(store: Store, slack: OneUser, *, home_team_id: str = HOME) -> str:
    deps = some_deps(store, lambda: NOW)
    incoming = Incoming("command", "/abm", "U0ANN0001", home_team_id, key="1")
    return (await admit(deps, slack, incoming, workspace_id=HOME, now=NOW)).user_id


async def test_a_member_is_asked_about_once(store: Store) -> None:
    slack = OneUser(team_id=HOME, real_name="Ann Sample")
    assert [await admitted(store, slack) for _ in range(2)] == ["U0ANN0001"] * 2
    assert slack.asked == 1


async def test_a_member_without_a_name_is_admitted(store: Store) -> None:
    assert await admitted(store, OneUser(team_id=HOME)) == "U0ANN0001"


@pytest.mark.parametrize(
    ("said", "who"),
    [({"team_id": HOME, "deleted": True}, "deactivated"), ({"team_id": "T0OTHER01"}, "external"), ({}, "unknown")],
)
async def test_an_outsider_without_a_name_is_told_what_kind(store: Store, said: dict[str, Any], who: str) -> None:
    with pytest.raises(Outsider) as refused:
        await admitted(store, OneUser(**said))
    assert refused.value.kind == who


ORGANISATION = {"enterprise_id": "E0SAMPLES", "enterprise_name": "Samples", "is_admin": False, "is_owner": False}


@pytest.mark.parametrize("elsewhere", [{}, {"team_id": "T0SISTER1", "profile": {"team": "T0SISTER1"}}])
async def test_in_an_organisation_whoever_is_in_this_workspace_is_a_member(store: Store, elsewhere: dict[str, Any]):
    slack = OneUser(**elsewhere, enterprise_user=ORGANISATION | {"teams": ["T0SISTER1", HOME]})
    for named in ("", HOME, "E0SAMPLES", elsewhere.get("team_id", "")):
        assert await admitted(store, slack, home_team_id=named) == "U0ANN0001"
    with pytest.raises(Outsider):
        await admitted(store, slack, home_team_id="T0OTHER01")


async def test_whoever_is_only_in_other_workspaces_of_an_organisation_is_refused(store: Store) -> None:
    with pytest.raises(Outsider) as refused:
        await admitted(store, OneUser(team_id="T0SISTER1", enterprise_user=ORGANISATION | {"teams": ["T0SISTER1"]}))
    assert refused.value.kind == "external"


@pytest.mark.parametrize(
    ("kind", "channel_id", "kept"), [("event", "D0ANN", "D0ANN"), ("event", "C0TEAM", ""), ("command", "D0OTHERS", "")]
)
async def test_the_conversation_that_an_event_comes_from_is_kept_and_no_other(store: Store, kind, channel_id, kept):
    incoming = Incoming(kind, "message", "U0ANN0001", HOME, key="1", channel_id=channel_id)
    slack, deps = OneUser(team_id=HOME, real_name="Ann Sample"), some_deps(store, lambda: NOW)
    await admit(deps, slack, incoming, workspace_id=HOME, now=NOW)
    person = store.read_now(people.find, HOME, "U0ANN0001")
    assert person is not None
    assert person.direct_channel == kept


# Names in the place of ids, wherever Slack draws no mention in a reply.

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
    replies.Say(EVERYWHERE),
    replies.ChangedMessage(Rendered(RAW, VIEW["blocks"], VIEW["blocks"]), EVERYWHERE),
    replies.OpenModal(VIEW),
    replies.NextView(VIEW),
    replies.Publish(VIEW, plain=VIEW),
    replies.FieldErrors({"owner": RAW}),
    replies.Options(((RAW, "U0BOB0001"),)),
    replies.Close(line=replies.PageChange("https://hooks.example", EVERYWHERE)),
)


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: type(reply).__name__)
async def test_each_reply_has_names_where_slack_draws_no_mention_and_its_mentions_elsewhere(deps: Deps, reply):
    expected = repr(reply).replace(RAW, NAMED).replace("For <@U0BOB0001>", "For @Bob")
    assert repr(await with_plain_names(reply, deps, WORKSPACE, in_channel="C0OPEN001")) == expected


async def test_a_home_that_is_made_later_has_names_too(deps: Deps) -> None:
    async def made() -> replies.Publish:
        return replies.Publish(VIEW)

    reply = await with_plain_names(
        replies.WithHome(replies.Publish(VIEW, rebuild=made), made), deps, WORKSPACE, in_channel=""
    )
    assert RAW not in repr(await reply.home())


async def test_a_title_that_became_longer_with_a_name_is_shortened_to_what_slack_takes(deps: Deps) -> None:
    await deps.note(people.save_users, WORKSPACE, [SlackUser("U0BOB0001", WORKSPACE, "Bob" * 20)], NOW)
    reply = await with_plain_names(replies.OpenModal(VIEW), deps, WORKSPACE, in_channel="")
    assert len(reply.view["title"]["text"]) == 24


async def test_the_notification_of_a_refusal_names_who_is_mentioned(deps: Deps) -> None:
    async def refuse(_request: Request, _deps: Deps) -> replies.Reply:
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
