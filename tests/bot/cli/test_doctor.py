import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from psycopg import OperationalError as PsycopgError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from agendas.facts.query import Query
from assistant.by_model import ModelProblem, said_of
from bot.__main__ import main
from bot.cli.doctor import (
    ADVICE,
    QUESTION,
    READINGS,
    Finding,
    clock_finding,
    examine,
    mail_findings,
    model_findings,
    token_findings,
)
from bot.clock import ShiftedClock, SystemClock
from bot.settings import Settings
from bot.wiring import running
from sandbox.faults import Fault
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS
from storage import people, workspaces
from storage.database import Store, advice_for_anybody, advice_for_operator
from storage.models.accounts import Account
from storage.models.delivery import Letter, LetterKind
from storage.models.reviews import Cadence
from storage.models.workspaces import Channel, MemberList
from storage.people import SlackUser
from storage.workspaces import Installation
from tests.bot.processes import MANIFEST
from tests.cases import cases
from tests.databases.postgres import Postgres
from tests.fakes import openai_server as openai_server_fakes
from tests.fakes.openai_server import Answer, Call, openai_server, reads, says, status
from tests.fakes.smtp_server import smtp_server

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LINE = re.compile(r"(ok|look|wrong) +(.+?)  +(.*)")


class ExaminedWorkspace:
    """A workspace, its database, and the doctor's findings about them."""

    def __init__(self, sandbox: Sandbox, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.sandbox = sandbox
        self.path = path
        self.status = -1
        self.printed = self.said = ""
        self._capsys = capsys
        self.store = Store(f"sqlite:///{path}")

    @property
    def workspace_id(self) -> str:
        return self.sandbox.workspace.team.id

    async def says(self) -> dict[str, list[tuple[str, str]]]:
        self.status = await asyncio.to_thread(main, ["doctor"])
        output = self._capsys.readouterr()
        self.printed, self.said = output.out, output.out + output.err
        found: dict[str, list[tuple[str, str]]] = {}
        subject = ""
        for line in self.said.splitlines():
            started = LINE.fullmatch(line)
            if started:
                verdict, subject, text = started.groups()
                found.setdefault(subject, []).append((verdict, text))
            elif line.startswith("     ") and subject:
                verdict, text = found[subject].pop()
                found[subject].append((verdict, f"{text} {line.strip()}"))
        return found

    def printed_now(self) -> str:
        return self._capsys.readouterr().out

    def installed(self, *admins: str) -> None:
        """Store the workspace as if the bot had run here, with these people as admins."""
        workspace = self.sandbox.workspace
        users = [SlackUser(self.sandbox.person(name).id, home_team_id=self.workspace_id, name=name) for name in admins]

        def install(session: Session) -> None:
            found = Installation(self.workspace_id, "Sandbox", "", workspace.bot.id, workspace.bot_id)
            workspaces.save_installation(session, found, time_zone="UTC", now=NOON)
            people.save_users(session, self.workspace_id, users, NOON)
            for user in users:
                person = people.find(session, self.workspace_id, user.user_id)
                assert person is not None
                person.right = "admin"

        self.store.write_now(install)

    def reviews_in(self, *channels: str) -> None:
        rows = [
            Cadence(
                workspace_id=self.workspace_id,
                channel_id=self.sandbox.channel_state(name).id if not name.startswith("C0") else name,
                rhythm="weekly",
                anchor_on=date(2026, 11, 24),
                local_time=time(10),
                zone="UTC",
                created_at=NOON,
            )
            for name in channels
        ]
        self.stores(rows)

    def stores(self, rows: Iterable[Cadence | Channel | Letter]) -> None:
        self.store.write_now(lambda session: session.add_all(rows))

    def letter(self, state: str) -> Letter:
        at = SystemClock().now() - timedelta(hours=1)
        key = f"sample:{state}"
        return Letter(
            workspace_id=self.workspace_id,
            key=key,
            kind=LetterKind.POST,
            page="recap",
            created_at=at,
            due_at=at,
            state=state,
        )


def verdicts(found: dict[str, list[tuple[str, str]]]) -> dict[str, str]:
    return {subject: " ".join(verdict for verdict, _ in findings) for subject, findings in found.items()}


@pytest.fixture
async def workspace(tmp_path, migrated_sqlite: Path, monkeypatch, capsys) -> AsyncIterator[ExaminedWorkspace]:
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


# `cadence doctor`: each thing that can be wrong gets a line with what to do, and none keeps it from the rest.
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


async def test_tokens_that_slack_refuses_do_not_keep_it_from_the_rest(workspace: ExaminedWorkspace, monkeypatch):
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


async def test_all_settings_in_trouble_are_named_and_the_rest_is_looked_at(workspace: ExaminedWorkspace, monkeypatch):
    monkeypatch.setenv("PORT", "soon")
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    found = await workspace.says()
    assert [text.split()[0] for _, text in found["settings"]] == ["PORT", "LOG_LEVEL", "SLACK_BOT_TOKEN"]
    assert found["database"][0][0] == "ok"
    assert workspace.status == 1


async def test_a_database_that_is_not_there_is_not_made(workspace: ExaminedWorkspace, monkeypatch: pytest.MonkeyPatch):
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
        ("wrong", "#old is archived: unarchive it, or schedule its review elsewhere."),
        ("wrong", "#with-them is shared with another company: schedule its review in one of your own."),
        (
            "wrong",
            "C0ELSEWHERE cannot be seen: type /invite @Cadence there, or schedule its review in another channel.",
        ),
    ]


