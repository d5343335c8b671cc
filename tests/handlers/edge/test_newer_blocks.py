"""Answers by response URL, and Homes, with blocks that Slack does not take."""

import aiohttp

from agendas.rendering.blockkit import messages
from agendas.rendering.page import Page, Table
from handlers.edge.answers import Left, ResponseUrl, publish
from handlers.edge.incoming import Incoming, home
from sandbox import workspace
from sandbox.server import Sandbox

PAGE = Page("Accounts", (Table(("Account", "Days"), (("Acme", "4"),)),))


async def test_newer_blocks_that_slack_refuses_are_sent_once_more_as_plain_ones() -> None:
    async with Sandbox() as sandbox, aiohttp.ClientSession() as session:
        ann = sandbox.add_user("ann", real_name="Ann Sample")
        channel = sandbox.add_channel("abm", members=[ann])
        path = sandbox.workspace.response_urls.new(workspace.ResponseUrl(ann.id, channel.id))
        incoming = Incoming("command", "/abm", ann.id, "T1", "1", response_url=sandbox.slack.origin + path)
        sandbox.faults.refuse("response_url", "invalid_blocks")
        assert await ResponseUrl(incoming, session).answer(messages(PAGE), public=False, replace=False) == Left()
        [shown] = channel.messages
        assert [block["type"] for block in shown.blocks] == ["section"]


async def test_a_home_with_newer_blocks_that_slack_refuses_is_published_once_more_without_them() -> None:
    async with Sandbox() as sandbox:
        ann = sandbox.add_user("ann", real_name="Ann Sample")
        sandbox.faults.refuse("views.publish", "invalid_blocks")
        await publish(sandbox.client, ann.id, home(PAGE))
        assert [block["type"] for block in sandbox.workspace.views.homes[ann.id].blocks] == ["section"]
