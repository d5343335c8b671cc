"""The pages of a running bot: whether it is alive and ready, and what it measures."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest

from agendas.facts.account import Source
from agendas.facts.events import Profile
from agendas.facts.people import Author
from agendas.verbs.account_list import nominate, put_on_list
from bot.clock import SystemClock
from bot.health import STOPPED
from bot.settings import Settings
from bot.wiring import Cadence, running
from sandbox.faults import Fault
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS
from tests.bot.processes import MANIFEST

WEEKLY = "abm-weekly"


class Served:
    """The whole bot with its pages."""

    def __init__(self, sandbox: Sandbox, cadence: Cadence, http: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.cadence = cadence
        self._http = http

    async def page(self, path: str) -> tuple[int, str]:
        """Return the status and the text of a page."""
        async with self._http.get(f"http://127.0.0.1:{self.cadence.port}{path}") as answer:
            return answer.status, await answer.text()

    async def lists(self, name: str) -> None:
        """An account is on the list, by Ann."""
        team, ann = self.sandbox.workspace.team.id, self.sandbox.person("ann").id
        author = Author(team, ann, Source.COMMAND, SystemClock().now(), "UTC")
        store = self.cadence.store
        event = (await store.write(nominate, author, Profile(name=name), because="It fits")).event
        await store.write(put_on_list, author, event.account_id, tier=1, because="It fits")

    async def becomes(self, path: str, holds: Callable[[str], bool]) -> str:
        """Return the page's text once it satisfies the condition."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not holds(text := (await self.page(path))[1]):
                pass
        return text


@pytest.fixture
async def served(tmp_path: Path, migrated_sqlite: Path) -> AsyncIterator[Served]:
    shutil.copy(migrated_sqlite, tmp_path / "cadence.db")
    async with Sandbox(manifest=MANIFEST, ack_seconds=PATIENCE_SECONDS) as sandbox, aiohttp.ClientSession() as http:
        sandbox.add_channel(WEEKLY, members=[sandbox.add_user("ann")])
        settings = Settings(
            bot_token=sandbox.bot_token,
            app_token=sandbox.app_token,
            slack_api_url=sandbox.api_url,
            database_url=f"sqlite:///{tmp_path / 'cadence.db'}",
            admins=(sandbox.person("ann").id,),
            port=0,
        )
        async with running(settings, SystemClock(), tick_seconds=0.2) as cadence:
            await sandbox.connected()
            yield Served(sandbox, cadence, http)


async def test_the_whole_bot_tells_that_it_is_well_and_what_it_did(served: Served) -> None:
    ann = served.sandbox.person("ann")
    await ann.types("/account nominate Acme because it fits", in_=WEEKLY)
    await ann.types("/account nosuch", in_=WEEKLY)
    await ann.says("How is Acme?", to="cadence")
    assert await served.page("/healthz") == (200, "ok")
    assert await served.page("/readyz") == (200, "ready")
    await ann.sees("Acme", in_=served.sandbox.workspace.bot.name)
    sent = 'cadence_letters_total{kind="post",outcome="sent"} 1.0'
    page = await served.becomes("/metrics", lambda text: sent in text and "cadence_outbox_letters 0.0" in text)
    for line in (
        'cadence_request_seconds_count{kind="command",outcome="done"} 1.0',
        'cadence_request_seconds_count{kind="command",outcome="refused"} 1.0',
        'cadence_slack_call_seconds_count{method="chat.postMessage"} 1.0',
        "cadence_outbox_letters 0.0",
        "cadence_socket_connections 1.0",
        "cadence_database_up 1.0",
        'cadence_slots{state="missed"} 0.0',
    ):
        assert line in page.splitlines()
    assert 'kind="event"' in page
    assert 'cadence_database_run_seconds_count{kind="write"}' in page
    assert "cadence_tick_seconds_count" in page
    assert "Acme" not in page
    assert ann.id not in page


async def test_the_whole_bot_tells_what_keeps_it_from_its_work(served: Served) -> None:
    served.sandbox.faults.refuse("chat.postMessage", "token_revoked")
    served.sandbox.faults.refuse("auth.test", "token_revoked", times=100)
    await served.cadence.store.write(lambda session: session.connection().exec_driver_sql("drop table alembic_version"))
    await served.sandbox.person("ann").says("How is Acme?", to="cadence")
    said = await served.becomes("/readyz", lambda text: "token" in text)
    status, _ = await served.page("/readyz")
    assert status == 503
    database, slack = said.splitlines()
    assert database.startswith("The database has no schema and needs ")
    assert slack.startswith("Slack refused the bot's token (token_revoked)")
    assert (await served.page("/healthz"))[0] == 200


async def test_the_whole_bot_counts_what_slack_refused_and_did_not_answer(served: Served) -> None:
    served.sandbox.faults.add("chat.postMessage", Fault(cut="before"))
    served.sandbox.faults.refuse("conversations.replies", "missing_scope")
    await served.sandbox.person("ann").says("How is Acme?", to="cadence")
    page = await served.becomes("/metrics", lambda text: "missing_scope" in text)
    assert [line for line in page.splitlines() if line.startswith("cadence_slack_errors_total")] == [
        'cadence_slack_errors_total{code="no_answer",method="chat.postMessage"} 1.0',
        'cadence_slack_errors_total{code="missing_scope",method="conversations.replies"} 1.0',
    ]


async def test_where_the_only_workspace_has_stopped_everything_says_so_until_its_token_is_good_again(
    served: Served,
) -> None:
    ann, faults = served.sandbox.person("ann"), served.sandbox.faults
    await served.lists("Acme")
    faults.refuse("chat.postMessage", "token_revoked")
    faults.refuse("auth.test", "token_revoked", times=100)
    await ann.says("How is Acme?", to="cadence")
    stopped = 'cadence_workspaces{state="stopped"} 1.0'
    page = await served.becomes("/metrics", lambda text: stopped in text)
    assert 'cadence_workspaces{state="active"} 0.0' in page
    answer = await ann.types("/review now", in_=WEEKLY)
    assert "is open, but nothing is posted: Slack refuses the bot's token." in answer
    assert "If that is done within 2 hours, the review is still posted; later it counts as missed." in answer
    status, said = await served.page("/readyz")
    assert (status, said.splitlines()[0]) == (503, STOPPED)
