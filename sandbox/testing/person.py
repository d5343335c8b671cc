"""People in tests: they type, post, click, fill in forms, and see what Slack's client shows them.

``seen = await ann.types("/account acme", in_="#abm")``; ``await ann.clicks("Movement", on=seen)``;
``await ann.fills(Stage="engaged")``; ``await ann.submits()``; ``await channel.shows("moved to engaged")``.
A failure shows what was visible instead.
"""

import asyncio
from typing import Any

from sandbox.blocks import Value
from sandbox.client import MessageTarget, Outcome, UserActions, ViewTarget
from sandbox.readable import block_words, message_words
from sandbox.slack import Slack
from sandbox.testing.channel import ChannelView, MessageView
from sandbox.testing.controls import Found, find_control, find_field, has_field, value_for
from sandbox.testing.form import Form
from sandbox.workspace.changes import PATIENCE_SECONDS
from sandbox.workspace.channels import Channel
from sandbox.workspace.messages import Message
from sandbox.workspace.users import User

__all__ = ["ChannelView", "Form", "MessageView", "Person", "Seen"]

LATE_SECONDS, LATE_ANSWER_SECONDS = 1.5, 20.0
"""An acknowledgement that took longer may come before its answer, which is then waited for so long."""


class Seen(str):
    """Text that a person sees, with its message and the outcome of the action that led to it."""

    message: Message | None = None
    outcome: Outcome | None = None


def _seen(words: str, message: Message | None, outcome: Outcome | None = None) -> Seen:
    seen = Seen(words)
    seen.message, seen.outcome = message, outcome
    return seen


