"""Helpers for tests: people who act in the workspace, and channels, messages and forms to inspect."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.blocks import MANY_OPTIONS, ONE_OF_OPTIONS, Value, all_blocks, elements_of, has_state
from sandbox.client import MessageTarget, Outcome, UserActions, ViewTarget
from sandbox.messages import Message
from sandbox.readable import block_words, control_labels, labels, message_words, options_of
from sandbox.slack import Slack
from sandbox.workspace import PATIENCE_SECONDS, Channel, User, View, Workspace

# Channels and messages as people see them, for tests.


@dataclass
class MessageView:
    slack: Slack
    message: Message

    @property
    def words(self) -> str:
        return message_words(self.message, self.slack.workspace)

    @property
    def thread(self) -> list["MessageView"]:
        channel = self.slack.workspace.channels[self.message.channel_id]
        return [MessageView(self.slack, reply) for reply in channel.replies(self.message.ts)]

    @property
    def buttons(self) -> list[str]:
        return labels(self.message.blocks)


class ChannelView:
    """A channel as all its members see it."""

    def __init__(self, slack: Slack, state: Channel) -> None:
        self._slack, self.state = slack, state

    @property
    def messages(self) -> list[MessageView]:
        """Its messages outside threads and broadcast replies, oldest first; no ephemerals."""
        public = [m for m in self.state.messages if m.is_public and (not m.is_reply or m.reply_broadcast)]
        return [MessageView(self._slack, message) for message in public]

    @property
    def everything(self) -> list[MessageView]:
        """Its messages with replies, oldest first; no ephemerals."""
        return [MessageView(self._slack, message) for message in self.state.messages if message.is_public]

    async def shows(self, text: str, *, times: int = 1, seconds: float = PATIENCE_SECONDS) -> MessageView:
        """Wait until exactly ``times`` messages or replies contain the text; return the last of them."""
        changes = self._slack.workspace.changes
        if not await changes.until(lambda: len(self._containing(text)) >= times, seconds=seconds):
            raise AssertionError(
                f"#{self.state.name} shows {text!r} {len(self._containing(text))} of {times} times. {self._visible()}"
            )
        found = self._containing(text)
        if len(found) > times:
            raise AssertionError(
                f"#{self.state.name} shows {text!r} {len(found)} times, not {times}. {self._visible()}"
            )
        return found[-1]

    async def never_shows(self, text: str) -> None:
        """Fail if any message here contains the text now."""
        if self._containing(text):
            raise AssertionError(f"#{self.state.name} shows {text!r}. {self._visible()}")

    def _containing(self, text: str) -> list[MessageView]:
        return [line for line in self.everything if text in line.words]

    def _visible(self) -> str:
        return "Visible: " + (" | ".join(line.words for line in self.everything) or "nothing")


# Lookup of buttons and fields by label.

Found = tuple[dict[str, Any], dict[str, Any]]


def find_control(blocks: list[dict[str, Any]], label: str) -> tuple[dict[str, Any], dict[str, Any], Value]:
    """Return block, element and value of the control with this label; AssertionError when there is none.

    The label of an option or a thumb finds its control, with that value; the value is None for any other label.
    """
    for block, element in _controls(blocks):
        if element["type"] in ("overflow", "radio_buttons", "checkboxes", "static_select"):
            for option in options_of(element):
                if option["text"]["text"] == label:
                    return block, element, option["value"]
        for thumb in (element.get("positive_button"), element.get("negative_button")):
            if thumb is not None and thumb["text"]["text"] == label:
                return block, element, thumb["value"]
        if label in (*control_labels(block, element), element.get("action_id")):
            return block, element, None
    raise AssertionError(f"There is no {label!r} to click; there are {labels(blocks)}.")


def find_field(blocks: list[dict[str, Any]], name: str) -> Found:
    """Return block and element of a field by label, block id or action id; AssertionError when there is none."""
    found = next(_fields_named(blocks, name), None)
    if found is None:
        raise AssertionError(f"There is no field {name!r}; there are {labels(blocks)}.")
    return found


def _fields_named(blocks: list[dict[str, Any]], name: str) -> Iterator[Found]:
    for block, element in _controls(blocks):
        names = [*control_labels(block, element), block["block_id"], element.get("action_id")]
        if has_state(element) and any(_is_same_name(name, other) for other in names):
            yield block, element


def value_for(element: dict[str, Any], value: Value, workspace: Workspace) -> Value:
    """Return the value to enter: an option's value for its text, an id for ``ann``, ``@ann`` or ``#abm``."""
    if isinstance(value, list):
        return [_value_of_name(element, part, workspace) for part in value]
    return _value_of_name(element, value, workspace) if value is not None else None


