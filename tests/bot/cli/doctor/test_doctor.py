"""`cadence doctor`: each thing that can be wrong gets a line with what to do, and none keeps it from the rest."""

from dataclasses import replace
from datetime import timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli.doctor import clock_finding, token_findings
from bot.clock import ShiftedClock, SystemClock
from bot.settings import Settings
from bot.wiring import running
from sandbox.faults import Fault
from storage.models.accounts import Account
from storage.models.channels import MemberList
from storage.models.workspaces import Channel
from tests.bot.cli.doctor.workspace import NOON, ExaminedWorkspace, verdicts


async def test_all_is_well_while_the_bot_runs(workspace: ExaminedWorkspace) -> None:
    workspace.installed("ann", "bob")
    workspace.reviews_in("abm-weekly")
    settings = Settings(
        bot_token=workspace.sandbox.bot_token,
        app_token=workspace.sandbox.app_token,
        slack_api_url=workspace.sandbox.api_url,
        database_url=workspace.store.url,
    )
    async with running(settings, SystemClock()):
        found = await workspace.says()
    subjects = "settings database disk migrations token permissions clock channels admins messages"
    assert verdicts(found) == dict.fromkeys(["app token", *subjects.split()], "ok")
    assert workspace.status == 0
    assert workspace.printed.endswith("\nAll is well.\n")
    assert max(len(line) for line in workspace.printed.splitlines()) <= 80
    assert not any(token in workspace.said for token in (workspace.sandbox.bot_token, workspace.sandbox.app_token))
    assert "paste app.yaml" in workspace.said


async def test_permissions_that_are_missing_or_needless_are_named(workspace: ExaminedWorkspace) -> None:
    manifest = workspace.sandbox.workspace.manifest
    scopes = (manifest.bot_scopes - {"im:write", "chat:write"}) | {"pins:read"}
    workspace.sandbox.workspace.manifest = replace(manifest, bot_scopes=scopes)
    found = (await workspace.says())["permissions"]
    assert [verdict for verdict, _ in found] == ["wrong", "wrong", "look"]
    assert "chat:write is missing, for posting anything at all: add it at api.slack.com/apps" in found[0][1]
    assert "Nothing needs pins:read" in found[2][1]
    assert workspace.status == 1


async def test_a_permission_that_may_be_declined_is_to_look_at_with_what_is_off(workspace: ExaminedWorkspace) -> None:
    manifest = workspace.sandbox.workspace.manifest
    scopes = manifest.bot_scopes - {"files:read", "channels:join"}
    workspace.sandbox.workspace.manifest = replace(manifest, bot_scopes=scopes)
    found = (await workspace.says())["permissions"]
    assert [verdict for verdict, _ in found] == ["look", "look"]
    assert "channels:join was not given, so Cadence posts only in channels it was invited to" in found[0][1]
    assert "files:read was not given, so /abm import takes no file" in found[1][1]


async def test_tokens_that_slack_refuses_do_not_keep_it_from_the_rest(
    workspace: ExaminedWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.installed("ann")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-made-up")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-made-up")
    found = await workspace.says()
    assert "Slack refused the bot token (invalid_auth): copy it again" in found["token"][0][1]
    assert "Slack refused SLACK_APP_TOKEN (invalid_auth)" in found["app token"][0][1]
    assert verdicts(found) == {
        "settings": "ok",
        "database": "ok",
        "disk": "ok",
        "migrations": "ok",
        "app token": "wrong",
        "token": "wrong",
        "channels": "look",
        "admins": "look",
        "messages": "ok",
    }
    assert "made-up" not in workspace.said
    assert workspace.status == 1


