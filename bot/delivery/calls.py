"""Calls of the Web API on behalf of a letter, within the rate limits, each answer turned into an outcome."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.clock import Clock
from bot.delivery.shared_rate_limit import SharedRateLimit
from bot.slack_api.errors import UNREACHED, outcome_of
from bot.slack_api.outcomes import Later, Outcome, WaitReason

Call = Callable[..., Awaitable[AsyncSlackResponse]]
"""A method of the client, like `client.chat_update`."""
SECOND = timedelta(seconds=1)
PATIENCE = timedelta(seconds=5)
"""The longest that a letter being sent waits for its turn; with a later turn it goes back to the queue."""


@dataclass(frozen=True, slots=True)
class SlackCalls:
    """Calls for the letters of one workspace, through its client."""

    client: AsyncWebClient
    workspace_id: str
    rate_limit: SharedRateLimit
    clock: Clock

    async def send(self, call: Call, **arguments: object) -> AsyncSlackResponse | Outcome:
        """Make the call that sends a message; return Slack's answer if it is ok, else the outcome for the message."""
        try:
            return await call(**arguments)
        except (SlackApiError, *UNREACHED) as error:
            outcome = outcome_of(error)
        return replace(outcome, method=method_of(call)) if isinstance(outcome, Later) else outcome

    async def send_unless_held(self, call: Call, **arguments: object) -> AsyncSlackResponse | Outcome:
        """Send without a turn, unless Slack asked to wait with this method."""
        now, method = self.clock.now(), method_of(call)
        until = await self.rate_limit.held_until(self.workspace_id, method, now=now)
        if until > now:
            return Later((until - now) / SECOND, "ratelimited", holds_method=True, method=method)
        return await self.send(call, **arguments)

    async def ask(self, call: Call, **arguments: object) -> AsyncSlackResponse | Outcome:
        """Make a call that sends no message, at its method's turn in this workspace; skip it if that is too far off.

        A failed call leaves no doubt: its outcome is never `may_be_sent`.
        """
        method = method_of(call)
        now = self.clock.now()
        turn = await self.rate_limit.take_call(self.workspace_id, method, now=now, patience=PATIENCE)
        wait = (turn - now) / SECOND
        if turn - now > PATIENCE and turn > await self.rate_limit.held_until(self.workspace_id, method, now=now):
            return Later(wait, WaitReason.WAITS_FOR_TURN, is_turn=True, method=method)
        if turn - now <= PATIENCE:
            await asyncio.sleep(wait)
        answer = await self.send_unless_held(call, **arguments)
        return replace(answer, may_be_sent=False) if isinstance(answer, Later) else answer


def method_of(call: Call) -> str:
    """Return the Web API's name of a client method: `chat.update` for `chat_update`."""
    return str(getattr(call, "__name__", "")).replace("_", ".", 1)
