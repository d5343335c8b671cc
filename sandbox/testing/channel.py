"""Channels and messages as people see them, for tests."""

from dataclasses import dataclass

from sandbox.readable import labels, message_words
from sandbox.slack import Slack
from sandbox.workspace.changes import PATIENCE_SECONDS
from sandbox.workspace.channels import Channel
from sandbox.workspace.messages import Message


@dataclass
class MessageView:
    """A message in a channel, with its text and thread."""

    slack: Slack
    message: Message

    @property
    def words(self) -> str:
        """Its readable text."""
        return message_words(self.message, self.slack.workspace)

    @property
    def thread(self) -> list["MessageView"]:
        """Its replies, oldest first."""
        channel = self.slack.workspace.channels[self.message.channel_id]
        return [MessageView(self.slack, reply) for reply in channel.replies(self.message.ts)]

    @property
    def buttons(self) -> list[str]:
        """The labels of its controls."""
        return labels(self.message.blocks)


class ChannelView:
    """A channel as all its members see it."""

    def __init__(self, slack: Slack, state: Channel) -> None:
        self._slack, self.state = slack, state

    @property
    def messages(self) -> list[MessageView]:
        """Its messages outside threads and broadcast replies, oldest first; no ephemerals."""
        public = [m for m in self.state.messages if m.is_public and (not m.is_reply or m.reply_broadcast)]
        return [MessageView(self._slack, message) for message in public]

    @property
    def everything(self) -> list[MessageView]:
        """Its messages with replies, oldest first; no ephemerals."""
        return [MessageView(self._slack, message) for message in self.state.messages if message.is_public]

    async def shows(self, text: str, *, times: int = 1, seconds: float = PATIENCE_SECONDS) -> MessageView:
        """Wait until exactly ``times`` messages or replies contain the text; return the last of them."""
        changes = self._slack.workspace.changes
        if not await changes.until(lambda: len(self._containing(text)) >= times, seconds=seconds):
            raise AssertionError(
                f"#{self.state.name} shows {text!r} {len(self._containing(text))} of {times} times. {self._visible()}"
            )
        found = self._containing(text)
        if len(found) > times:
            raise AssertionError(
                f"#{self.state.name} shows {text!r} {len(found)} times, not {times}. {self._visible()}"
            )
        return found[-1]

    async def never_shows(self, text: str) -> None:
        """Fail if any message here contains the text now."""
        if self._containing(text):
            raise AssertionError(f"#{self.state.name} shows {text!r}. {self._visible()}")

    def _containing(self, text: str) -> list[MessageView]:
        return [line for line in self.everything if text in line.words]

    def _visible(self) -> str:
        return "Visible: " + (" | ".join(line.words for line in self.everything) or "nothing")