async def test_slack_away_is_said_once(workspace: ExaminedWorkspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api/")
    found = await workspace.says()
    assert found["Slack"] == [
        ("wrong", "Slack cannot be reached (ClientConnectorError): check the network and SLACK_API_URL.")
    ]
    assert found["database"][0][0] == "ok"


async def test_an_error_of_slacks_own_blames_no_token(workspace: ExaminedWorkspace) -> None:
    workspace.sandbox.faults.add("*", Fault(status=503), times=2)
    found = await workspace.says()
    assert found["Slack"] == [
        ("wrong", "Slack answers with an error of its own, or asks to wait: run this again in a minute.")
    ]
    assert "refused" not in workspace.said


async def test_all_settings_in_trouble_are_named_and_the_rest_is_looked_at(
    workspace: ExaminedWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "soon")
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    found = await workspace.says()
    assert [text.split()[0] for _, text in found["settings"]] == ["PORT", "LOG_LEVEL", "SLACK_BOT_TOKEN"]
    assert found["database"][0][0] == "ok"
    assert workspace.status == 1


async def test_a_database_that_is_not_there_is_not_made(
    workspace: ExaminedWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = workspace.path.with_name("absent.db")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{absent}")
    found = await workspace.says()
    assert "is not there yet: it is made at the first start" in found["database"][0][1]
    assert verdicts(found)["program"] == "look"
    assert found["token"][0][0] == "ok"
    assert not absent.exists()
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/at/all.db")
    assert (await workspace.says())["database"][0][0] == "wrong"


async def test_a_damaged_file_is_said(workspace: ExaminedWorkspace) -> None:
    workspace.path.write_bytes(workspace.path.read_bytes()[:8192] + b"\xff" * 40_000)
    found = await workspace.says()
    assert verdicts(found)["database"] == "wrong"
    assert "damaged" in found["database"][0][1]
    assert workspace.status == 1


async def test_channels_that_cannot_be_posted_to_are_named_with_what_to_do(workspace: ExaminedWorkspace) -> None:
    sandbox, ann = workspace.sandbox, workspace.sandbox.workspace.users[workspace.sandbox.person("ann").id]
    workspace.installed("ann", "bob")
    sandbox.archive(sandbox.add_channel("old", members=[ann]), by=ann)
    sandbox.add_channel("with-them", members=[ann], shared=True)
    sandbox.add_channel("not-ours", members=[ann], with_bot=False)
    workspace.reviews_in("abm-weekly", "old", "with-them", "not-ours", "C0ELSEWHERE")
    found = (await workspace.says())["channels"]
    assert sorted(found) == [
        ("look", "Cadence is not in #not-ours: type /invite @Cadence there."),
        (
            "wrong",
            "#old is archived: unarchive it, or schedule its review elsewhere.",
        ),
        ("wrong", "#with-them is shared with another company: schedule its review in one of your own."),
        (
            "wrong",
            "C0ELSEWHERE cannot be seen: type /invite @Cadence there, or schedule its review in another channel.",
        ),
    ]


async def test_a_channel_that_may_not_be_seen_is_said_with_the_permission_that_lacks(
    workspace: ExaminedWorkspace,
) -> None:
    workspace.installed("ann", "bob")
    workspace.reviews_in("abm-weekly")
    manifest = workspace.sandbox.workspace.manifest
    workspace.sandbox.workspace.manifest = replace(manifest, bot_scopes=manifest.bot_scopes - {"channels:read"})
    [(verdict, text)] = (await workspace.says())["channels"]
    assert (verdict, "was not checked: the app lacks channels:read" in text) == ("look", True)


async def test_messages_overdue_refused_in_doubt_or_held_back_are_counted(workspace: ExaminedWorkspace) -> None:
    workspace.installed("ann", "bob")
    states = ("waiting", "refused", "unsure", "sent")
    paused = Channel(
        workspace_id=workspace.workspace_id, channel_id="C0OLD", name="#old", trouble="is_archived", trouble_at=NOON
    )
    secret = Account(workspace_id=workspace.workspace_id, name="Acme Corp", private_channel="C0SECRET")
    unread = MemberList(
        workspace_id=workspace.workspace_id, channel_id="C0SECRET", error="archived", failing_since=NOON
    )
    workspace.stores([*map(workspace.letter, states), paused, secret, unread])
    found = await workspace.says()
    overdue, doubtful, refused = found["messages"]
    assert (overdue[0], "1 overdue, the oldest since " in overdue[1]) == ("wrong", True)
    assert (doubtful[0], "1 may or may not have been posted" in doubtful[1]) == ("look", True)
    assert refused == ("look", "Slack refused 1 in the last 7 days: see /review ledger.")
    assert found["channels"][-1] == (
        "wrong",
        "Nothing is posted in #old since 2026-11-24: the channel is archived; unarchive it or choose another one.",
    )
    [(verdict, said)] = found["members"]
    assert (verdict, "C0SECRET are not known since 2026-11-24" in said, "Acme" in said) == ("wrong", True, False)


@pytest.mark.parametrize(
    ("admins", "gone", "found"),
    [
        ((), (), [("wrong", "There is none: name one in CADENCE_ADMINS and start the bot again.")]),
        (("ann",), (), [("look", "There is only one: make a second with /abm people @who admin.")]),
        (("ann", "bob"), (), [("ok", "There are 2.")]),
        (
            ("ann", "bob"),
            ("bob",),
            [
                ("wrong", "bob is deactivated in Slack: make another person admin."),
                ("look", "There is only one: make a second with /abm people @who admin."),
            ],
        ),
    ],
)
async def test_there_should_be_two_admins(
    workspace: ExaminedWorkspace, admins: tuple[str, ...], gone: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    workspace.installed(*admins)
    for name in gone:
        user = workspace.sandbox.workspace.users[workspace.sandbox.person(name).id]
        workspace.sandbox.change_user(user, deleted=True)
    assert (await workspace.says())["admins"] == found


async def test_a_clock_that_slack_does_not_agree_with_is_wrong(workspace: ExaminedWorkspace) -> None:
    clock = ShiftedClock(SystemClock())
    clock.shift_to(SystemClock().now() + timedelta(minutes=4))
    client = AsyncWebClient(token=workspace.sandbox.bot_token, base_url=workspace.sandbox.api_url)
    _, findings = await token_findings(client, clock)
    assert [(each.verdict, "set this computer's by NTP" in each.text) for each in findings[-1:]] == [("wrong", True)]
    assert clock_finding("The database's clock", NOON, NOON + timedelta(seconds=59)).verdict == "ok"
    assert clock_finding("The database's clock", NOON, NOON - timedelta(seconds=61)).verdict == "wrong"
