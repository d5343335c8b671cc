"""From Slack's payloads to the parts of a request: the only file that knows where Slack puts what."""

from dataclasses import dataclass
from typing import Any

from handlers.modals.message import CALLBACK_ID

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Incoming:
    """The parts of a payload that every request has. `key` is the same for every delivery of the same act.

    `on_page` is said of a click in a modal that only shows a page and holds nothing typed.
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
    in_modal: bool = False
    on_home: bool = False
    on_page: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether the person did not ask for anything: a key pressed in a form, or the form closed."""
        return self.kind == "form_closed" or self.word.startswith(("draft/", "field/"))


def read_command(body: Body) -> Incoming:
    """A slash command: `text` is what was typed after it."""
    return Incoming(
        kind="command",
        word=body["command"],
        user_id=body["user_id"],
        home_team_id="",
        key=_key("command", body.get("trigger_id")),
        channel_id=body.get("channel_id", ""),
        text=(body.get("text") or "").strip(),
        trigger_id=body.get("trigger_id", ""),
        response_url=body.get("response_url", ""),
    )


def read_button(body: Body) -> Incoming:
    """A click or choice, in a message, a form or Home. `place` is the thread whose reply was clicked, if it was one.

    What follows a click shows where the click was: for the message that begins a thread, that is the channel.
    """
    action = body["actions"][0]
    container, message = body.get("container") or {}, body.get("message") or {}
    where = message.get("ts") or container.get("message_ts") or container.get("view_id") or ""
    user, view = body["user"], body.get("view") or {}
    return Incoming(
        kind="button",
        word=action["action_id"],
        user_id=user["id"],
        home_team_id=user.get("team_id") or "",
        key=_key(f"click:{user['id']}:{where}:{action['action_id']}", action.get("action_ts")),
        channel_id=(body.get("channel") or {}).get("id") or container.get("channel_id") or "",
        value=chosen(action),
        place=thread_of(message, container),
        trigger_id=body.get("trigger_id", ""),
        response_url=body.get("response_url") or "",
        view_id=view.get("id", ""),
        in_modal=view.get("type") == "modal",
        on_home=view.get("type") == "home",
        on_page=view.get("callback_id") == CALLBACK_ID,
    )


def read_form(body: Body, kind: str) -> Incoming:
    """A form submitted (`form`) or closed (`form_closed`)."""
    view, user = body["view"], body["user"]
    return Incoming(
        kind=kind,
        word=view["callback_id"],
        user_id=user["id"],
        home_team_id=user.get("team_id") or "",
        key=form_key(view) if kind == "form" else "",
        view_id=view["id"],
        trigger_id=body.get("trigger_id", ""),
    )


def form_key(view: Body) -> str:
    """What makes a form count once."""
    return f"form:{view['id']}"


def read_shortcut(body: Body) -> Incoming:
    """A global or message shortcut; of a message, `text` and `place` are the message's."""
    message, user = body.get("message") or {}, body["user"]
    return Incoming(
        kind="shortcut",
        word=body["callback_id"],
        user_id=user["id"],
        home_team_id=user.get("team_id") or "",
        key=_key("shortcut", body.get("trigger_id")),
        channel_id=(body.get("channel") or {}).get("id") or "",
        text=message.get("text") or "",
        place=message.get("ts") or "",
        trigger_id=body.get("trigger_id", ""),
        response_url=body.get("response_url") or "",
    )


def read_options(body: Body) -> Incoming:
    """What a person typed into a select that asks us."""
    user = body["user"]
    return Incoming(
        kind="options",
        word=body.get("action_id", ""),
        user_id=user["id"],
        home_team_id=user.get("team_id") or "",
        key="",
        text=body.get("value") or "",
    )


def read_event(body: Body) -> Incoming:
    """An event of the Events API. `place` is the thread, or the message's own ts."""
    event = body["event"]
    user = event.get("user")
    channel = event.get("channel")
    return Incoming(
        kind="event",
        word=event["type"],
        user_id=user if isinstance(user, str) else (user or {}).get("id", ""),
        home_team_id=event.get("user_team") or event.get("source_team") or event.get("team") or "",
        key=_key("event", body.get("event_id")),
        channel_id=channel if isinstance(channel, str) else (channel or {}).get("id", ""),
        text=event.get("text") or "",
        place=event.get("thread_ts") or event.get("ts") or "",
    )


def is_from_person(event: Body) -> bool:
    """Whether a person wrote or did it now: no bot, and no edit, deletion or other bookkeeping of messages."""
    return not event.get("bot_id") and event.get("subtype") in (None, "file_share", "thread_broadcast")


def chosen(action: Body) -> str:
    """What a button carries or a select, picker or menu was set to, as text; several are joined by commas."""
    for name in (
        "value",
        "selected_date",
        "selected_time",
        "selected_user",
        "selected_channel",
        "selected_conversation",
    ):
        if action.get(name) is not None:
            return str(action[name])
    option = action.get("selected_option")
    if option:
        return str(option.get("value", ""))
    several = action.get("selected_options")
    if several is not None:
        return ",".join(str(each.get("value", "")) for each in several)
    for name in ("selected_users", "selected_channels", "selected_conversations"):
        if action.get(name) is not None:
            return ",".join(action[name])
    return ""


def thread_of(message: Body, container: Body | None = None) -> str:
    """The thread that a message is a reply in, empty for one that stands in the channel itself."""
    around = container or {}
    thread_ts = message.get("thread_ts") or around.get("thread_ts") or ""
    own_ts = message.get("ts") or around.get("message_ts")
    return thread_ts if thread_ts != own_ts else ""


def _key(kind: str, number: str | None) -> str:
    """What tells two deliveries of one act from two acts; empty when Slack gave nothing to tell them by."""
    return f"{kind}:{number}" if number else ""
