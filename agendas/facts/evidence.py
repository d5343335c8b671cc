"""Evidence of what happened at an account."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence that something happened. `kind` is link, message, meeting, crm or note; `url` may be empty."""

    text: str
    dated_at: datetime
    url: str = ""
    kind: str = "link"
