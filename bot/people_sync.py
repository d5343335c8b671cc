"""People of a workspace from Slack, and whether its token still works."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Iterable
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from agendas.facts.audience import Members, NotReadable
from agendas.verbs.letters import learn
from agendas.verbs.privacy import keep_members
from bot.clock import Clock
from bot.slack_api import UNREACHED, OddAnswer, Pause, Workspaces, ask_who_we_are, error_body, error_code, pages
from handlers.edge.access import slack_user
from storage import privacy, workspaces
from storage.database import Store
from storage.people import SlackUser

# Members of the channels that accounts are private to, read from Slack.

PAGE_MEMBERS = 1_000
"""Slack's largest page."""
ANSWER_WITHIN_SECONDS = 2.0
"""Time for a form that asks who is in a channel: Slack waits three seconds for its answer."""
TICK_WAITS_SECONDS = 2.0
"""Time that due work waits for the members, so that what is shown next is shown by them."""
DIRECT = "D"
"""The beginning of the ids of direct messages of two people."""
NOT_THERE = frozenset({"channel_not_found", "not_in_channel"})

members_log = logging.getLogger("cadence.members")


class MemberReader:
    """Reads the members of channels that accounts are private to, each again before it is too old to be believed."""

    def __init__(self, store: Store, known: Workspaces, clock: Clock, *, pause: Pause = asyncio.sleep) -> None:
        self._store = store
        self._known = known
        self._clock = clock
        self._pause = pause
        self._reading: asyncio.Task[None] | None = None
        self._is_wanted = False

    async def forget(self) -> None:
        """Take nobody for a member until Slack is asked: the bot got no events of changes while it was not running."""
        await self._store.write(privacy.distrust_all)

    def wake(self) -> None:
        """Read what is due now."""
        self._is_wanted = True
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read_all())

    async def catch_up(self) -> None:
        """Read what is due, and wait for that a little."""
        try:
            if not await self._store.read(privacy.due_member_lists, self._clock.now()):
                return
        except SQLAlchemyError:  # whatever is due fails as well, and says so
            return
        self.wake()
        if self._reading is not None:
            await asyncio.wait({self._reading}, timeout=TICK_WAITS_SECONDS)

    async def stop(self) -> None:
        """Cancel what is being read."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    async def members_of(self, workspace_id: str, channel_id: str) -> Members:
        """Return who is in the channel now, within the time that a form has."""
        try:
            async with asyncio.timeout(ANSWER_WITHIN_SECONDS):
                return await self._ask_members(workspace_id, channel_id)
        except TimeoutError:
            return Members(problem=NotReadable.NO_ANSWER)

    async def _read_all(self) -> None:
        """Read every list that is due, and again while changes are reported meanwhile."""
        while self._is_wanted:
            self._is_wanted = False
            try:
                for place in await self._store.read(privacy.due_member_lists, self._clock.now()):
                    self._is_wanted |= not await self._read(*place)
            except Exception:  # it is tried again at the next tick
                members_log.exception("members_not_read", extra={"error_id": secrets.token_hex(4)})

    async def _read(self, workspace_id: str, channel_id: str) -> bool:
        """Read one channel's members unless another process does; return False when a change was reported meanwhile."""
        asked_at = self._clock.now()
        changes_heard = await self._store.write(privacy.begin_reading, workspace_id, channel_id, asked_at)
        if changes_heard is None:
            # another process reads it
            return True
        members = await self._ask_members(workspace_id, channel_id)
        if members.problem is not None:
            members_log.warning("members_not_read", extra={"channel": channel_id, "error": members.problem.value})
        read = (workspace_id, channel_id, members)
        return await self._store.write(keep_members, *read, asked_at=asked_at, heard=changes_heard)

    async def _ask_members(self, workspace_id: str, channel_id: str) -> Members:
        """Ask Slack who is in the channel."""
        client = await self._known.client_of(workspace_id)
        workspace = await self._store.read(workspaces.get, workspace_id)
        if client is None or workspace is None:
            return Members(problem=NotReadable.NO_ANSWER)
        return await read_members(client, channel_id, bot_user_id=workspace.bot_user_id, pause=self._pause)


