"""Everything a person can do in the workspace, for the test language and the page alike."""

from collections.abc import Coroutine
from typing import Any

from sandbox.client import commands as speak
from sandbox.client import file_inputs as attach
from sandbox.client import forms
from sandbox.client import interactions as press
from sandbox.client import shortcuts as reach
from sandbox.client.targets import MessageTarget, Outcome, Place, ViewTarget
from sandbox.client.visibility import person
from sandbox.content.input_state import NotPossible, Value
from sandbox.slack import Slack

__all__ = ["MessageTarget", "Outcome", "Place", "UserActions", "ViewTarget"]


class UserActions:
    """What a person does; each act returns once the app has answered or failed to, with its ``Outcome``.

    An act that Slack's client would not even offer - on something out of sight, with an option that is not there, by
    somebody deactivated - comes back with the reason as its error, and the app hears nothing.
    """

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def type_command(self, user_id: str, channel_id: str, text: str, *, thread_ts: str | None = None) -> Outcome:
        """Type a slash command such as ``/account acme``; refused in a thread, as Slack's client does."""
        return await _tried(speak.type_command(self._slack, user_id, channel_id, text=text, thread_ts=thread_ts))

    async def post(self, user_id: str, channel_id: str, text: str, *, thread_ts: str | None = None) -> Outcome:
        """Say something in a channel, a thread or a direct message; names and links are encoded as Slack does."""
        return await _tried(speak.post(self._slack, user_id, channel_id, text=text, thread_ts=thread_ts))

    async def click(self, user_id: str, place: Place, *, block_id: str, action_id: str, value: Value = None) -> Outcome:
        """Press a button, or choose in a select, date picker, checkboxes, radio or overflow of a message or view.

        ``value`` is the chosen option's value, a date ``2026-12-04``, a time ``09:30``, typed text, or a user or
        channel id; a list of them for multi-selects and checkboxes; None for a button.
        """
        if isinstance(place, ViewTarget):
            return await _tried(
                press.in_view(self._slack, user_id, place, block_id=block_id, action_id=action_id, value=value)
            )
        return await _tried(
            press.in_message(self._slack, user_id, place, block_id=block_id, action_id=action_id, value=value)
        )

    async def set_input(self, user_id: str, view_id: str, *, block_id: str, action_id: str, value: Value) -> Outcome:
        """Fill one field of an open modal or Home; the app hears of it only when the input dispatches."""
        place = ViewTarget(view_id)
        return await _tried(
            press.in_view(self._slack, user_id, place, block_id=block_id, action_id=action_id, value=value)
        )

    async def attach(
        self, user_id: str, view_id: str, *, block_id: str, action_id: str, name: str, content: bytes
    ) -> Outcome:
        """Add a file to a field of an open modal that takes files."""
        ids, named = (block_id, action_id), (name, content)
        return await _tried(attach.attach(self._slack, user_id, view_id, ids=ids, named=named))

    async def suggestions(self, user_id: str, view_id: str, *, block_id: str, action_id: str, query: str) -> Outcome:
        """Ask the app for the options of an external select; they are in the outcome's response."""
        return await _tried(
            press.suggestions(self._slack, user_id, view_id, block_id=block_id, action_id=action_id, query=query)
        )

    async def submit(self, user_id: str, view_id: str) -> Outcome:
        """Press a modal's submit button; errors of fields are kept in the view's ``errors``."""
        return await _tried(forms.submit(self._slack, user_id, view_id))

    async def close(self, user_id: str, view_id: str, *, clear: bool = False) -> Outcome:
        """Close a modal (back to the one below), or with ``clear`` the whole stack."""
        return await _tried(forms.close(self._slack, user_id, view_id, clear=clear))

    async def shortcut(self, user_id: str, callback_id: str, place: MessageTarget | None = None) -> Outcome:
        """Run a global shortcut, or a message shortcut on the message at ``place``."""
        return await _tried(reach.shortcut(self._slack, user_id, callback_id, place))

    async def open_home(self, user_id: str, tab: str = "home") -> Outcome:
        """Open the app's Home (``tab="home"``) or its messages (``tab="messages"``)."""
        return await _tried(reach.open_home(self._slack, user_id, tab))

    async def open_im(self, user_id: str) -> str:
        """The id of the direct message between this person and the bot, made when there is none yet."""
        return self._slack.workspace.im(person(self._slack, user_id).id).id


async def _tried(act: Coroutine[Any, Any, Outcome]) -> Outcome:
    try:
        return await act
    except NotPossible as reason:
        return Outcome(ok=False, error=str(reason))
