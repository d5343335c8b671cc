"""Every action a person can take in Slack's client, for tests and the page alike."""

from collections.abc import Coroutine
from typing import Any

from sandbox.client import commands, file_inputs, forms, interactions, messages
from sandbox.client.targets import MessageTarget, Outcome, Target, ViewTarget
from sandbox.client.visibility import active_user
from sandbox.content.input_state import NotPossible, Value
from sandbox.slack import Slack


class UserActions:
    """Actions of people; each returns its ``Outcome`` once the app has answered or failed to.

    An action that Slack's client would not offer - on something out of sight, with an unknown option, by somebody
    deactivated - returns the reason as its error, and the app hears nothing.
    """

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def type_command(self, user_id: str, channel_id: str, text: str, *, thread_ts: str | None = None) -> Outcome:
        """Type a slash command such as ``/account acme``; refused in a thread, as Slack's client does."""
        return await _attempt(commands.type_command(self._slack, user_id, channel_id, text=text, thread_ts=thread_ts))

    async def post(self, user_id: str, channel_id: str, text: str, *, thread_ts: str | None = None) -> Outcome:
        """Post in a channel, a thread or a direct message; names and links are encoded as Slack does."""
        return await _attempt(messages.post(self._slack, user_id, channel_id, text=text, thread_ts=thread_ts))

    async def click(
        self, user_id: str, target: Target, *, block_id: str, action_id: str, value: Value = None
    ) -> Outcome:
        """Press a button, or choose in a select, date picker, checkboxes, radio or overflow of a message or view.

        ``value`` is the chosen option's value, a date ``2026-12-04``, a time ``09:30``, typed text, or a user or
        channel id; a list of them for multi-selects and checkboxes; None for a button.
        """
        ids = {"block_id": block_id, "action_id": action_id}
        if isinstance(target, ViewTarget):
            return await _attempt(interactions.use_in_view(self._slack, user_id, target, value=value, **ids))
        return await _attempt(interactions.use_in_message(self._slack, user_id, target, value=value, **ids))

    async def set_input(self, user_id: str, view_id: str, *, block_id: str, action_id: str, value: Value) -> Outcome:
        """Fill one field of an open modal or Home; the app hears of it only when the input dispatches."""
        return await self.click(user_id, ViewTarget(view_id), block_id=block_id, action_id=action_id, value=value)

    async def attach(
        self, user_id: str, view_id: str, *, block_id: str, action_id: str, name: str, content: bytes
    ) -> Outcome:
        """Add a file to a file input of an open modal."""
        ids, named = (block_id, action_id), (name, content)
        return await _attempt(file_inputs.add_file(self._slack, user_id, view_id, ids=ids, named=named))

    async def suggestions(self, user_id: str, view_id: str, *, block_id: str, action_id: str, query: str) -> Outcome:
        """Ask the app for the options of an external select; they are in the outcome's response."""
        ids = {"block_id": block_id, "action_id": action_id}
        return await _attempt(interactions.suggestions(self._slack, user_id, view_id, query=query, **ids))

    async def submit(self, user_id: str, view_id: str) -> Outcome:
        """Press a modal's submit button; errors of fields are kept in the view's ``errors``."""
        return await _attempt(forms.submit(self._slack, user_id, view_id))

    async def close(self, user_id: str, view_id: str, *, clear: bool = False) -> Outcome:
        """Close a modal (back to the one below), or with ``clear`` the whole stack."""
        return await _attempt(forms.close(self._slack, user_id, view_id, clear=clear))

    async def shortcut(self, user_id: str, callback_id: str, target: MessageTarget | None = None) -> Outcome:
        """Run a global shortcut, or a message shortcut on ``target``."""
        return await _attempt(commands.run_shortcut(self._slack, user_id, callback_id, target))

    async def open_home(self, user_id: str, tab: str = "home") -> Outcome:
        """Open the app's Home (``tab="home"``) or its messages (``tab="messages"``)."""
        return await _attempt(commands.open_home(self._slack, user_id, tab))

    async def open_im(self, user_id: str) -> str:
        """Return the id of this person's direct message with the bot; create it if needed."""
        return self._slack.workspace.im(active_user(self._slack, user_id).id).id


async def _attempt(action: Coroutine[Any, Any, Outcome]) -> Outcome:
    try:
        return await action
    except NotPossible as reason:
        return Outcome(ok=False, error=str(reason))
