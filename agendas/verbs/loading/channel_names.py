"""Names in the place of channel ids, in texts that Slack shows as they are: notifications and the fields of forms."""

import re

from sqlmodel import Session

from storage import people

_CHANNEL = re.compile(
    r"(?:<|&lt;)#([CG][A-Z0-9]{2,20})(?:\|((?:(?!&gt;)[^<>])*))?(?:>|&gt;)|#(?=[A-Z]*\d)([CG][A-Z0-9]{4,20})\b"
)


def has_channel(text: str) -> bool:
    """True when the text holds the id of a channel."""
    return _CHANNEL.search(text) is not None


def with_channel_names(session: Session, workspace_id: str, text: str, *, in_channel: str = "") -> str:
    """The text, in which channels are named as people write them.

    The name of a private channel is told in that channel alone: whoever else reads the text may not be in it.
    """

    def named(found: re.Match[str]) -> str:
        channel = people.find_channel(session, workspace_id, found[1] or found[3])
        if channel is not None and channel.is_private and channel.channel_id != in_channel:
            return "a channel"
        # of a channel that is not known, as who wrote the text calls it
        name = (channel.name if channel is not None else "") or found[2]
        return f"#{name}" if name else "a channel"

    return _CHANNEL.sub(named, text)
