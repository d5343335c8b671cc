"""Members of the channels that accounts are private to, read from Slack."""

import asyncio
import logging
import secrets
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from agendas.facts.audience import Members, NotReadable
from agendas.verbs.privacy.members import keep_members
from bot.clock import Clock
from bot.slack_api.errors import UNREACHED, OddAnswer, error_body, error_code
from bot.slack_api.paging import Pause, pages
from bot.slack_api.workspaces import Workspaces
from storage import workspaces
from storage.database.engine import Store
from storage.privacy import channel_members

PAGE_MEMBERS = 1_000
"""Slack's largest page."""
ANSWER_WITHIN_SECONDS = 2.0
"""Time for a form that asks who is in a channel: Slack waits three seconds for its answer."""
TICK_WAITS_SECONDS = 2.0
"""Time that due work waits for the members, so that what is shown next is shown by them."""
DIRECT = "D"
"""The beginning of the ids of direct messages of two people."""
NOT_THERE = frozenset({"channel_not_found", "not_in_channel"})

log = logging.getLogger("cadence.members")


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
        """Take nobody for a member until Slack is asked: while the bot was away it heard of no change."""
        await self._store.write(channel_members.doubt_all)

    def wake(self) -> None:
        """Read what is due now."""
        self._is_wanted = True
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read_all())

    async def catch_up(self) -> None:
        """Read what is due, and wait for that a little."""
        try:
            if not await self._store.read(channel_members.due, self._clock.now()):
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
                return await self._ask(workspace_id, channel_id)
        except TimeoutError:
            return Members(problem=NotReadable.NO_ANSWER)

    async def _read_all(self) -> None:
        while self._is_wanted:
            self._is_wanted = False
            try:
                for place in await self._store.read(channel_members.due, self._clock.now()):
                    self._is_wanted |= not await self._read(*place)
            except Exception:  # it is tried again at the next tick
                log.exception("members_not_read", extra={"error_id": secrets.token_hex(4)})

    async def _read(self, workspace_id: str, channel_id: str) -> bool:
        """Read one channel's members; return False when more was heard of it meanwhile."""
        asked_at = self._clock.now()
        heard = await self._store.write(channel_members.begin_reading, workspace_id, channel_id, asked_at)
        if heard is None:
            return True
        members = await self._ask(workspace_id, channel_id)
        if members.problem is not None:
            log.warning("members_not_read", extra={"channel": channel_id, "error": members.problem.value})
        kept = (workspace_id, channel_id, members)
        return await self._store.write(keep_members, *kept, asked_at=asked_at, heard=heard)

    async def _ask(self, workspace_id: str, channel_id: str) -> Members:
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
    return next((problem for is_so, problem in problems if is_so), None)


def _of_error(error: SlackApiError) -> NotReadable:
    code = error_code(error)
    if code in NOT_THERE:
        return NotReadable.NOT_INVITED
    if code != "missing_scope":
        return NotReadable.NO_ANSWER
    # the bot may read channels, and no direct message of several
    return NotReadable.DIRECT if "mpim" in str(error_body(error).get("needed")) else NotReadable.NO_PERMISSION
