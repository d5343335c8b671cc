"""Limits of message metadata."""

import json
import re
from typing import Any

METADATA_BYTES = 16_000
EVENT_TYPE = re.compile(r"[A-Za-z0-9_.:-]{1,255}")


def metadata_error(metadata: Any) -> str | None:
    """Return Slack's error code for this metadata, None when it would take it; ``{}`` clears it.

    Slack publishes no size; this one is on the safe side.
    """
    if metadata == {}:
        return None
    if not isinstance(metadata, dict):
        return "invalid_metadata_format"
    if not {"event_type", "event_payload"} <= set(metadata) <= {"event_type", "event_payload", "entities"}:
        return "invalid_metadata_format"
    kind, payload = metadata["event_type"], metadata["event_payload"]
    if not isinstance(kind, str) or not EVENT_TYPE.fullmatch(kind) or not isinstance(payload, dict):
        return "invalid_metadata_format"
    if len(json.dumps(metadata).encode()) > METADATA_BYTES:
        return "metadata_too_large"
    return None
