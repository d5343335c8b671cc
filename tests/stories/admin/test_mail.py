"""An admin has the executive review mailed to somebody who agreed; the mail server is one on this computer."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.clock import ShiftedClock
from sandbox.server import Sandbox
from storage import mails
from tests.fakes.smtp_server import FakeSmtp, smtp_server
from tests.stories.beginning import START, Beginning
from tests.stories.conftest import MANIFEST, people_and_places
from tests.stories.team import CHANNEL, Team, team_at_work

DANA = "dana@acme.example"
TICK_SECONDS = 0.2


@pytest.fixture
async def server() -> AsyncIterator[FakeSmtp]:
    async with smtp_server() as server:
        yield server


@pytest.fixture
async def mailing(server: FakeSmtp, story_database_url: str) -> AsyncIterator[Team]:
    clock = ShiftedClock(Beginning())
    url = f"smtp://127.0.0.1:{server.port}?from=cadence@us.example"
    async with Sandbox(manifest=MANIFEST, now=clock.now) as sandbox:
        people_and_places(sandbox)
        given = {"setting": "sqlite socket", "database_url": story_database_url, "smtp_url": url}
        async with team_at_work(sandbox, clock, tick_seconds=TICK_SECONDS, **given) as team:
            yield team


async def sent(team: Team, server: FakeSmtp, count: int) -> None:
    await team.until(lambda: len(server.taken) == count and not team.store.read_now(mails.is_any_due, team.clock.now()))
    await team.quiet()


async def test_an_address_is_confirmed_by_its_code_and_gets_the_page_of_each_month_once(mailing, server):
    team = mailing
    await team.knows("Initech")
    await team.ann.types("/abm mail", in_=CHANNEL)
    await team.ann.clicks("Add an address", on=await team.ann.sees("No address yet", in_=CHANNEL))
    await team.form(team.ann)
    await team.submits(team.ann, **{"E-mail address": DANA})
    await team.ann.closes()
    await sent(team, server, 1)
    code = re.search(r"\d{6}", server.taken[0].message.get_content())
    assert code is not None
    assert "is not the code" in await team.ann.types(f"/abm mail confirm {DANA} 12345", in_=CHANNEL)
    shown = await team.ann.types("/abm mail", in_=CHANNEL)
    await team.ann.clicks("Type the code", on=shown)
    await team.form(team.ann)
    await team.submits(team.ann, Code=code.group())
    await team.ann.closes()
    assert "confirmed" in await team.ann.types("/abm mail", in_=CHANNEL)
    server.answers["RCPT"] = ["550 no such person here"]
    await team.at(datetime(2026, 12, 1, 13, tzinfo=UTC))
    await team.until(lambda: bool(team.store.read_now(mails.in_trouble, team.workspace_id, since=START)))
    health = await team.ann.types("/abm health", in_=CHANNEL)
    assert f"*Mail not sent:* to {DANA}, " in health
    assert "550 no such person here" in health
    shown = await team.ann.types("/abm mail", in_=CHANNEL)
    await team.ann.clicks("Send again", on=shown)
    await sent(team, server, 2)
    page = server.taken[1].message
    assert page["Subject"].startswith("Executive review, Nov 2026")
    assert [each.get_filename() for each in page.iter_attachments()] == ["cadence-executive-2026-11.html"]
    assert "cannot" in await team.bob.types("/abm mail", in_=CHANNEL)
