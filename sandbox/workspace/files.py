"""Files, as stored and as shown by the Web API and events."""

import mimetypes
from dataclasses import dataclass, field
from typing import Any


@dataclass
class File:
    """One file: announced, then uploaded (``content`` is set), then shared in channels (their ids).

    ``size`` is the announced size in bytes, ``created`` in epoch seconds. ``was_submitted``: a person submitted it to
    the app with a form.
    """

    id: str
    user_id: str
    name: str
    title: str
    size: int
    created: int
    alt_text: str = ""
    content: bytes | None = None
    is_complete: bool = False
    was_submitted: bool = False
    channel_ids: list[str] = field(default_factory=list)

    @property
    def media_type(self) -> str:
        """The MIME type, by the name's extension."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


def file_json(file: File, *, origin: str, team_id: str) -> dict[str, Any]:
    """Return the file object; its addresses need the bot's token."""
    address = f"{origin}/files-pri/{team_id}-{file.id}"
    shown: dict[str, Any] = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.media_type,
        "filetype": file.name.rpartition(".")[2] if "." in file.name else "binary",
        "pretty_type": "",
        "user": file.user_id,
        "user_team": team_id,
        "editable": False,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{address}/{file.name}",
        "url_private_download": f"{address}/download/{file.name}",
        "permalink": f"{address}/{file.name}",
        "channels": list(file.channel_ids),
        "groups": [],
        "ims": [],
        "has_rich_preview": False,
        "file_access": "visible",
    }
    return shown | ({"alt_txt": file.alt_text} if file.alt_text else {})