async def test_a_channel_that_may_not_be_seen_is_said_with_the_permission_that_lacks(workspace: ExaminedWorkspace):
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
async def test_there_should_be_two_admins(workspace: ExaminedWorkspace, admins, gone, found):
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


# Findings of `cadence doctor` about the database.
def findings(store: Store, clock: Callable[[], datetime]) -> dict[str, Finding]:
    return {finding.subject: finding for finding in examine(store, clock())}


@pytest.mark.database("sqlite", "postgres")
def test_a_migrated_database_is_well(store: Store) -> None:
    found = findings(store, SystemClock().now)
    assert {finding.verdict for finding in found.values()} == {"ok"}
    assert ("disk" if store.is_sqlite else "clock") in found


@pytest.mark.database("sqlite", "postgres")
def test_an_empty_database_is_sent_to_migrate(empty_database_url: str) -> None:
    store = Store(empty_database_url)
    found = findings(store, SystemClock().now)["migrations"]
    store.close()
    assert (found.verdict, "run cadence migrate, or start the bot" in found.text) == ("look", True)


def test_a_database_server_that_is_away_is_said_without_its_password() -> None:
    store = Store("postgresql://cadence:hidden@127.0.0.1:9/cadence")
    [found] = examine(store, NOON)
    store.close()
    assert found.verdict == "wrong"
    assert "check DATABASE_URL" in found.text
    assert "hidden" not in found.text


@pytest.mark.database("sqlite", "postgres")
def test_a_database_that_takes_nothing_is_not_called_writable(store: Store) -> None:
    connection = store.engine.raw_connection()
    how = "pragma max_page_count=1" if store.is_sqlite else "set temp_file_limit = '1kB'"
    connection.cursor().execute(how)
    connection.commit()
    connection.close()
    found = findings(store, SystemClock().now)["database"]
    assert found.verdict == "wrong"
    assert ("The disk of the database is full" if store.is_sqlite else "temp_file_limit") in found.text


NO_DATABASE = "does not exist): make that database, or check the name in DATABASE_URL."
NO_ROLE = 'role "nobody" does not exist): make that role, or check the user in DATABASE_URL.'


