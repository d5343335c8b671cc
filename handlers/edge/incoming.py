"""Payloads taken apart: the only file that knows where in a payload Slack puts each part."""

from collections.abc import Callable
from dataclasses import dataclass

from agendas.rendering.controls import word_and_value
from handlers.edge.page_views import CALLBACK_ID
from handlers.edge.payloads.values import (
    Body,
    form_key,
    is_view,
    key_of,
    mapping,
    message_key,
    sequence,
    slack_id,
    stamp,
    text,
    thread_of,
    words_of,
)
from handlers.edge.views import chosen


class Unreadable(Exception):
    """The payload lacks a part that every payload of its kind has, so nobody can be answered."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """The parts of a payload.

    Args:
        kind: command, button, form, form_closed, shortcut, options or event.
        word: the command, action id, callback id or event type.
        user_id: the person; empty for an event of nobody.
        home_team_id: the person's team as far as Slack says it.
        key: the same for every delivery of one act, empty where Slack gives nothing to tell deliveries from acts.
        message_key: the same for every event that tells of one message, as of a mention in a direct message.
        channel_id, place: the channel or direct conversation; the ts of the thread, or of the message itself.
        text, value: the text typed, or that of a message; the value that a button or select carries.
        trigger_id, response_url: opens a form within three seconds; takes answers to a command or click.
        view_id, view_hash, message_ts: the form or Home with its version, or the message, that was clicked in.
        in_modal, on_home, on_page: the click was in a form, on Home, in a modal that only shows a page.
        is_press: a button that does what it says, unlike one that only opens an address.
    """

    kind: str
    word: str
    user_id: str
    home_team_id: str
    key: str
    message_key: str = ""
    channel_id: str = ""
    text: str = ""
    value: str = ""
    place: str = ""
    trigger_id: str = ""
    response_url: str = ""
    view_id: str = ""
    view_hash: str = ""
    message_ts: str = ""
    in_modal: bool = False
    on_home: bool = False
    on_page: bool = False
    is_press: bool = False

    @property
    def is_silent(self) -> bool:
        """True when the person asked for nothing: a key pressed in a form, or the form closed."""
        return self.kind == "form_closed" or self.word.startswith(("draft/", "field/"))

    @property
    def is_waited_for(self) -> bool:
        """True when the person expects something to happen."""
        return self.kind in ("command", "form", "shortcut") or self.is_press


def read(body: Body) -> Incoming | None:
    """Return the parts of this payload, None for a kind that has no reader. Raises Unreadable."""
    if "command" in body:
        return read_command(body)
    kind = body.get("type")
    reader = READERS.get(kind) if isinstance(kind, str) else None
    return reader(body) if reader else None


def read_command(body: Body) -> Incoming:
    """A slash command: `text` is what was typed after it."""
    return Incoming(
        kind="command",
        word=_required(text(body["command"])),
        user_id=_required(slack_id(body.get("user_id"))),
        home_team_id="",
        key=key_of("command", body.get("trigger_id")),
        channel_id=slack_id(body.get("channel_id")),
        text=text(body.get("text")).strip(),
        trigger_id=text(body.get("trigger_id")),
        response_url=text(body.get("response_url")),
    )


def read_button(body: Body) -> Incoming:
    """A click or choice, in a message, a form or Home. `place` is the thread whose reply was clicked, if it was one.

    What follows a click shows where the click was: for the message that begins a thread, that is the channel.
    """
    action = mapping(next(iter(sequence(body.get("actions"))), None))
    container, message = mapping(body.get("container")), mapping(body.get("message"))
    view = _whole_view(body["view"]) if body.get("view") else {}
    word, value = word_and_value(text(action.get("action_id")), chosen(action))
    user_id, home_team_id = _person(body)
    view_id, message_ts = slack_id(view.get("id")), stamp(message.get("ts")) or stamp(container.get("message_ts"))
    return Incoming(
        kind="button",
        word=_required(word),
        user_id=user_id,
        home_team_id=home_team_id,
        key=key_of(f"click:{user_id}:{message_ts or view_id}:{word}", action.get("action_ts")),
        channel_id=_channel(body) or slack_id(container.get("channel_id")),
        value=value,
        place=thread_of(message, container),
        trigger_id=text(body.get("trigger_id")),
        response_url=text(body.get("response_url")),
        view_id=view_id,
        view_hash=text(view.get("hash")),
        message_ts=message_ts,
        in_modal=view.get("type") == "modal",
        on_home=view.get("type") == "home",
        on_page=view.get("callback_id") == CALLBACK_ID,
        is_press=action.get("type") in ("button", "overflow") and not action.get("url"),
    )


def read_form(body: Body) -> Incoming:
    """A form submitted (`form`) or closed (`form_closed`)."""
    view = _whole_view(body.get("view"))
    is_submitted = body.get("type") == "view_submission"
    user_id, home_team_id = _person(body)
    return Incoming(
        kind="form" if is_submitted else "form_closed",
        word=_required(text(view.get("callback_id"))),
        user_id=user_id,
        home_team_id=home_team_id,
        key=form_key(view) if is_submitted else "",
        view_id=slack_id(view["id"]),
        trigger_id=text(body.get("trigger_id")),
    )


def read_shortcut(body: Body) -> Incoming:
    """A global or message shortcut; of a message, `text` and `place` are the message's."""
    message = mapping(body.get("message"))
    user_id, home_team_id = _person(body)
    return Incoming(
        kind="shortcut",
        word=_required(text(body.get("callback_id"))),
        user_id=user_id,
        home_team_id=home_team_id,
        key=key_of("shortcut", body.get("trigger_id")),
        channel_id=_channel(body),
        text=words_of(message),
        place=stamp(message.get("ts")),
        trigger_id=text(body.get("trigger_id")),
        response_url=text(body.get("response_url")),
    )


