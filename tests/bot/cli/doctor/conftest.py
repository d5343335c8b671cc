"""A workspace for the doctor to check."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.server import Sandbox
from tests.bot.cli.doctor.workspace import ExaminedWorkspace
from tests.bot.processes import MANIFEST


@pytest.fixture
async def workspace(
    tmp_path: Path, migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[ExaminedWorkspace]:
    path = tmp_path / "cadence.db"
    shutil.copy(migrated_sqlite, path)
    monkeypatch.chdir(tmp_path)
    async with Sandbox(manifest=MANIFEST) as sandbox:
        ann, bob = sandbox.add_user("ann"), sandbox.add_user("bob")
        sandbox.add_channel("abm-weekly", members=[ann, bob])
        for name in list(os.environ):
            if name.startswith(("SLACK_", "CADENCE_", "DATABASE_URL", "PORT", "HOST", "LOG_", "OPENAI_")):
                monkeypatch.delenv(name)
        for name, value in {
            "COLUMNS": "80",
            "SLACK_BOT_TOKEN": sandbox.bot_token,
            "SLACK_APP_TOKEN": sandbox.app_token,
            "SLACK_API_URL": sandbox.api_url,
            "DATABASE_URL": "sqlite:///cadence.db",
        }.items():
            monkeypatch.setenv(name, value)
        workspace = ExaminedWorkspace(sandbox, path, capsys)
        yield workspace
        workspace.store.close()
