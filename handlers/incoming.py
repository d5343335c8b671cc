"""From Slack's payloads to the parts of a request: the only file that knows where Slack puts what."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from handlers.modals.message import CALLBACK_ID
from handlers.shapes import Body, is_view, mapping, sequence, slack_id, stamp, text, words_of

ONE_CHOSEN = ("value", *(f"selected_{kind}" for kind in ("date", "time", "user", "channel", "conversation")))
KEY_CHARACTERS = 96
"""A key fits into that of a letter, with what else is in there; what is longer is no key of Slack's."""


class Unreadable(Exception):
    """The payload lacks what every one of its kind has, so nobody can be answered."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """The parts of a payload that every request has. `key` is the same for every delivery of the same act.

    `on_page` is said of a click in a modal that only shows a page and holds nothing typed; `is_press` of a button that
    does what it says, unlike one that only opens an address. `message_ts` is the message's that was clicked on.
    """

    kind: str
    word: str
    user_id: str
    home_team_id: str
    key: str
    channel_id: str = ""
    text: str = ""
    value: str = ""
    place: str = ""
    trigger_id: str = ""
    response_url: str = ""
    view_id: str = ""
    message_ts: str = ""
    in_modal: bool = False
    on_home: bool = False
    on_page: bool = False
    is_press: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether the person did not ask for anything: a key pressed in a form, or the form closed."""
        return self.kind == "form_closed" or self.word.startswith(("draft/", "field/"))

    @property
    def is_waited_for(self) -> bool:
        """Whether the person expects something to happen."""
        return self.kind in ("command", "form", "shortcut") or self.is_press


def read(body: Body) -> Incoming | None:
    """The parts of this payload, None for a kind that nothing here hears. Raises Unreadable."""
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
        key=_key("command", body.get("trigger_id")),
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
    word = _required(text(action.get("action_id")))
    user_id, home_team_id = _person(body)
    view_id = slack_id(view.get("id"))
    message_ts = stamp(message.get("ts")) or stamp(container.get("message_ts"))
    return Incoming(
        kind="button",
        word=word,
        user_id=user_id,
        home_team_id=home_team_id,
        key=_key(f"click:{user_id}:{message_ts or view_id}:{word}", action.get("action_ts")),
        channel_id=_channel(body) or slack_id(container.get("channel_id")),
        value=chosen(action),
        place=thread_of(message, container),
        trigger_id=text(body.get("trigger_id")),
        response_url=text(body.get("response_url")),
        view_id=view_id,
        message_ts=message_ts,
        in_modal=view.get("type") == "modal",
        on_home=view.get("type") == "home",
        on_page=view.get("callback_id") == CALLBACK_ID,
        is_press=action.get("type") == "button" and not action.get("url"),
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


def form_key(view: Body) -> str:
    """What makes a form count once. The next form in its place keeps its id, and is about something else."""
    return f"form:{view['id']}:{hashlib.sha256(text(view.get('private_metadata')).encode()).hexdigest()[:16]}"


def read_shortcut(body: Body) -> Incoming:
    """A global or message shortcut; of a message, `text` and `place` are the message's."""
    message = mapping(body.get("message"))
    user_id, home_team_id = _person(body)
    return Incoming(
        kind="shortcut",
        word=_required(text(body.get("callback_id"))),
        user_id=user_id,
        home_team_id=home_team_id,
        key=_key("shortcut", body.get("trigger_id")),
        channel_id=_channel(body),
        text=words_of(message),
        place=stamp(message.get("ts")),
        trigger_id=text(body.get("trigger_id")),
        response_url=text(body.get("response_url")),
    )


def read_options(body: Body) -> Incoming:
    """What a person typed into a select that asks us."""
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
        key=_key("event", body.get("event_id")),
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


def is_from_person(event: Body) -> bool:
    """Whether a person wrote or did it now: no bot, and no edit, deletion or other bookkeeping of messages."""
    return not event.get("bot_id") and event.get("subtype") in (None, "file_share", "thread_broadcast")


def chosen(action: Body) -> str:
    """What a button carries or a select, picker or menu was set to, as text; several are joined by commas."""
    for name in ONE_CHOSEN:
        if action.get(name) is not None:
            return text(action[name])
    option = action.get("selected_option")
    if option:
        return text(mapping(option).get("value"))
    several = action.get("selected_options")
    if several is not None:
        return ",".join(text(mapping(each).get("value")) for each in sequence(several))
    for name in ("selected_users", "selected_channels", "selected_conversations"):
        if action.get(name) is not None:
            return ",".join(text(each) for each in sequence(action[name]))
    return ""


def thread_of(message: Body, container: Body | None = None) -> str:
    """The thread that a message is a reply in, empty for one that stands in the channel itself."""
    around = container or {}
    thread_ts = stamp(message.get("thread_ts")) or stamp(around.get("thread_ts"))
    own_ts = message.get("ts") or around.get("message_ts")
    return thread_ts if thread_ts != own_ts else ""


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


def _key(kind: str, number: object) -> str:
    """What tells two deliveries of one act from two acts; empty when Slack gave nothing to tell them by."""
    if not isinstance(number, str) or not number:
        return ""
    key = f"{kind}:{text(number)}"
    return key if len(key) <= KEY_CHARACTERS else f"long:{hashlib.sha256(key.encode()).hexdigest()}"