def read_options(body: Body) -> Incoming:
    """The letters typed into a select whose choices the bot gives."""
    user_id, home_team_id = _person(body)
    return Incoming(
        kind="options",
        word=_required(text(body.get("action_id"))),
        user_id=user_id,
        home_team_id=home_team_id,
        key="",
        text=text(body.get("value")),
    )


def read_event(body: Body) -> Incoming:
    """An event of the Events API. `place` is the thread, or the message's own ts. Some events are of nobody."""
    event = mapping(body.get("event"))
    user = event.get("user")
    teams = (event.get("user_team"), event.get("source_team"), event.get("team"))
    return Incoming(
        kind="event",
        word=_required(text(event.get("type"))),
        user_id=slack_id(user) or slack_id(mapping(user).get("id")),
        home_team_id=next(filter(None, map(slack_id, teams)), ""),
        key=key_of("event", body.get("event_id")),
        message_key=message_key(_channel(event), event),
        channel_id=_channel(event),
        text=text(event.get("text")),
        place=stamp(event.get("thread_ts")) or stamp(event.get("ts")),
    )


READERS: dict[str, Callable[[Body], Incoming]] = {
    "event_callback": read_event,
    "block_actions": read_button,
    "view_submission": read_form,
    "view_closed": read_form,
    "shortcut": read_shortcut,
    "message_action": read_shortcut,
    "block_suggestion": read_options,
}


def _whole_view(view: object) -> Body:
    if not is_view(view):
        raise Unreadable
    return mapping(view)


def _required(value: str) -> str:
    if not value:
        raise Unreadable
    return value


def _person(body: Body) -> tuple[str, str]:
    """The person's id, and the team the person is of as far as Slack says it."""
    user = mapping(body.get("user"))
    return _required(slack_id(user.get("id"))), slack_id(user.get("team_id"))


def _channel(around: Body) -> str:
    channel = around.get("channel")
    return slack_id(channel) or slack_id(mapping(channel).get("id"))