async def read_members(
    client: AsyncWebClient, channel_id: str, *, bot_user_id: str, pause: Pause = asyncio.sleep
) -> Members:
    """Return the members of a private channel of this company alone, or why nobody counts as one."""
    if channel_id.startswith(DIRECT):
        return Members(problem=NotReadable.DIRECT)
    try:
        problem = _problem((await client.conversations_info(channel=channel_id)).get("channel"))
        if problem is not None:
            return Members(problem=problem)

        async def ask(cursor: str | None) -> Any:
            return await client.conversations_members(channel=channel_id, limit=PAGE_MEMBERS, cursor=cursor)

        found = [each async for page in pages(ask, "members", pause=pause) for each in page if isinstance(each, str)]
    except SlackApiError as error:
        return Members(problem=_of_error(error))
    except (OddAnswer, AttributeError, ValueError, *UNREACHED):
        return Members(problem=NotReadable.NO_ANSWER)
    people = frozenset(found) - {bot_user_id}
    return Members(people) if people else Members(problem=NotReadable.EMPTY)


def _problem(channel: object) -> NotReadable | None:
    """Return what is wrong with Slack's channel object, None for a private channel with Cadence in it."""
    if not isinstance(channel, dict):
        return NotReadable.NO_ANSWER
    problems = (
        (channel.get("is_im") or channel.get("is_mpim"), NotReadable.DIRECT),
        (channel.get("is_archived"), NotReadable.ARCHIVED),
        (channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"), NotReadable.SHARED),
        (not channel.get("is_private"), NotReadable.PUBLIC),
        (not channel.get("is_member"), NotReadable.NOT_INVITED),
    )
    return next((problem for applies, problem in problems if applies), None)


def _of_error(error: SlackApiError) -> NotReadable:
    """Return why the members cannot be read, by Slack's error."""
    code = error_code(error)
    if code in NOT_THERE:
        return NotReadable.NOT_INVITED
    if code != "missing_scope":
        return NotReadable.NO_ANSWER
    # Slack names the scope it would take: that of direct messages of several people shows that this is one
    return NotReadable.DIRECT if "mpim" in str(error_body(error).get("needed")) else NotReadable.NO_PERMISSION


# Loading the people of a workspace from Slack.

PAGE_PEOPLE = 1_000
"""Slack's largest page; it allows about 20 requests a minute."""


async def load_people(
    store: Store, client: AsyncWebClient, workspace_id: str, clock: Clock, *, pause: Pause = asyncio.sleep
) -> AsyncIterator[list[SlackUser]]:
    """Yield the people of the workspace page by page, each stored first, without those whose data is malformed.

    `pause` waits the seconds that Slack asks for. Raises OddAnswer, and what the client raises.
    """
    asked_at = clock.now()
    async for members in pages(
        lambda cursor: client.users_list(limit=PAGE_PEOPLE, cursor=cursor), "members", pause=pause
    ):
        found = [user for member in members if (user := _read(member, workspace_id)) is not None]
        await store.write(learn, workspace_id, found, clock.now(), asked_at=asked_at)
        yield found
        asked_at = clock.now()


def slack_admins(users: Iterable[SlackUser]) -> tuple[str, ...]:
    """Return the ids of the workspace's owners and admins in Slack who may use the bot."""
    return tuple(
        user.user_id
        for user in users
        if user.is_slack_admin and not (user.is_bot or user.is_deleted or user.is_guest or user.is_external)
    )


def _read(member: Any, workspace_id: str) -> SlackUser | None:
    """Return the person, None when Slack's data is malformed."""
    try:
        user = slack_user(member, workspace_id)
    except (AttributeError, KeyError, TypeError):
        return None
    texts = (user.user_id, user.home_team_id, user.name, user.email)
    return user if user.user_id and user.name and all(isinstance(text, str) for text in texts) else None


# Refused tokens: the work of their workspace stops, and resumes when Slack accepts the token again.

CHECK_SECONDS = 300.0
"""Pause between two checks of refused tokens: an admin needs minutes to fix one."""
TO_DO = "install the app in this workspace again, or copy its bot token again; it is tried again every five minutes"

log = logging.getLogger("cadence.token")


class TokenCheck:
    """Follows whether Slack accepts each token, in any call, and checks the tokens of stopped workspaces again."""

    def __init__(self, store: Store, known: Workspaces, clock: Clock) -> None:
        self._store = store
        self._known = known
        self._clock = clock
        self._refused: set[str] = set()
        self._stopping: set[asyncio.Task[None]] = set()
        self._checking = asyncio.Lock()
        self._going_on: asyncio.Task[None] | None = None

    def hear(self, token: str, refusal: str) -> None:
        """Note that Slack accepted the token, or refused it with this error; resume or stop the workspace's work."""
        if not refusal:
            if token in self._refused:
                self._refused.discard(token)
                self._check_soon()
            return
        workspace_id = self._known.workspace_of(token)
        # a token of no workspace known here has no work to stop, and one refused before has stopped it
        if not workspace_id or token in self._refused:
            return
        self._refused.add(token)
        log.error("token_refused", extra={"workspace": workspace_id, "error": refusal, "to_do": TO_DO})
        task = asyncio.create_task(self._stop_work(workspace_id, token))
        self._stopping.add(task)
        task.add_done_callback(self._stopping.discard)

    async def stop(self) -> None:
        """Wait until all refusals and recoveries are stored."""
        await asyncio.gather(*self._stopping, return_exceptions=True)
        if self._going_on is not None:
            await asyncio.gather(self._going_on, return_exceptions=True)

    async def check(self) -> None:
        """Check the token of every stopped workspace with Slack, and resume the work where it is accepted again."""
        async with self._checking:
            stopped = await self._store.read(workspaces.inactive)
            # forget refused tokens of workspaces that another process has resumed: they may be refused again
            ids = {workspace.id for workspace in stopped}
            self._refused = {token for token in self._refused if self._known.workspace_of(token) in ids}
            for workspace in stopped:
                client = self._known.client_of_stopped(workspace)
                if client is None:
                    continue
                try:
                    found = await ask_who_we_are(client)
                except (SlackApiError, *UNREACHED, OddAnswer):
                    continue
                if found.workspace_id == workspace.id:
                    await self._store.write(workspaces.reactivate, workspace.id, now=self._clock.now())
                    log.info("token_good_again", extra={"workspace": workspace.id})

    def _check_soon(self) -> None:
        """Check at once instead of at the next interval, because Slack accepted a token that it had refused."""
        if not self._checking.locked() and (self._going_on is None or self._going_on.done()):
            self._going_on = asyncio.create_task(self._go_on())

    async def _go_on(self) -> None:
        """Check the tokens once all stops are stored; otherwise a late stop would undo what the check resumes."""
        await asyncio.gather(*self._stopping, return_exceptions=True)
        try:
            await self.check()
        except Exception:  # the next check comes anyway
            log.exception("tokens_not_checked", extra={"error_id": secrets.token_hex(4)})

    async def _stop_work(self, workspace_id: str, token: str) -> None:
        """Store that the workspace's work has stopped; if that fails, the next refusal tries again."""
        try:
            await self._store.write(workspaces.deactivate, workspace_id, gone_at=self._clock.now())
        except Exception:  # the next call is refused too, and tries again
            self._refused.discard(token)
            log.exception("work_not_stopped", extra={"error_id": secrets.token_hex(4)})
