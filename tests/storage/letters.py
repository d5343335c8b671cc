"""Letters with defaults, for tests of what goes out."""

from datetime import UTC, datetime
from typing import Any

from storage.tables import Letter

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def letter(key: str = "review:1:header", **changes: Any) -> Letter:
    """A post due at noon in the sample channel."""
    values: dict[str, Any] = {
        "workspace_id": "T1",
        "key": key,
        "kind": "post",
        "page": "agenda",
        "subject": {"item_id": 1},
        "channel_id": "C1",
        "created_at": NOON,
        "due_at": NOON,
    }
    return Letter(**(values | changes))
