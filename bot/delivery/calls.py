"""Calls of Slack about a letter: what an answer means for it, and none before the end of a wait that it asked for."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.clock import Clock
from bot.delivery.shared_rate_limit import Turns
from bot.slack_api.errors import outcome_of
from bot.slack_api.outcomes import Later, Outcome

Call = Callable[..., Awaitable[AsyncSlackResponse]]
"""A method of the client, like `client.chat_update`."""
SECOND = timedelta(seconds=1)
PATIENCE = timedelta(seconds=5)
"""How long a letter in hand waits for a turn; if it takes longer it goes back to the others."""


@dataclass(frozen=True, slots=True)
class SlackCalls:
    """Made for the letters of one workspace, through its client."""

    client: AsyncWebClient
    workspace_id: str
    turns: Turns
    clock: Clock

    async def send(self, call: Call, **arguments: object) -> AsyncSlackResponse | Outcome:
        """Slack's answer when it is ok, else what it means for the message that this call was to send."""
        try:
            return await call(**arguments)
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
            outcome = outcome_of(error)
        return replace(outcome, method=method_of(call)) if isinstance(outcome, Later) else outcome

    async def send_unless_held(self, call: Call, **arguments: object) -> AsyncSlackResponse | Outcome:
        """The same for a call that no turn was taken for; not made as long as Slack asked to leave the method alone."""
        now, method = self.clock.now(), method_of(call)
        until = await self.turns.held_until(self.workspace_id, method, now=now)
        if until > now:
            return Later((until - now) / SECOND, "ratelimited", holds_method=True, method=method)
        return await self.send(call, **arguments)

    async def ask(self, call: Call, **arguments: object) -> AsyncSlackResponse | Outcome:
        """The same for a call around a message: whatever comes of it, it has not sent the message.

        It is made when it is the turn of its method in this workspace, and not at all if that is too far off.
        """
        method = method_of(call)
        now = self.clock.now()
        turn = await self.turns.take_call(self.workspace_id, method, now=now, patience=PATIENCE)
        wait = (turn - now) / SECOND
        if turn - now > PATIENCE and turn > await self.turns.held_until(self.workspace_id, method, now=now):
            return Later(wait, "waits for its turn", is_turn=True, method=method)
        if turn - now <= PATIENCE:
            await asyncio.sleep(wait)
        answer = await self.send_unless_held(call, **arguments)
        return replace(answer, may_be_sent=False) if isinstance(answer, Later) else answer


def method_of(call: Call) -> str:
    """The Web API's name of a method of the client: `chat.update` for `chat_update`."""
    return str(getattr(call, "__name__", "")).replace("_", ".", 1)