@pytest.mark.database("sqlite", "postgres")
@pytest.mark.parametrize(
    ("was", "wrong", "said"), [("/test_", "/absent_", NO_DATABASE), ("//postgres:", "//nobody:hidden", NO_ROLE)]
)
def test_what_a_server_refuses_is_said_in_its_own_words(postgres: Postgres, was: str, wrong: str, said: str) -> None:
    url = postgres.create(is_migrated=True)
    assert was in url
    store = Store(url.replace(was, wrong, 1))
    [found] = examine(store, NOON)
    store.close()
    postgres.drop(url)
    assert found.verdict == "wrong"
    assert found.text.startswith("The database server refuses the connection (")
    assert said in found.text
    assert "hidden" not in found.text
    assert "folder" not in found.text


@pytest.mark.database("sqlite", "postgres")
@pytest.mark.parametrize("url", ["mysql://cadence:hidden@db.example/cadence", "sqlite://relative.db"])
async def test_where_the_address_is_wrong_no_other_database_is_looked_at(workspace, monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    found = await workspace.says()
    assert found["settings"][0][1].startswith("DATABASE_URL must be sqlite:///FILE or postgresql://")
    assert found["database"] == [("look", "Not checked, because DATABASE_URL is wrong.")]
    assert verdicts(found)["token"] == "ok"
    assert "hidden" not in workspace.said


@pytest.mark.database("sqlite", "postgres")
@pytest.mark.parametrize(
    ("said", "to_do"),
    [
        (
            'password authentication failed for user "cadence"',
            'The database server refuses the connection (password authentication failed for user "cadence"): check '
            "user and password in DATABASE_URL.",
        ),
        (
            "Datenbank »cadence« existiert nicht",
            "The database server refuses the connection (Datenbank »cadence« existiert nicht): check DATABASE_URL, and "
            "look into the server's log.",
        ),
    ],
)
def test_the_words_of_the_server_are_for_those_who_know_the_settings(said: str, to_do: str) -> None:
    cause = PsycopgError(f'connection failed: connection to server at "127.0.0.1", port 5432 failed: FATAL:  {said}')
    error = OperationalError(None, None, cause)
    assert advice_for_operator(error) == to_do
    assert (
        advice_for_anybody(error)
        == "The database server cannot be reached: check DATABASE_URL, and that the server runs."
    )


# `cadence doctor` where there are several workspaces, or the work in one has stopped.
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


async def test_a_workspace_whose_work_stopped_is_wrong_beside_others_that_are_well(workspace, key):
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


# `cadence doctor` tries the language model, and says what is wrong with it.

KEY = "sk-0123456789abcdef"
LIMITS = (ModelProblem.PERSON_LIMIT, ModelProblem.WORKSPACE_LIMIT)


def reads_well(call: Call) -> Answer:
    meant = READINGS[call.told["question"]]
    return reads(said_of(meant, QUESTION) if isinstance(meant, Query) else {"remark": meant})


async def test_a_model_that_reads_is_named_with_its_server_and_sent_no_data(workspace: ExaminedWorkspace, monkeypatch):
    workspace.installed("ann", "bob")
    async with openai_server(reads_well) as server:
        for name, value in {"KEY": KEY, "MODEL": "small"}.items():
            monkeypatch.setenv(f"OPENAI_{'API_KEY' if name == 'KEY' else name}", value)
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("CADENCE_MODEL_SECONDS", "60")
        [(verdict, text)] = (await workspace.says())["model"]
        assert len(server.calls) == 10
    assert verdict == "ok"
    assert re.match(rf"small at 127\.0\.0\.1:{server.port} reads 10 of 10 questions right, each in \d+\.\d s", text), (
        text
    )
    assert KEY not in workspace.printed
    for call in server.calls:
        assert {*call.told["accounts"].values(), *call.told["people"].values()} == {
            *(name for _, name in (*QUESTION.accounts, *QUESTION.people))
        }


async def test_a_model_that_reads_too_few_questions_right_is_looked_at() -> None:
    async with openai_server(says({"subject": "actions", "form": "list", "whose": ["p1"]})) as server:
        settings = Settings(openai_api_key=KEY, openai_model="small", openai_base_url=server.base_url)
        [found] = await model_findings(settings)
    assert (found.verdict, "reads 1 of 10 questions right" in found.text) == ("look", True)
    assert "Use a larger one" in found.text


async def test_without_a_key_it_is_not_mentioned_unless_a_model_is_named() -> None:
    assert await model_findings(Settings()) == []
    [found] = await model_findings(Settings(openai_model="small"))
    assert (found.verdict, "OPENAI_API_KEY" in found.text) == ("look", True)


@cases(
    ("answer", "verdict", "text"),
    [
        (status(401)(None), "wrong", "refused the key (401): copy OPENAI_API_KEY again."),
        (status(404)(None), "wrong", "check OPENAI_MODEL and OPENAI_BASE_URL"),
        (status(429)(None), "look", "takes no more requests now (429)"),
        (status(500)(None), "look", "failed (500)"),
        (openai_server_fakes.REDIRECT, "wrong", "sends elsewhere (302)"),
        (openai_server_fakes.HANGS_UP, "wrong", "cannot be reached"),
        (openai_server_fakes.HTML, "wrong", "does not answer with the JSON"),
        (openai_server_fakes.PROSE, "wrong", "use a model that follows instructions"),
        (openai_server_fakes.HUGE, "wrong", "answers with more than a reading can be"),
        (openai_server_fakes.NEVER, "look", "did not answer within 0.3 s"),
    ],
)
async def test_what_is_wrong_is_said_with_what_to_do(answer: Answer, verdict: str, text: str) -> None:
    seconds = 0.3 if answer is openai_server_fakes.NEVER else PATIENCE_SECONDS
    async with openai_server(lambda _call: answer) as server:
        settings = Settings(
            openai_api_key=KEY, openai_model="small", openai_base_url=server.base_url, model_seconds=seconds
        )
        [found] = await model_findings(settings)
    assert found.verdict == verdict
    assert text in found.text
    assert "read by rules alone" in found.text
    assert KEY not in found.text


def test_every_problem_of_a_server_has_its_advice() -> None:
    assert set(ADVICE) == set(ModelProblem) - set(LIMITS)


# `cadence doctor` logs in to the mail server, and says what is wrong with it.
async def test_a_server_that_takes_the_login_is_named_and_sent_nothing(workspace: ExaminedWorkspace, monkeypatch):
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


async def test_without_a_server_it_is_not_mentioned_and_a_wrong_url_is_one_sentence(workspace, monkeypatch):
    assert await mail_findings(Settings()) == []
    workspace.installed("ann", "bob")
    monkeypatch.setenv("CADENCE_SMTP_URL", "smtp://key:secret-word@mail.example")
    found = await workspace.says()
    assert "mail" not in found
    assert any(
        text.startswith("CADENCE_SMTP_URL must be smtp://USER:PASSWORD@HOST:PORT") for _, text in found["settings"]
    )
    assert "secret-word" not in workspace.said


# `cadence doctor` reads the folder with other words.
async def test_words_that_cannot_be_used_are_named_with_their_place(workspace, monkeypatch, tmp_path):
    for name, text in (("good", "Gaps"), ("bad", "{{ 'a' | safe }}")):
        (tmp_path / name).mkdir()
        template = f"{{% macro missing_label() %}}{text}{{% endmacro %}}"
        (tmp_path / name / "agenda.j2").write_text(template, encoding="utf-8")
    monkeypatch.setenv("CADENCE_WORDS", str(tmp_path / "good"))
    assert verdicts(await workspace.says())["words"] == "ok"
    monkeypatch.setenv("CADENCE_WORDS", str(tmp_path / "bad"))
    [(verdict, text)] = (await workspace.says())["words"]
    assert (verdict, workspace.status) == ("wrong", 1)
    assert text.startswith("agenda.j2, line 1 cannot be read: No filter named 'safe'.")
