"""Everything a person can do in the workspace, for the test language and the page alike."""

from typing import TYPE_CHECKING

from sandbox.places import MessagePlace, Outcome, Place, ViewPlace

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

__all__ = ["Acts", "MessagePlace", "Outcome", "Place", "ViewPlace"]

Value = str | list[str] | None


class Acts:
    """What a person does; each act returns once the app has answered or failed to, with its ``Outcome``."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    async def type_command(self, user_id: str, channel_id: str, text: str, *, thread_ts: str | None = None) -> Outcome:
        """Type a slash command such as ``/account acme``; refused in a thread, as Slack's client does."""
        raise NotImplementedError

    async def post(self, user_id: str, channel_id: str, text: str, *, thread_ts: str | None = None) -> Outcome:
        """Say something in a channel, a thread or a direct message; names and links are encoded as Slack does."""
        raise NotImplementedError

    async def click(self, user_id: str, place: Place, *, block_id: str, action_id: str, value: Value = None) -> Outcome:
        """Press a button, or choose in a select, date picker, checkboxes, radio or overflow of a message or view.

        ``value`` is the chosen option's value, a date ``2026-12-04``, a time ``09:30``, typed text, or a user or
        channel id; a list of them for multi-selects and checkboxes; None for a button.
        """
        raise NotImplementedError

    async def set_input(self, user_id: str, view_id: str, *, block_id: str, action_id: str, value: Value) -> Outcome:
        """Fill one field of an open modal or Home; the app hears of it only when the input dispatches."""
        raise NotImplementedError

    async def submit(self, user_id: str, view_id: str) -> Outcome:
        """Press a modal's submit button; errors of fields are kept in the view's ``errors``."""
        raise NotImplementedError

    async def close(self, user_id: str, view_id: str, *, clear: bool = False) -> Outcome:
        """Close a modal (back to the one below), or with ``clear`` the whole stack."""
        raise NotImplementedError

    async def shortcut(self, user_id: str, callback_id: str, place: MessagePlace | None = None) -> Outcome:
        """Run a global shortcut, or a message shortcut on the message at ``place``."""
        raise NotImplementedError

    async def open_home(self, user_id: str, tab: str = "home") -> Outcome:
        """Open the app's Home (``tab="home"``) or its messages (``tab="messages"``)."""
        raise NotImplementedError

    async def open_im(self, user_id: str) -> str:
        """The id of the direct message between this person and the bot, made when there is none yet."""
        raise NotImplementedError
