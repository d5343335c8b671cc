"""Workspaces in which no message may go for a while: their letters wait in the queue, not in the hands of a worker."""

from datetime import datetime


class FullWorkspaces:
    """Until when the messages of a minute are used up, by workspace.

    Taking a letter only to put it off costs two writes, and thousands may wait for the same minute.
    """

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}

    def note(self, workspace_id: str, until: datetime) -> None:
        """Note that nothing goes in the workspace before this instant."""
        self._until[workspace_id] = until

    def ids(self, now: datetime) -> list[str]:
        """Return the workspaces in which nothing goes now, in order."""
        self._until = {workspace_id: until for workspace_id, until in self._until.items() if until > now}
        return sorted(self._until)
