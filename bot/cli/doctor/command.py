"""`cadence doctor`: check everything the bot needs and say what to do. Changes nothing; the bot may run meanwhile."""

import argparse
import asyncio

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from agendas.errors import WordsRefused
from agendas.rendering.words import Words
from bot.cli.doctor.database import examine, file_of, missing_file
from bot.cli.doctor.mail import mail_findings
from bot.cli.doctor.model import model_findings
from bot.cli.doctor.program import admin_findings, channel_findings, message_findings, read_program
from bot.cli.doctor.report import Report, Verdict, look, ok, wrong
from bot.cli.doctor.slack import NOT_SEEN, app_token_finding, token_findings
from bot.clock import Clock, SystemClock
from bot.settings import Settings
from bot.slack_api.session import slack_session
from bot.slack_api.workspaces import Workspaces
from bot.version import program_version
from storage import workspaces
from storage.database.engine import Store
from storage.database.errors import advice_for_operator
from storage.tables import Workspace

UNREADABLE = "The stored token cannot be read: set the CADENCE_SECRET_KEY it was stored with, or install the bot again."
STOPPED_THERE = (
    "It stopped because Slack refused the token of this workspace: have the app installed there again, at "
    "/slack/install."
)
STOPPED = "It stopped because Slack refused the bot token: copy SLACK_BOT_TOKEN again, or install the app again."
GOES_ON = "The bot tries the token every five minutes while it runs, and goes on when it is good."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the help; there are no arguments."""
    parser.epilog = (
        "Each line begins with ok, look (this may hinder the bot) or wrong (this keeps it from its work). The "
        "status is 0 when nothing is wrong, 1 otherwise. The doctor changes nothing, and may run while the bot runs."
    )


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Print all findings; return 0 when nothing is wrong, 1 otherwise."""
    report = Report()
    print(f"Cadence {program_version()}")
    asyncio.run(_Doctor(settings, report, SystemClock()).examine())
    report.end()
    return 0 if report.is_well else 1


class _Doctor:
    """Checks one thing after the other; reports what cannot be checked, and goes on with the rest."""

    def __init__(self, settings: Settings, report: Report, clock: Clock) -> None:
        self._settings = settings
        self._report = report
        self._clock = clock

    async def examine(self) -> None:
        """Print all findings."""
        self._check_settings()
        self._words()
        self._report.add(*await model_findings(self._settings))
        self._report.add(*await mail_findings(self._settings))
        store = self._database()
        try:
            async with slack_session() as session:
                await self._slack(store, session)
        finally:
            if store is not None:
                store.close()

    def _check_settings(self) -> None:
        settings = self._settings
        if settings.problems:
            self._report.add(*(wrong("settings", problem) for problem in settings.problems))
            return
        whose = "many workspaces by OAuth" if settings.is_for_many else "one workspace by token"
        how = "Socket Mode" if settings.is_socket_mode else "HTTP"
        self._report.add(ok("settings", f"Everything needed is given, for {whose} and {how}."))

    def _words(self) -> None:
        """Check the templates in CADENCE_WORDS, if that is set."""
        folder = self._settings.words_folder
        if folder is None or not folder.is_dir():
            return
        try:
            Words(folder)
        except WordsRefused as error:
            self._report.add(wrong("words", str(error)))
        else:
            self._report.add(ok("words", f"The templates in {folder} can be used."))

    def _database(self) -> Store | None:
        """Check the database; return it when it can be read and has this version's schema."""
        if not self._settings.database_url:
            self._report.add(look("database", "Not checked, because DATABASE_URL is wrong."))
            return None
        path = file_of(self._settings.database_url)
        if path is not None and not path.exists():
            self._report.add(missing_file(path))
            return None
        store = Store(self._settings.database_url)
        findings = list(examine(store, self._clock.now()))
        self._report.add(*findings)
        if findings[-1].subject == "migrations" and findings[-1].verdict is Verdict.OK:
            return store
        store.close()
        return None

    async def _slack(self, store: Store | None, session: aiohttp.ClientSession) -> None:
        settings = self._settings
        client = AsyncWebClient(
            token=settings.bot_token or None, base_url=settings.slack_api_url, session=session, retry_handlers=[]
        )
        if settings.app_token:
            self._report.add(await app_token_finding(client, settings.app_token))
        if settings.bot_token:
            await self._own(store, client, await self._workspace_of(client))
        elif store is not None:
            await self._installed(store, Workspaces(settings, store, session))
        self._report.note(NOT_SEEN)

    async def _workspace_of(self, client: AsyncWebClient) -> str:
        """Check the client's token; return the id of its workspace, "" when Slack does not accept it."""
        workspace_id, findings = await token_findings(client, self._clock)
        self._report.add(*findings)
        return workspace_id

    async def _own(self, store: Store | None, client: AsyncWebClient, workspace_id: str) -> None:
        """Check the workspace of the token, or the only one stored while Slack does not say which it is."""
        if store is None:
            self._report.add(look("program", "Channels, admins and messages: not checked, without the database."))
            return
        known = [each for each in store.read_now(workspaces.get_all) if workspace_id in ("", each.id)]
        if len(known) == 1:
            await self._program(store, client if workspace_id else None, known[0])
        else:
            self._report.add(look("program", "The bot has not run in this workspace yet: start it with cadence run."))

    async def _installed(self, store: Store, known: Workspaces) -> None:
        """Every workspace that installed the bot and did not remove it, each with its own token."""
        everything = store.read_now(workspaces.get_all)
        found = [each for each in everything if not workspaces.is_removed(each)]
        if not found:
            self._report.add(look("workspaces", "The bot is installed in none: send an admin to /slack/install."))
        for workspace in found:
            self._report.section(f"{workspace.name} ({workspace.id})")
            is_active = workspace.is_active
            client = await known.client_of(workspace.id) if is_active else known.client_of_stopped(workspace)
            if client is None:
                self._report.add(wrong("token", UNREADABLE))
            elif not await self._workspace_of(client):
                client = None
            await self._program(store, client, workspace)

    async def _program(self, store: Store, client: AsyncWebClient | None, workspace: Workspace) -> None:
        try:
            program = store.read_now(read_program, workspace.id, self._clock.now())
        except SQLAlchemyError as error:
            self._report.add(wrong("database", advice_for_operator(error)))
            return
        if not workspace.is_active:
            self._report.add(wrong("work", f"{STOPPED_THERE if self._settings.is_for_many else STOPPED} {GOES_ON}"))
        if client is None:
            self._report.add(look("channels", "Not checked, because Slack did not accept the token."))
        else:
            self._report.add(*await channel_findings(client, program.cadences))
        self._report.add(*await admin_findings(client, program.admins))
        self._report.add(*message_findings(program))