class Person:
    """A person who uses Slack's client."""

    def __init__(self, slack: Slack, actions: UserActions, user: User) -> None:
        self._slack, self._actions, self.user = slack, actions, user

    @property
    def id(self) -> str:
        """Their user id."""
        return self.user.id

    @property
    def form(self) -> Form:
        """The modal in front of them; AssertionError when none is open."""
        view = self._slack.workspace.views.top(self.id)
        if view is None:
            raise AssertionError(f"{self.user.name} has no form open.")
        return Form(self._slack, view)

    @property
    def has_form(self) -> bool:
        """True while a modal is open in front of them."""
        return self._slack.workspace.views.top(self.id) is not None

    @property
    def home(self) -> str:
        """The text of their Home, empty while none is published."""
        view = self._slack.workspace.views.homes.get(self.id)
        return block_words(view.blocks, self._slack.workspace) if view is not None else ""

    async def types(self, text: str, *, in_: str, thread: MessageView | None = None) -> Seen:
        """Type a command in a channel (``#abm``) or the bot's direct message (``cadence``); return the new text."""
        channel = self._channel(in_)
        before, began = set(map(id, channel.visible_to(self.id))), asyncio.get_running_loop().time()
        thread_ts = thread.message.ts if thread is not None else None
        outcome = await self._actions.type_command(self.id, channel.id, text, thread_ts=thread_ts)
        if outcome.ok and asyncio.get_running_loop().time() - began > LATE_SECONDS:
            # on a busy machine the app acknowledges first, and its answer follows
            await self._slack.workspace.changes.until(
                lambda: self.has_form or not before.issuperset(map(id, channel.visible_to(self.id))),
                seconds=LATE_ANSWER_SECONDS,
            )
        return self._appeared(channel, before, outcome)

    async def says(
        self, text: str, *, in_: str | None = None, to: str | None = None, thread: MessageView | None = None
    ) -> MessageView:
        """Post a message ``in_`` a channel, or ``to`` the bot; AssertionError when the client refuses."""
        channel = self._channel(in_ or to or "")
        thread_ts = thread.message.thread_ts or thread.message.ts if thread is not None else None
        outcome = await self._actions.post(self.id, channel.id, text, thread_ts=thread_ts)
        posted = channel.message(outcome.ts or "")
        if posted is None:
            raise AssertionError(f"{self.user.name} could not say {text!r}: {outcome.error}")
        return MessageView(self._slack, posted)

    async def clicks(
        self, label: str, *, on: "MessageView | Seen | Form | str | None" = None, choose: str | None = None
    ) -> Seen:
        """Press the control with this label, action id or option on a message, ``"home"``, or the form in front.

        ``choose`` is the choice in a menu: an option's text or value, a date, a name. Returns the new text.
        """
        on = self.form if on is None else on
        if isinstance(on, Form) or on == "home":
            view = on.view if isinstance(on, Form) else self._slack.workspace.views.homes[self.id]
            return await self._click(ViewTarget(view.id), view.blocks, label, choose)
        message = on.message if isinstance(on, (MessageView, Seen)) else None
        if message is None:
            raise AssertionError(f"There is no message to click {label!r} on; seen was {str(on)!r}.")
        return await self._click(MessageTarget(message.channel_id, message.ts), message.blocks, label, choose)

    async def fills(self, **fields: Value) -> Outcome:
        """Fill fields of the form in front, each by label (spaces as ``_`` are fine), block id or action id.

        Waits for a field that appears once the app has heard of an earlier one.
        """
        outcome = Outcome(ok=True)
        for name, value in fields.items():
            block, element = await self._field(name)
            entered = value_for(element, value, self._slack.workspace)
            ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
            outcome = await self._actions.set_input(self.id, self.form.view.id, value=entered, **ids)
            if not outcome.ok:
                raise AssertionError(f"{self.user.name} could not fill {name!r} with {value!r}: {outcome.error}")
        return outcome

    async def _field(self, name: str) -> Found:
        await self._slack.workspace.changes.until(lambda: has_field(self.form.view.blocks, name))
        return find_field(self.form.view.blocks, name)

    async def attaches(self, name: str, content: bytes, *, to: str) -> Outcome:
        """Add a file to a field of the form in front, named by label, block id or action id."""
        block, element = find_field(self.form.view.blocks, to)
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        return await self._actions.attach(self.id, self.form.view.id, name=name, content=content, **ids)

    async def submits(self) -> Outcome:
        """Press submit on the form in front."""
        return await self._actions.submit(self.id, self.form.view.id)

    async def closes(self, *, clear: bool = False) -> Outcome:
        """Close the form in front, or the whole stack."""
        return await self._actions.close(self.id, self.form.view.id, clear=clear)

    async def runs(self, callback_id: str, *, on: MessageView | None = None) -> Outcome:
        """Run a shortcut, on a message or globally."""
        target = MessageTarget(on.message.channel_id, on.message.ts) if on is not None else None
        return await self._actions.shortcut(self.id, callback_id, target)

    async def opens_home(self) -> Outcome:
        """Open the app's Home."""
        return await self._actions.open_home(self.id)

    async def sees(self, text: str, *, in_: str, seconds: float = PATIENCE_SECONDS) -> Seen:
        """Wait until a message with this text is visible to them (ephemerals too) and return it."""
        channel = self._channel(in_)
        changes = self._slack.workspace.changes
        await changes.until(lambda: self._visible(channel, text) is not None, seconds=seconds)
        message = self._visible(channel, text)
        if message is None:
            visible = [message_words(m, self._slack.workspace) for m in channel.visible_to(self.id)]
            raise AssertionError(
                f"{self.user.name} does not see {text!r} in {in_}. Visible: {' | '.join(visible) or 'nothing'}"
            )
        return _seen(message_words(message, self._slack.workspace), message)

    def _visible(self, channel: Channel, text: str) -> Message | None:
        shown = [m for m in channel.visible_to(self.id) if text in message_words(m, self._slack.workspace)]
        return shown[-1] if shown else None

    async def _click(
        self, target: MessageTarget | ViewTarget, blocks: list[dict[str, Any]], label: str, choose: str | None
    ) -> Seen:
        block, element, value = find_control(blocks, label)
        chosen = value_for(element, choose, self._slack.workspace) if choose is not None else value
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        channel = self._slack.workspace.channels[target.channel_id] if isinstance(target, MessageTarget) else None
        before = set(map(id, channel.visible_to(self.id))) if channel is not None else set()
        outcome = await self._actions.click(self.id, target, value=chosen, **ids)
        return self._appeared(channel, before, outcome)

    def _appeared(self, channel: Channel | None, before: set[int], outcome: Outcome) -> Seen:
        shown = channel.visible_to(self.id) if channel is not None else []
        new = [message for message in shown if id(message) not in before]
        words = [message_words(message, self._slack.workspace) for message in new]
        if outcome.error is not None:
            words.append(outcome.error)
        return _seen("\n".join(words), new[-1] if new else None, outcome)

    def _channel(self, name: str) -> Channel:
        workspace = self._slack.workspace
        if name.lstrip("@") == workspace.bot.name:
            return workspace.im(self.id)
        other = workspace.user_named(name.removeprefix("@")) if name.startswith("@") else None
        channel = workspace.im(self.id, other.id) if other is not None else workspace.channel_named(name)
        if channel is None:
            raise KeyError(f"There is no channel {name!r}.")
        return channel
