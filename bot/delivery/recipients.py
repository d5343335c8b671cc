"""Who reads letters where they are posted: another company, and none is sent or changed; nobody, and none is sent."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from agendas.verbs.letters.trouble import SHARED
from bot.delivery.calls import SlackCalls
from bot.delivery.prepared import Parcel
from bot.slack_api.outcomes import RETRY_SECONDS, Later, Outcome, Refused, Scope, Sent
from bot.slack_api.sharing import is_shared
from storage.tables import LetterKind

ASKED_AGAIN_AFTER = timedelta(minutes=5)
"""For so long an answer of Slack's counts. It also tells by an event when a channel is shared, which may be lost.

A review of 25 accounts then costs one question. 200 channels that are posted in all the time cost 40 a minute; Slack
takes 50 of this method.
"""
MOST_CHANNELS = 10_000
"""More are not remembered; forgetting one costs a question."""
DEACTIVATED = "user_disabled"
"""Slack's error when a conversation with somebody deactivated is to be opened."""
CHANNEL_IDS = ("C", "G")
"""Beginnings. Conversations with one person have a D, and what only one person sees is shown to nobody else."""


@dataclass(slots=True)
class Audience:
    """Asks Slack, and remembers of which channels it said a short while ago that our own company alone reads them."""

    _asked_at: dict[tuple[str, str], datetime] = field(default_factory=dict)

    async def hindrance(self, calls: SlackCalls, parcel: Parcel) -> Outcome | None:
        """Why the letter is not sent: another company reads it, or nobody, or Slack does not say; None if it may go."""
        if parcel.is_for_nobody:
            # Slack takes a message to somebody deactivated where they had a conversation with us
            return Refused(DEACTIVATED)
        if parcel.kind == LetterKind.EPHEMERAL or not parcel.channel_id.startswith(CHANNEL_IDS):
            return None
        now, channel = calls.clock.now(), (calls.workspace_id, parcel.channel_id)
        asked_at = self._asked_at.get(channel)
        if asked_at is not None and timedelta() <= now - asked_at < ASKED_AGAIN_AFTER:
            return None
        hindered = _of_answer(await calls.ask(calls.client.conversations_info, channel=parcel.channel_id))
        if hindered is None:
            self._remember(channel, now)
        return hindered

    def after(self, calls: SlackCalls, parcel: Parcel, outcome: Outcome) -> None:
        """What came of sending. After trouble, not mere patience, the channel is asked about before the next try."""
        is_patience = isinstance(outcome, Later) and (outcome.holds_method or outcome.is_turn)
        if not isinstance(outcome, Sent) and not is_patience:
            self._asked_at.pop((calls.workspace_id, parcel.channel_id), None)

    def _remember(self, channel: tuple[str, str], now: datetime) -> None:
        if len(self._asked_at) >= MOST_CHANNELS:
            self._asked_at.clear()
        self._asked_at[channel] = now


def _of_answer(answer: AsyncSlackResponse | Outcome) -> Outcome | None:
    if isinstance(answer, AsyncSlackResponse):
        return Refused(SHARED, Scope.CHANNEL) if is_shared(answer.get("channel")) else None
    if not isinstance(answer, Refused):
        return answer if isinstance(answer, Later) else None
    if answer.scope is Scope.CHANNEL:
        # archived, or not to be seen: that shows when it is posted to, and nothing is posted then
        return None
    if answer.lacks:
        return Refused(answer.error, Scope.CHANNEL, answer.lacks)
    return answer if answer.scope is Scope.WORKSPACE else Later(RETRY_SECONDS, answer.error)
