"""Things of an account of which its own row tells the day."""

from collections.abc import Callable, Mapping
from datetime import datetime

from agendas.facts.account import AccountState
from assistant.query import Having


def _scored_at(account: AccountState) -> datetime | None:
    return max((each.scored_at for each in account.fit), default=None)


DAYS: Mapping[Having, Callable[[AccountState], datetime | None]] = {
    Having.NARRATIVE: lambda account: account.narrative.written_at if account.narrative else None,
    Having.FIT: _scored_at,
}
"""Of these things the row tells the day: when the narrative was written, and the fit last scored."""