def _value_of_name(element: dict[str, Any], value: str, workspace: Workspace) -> str:
    """The value of an option, user or channel for the name that people see; other texts as they are."""
    kind = element["type"]
    if kind in ONE_OF_OPTIONS | MANY_OPTIONS or kind == "overflow":
        matching = [option["value"] for option in options_of(element) if option["text"]["text"] == value]
        return str(matching[0]) if matching else value
    if kind in ("users_select", "multi_users_select"):
        user = workspace.user_named(value.removeprefix("@"))
        return user.id if user is not None else value
    if kind == "conversations_select":
        channel = workspace.channel_named(value)
        return channel.id if channel is not None else value
    return value


def _controls(blocks: list[dict[str, Any]]) -> list[Found]:
    return [(block, element) for block in all_blocks(blocks) for element in elements_of(block)]


def _is_same_name(name: str, other: Any) -> bool:
    return isinstance(other, str) and name.replace("_", " ").casefold() == other.replace("_", " ").casefold()


# The modal in front of a person, for tests.


class Form:
    def __init__(self, slack: Slack, view: View) -> None:
        self._slack, self.view = slack, view

    @property
    def title(self) -> str:
        return str(self.view.given["title"]["text"])

    @property
    def words(self) -> str:
        return block_words(self.view.blocks, self._slack.workspace)

    @property
    def labels(self) -> list[str]:
        return labels(self.view.blocks)

    @property
    def errors(self) -> dict[str, str]:
        """The sentences below its fields, by the field's label."""
        return {self._label_of(block_id): text for block_id, text in self.view.errors.items()}

    @property
    def values(self) -> dict[str, Any]:
        """Its input by field label: texts, option values, dates, ids; None where empty."""
        found: dict[str, Any] = {}
        for block_id, actions in self.view.state.items():
            for state in actions.values():
                found[self._label_of(block_id)] = _value(state)
        return found

    def _label_of(self, block_id: str) -> str:
        for block in self.view.blocks:
            if block["block_id"] == block_id and "label" in block:
                return str(block["label"]["text"])
        return block_id


def _value(state: dict[str, Any]) -> Any:
    """Return the input in an element's state: options by their values, files by their names; None where it is empty."""
    for name, part in state.items():
        if name == "type":
            continue
        if isinstance(part, list):
            return [each.get("value", each.get("name")) if isinstance(each, dict) else each for each in part]
        return part["value"] if isinstance(part, dict) and "value" in part else part
    return None


# People in tests: they type, post, click, fill in forms, and see what Slack's client shows them.

__all__ = ["ChannelView", "Form", "MessageView", "Person", "Seen"]

LATE_SECONDS, LATE_ANSWER_SECONDS = 1.5, 20.0
"""After an acknowledgement slower than the first, the answer may still come: it is waited for up to the second."""


class Seen(str):
    """Text that a person sees, with its message and the outcome of the action that led to it."""

    message: Message | None = None
    outcome: Outcome | None = None


def _seen(words: str, message: Message | None, outcome: Outcome | None = None) -> Seen:
    seen = Seen(words)
    seen.message, seen.outcome = message, outcome
    return seen


