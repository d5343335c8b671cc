"""`cadence doctor` where there are several workspaces, or the work in one has stopped."""

from datetime import timedelta

import pytest
from cryptography.fernet import Fernet

from bot.__main__ import main
from storage import workspaces
from storage.workspaces import Installation
from tests.bot.cli.doctor.workspace import NOON, ExaminedWorkspace


@pytest.fixture
def key(workspace: ExaminedWorkspace, monkeypatch: pytest.MonkeyPatch) -> str:
    """The secret key of a bot that many workspaces install."""
    key = Fernet.generate_key().decode()
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name)
    for name, value in {
        "CADENCE_CLIENT_ID": "1.2",
        "CADENCE_CLIENT_SECRET": "shh",
        "CADENCE_SECRET_KEY": key,
        "SLACK_SIGNING_SECRET": "shared",
    }.items():
        monkeypatch.setenv(name, value)
    return key


async def test_of_many_workspaces_each_is_looked_at_with_its_own_token(workspace: ExaminedWorkspace, key: str) -> None:
    assert "send an admin to /slack/install" in (await workspace.says())["workspaces"][0][1]
    good = Fernet(key).encrypt(workspace.sandbox.bot_token.encode()).decode()
    for workspace_id, name, token in ((workspace.workspace_id, "Ours", good), ("T0OTHER", "Theirs", "unreadable")):
        found = Installation(workspace_id, name, "", "U1", "B1", bot_token=token)
        workspace.store.write_now(workspaces.save_installation, found, time_zone="UTC", now=NOON)
    tokens = (await workspace.says())["token"]
    assert f"\nOurs ({workspace.workspace_id})\n" in workspace.said
    assert sorted(verdict for verdict, _ in tokens) == ["ok", "wrong"]
    assert "The stored token cannot be read: set the CADENCE_SECRET_KEY" in workspace.said


async def test_a_workspace_whose_work_stopped_is_wrong_beside_others_that_are_well(
    workspace: ExaminedWorkspace, key: str
) -> None:
    workspace.installed("ann", "bob")
    workspace.reviews_in("abm-weekly")
    good, refused = (
        Fernet(key).encrypt(token.encode()).decode() for token in (workspace.sandbox.bot_token, "xoxb-refused")
    )
    for workspace_id, name, token in (
        (workspace.workspace_id, "Ours", good),
        ("T0STOPPED", "Stopped", refused),
        ("T0GONE", "Removed", good),
    ):
        found = Installation(workspace_id, name, "", "U1", "B1", bot_token=token)
        workspace.store.write_now(workspaces.save_installation, found, time_zone="UTC", now=NOON)
    later = NOON + timedelta(days=1)
    workspace.store.write_now(workspaces.deactivate, "T0STOPPED", gone_at=later)
    workspace.store.write_now(workspaces.deactivate, "T0GONE", gone_at=later, is_removed=True)
    [(verdict, text)] = (await workspace.says())["work"]
    assert verdict == "wrong"
    assert text.startswith("It stopped because Slack refused the token of this workspace: have the app installed there")
    assert workspace.said.index("\nStopped (T0STOPPED)\n") < workspace.said.index("invalid_auth")
    assert "Removed" not in workspace.said
    assert workspace.status == 1
    assert main(["workspaces"]) == 0
    said = workspace.printed_now()
    assert [said.count(state) for state in ("active", "stopped", "removed")] == [1, 1, 1]


async def test_work_that_stopped_with_the_token_of_the_settings_is_wrong(workspace: ExaminedWorkspace) -> None:
    workspace.installed("ann", "bob")
    workspace.store.write_now(workspaces.deactivate, workspace.workspace_id, gone_at=NOON)
    [(verdict, text)] = (await workspace.says())["work"]
    assert (verdict, "copy SLACK_BOT_TOKEN again" in text) == ("wrong", True)
    assert main(["workspaces"]) == 0
    assert "stopped" in workspace.printed_now()
