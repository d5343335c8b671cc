"""A bot that was removed, or whose token is lost, stops its work and goes on when it is installed again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet

from bot.clock import ShiftedClock, SystemClock
from bot.intake.app import NOT_INSTALLED
from bot.wiring import running
from sandbox.client import payloads
from sandbox.server import Sandbox
from tests.bot.install.browser import installs
from tests.bot.install.office import Office, of_sandbox


async def takes_what_was_sent_before_the_removal(office: Office) -> bool:
    """Return whether the bot accepts a command that was under way when it was removed; its answer goes nowhere."""
    slack, ann, room = office.sandbox.slack, office.user("ann"), office.sandbox.channel("abm-weekly").state
    payload = payloads.slash_command(slack, ann, room, command="/abm", text="help")
    return (await slack.delivery.request("slash_commands", payload)).ok


async def test_a_bot_that_was_removed_stops_its_work_and_goes_on_when_it_is_installed_again(office: Office) -> None:
    await installs(office)
    office.sandbox.uninstall_app()
    await office.sandbox.settled()
    workspace = await office.workspace()
    assert workspace is not None
    assert not workspace.is_active
    assert await takes_what_was_sent_before_the_removal(office)
    assert [each.answer.ok for each in office.sandbox.slack.delivery.log if each.kind == "events_api"] == [True, True]
    await installs(office, "ben")
    assert "/account" in await office.sandbox.person("ann").types("/abm help", in_="abm-weekly")


async def test_tokens_of_people_alone_do_not_stop_the_bot(office: Office) -> None:
    await installs(office)
    revoked = {"oauth": [office.user("ben").id], "bot": []}
    office.sandbox.slack.events.workspace_wide("tokens_revoked", {"tokens": revoked})
    await office.sandbox.settled()
    workspace = await office.workspace()
    assert workspace is not None
    assert workspace.is_active


async def test_late_news_of_a_removal_does_not_stop_a_bot_that_is_installed_again(office: Office) -> None:
    await installs(office)
    office.clock.shift_to(office.clock.now() + timedelta(minutes=2))
    await installs(office)
    # the sandbox's clock is the real one: to the bot its news are two minutes old
    office.sandbox.slack.events.workspace_wide("app_uninstalled", {})
    await office.sandbox.settled()
    workspace = await office.workspace()
    assert workspace is not None
    assert workspace.is_active


async def test_a_token_that_cannot_be_read_any_more_asks_for_a_new_installation_and_keeps_nobody_from_starting(
    sandbox: Sandbox, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings = of_sandbox(sandbox, database_url)
    async with running(settings, SystemClock()) as cadence:
        await installs(Office(sandbox, cadence, ShiftedClock(SystemClock())))
    other = replace(settings, secret_key=Fernet.generate_key().decode())
    async with running(other, SystemClock()) as cadence:
        office = Office(sandbox, cadence, ShiftedClock(SystemClock()))
        await sandbox.use_http(f"{office.address}/slack/events")
        assert "token_unreadable" in [record.getMessage() for record in caplog.records]
        ann = sandbox.person("ann")
        assert await ann.types("/abm help", in_="abm-weekly") == NOT_INSTALLED
        await installs(office)
        assert "/account" in await ann.types("/abm help", in_="abm-weekly")
