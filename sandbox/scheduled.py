"""A message that is to be posted later."""

from dataclasses import dataclass
from typing import Any

from sandbox.messages import Message


@dataclass(frozen=True)
class Scheduled:
    """The message as it will be posted; ``post_at`` and ``created`` in seconds since 1970."""

    id: str
    message: Message
    post_at: int
    created: int

    @property
    def shown(self) -> dict[str, Any]:
        """The entry of ``chat.scheduledMessages.list``."""
        return {
            "id": self.id,
            "channel_id": self.message.channel_id,
            "post_at": self.post_at,
            "date_created": self.created,
            "text": self.message.text,
        }
