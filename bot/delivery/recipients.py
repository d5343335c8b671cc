"""Recipient check before sending: never into a channel shared with another company, never to a deactivated user."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from agendas.verbs.letters.trouble import SHARED
from bot.delivery.calls import SlackCalls
from bot.delivery.prepared import PreparedMessage
from bot.slack_api.outcomes import RETRY_SECONDS, Later, Outcome, Refused, Scope, Sent
from bot.slack_api.sharing import is_shared
from storage.tables import LetterKind

ASKED_AGAIN_AFTER = timedelta(minutes=5)
"""How long Slack's answer about a channel counts. An event also reports that a channel is shared, but may be lost.

A review of 25 accounts then costs one call. 200 channels in constant use cost 40 a minute; Slack accepts 50 of this
method.
"""
MOST_CHANNELS = 10_000
"""Channels remembered at once; forgetting one costs a call."""
DEACTIVATED = "user_disabled"
"""Slack's error when a conversation with a deactivated user is opened."""
CHANNEL_IDS = ("C", "G")
"""Prefixes of channel ids. Direct conversations have a D; an ephemeral message is shown to nobody else anyway."""


@dataclass(slots=True)
class RecipientCheck:
    """Asks Slack about channels, and remembers for a few minutes those that only our own company reads."""

    _asked_at: dict[tuple[str, str], datetime] = field(default_factory=dict)

    async def why_not(self, calls: SlackCalls, prepared: PreparedMessage) -> Outcome | None:
        """Return None if the message may be sent, else the reason: another company or nobody reads it, or unknown."""
        if prepared.is_for_nobody:
            # Slack accepts messages to a deactivated user with whom there is a conversation
            return Refused(DEACTIVATED)
        if prepared.kind == LetterKind.EPHEMERAL or not prepared.channel_id.startswith(CHANNEL_IDS):
            return None
        now, channel = calls.clock.now(), (calls.workspace_id, prepared.channel_id)
        asked_at = self._asked_at.get(channel)
        if asked_at is not None and timedelta() <= now - asked_at < ASKED_AGAIN_AFTER:
            return None
        refusal = _refusal_in(await calls.ask(calls.client.conversations_info, channel=prepared.channel_id))
        if refusal is None:
            self._remember(channel, now)
        return refusal

    def note_outcome(self, calls: SlackCalls, prepared: PreparedMessage, outcome: Outcome) -> None:
        """Forget the channel after a failure other than a mere wait, so that the next attempt asks about it again."""
        is_wait = isinstance(outcome, Later) and (outcome.holds_method or outcome.is_turn)
        if not isinstance(outcome, Sent) and not is_wait:
            self._asked_at.pop((calls.workspace_id, prepared.channel_id), None)

    def _remember(self, channel: tuple[str, str], now: datetime) -> None:
        if len(self._asked_at) >= MOST_CHANNELS:
            self._asked_at.clear()
        self._asked_at[channel] = now


def _refusal_in(answer: AsyncSlackResponse | Outcome) -> Outcome | None:
    """Return why a channel with this answer of conversations.info is not posted to, None when it may be."""
    if isinstance(answer, AsyncSlackResponse):
        return Refused(SHARED, Scope.CHANNEL) if is_shared(answer.get("channel")) else None
    if not isinstance(answer, Refused):
        return answer if isinstance(answer, Later) else None
    if answer.scope is Scope.CHANNEL:
        # archived or invisible: posting then fails by itself
        return None
    if answer.lacks:
        return Refused(answer.error, Scope.CHANNEL, answer.lacks)
    return answer if answer.scope is Scope.WORKSPACE else Later(RETRY_SECONDS, answer.error)
