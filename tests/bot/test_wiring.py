from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from bot.clock import SystemClock
from bot.settings import Settings
from bot.slack_api import StartFailed
from bot.wiring import running
from sandbox.faults import Fault
from sandbox.server import Sandbox
from storage import people, workspaces
from tests.bot.processes import started


# The whole bot: it starts in both modes, answers, posts, and stops in order.
def settings_for(sandbox: Sandbox, database_url: str) -> Settings:
    return Settings(
        bot_token=sandbox.bot_token,
        app_token=sandbox.app_token,
        slack_api_url=sandbox.api_url,
        database_url=database_url,
        admins=(sandbox.person("ann").id,),
    )


async def test_in_socket_mode_a_command_is_answered(sandbox: Sandbox, database_url: str) -> None:
    async with running(settings_for(sandbox, database_url), SystemClock()) as cadence:
        assert cadence.port is None
        assert "/account" in await sandbox.person("ann").types("/abm help", in_="abm-weekly")


async def test_over_http_a_command_is_answered(sandbox: Sandbox, database_url: str) -> None:
    settings = settings_for(sandbox, database_url)
    settings = replace(settings, app_token="", signing_secret=sandbox.signing_secret, port=0)
    async with running(settings, SystemClock()) as cadence:
        await sandbox.use_http(f"http://127.0.0.1:{cadence.port}/slack/events")
        assert "/account" in await sandbox.person("ann").types("/abm help", in_="abm-weekly")


async def test_a_new_database_is_migrated_and_its_workspace_and_people_known(sandbox: Sandbox, empty_database_url: str):
    async with running(settings_for(sandbox, empty_database_url), SystemClock()) as cadence:
        [workspace] = await cadence.store.read(workspaces.active)
        assert workspace.id == sandbox.workspace.team.id
        assert workspace.bot_user_id == sandbox.workspace.bot.id
        [admin] = await cadence.store.read(people.admins, workspace.id)
        assert (admin.user_id, admin.home_team_id) == (sandbox.person("ann").id, workspace.id)


async def test_the_health_routes_are_served_in_socket_mode_when_a_port_is_given(sandbox: Sandbox, database_url: str):
    settings = replace(settings_for(sandbox, database_url), port=0)
    async with running(settings, SystemClock()) as cadence, aiohttp.ClientSession() as http:
        async with http.get(f"http://127.0.0.1:{cadence.port}/readyz") as answer:
            assert (answer.status, await answer.text()) == (200, "ready")
        async with http.post(f"http://127.0.0.1:{cadence.port}/slack/events") as answer:
            assert answer.status == 404


async def test_a_refused_token_is_said_in_one_sentence(sandbox: Sandbox, database_url: str) -> None:
    settings = replace(settings_for(sandbox, database_url), bot_token="xoxb-wrong")
    with pytest.raises(StartFailed, match=r"Slack refused SLACK_BOT_TOKEN \(invalid_auth\)"):
        async with running(settings, SystemClock()):
            pass


@pytest.mark.parametrize(("fault", "then"), [(Fault(cut="before"), ""), (Fault(status=503), "invalid_auth")])
async def test_a_bot_started_while_slack_is_away_is_not_ready_until_it_is_back(sandbox, database_url, fault, then):
    """A token that is refused in between is asked about again as well."""
    sandbox.faults.add("*", fault, times=100_000)
    settings = replace(settings_for(sandbox, database_url), port=0)
    async with running(settings, SystemClock()) as cadence, aiohttp.ClientSession() as http:
        async with http.get(f"http://127.0.0.1:{cadence.port}/readyz") as answer:
            assert answer.status == 503
            assert "The connection of Socket Mode is not open" in await answer.text()
        sandbox.faults.clear()
        if then:
            sandbox.faults.refuse("auth.test", then)
        await sandbox.connected()
        store, team = cadence.store, sandbox.workspace.team.id
        assert await sandbox.changed.until(lambda: bool(sandbox.calls("users.list")))
        assert "/account" in await sandbox.person("ann").types("/abm help", in_="abm-weekly")
        assert store.read_now(workspaces.get, team) is not None
        assert [each.user_id for each in store.read_now(people.admins, team)] == [sandbox.person("ann").id]


async def test_words_that_cannot_be_used_are_said_in_one_sentence_before_any_start(sandbox, database_url, tmp_path):
    text = "{% macro owner(profile) %}{% set by %}Owner{% endset %}{{ by ~ profile.owner }}{% endmacro %}"
    (tmp_path / "agenda.j2").write_text(text, encoding="utf-8")
    settings = replace(settings_for(sandbox, database_url), words_folder=tmp_path)
    with pytest.raises(StartFailed, match=r"^CADENCE_WORDS: agenda.j2: the macro owner does not escape .*\.$"):
        async with running(settings, SystemClock()):
            pass
    assert sandbox.calls("auth.test") == []


async def test_a_database_out_of_reach_is_said_in_one_sentence(sandbox: Sandbox) -> None:
    settings = settings_for(sandbox, "postgresql://nobody@127.0.0.1:9/nothing")
    with pytest.raises(StartFailed, match="check DATABASE_URL"):
        async with running(settings, SystemClock()):
            pass


# One bot per SQLite file: a second one ends with a sentence, and all other commands work beside the first.

SAYS = "Another Cadence already runs on the SQLite file"


@pytest.fixture
async def quiet_sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        sandbox.add_channel("abm-weekly", members=[sandbox.add_user("ann")])
        yield sandbox


@pytest.mark.database("sqlite")
async def test_the_second_bot_on_an_sqlite_file_refuses_to_start(quiet_sandbox: Sandbox, database_url: str, tmp_path):
    settings = settings_for(quiet_sandbox, database_url)
    (tmp_path / "by-another-name.db").symlink_to(tmp_path / "cadence.db")
    async with running(settings, SystemClock()):
        for url in (database_url, f"sqlite:///{tmp_path / 'by-another-name.db'}"):
            with pytest.raises(StartFailed, match=f"{SAYS} .*cadence.db: stop that one first, or use PostgreSQL"):
                async with running(settings_for(quiet_sandbox, url), SystemClock()):
                    pass
    async with running(settings, SystemClock()):
        pass


@pytest.mark.database("sqlite")
async def test_a_second_bot_is_refused_beside_another_process_and_a_killed_one_hinders_none(
    quiet_sandbox: Sandbox, database_url: str, tmp_path: Path
) -> None:
    async with started(quiet_sandbox, database_url=database_url, folder=tmp_path):
        await quiet_sandbox.connected()
        with pytest.raises(StartFailed, match=SAYS):
            async with running(settings_for(quiet_sandbox, database_url), SystemClock()):
                pass
    async with running(settings_for(quiet_sandbox, database_url), SystemClock()):
        pass


@pytest.mark.database("postgres")
async def test_two_bots_run_on_one_postgresql(quiet_sandbox: Sandbox, database_url: str) -> None:
    settings = settings_for(quiet_sandbox, database_url)
    async with running(settings, SystemClock()), running(settings, SystemClock()):
        await quiet_sandbox.connected(connections=2)
