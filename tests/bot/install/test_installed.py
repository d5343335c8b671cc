"""A successful installation by OAuth: answers, an encrypted token, people, admins and why they are admins."""

from dataclasses import replace

from cryptography.fernet import Fernet
from sqlalchemy import text
from sqlmodel import Session, select

from bot.clock import ShiftedClock, SystemClock
from bot.wiring import running
from sandbox.server import Sandbox
from storage.models.workspaces import AuditEntry
from tests.bot.install.browser import installs
from tests.bot.install.new_bot import KEY, NewBot, of_sandbox


async def test_an_installed_bot_answers_and_knows_people_and_admins(new_bot: NewBot) -> None:
    ann = new_bot.sandbox.person("ann")
    said = "Cadence is not installed in this workspace. Ask an admin of the workspace to install it."
    assert await ann.types("/abm help", in_="abm-weekly") == said
    page = await installs(new_bot)
    assert "Cadence is installed in Sandbox" in page
    assert "You are its admin. In Slack, type /abm people" in page
    assert "/account" in await ann.types("/abm help", in_="abm-weekly")
    await new_bot.until(lambda: new_bot.cadence.store.read_now(_reasons, new_bot) == REASONS)
    assert await new_bot.admins() == ["ann", "ben"]


async def test_a_database_in_trouble_is_said_by_the_bot_and_not_by_slack(new_bot: NewBot) -> None:
    ann, store = new_bot.sandbox.person("ann"), new_bot.cadence.store
    await installs(new_bot)
    assert "/account" in await ann.types("/abm help", in_="abm-weekly")
    for table in ("workspace", "person"):
        await store.write(_rename, table, f"{table}_away")
    told = await ann.types("/account initech", in_="abm-weekly")
    for table in ("workspace", "person"):
        await store.write(_rename, f"{table}_away", table)
    assert "nothing was recorded" in told
    assert "/account" in await ann.types("/abm help", in_="abm-weekly")


def _rename(session: Session, table: str, name: str) -> None:
    session.execute(text(f"alter table {table} rename to {name}"))


async def test_the_token_is_stored_encrypted_with_what_was_granted_and_by_whom(new_bot: NewBot) -> None:
    await installs(new_bot)
    workspace = await new_bot.workspace()
    assert workspace is not None
    assert new_bot.sandbox.bot_token not in workspace.bot_token
    assert Fernet(KEY).decrypt(workspace.bot_token).decode() == new_bot.sandbox.bot_token
    assert (workspace.installed_by, workspace.bot_user_id) == (new_bot.user("ann").id, new_bot.sandbox.workspace.bot.id)
    assert (workspace.bot_id, workspace.url) == (new_bot.sandbox.workspace.bot_id, new_bot.sandbox.workspace.team.url)
    assert "channels:join" in workspace.scopes.split(",")


async def test_the_trail_says_why_somebody_is_admin_from_the_start(new_bot: NewBot) -> None:
    await installs(new_bot)
    await new_bot.has_met_everybody()
    await new_bot.until(lambda: new_bot.cadence.store.read_now(_reasons, new_bot) == REASONS)


REASONS = {"ann": "installed Cadence", "ben": "named in CADENCE_ADMINS"}


def _reasons(session: Session, new_bot: NewBot) -> dict[str, str]:
    names = {f"person:{user.id}": user.name for user in new_bot.sandbox.workspace.users.values()}
    return {names[each.subject]: each.after["because"] for each in session.exec(select(AuditEntry))}


async def test_somebody_who_installs_it_again_does_not_become_an_admin(new_bot: NewBot) -> None:
    await installs(new_bot)
    assert "You are its admin" not in await installs(new_bot, "cem")
    assert "cem" not in await new_bot.admins()


async def test_admins_named_later_are_admins_of_the_workspaces_they_belong_to_at_the_next_start(
    sandbox: Sandbox, database_url: str
) -> None:
    settings = replace(of_sandbox(sandbox, database_url), admins=())
    async with running(settings, SystemClock()) as cadence:
        new_bot = NewBot(sandbox, cadence, ShiftedClock(SystemClock()))
        await installs(new_bot)
        await new_bot.has_met_everybody()
        assert await new_bot.admins() == ["ann"]
    async with running(of_sandbox(sandbox, database_url), SystemClock()) as cadence:
        assert await NewBot(sandbox, cadence, ShiftedClock(SystemClock())).admins() == ["ann", "ben"]
