"""Onboarding: the people and admins known after a start, also when Slack's answers are odd."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from sqlmodel import select

from agendas.facts.account import Rhythm, Source
from agendas.facts.people import Author
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs.cadences import schedule
from bot.clock import SystemClock
from bot.people_sync import PAGE_PEOPLE
from bot.settings import Settings
from bot.slack_api import StartFailed
from bot.wiring import running
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS
from storage import people
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.workspaces import AuditEntry
from tests.bot.odd_slack import WHO_WE_ARE, odd_slack, plain

TEAM = WHO_WE_ARE["team_id"]


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox() as sandbox:
        sandbox.add_user("olga", is_owner=True)
        sandbox.add_user("adam", is_admin=True)
        sandbox.add_user("ben")
        sandbox.add_user("dora", is_admin=True, deleted=True)
        sandbox.add_user("eli", is_owner=True, external=True)
        yield sandbox


def settings_for(sandbox: Sandbox, database_url: str) -> Settings:
    return Settings(
        bot_token=sandbox.bot_token,
        signing_secret="shared-secret",
        slack_api_url=sandbox.api_url,
        database_url=database_url,
        port=0,
    )


async def admins_after_start(sandbox: Sandbox, settings: Settings) -> set[str]:
    async with running(settings, SystemClock()) as cadence:
        found = await cadence.store.read(people.admins, sandbox.workspace.team.id)
    return {sandbox.workspace.users[each.user_id].name for each in found}


async def test_without_named_admins_those_of_the_workspace_are_admins_and_the_trail_says_why(
    sandbox: Sandbox, database_url: str
) -> None:
    assert await admins_after_start(sandbox, settings_for(sandbox, database_url)) == {"olga", "adam"}
    store = Store(database_url)
    with store.reading() as session:
        trail = list(session.exec(select(AuditEntry)))
    store.close()
    assert {each.subject for each in trail} == {f"person:{sandbox.person(name).id}" for name in ("olga", "adam")}
    assert all(each.after == {"right": "admin", "because": "owner or admin in Slack"} for each in trail)


async def test_named_admins_alone_are_admins(sandbox: Sandbox, database_url: str) -> None:
    settings = replace(settings_for(sandbox, database_url), admins=(sandbox.person("ben").id,))
    assert await admins_after_start(sandbox, settings) == {"ben"}


async def test_slack_saying_to_wait_does_not_hold_the_start_and_named_admins_are_admins(
    sandbox: Sandbox, database_url: str
) -> None:
    sandbox.faults.rate_limit("users.list", retry_after_seconds=3_600)
    settings = replace(settings_for(sandbox, database_url), admins=(sandbox.person("ben").id,))
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await admins_after_start(sandbox, settings) == {"ben"}


async def test_admins_of_the_workspace_are_admins_wherever_in_a_long_list_they_are(
    sandbox: Sandbox, database_url: str
) -> None:
    for number in range(PAGE_PEOPLE):
        sandbox.add_user(f"colleague{number}")
    zoe = sandbox.add_user("zoe", is_admin=True)
    settings = settings_for(sandbox, database_url)
    sandbox.faults.delay("users.list", seconds=0)
    sandbox.faults.rate_limit("users.list")
    async with asyncio.timeout(PATIENCE_SECONDS), running(settings, SystemClock()) as cadence:
        team, store, changed = sandbox.workspace.team.id, cadence.store, asyncio.Event()
        found = {each.name for each in store.read_now(people.admins, team)}
        assert found == {"olga", "adam"}
        store.after_write = changed.set
        while zoe.id not in {each.user_id for each in store.read_now(people.admins, team)}:
            await changed.wait()
            changed.clear()
        assert len(store.read_now(people.admins, team)) == 3


async def test_where_there_is_an_admin_already_nobody_becomes_one_at_a_later_start(
    sandbox: Sandbox, database_url: str
) -> None:
    settings = settings_for(sandbox, database_url)
    await admins_after_start(sandbox, replace(settings, admins=(sandbox.person("ben").id,)))
    assert await admins_after_start(sandbox, settings) == {"ben"}


async def test_where_the_only_admin_left_those_who_become_admins_then_are_told_of_it(
    sandbox: Sandbox, database_url: str
) -> None:
    ben, team, settings = sandbox.person("ben").user, sandbox.workspace.team.id, settings_for(sandbox, database_url)
    wish = CadenceWish(Plan(Rhythm.WEEKLY, date(2026, 12, 1), time(10), "UTC"), minutes=45, facilitator=ben.id)
    async with running(replace(settings, admins=(ben.id,)), SystemClock()) as cadence:
        author = Author(team, ben.id, Source.COMMAND, SystemClock().now(), "UTC")
        await cadence.store.write(schedule, author, "C0SAMPLE1", wish)
    ben.deleted = True
    assert await admins_after_start(sandbox, settings) == set()
    assert await admins_after_start(sandbox, settings) == {"olga", "adam"}
    store = Store(database_url)
    with store.reading() as session:
        told = list(session.exec(select(Letter.user_id).where(Letter.page == "deactivated")))
    store.close()
    assert sorted(told) == sorted(sandbox.person(name).id for name in ("olga", "adam"))


@pytest.mark.parametrize(
    "people_listed",
    [
        {"ok": False, "error": "unknown_method"},
        {"ok": True, "members": "nobody"},
        {"ok": True, "members": [], "response_metadata": {"next_cursor": "the same again"}},
        {"ok": True, "members": [{"id": "U" * 60, "team_id": TEAM, "name": "too long an id"}]},
        ["no", "object"],
        plain("<html>maintenance</html>", kind="text/html"),
    ],
)
async def test_the_bot_starts_whatever_slack_says_when_asked_for_people(people_listed: Any, database_url: str) -> None:
    async with odd_slack({"auth.test": WHO_WE_ARE, "users.list": people_listed}) as api_url:
        settings = Settings("xoxb-1", signing_secret="s", slack_api_url=api_url, database_url=database_url, port=0)
        async with running(replace(settings, admins=("U0ANN0001",)), SystemClock()) as cadence:
            [admin] = await cadence.store.read(people.admins, TEAM)
    assert admin.user_id == "U0ANN0001"


async def test_people_who_can_be_read_are_learned_beside_those_who_cannot(database_url: str) -> None:
    odd: list[Any] = [{}, None, "U1", {"id": 7}, {"id": "U2", "profile": "none"}, {"id": "U3", "tz": []}, {"id": ""}]
    odd += [{"id": "U4", "name": 4}]
    members = [*odd, {"id": "U0ANN0001", "team_id": TEAM, "name": "ann"}]
    async with odd_slack({"auth.test": WHO_WE_ARE, "users.list": {"ok": True, "members": members}}) as api_url:
        settings = Settings("xoxb-1", signing_secret="s", slack_api_url=api_url, database_url=database_url, port=0)
        async with running(settings, SystemClock()) as cadence:
            found = await cadence.store.read(people.members, TEAM)
    assert [each.name for each in found] == ["ann"]


@pytest.mark.parametrize("said", [{"ok": True}, ["no", "object"], plain("<p>", kind="text/html")])
async def test_what_is_not_slack_is_said_in_one_sentence(said: Any, database_url: str) -> None:
    async with odd_slack({"auth.test": said}) as api_url:
        settings = Settings("xoxb-1", signing_secret="s", slack_api_url=api_url, database_url=database_url, port=0)
        with pytest.raises(StartFailed, match=r"is not Slack's Web API: check SLACK_API_URL"):
            async with running(settings, SystemClock()):
                pass