class Person:
    def __init__(self, slack: Slack, actions: UserActions, user: User) -> None:
        self._slack, self._actions, self.user = slack, actions, user

    @property
    def id(self) -> str:
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
        return self._slack.workspace.views.top(self.id) is not None

    @property
    def home(self) -> str:
        """The text of their Home, empty while none is published."""
        view = self._slack.workspace.views.homes.get(self.id)
        return block_words(view.blocks, self._slack.workspace) if view is not None else ""

    async def types(self, text: str, *, in_: str, thread: MessageView | None = None) -> Seen:
        """Type a command in a channel (``#abm``) or the bot's direct message (``cadence``); return the new text."""
        channel = self._channel_named(in_)
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
        self,
        text: str,
        *,
        in_: str | None = None,
        to: str | None = None,
        thread: MessageView | None = None,
        file: tuple[str, bytes] | None = None,
        viewing: "MessageView | str" = "",
    ) -> MessageView:
        """Post a message ``in_`` a channel, or ``to`` the bot; AssertionError when the client refuses.

        ``viewing`` is the channel or the message that they look at beside the agent view.
        """
        channel = self._channel_named(in_ or to or "")
        thread_ts = thread.message.thread_ts or thread.message.ts if thread is not None else None
        viewed: MessageTarget | str = ""
        if isinstance(viewing, MessageView):
            viewed = MessageTarget(viewing.message.channel_id, viewing.message.ts)
        elif viewing:
            viewed = self._channel_named(viewing).id
        outcome = await self._actions.post(self.id, channel.id, text, thread_ts=thread_ts, file=file, viewing=viewed)
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
        await self._slack.workspace.changes.until(lambda: any(_fields_named(self.form.view.blocks, name)))
        return find_field(self.form.view.blocks, name)

    async def attaches(self, name: str, content: bytes, *, to: str) -> Outcome:
        """Add a file to a field of the form in front, named by label, block id or action id."""
        block, element = find_field(self.form.view.blocks, to)
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        return await self._actions.attach(self.id, self.form.view.id, name=name, content=content, **ids)

    async def submits(self) -> Outcome:
        return await self._actions.submit(self.id, self.form.view.id)

    async def closes(self, *, clear: bool = False) -> Outcome:
        return await self._actions.close(self.id, self.form.view.id, clear=clear)

    async def runs(self, callback_id: str, *, on: MessageView | None = None) -> Outcome:
        target = MessageTarget(on.message.channel_id, on.message.ts) if on is not None else None
        return await self._actions.shortcut(self.id, callback_id, target)

    async def opens_home(self) -> Outcome:
        return await self._actions.open_home(self.id)

    async def sees(self, text: str, *, in_: str, seconds: float = PATIENCE_SECONDS) -> Seen:
        """Wait until a message with this text is visible to them (ephemerals too) and return it."""
        channel = self._channel_named(in_)
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
        """Use the control with this label; return what appeared in the message's channel, nothing new for a view."""
        block, element, value = find_control(blocks, label)
        chosen = value_for(element, choose, self._slack.workspace) if choose is not None else value
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        channel = self._slack.workspace.channels[target.channel_id] if isinstance(target, MessageTarget) else None
        before = set(map(id, channel.visible_to(self.id))) if channel is not None else set()
        outcome = await self._actions.click(self.id, target, value=chosen, **ids)
        return self._appeared(channel, before, outcome)

    def _appeared(self, channel: Channel | None, before: set[int], outcome: Outcome) -> Seen:
        """Return the text of the messages that were not visible before, then the client's error if there is one."""
        shown = channel.visible_to(self.id) if channel is not None else []
        new = [message for message in shown if id(message) not in before]
        words = [message_words(message, self._slack.workspace) for message in new]
        if outcome.error is not None:
            words.append(outcome.error)
        return _seen("\n".join(words), new[-1] if new else None, outcome)

    def _channel_named(self, name: str) -> Channel:
        """Return the direct message with the bot (by its name) or with ``@ann``, else the channel ``#abm``."""
        workspace = self._slack.workspace
        if name.lstrip("@") == workspace.bot.name:
            return workspace.im(self.id)
        other = workspace.user_named(name.removeprefix("@")) if name.startswith("@") else None
        channel = workspace.im(self.id, other.id) if other is not None else workspace.channel_named(name)
        if channel is None:
            raise KeyError(f"There is no channel {name!r}.")
        return channel
