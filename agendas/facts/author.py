"""The author of an update, with its source and instant."""

from dataclasses import dataclass
from datetime import datetime

from agendas.facts.account import Source


@dataclass(frozen=True, slots=True)
class Author:
    """The person behind a verb. `at` is the aware UTC instant at which it is recorded, `zone` the person's own."""

    workspace_id: str
    user_id: str
    source: Source
    at: datetime
    zone: str = "UTC"
