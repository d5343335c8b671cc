"""A bot that was removed, or whose token is lost, stops its work and goes on when it is installed again."""

from dataclasses import replace
from typing import Any

import pytest
from cryptography.fernet import Fernet

from bot.clock import ShiftedClock, SystemClock
from bot.intake import NOT_INSTALLED
from bot.wiring import running
from sandbox import client
from sandbox.server import Sandbox
from tests.bot.install.browser import installs
from tests.bot.install.new_bot import NewBot, of_sandbox


async def answer_to_what_was_sent_before_the_removal(new_bot: NewBot) -> dict[str, Any]:
    """Return the acknowledgement of a command that was under way when the bot was removed."""
    slack, ann, room = new_bot.sandbox.slack, new_bot.user("ann"), new_bot.sandbox.channel("abm-weekly").state
    payload = client.slash_command(slack, ann, room, command="/abm", text="help")
    return (await slack.delivery.request("slash_commands", payload)).body


async def test_a_bot_that_was_removed_stops_its_work_and_goes_on_when_it_is_installed_again(new_bot: NewBot) -> None:
    await installs(new_bot)
    new_bot.sandbox.uninstall_app()
    await new_bot.sandbox.settled()
    workspace = await new_bot.workspace()
    assert workspace is not None
    assert not workspace.is_active
    calls = len(new_bot.sandbox.calls("response_url"))
    assert await answer_to_what_was_sent_before_the_removal(new_bot) == {"text": NOT_INSTALLED}
    assert len(new_bot.sandbox.calls("response_url")) == calls
    assert [each.answer.ok for each in new_bot.sandbox.slack.delivery.log if each.kind == "events_api"] == [True, True]
    await installs(new_bot, "ben")
    assert "/account" in await new_bot.sandbox.person("ann").types("/abm help", in_="abm-weekly")


async def test_a_token_that_cannot_be_read_any_more_asks_for_a_new_installation_and_keeps_nobody_from_starting(
    sandbox: Sandbox, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings = of_sandbox(sandbox, database_url)
    async with running(settings, SystemClock()) as cadence:
        await installs(NewBot(sandbox, cadence, ShiftedClock(SystemClock())))
    other = replace(settings, secret_key=Fernet.generate_key().decode())
    async with running(other, SystemClock()) as cadence:
        new_bot = NewBot(sandbox, cadence, ShiftedClock(SystemClock()))
        await sandbox.use_http(f"{new_bot.address}/slack/events")
        assert "token_unreadable" in [record.getMessage() for record in caplog.records]
        ann = sandbox.person("ann")
        assert await ann.types("/abm help", in_="abm-weekly") == NOT_INSTALLED
        await installs(new_bot)
        assert "/account" in await ann.types("/abm help", in_="abm-weekly")
