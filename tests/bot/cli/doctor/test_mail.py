"""`cadence doctor` logs in to the mail server, and says what is wrong with it."""

import pytest

from bot.cli.doctor import mail_findings
from bot.settings import Settings
from tests.bot.cli.doctor.workspace import ExaminedWorkspace
from tests.fakes.smtp_server import smtp_server


async def test_a_server_that_takes_the_login_is_named_and_sent_nothing(
    workspace: ExaminedWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.installed("ann", "bob")
    async with smtp_server(password="open-sesame") as server:
        url = f"smtp://key:open-sesame@127.0.0.1:{server.port}?from=cadence@us.example"
        monkeypatch.setenv("CADENCE_SMTP_URL", url)
        assert (await workspace.says())["mail"] == [
            ("ok", f"127.0.0.1:{server.port} takes mails from cadence@us.example.")
        ]
        assert server.taken == []
        monkeypatch.setenv("CADENCE_SMTP_URL", url.replace("sesame", "barley"))
        [(verdict, text)] = (await workspace.says())["mail"]
    assert verdict == "wrong"
    assert text.endswith(
        "cannot be used (the login was refused: 535 wrong user or password): check CADENCE_SMTP_URL. No mail is sent."
    )
    assert "barley" not in workspace.said


async def test_without_a_server_it_is_not_mentioned_and_a_wrong_url_is_one_sentence(
    workspace: ExaminedWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await mail_findings(Settings()) == []
    workspace.installed("ann", "bob")
    monkeypatch.setenv("CADENCE_SMTP_URL", "smtp://key:secret-word@mail.example")
    found = await workspace.says()
    assert "mail" not in found
    assert any(
        text.startswith("CADENCE_SMTP_URL must be smtp://USER:PASSWORD@HOST:PORT") for _, text in found["settings"]
    )
    assert "secret-word" not in workspace.said
