"""Payloads of Slack: guarded before Bolt, and read value by value."""

import asyncio
import hashlib
import json
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ConnectionTimeoutError
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient
from slack_sdk.webhook.webhook_response import WebhookResponse

from agendas.rendering.blockkit import blocks, plain_blocks, word_and_value
from agendas.rendering.mrkdwn import length
from agendas.rendering.page import Heading, Page
from agendas.text.limits import beginning
from handlers.edge.replies import Publish, View

# Outcomes of failed calls of Slack: certainly not done, or possibly done all the same; and calls made again.

Call = Callable[[], Awaitable[Any]]

FAILURES = (SlackApiError, ClientError, TimeoutError)
"""Exceptions that a call of Slack raises."""
UNDECIDED = ("internal_error", "fatal_error", "request_timeout", "service_unavailable")
"""Errors of Slack after which some of it may have been done."""

CHANGED_MEANWHILE = "hash_conflict"
USED = ("exchanged_trigger_id", "trigger_exchanged")
ASKS_TO_WAIT = ("ratelimited", "rate_limited")

VIEW_WAIT_SECONDS = 2.0
"""Longest wait for a call that opens a view, whose trigger ends after three seconds."""
WAIT_SECONDS = 60.0
"""Longest wait for a call that no trigger hurries: Slack counts the calls of a minute."""


class MaybePosted(Exception):
    """Nobody knows whether Slack did it."""


def may_be_done(error: Exception) -> bool:
    """True when Slack may have done it; False when it was not reached, or says that it did not."""
    if isinstance(error, SlackApiError):
        return _status(error) >= 500 or code_of(error) in UNDECIDED
    return not isinstance(error, ClientConnectorError | ConnectionTimeoutError)


def is_passing(error: Exception) -> bool:
    """True if a later attempt may succeed: Slack was not reached, asks to wait, or failed itself."""
    if not isinstance(error, SlackApiError):
        return True
    is_unnamed = code_of(error) == type(error).__name__
    return _status(error) == 429 or code_of(error) in ASKS_TO_WAIT or is_unnamed or may_be_done(error)


def code_of(error: Exception) -> str:
    """Slack's error code; where it gave none, the name of the exception."""
    data = getattr(error.response, "data", None) if isinstance(error, SlackApiError) else None
    code = data.get("error") if isinstance(data, dict) else None
    return code if isinstance(code, str) else type(error).__name__


def _status(error: SlackApiError) -> int:
    """The status of Slack's answer in HTTP; 200 where the error has none."""
    answer = error.response
    # where Slack answered no JSON, the library puts its HTTP client's own answer there
    status: int = answer.status_code if isinstance(answer, AsyncSlackResponse) else getattr(answer, "status", 200)
    return status


async def patiently(call: Call, *, seconds: float = WAIT_SECONDS) -> Any:
    """Make a call, and again each time that Slack asks to wait: it did nothing then.

    Raises what the call raises, also when the waits are longer than `seconds` together.
    """
    while True:
        try:
            return await call()
        except SlackApiError as error:
            wait = _seconds_to_wait(error)
            if wait is None or wait > seconds:
                raise
            # one at least, so that waits of no length end some time too
            seconds -= max(wait, 1.0)
            await asyncio.sleep(wait)


def _seconds_to_wait(error: SlackApiError) -> float | None:
    """The seconds that Slack asks to wait, one where it does not say; None when it does not ask to."""
    if _status(error) != 429 and code_of(error) not in ASKS_TO_WAIT:
        return None
    text = str((getattr(error.response, "headers", None) or {}).get("Retry-After", ""))
    return float(text) if text.isdecimal() and text.isascii() else 1.0


async def done_for_certain(call: Call) -> None:
    """Make a call of a view that may be made twice, retrying when Slack asks to wait or its success is unclear.

    The second time, a trigger that is used up proves that the first call worked. A view that changed since the version
    that an update was meant for shows already what changed it, such as a second choice made at once.

    Raises:
        MaybePosted: when nobody knows even then.
        SlackApiError, ClientError, TimeoutError: when Slack certainly did not do it.
    """
    call = partial(patiently, call, seconds=VIEW_WAIT_SECONDS)
    try:
        await call()
        return
    except FAILURES as error:
        if code_of(error) == CHANGED_MEANWHILE:
            return
        if not may_be_done(error):
            raise
    try:
        await call()
    except FAILURES as error:
        if code_of(error) not in (*USED, CHANGED_MEANWHILE):
            raise MaybePosted from error


# Values of payloads in the shape that Slack gives them; anything else is the empty value of that shape.

Body = dict[str, Any]

ID_CHARACTERS = 32
"""Slack's ids have 9 to 12 letters and digits; this is what the database holds."""

STAMP = re.compile(r"[0-9]{1,12}\.[0-9]{1,12}")
"""The ts of a message: seconds and a counter."""

NO_PREVIEW = "[no preview available]"
"""The text that Slack puts into `fallback` where an app gave none."""

MESSAGES = ("message", "app_mention")
VIEWED_MESSAGE, VIEWED_CHANNEL = "slack#/types/message_context", "slack#/types/channel_id"
"""Types of what somebody looks at beside the agent view."""

KEY_CHARACTERS = 96
"""Longest key that fits into that of a letter; a longer one is hashed."""

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def mapping(value: object) -> Body:
    """The object of JSON, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> list[Any]:
    """The array of JSON, an empty one for anything else."""
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    """The text, without the characters that no database takes: NUL, and half of a pair of UTF-16."""
    if not isinstance(value, str):
        return ""
    if value.isascii() and "\0" not in value:
        return value
    return LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value.replace("\0", ""))


def slack_id(value: object) -> str:
    """The id of a person, channel, workspace or view; empty for what cannot be one."""
    if isinstance(value, str) and len(value) <= ID_CHARACTERS and value.isascii() and value.isalnum():
        return value
    return ""


def stamp(value: object) -> str:
    """The ts of a message, empty for what cannot be one."""
    return value if isinstance(value, str) and STAMP.fullmatch(value) else ""


def words_of(message: Body) -> str:
    """The text of a message, as Slack escapes it; that of an app may be in its blocks or attachments alone."""
    own = text(message.get("text"))
    if own.strip():
        return own
    parts = (message, *map(mapping, sequence(message.get("attachments"))))
    return "\n".join(line for part in parts for line in _lines_of_part(part))


def _lines_of_part(part: Body) -> list[str]:
    """The lines of a message or attachment; its fallback text where it has no other, unless Slack put that there."""
    in_blocks = (mapping(mapping(block).get("text")).get("text") for block in sequence(part.get("blocks")))
    lines = [text(line) for line in (part.get("pretext"), part.get("title"), part.get("text"), *in_blocks)]
    fallback = text(part.get("fallback"))
    instead = [] if fallback == NO_PREVIEW else [fallback]
    return [line for line in lines if line.strip()] or [line for line in instead if line.strip()]


def is_from_person(event: Body) -> bool:
    """True when a person wrote or did it now: no bot, and no edit, deletion or other bookkeeping of messages."""
    return not event.get("bot_id") and event.get("subtype") in (None, "file_share", "thread_broadcast")


def thread_of(message: Body, container: Body | None = None) -> str:
    """The ts of the thread that a message, or the `container` of a click on it, is in; '' in the channel itself."""
    around = container or {}
    thread_ts = stamp(message.get("thread_ts")) or stamp(around.get("thread_ts"))
    own_ts = message.get("ts") or around.get("message_ts")
    # the message that begins a thread names itself as the thread
    return thread_ts if thread_ts != own_ts else ""


def is_view(value: object) -> bool:
    """True for a view as Slack sends it: with id, type, whole blocks, and the values entered by block."""
    view = mapping(value)
    blocks, entered = view.get("blocks"), mapping(mapping(view.get("state")).get("values"))
    return (
        bool(slack_id(view.get("id")))
        and isinstance(view.get("type"), str)
        and isinstance(blocks, list)
        and all(map(_is_block, blocks))
        and all(isinstance(element, dict) for actions in entered.values() for element in mapping(actions).values())
    )


def _is_block(block: object) -> bool:
    """True for a block with a type, and with id and element too if it is a field."""
    known = mapping(block)
    is_whole = isinstance(known.get("block_id"), str) and isinstance(known.get("element"), dict)
    return isinstance(known.get("type"), str) and (is_whole or known["type"] != "input")


def form_key(view: Body) -> str:
    """The key of a form's submission, with a digest of its metadata: the next form in its place keeps the view id."""
    return f"form:{view['id']}:{hashlib.sha256(text(view.get('private_metadata')).encode()).hexdigest()[:16]}"


def message_key(channel_id: str, event: Body) -> str:
    """The key that all events about a message share, such as the two of a mention in a direct message; else ''."""
    own_ts = stamp(event.get("ts")) if event.get("type") in MESSAGES else ""
    return f"message:{channel_id}:{own_ts}" if own_ts else ""


def key_of(kind: str, number: object) -> str:
    """A key that repeated deliveries of one act share, and two acts do not; empty if Slack gave nothing to make one.

    `number` is what tells acts of the kind apart: a trigger id, an event id, or the time of a click.
    """
    if not isinstance(number, str) or not number:
        return ""
    key = f"{kind}:{text(number)}"
    return key if len(key) <= KEY_CHARACTERS else f"long:{hashlib.sha256(key.encode()).hexdigest()}"


# Pages as views: a modal that shows a page and can only be closed, and a person's Home.

ABOVE_HOME = "home"
"""The name under which a modal keeps the mark of the Home that it was opened above."""

METADATA_CHARACTERS = 3_000

CALLBACK_ID = "message"
"""The callback id of a modal that only shows a page."""


def message_view(page: Page, *, title: str = "Cadence") -> View:
    """The page as a modal, without newer blocks: Slack takes few of them there, and refuses most without an error."""
    return {
        "type": "modal",
        "callback_id": CALLBACK_ID,
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": plain_blocks(page),
    }


@dataclass(frozen=True, slots=True)
class HomeMark:
    """The Home that something was done on or above: what it keeps of its own, and Slack's hash of it."""

    state: str = ""
    hash: str = ""


def mark_of(view: Mapping[str, Any]) -> HomeMark | None:
    """The mark of the Home that this view is, or that it was opened above; None for any other view."""
    metadata = text(view.get("private_metadata"))
    if view.get("type") == "home":
        return HomeMark(metadata, text(view.get("hash")))
    try:
        mark = mapping(mapping(json.loads(metadata or "{}")).get(ABOVE_HOME))
    except (ValueError, RecursionError):
        return None
    return HomeMark(text(mark.get("state")), text(mark.get("hash"))) if mark else None


def above_home(view: View, mark: HomeMark | None) -> View:
    """The modal with the Home's mark in its metadata; as it was without a mark, or where there is no room for it."""
    if mark is None or view.get("type") != "modal":
        return view
    try:
        metadata = mapping(json.loads(text(view.get("private_metadata")) or "{}"))
    except (ValueError, RecursionError):
        return view
    marked = json.dumps(metadata | {ABOVE_HOME: {"state": mark.state, "hash": mark.hash}}, ensure_ascii=False)
    return view | {"private_metadata": marked} if length(marked) <= METADATA_CHARACTERS else view


def home_view(page: Page, state: str = "") -> View:
    """The page as a person's Home; `state` is what it keeps of its own."""
    return {"type": "home", "blocks": blocks(page)} | ({"private_metadata": state} if state else {})


def home(page: Page, state: str = "") -> Publish:
    """The page to publish as a person's Home, and without newer blocks in case Slack refuses those."""
    view = home_view(page, state)
    plain = view | {"blocks": plain_blocks(page)}
    return Publish(view, plain if plain != view else None)


def refused_home(page: Page) -> View:
    """A Home that says only why there is nothing on it."""
    return home_view(Page(page.title, (Heading("Cadence"), *page.items), key="home"))


# Views as Slack sends them: their fields, what was entered, and the entries of selects.

Field = dict[str, Any]
"""A block of a form."""

Values = dict[str, str]
"""The values entered into a form, by block id."""

ONE_CHOSEN = ("value", *(f"selected_{kind}" for kind in ("date", "time", "user", "channel", "conversation")))
OPTION_CHARACTERS = 75


def values_of(view: Mapping[str, Any]) -> Values:
    """The values entered, by block id; several choices are joined by commas, nothing entered is an empty string."""
    entered = mapping(mapping(view.get("state")).get("values"))
    return {block_id: chosen(element) for block_id, actions in entered.items() for element in mapping(actions).values()}


def inputs_of(view: Mapping[str, Any]) -> list[Field]:
    return [block for block in view["blocks"] if block["type"] == "input"]


def chosen(action: Body) -> str:
    """The value of a button, select, picker or menu as text; several are joined by commas, none is an empty string."""
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


def option(label: str, value: str) -> Field:
    """An option of a select, its label shortened to what Slack takes."""
    short = label if length(label) <= OPTION_CHARACTERS else f"{beginning(label, OPTION_CHARACTERS - 1, length)}…"
    return {"text": {"type": "plain_text", "text": short}, "value": value}


# Payloads taken apart: the only file that knows where in a payload Slack puts each part.


class MalformedPayload(Exception):
    """The payload lacks a part that every payload of its kind has, so nobody can be answered."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """The parts of a payload.

    Args:
        kind: command, button, form, form_closed, shortcut, options or event.
        word: the command, action id, callback id or event type.
        user_id: the person; empty for an event of nobody.
        home_team_id: the person's team, if Slack says it.
        key: the same for every delivery of one act, empty if Slack gives nothing to distinguish acts by.
        message_key: the same for every event about one message, such as a mention in a direct message.
        channel_id, place: the channel or direct conversation; the ts of the thread, or of the message itself.
        text, value: the text typed, or that of a message; the value that a button or select carries.
        trigger_id, response_url: opens a form within three seconds; takes answers to a command or click.
        view_id, view_hash, message_ts: the form or Home with its version, or the message, that was clicked in.
        in_modal, on_home, on_page: the click was in a form, on Home, in a modal that only shows a page.
        is_press: a button that does what it says, unlike one that only opens an address.
        viewed: the channel that the person looked at while writing a direct message, or a message in it as channel and
            ts with a space between; empty if Slack says none.
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
    viewed: str = ""

    @property
    def is_silent(self) -> bool:
        """True when the person asked for nothing: a key pressed in a form, or the form closed."""
        return self.kind == "form_closed" or self.word.startswith(("draft/", "field/"))

    @property
    def is_waited_for(self) -> bool:
        """True when the person expects something to happen."""
        return self.kind in ("command", "form", "shortcut") or self.is_press


def read(body: Body) -> Incoming | None:
    """Return the parts of this payload, None for a kind that has no reader. Raises MalformedPayload."""
    if "command" in body:
        return read_command(body)
    kind = body.get("type")
    reader = READERS.get(kind) if isinstance(kind, str) else None
    return reader(body) if reader else None


def read_command(body: Body) -> Incoming:
    """A slash command: `text` is what was typed after it."""
    return Incoming(
        kind="command",
        word=_require(text(body["command"])),
        user_id=_require(slack_id(body.get("user_id"))),
        home_team_id="",
        key=key_of("command", body.get("trigger_id")),
        channel_id=slack_id(body.get("channel_id")),
        text=text(body.get("text")).strip(),
        trigger_id=text(body.get("trigger_id")),
        response_url=text(body.get("response_url")),
    )


def read_button(body: Body) -> Incoming:
    """A click or choice, in a message, a form or Home.

    `place` is where the answer goes: the thread of the reply that was clicked; '' for the channel, also where the
    message clicked on begins a thread.
    """
    action = mapping(next(iter(sequence(body.get("actions"))), None))
    container, message = mapping(body.get("container")), mapping(body.get("message"))
    view = _whole_view(body["view"]) if body.get("view") else {}
    word, value = word_and_value(text(action.get("action_id")), chosen(action))
    user_id, home_team_id = _person(body)
    view_id, message_ts = slack_id(view.get("id")), stamp(message.get("ts")) or stamp(container.get("message_ts"))
    return Incoming(
        kind="button",
        word=_require(word),
        user_id=user_id,
        home_team_id=home_team_id,
        key=key_of(f"click:{user_id}:{message_ts or view_id}:{word}", action.get("action_ts")),
        channel_id=_channel_of(body) or slack_id(container.get("channel_id")),
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
        word=_require(text(view.get("callback_id"))),
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
        word=_require(text(body.get("callback_id"))),
        user_id=user_id,
        home_team_id=home_team_id,
        key=key_of("shortcut", body.get("trigger_id")),
        channel_id=_channel_of(body),
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
        word=_require(text(body.get("action_id"))),
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
        word=_require(text(event.get("type"))),
        user_id=slack_id(user) or slack_id(mapping(user).get("id")),
        home_team_id=next(filter(None, map(slack_id, teams)), ""),
        key=key_of("event", body.get("event_id")),
        message_key=message_key(_channel_of(event), event),
        channel_id=_channel_of(event),
        text=text(event.get("text")),
        place=stamp(event.get("thread_ts")) or stamp(event.get("ts")),
        viewed=_viewed(mapping(event.get("app_context"))),
    )


def _viewed(context: Body) -> str:
    """What the person looks at, the most relevant first: a message as `CHANNEL TS`, else a channel's id, else ''."""
    found: dict[object, str] = {}
    for entity in map(mapping, sequence(context.get("entities"))):
        kind, value = entity.get("type"), entity.get("value")
        message = mapping(value)
        channel_id, ts = slack_id(message.get("channel_id")), stamp(message.get("message_ts"))
        viewed = f"{channel_id} {ts}" if channel_id and ts else slack_id(value)
        if viewed:
            found.setdefault(kind if isinstance(kind, str) else "", viewed)
    return found.get(VIEWED_MESSAGE) or found.get(VIEWED_CHANNEL, "")


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
    """The view. Raises MalformedPayload if it lacks a part that Slack sends with every view."""
    if not is_view(view):
        raise MalformedPayload
    return mapping(view)


def _require(value: str) -> str:
    """The value, which may not be empty. Raises MalformedPayload if it is."""
    if not value:
        raise MalformedPayload
    return value


def _person(body: Body) -> tuple[str, str]:
    """The person's id, and their team if Slack says it."""
    user = mapping(body.get("user"))
    return _require(slack_id(user.get("id"))), slack_id(user.get("team_id"))


def _channel_of(around: Body) -> str:
    """The channel's id, which Slack gives alone or within an object; empty without one."""
    channel = around.get("channel")
    return slack_id(channel) or slack_id(mapping(channel).get("id"))


# Middleware that parses payloads first and acknowledges unreadable or unhandled ones with 200.

INCOMING = "incoming"
"""The key in Bolt's context under which the parts of the payload are."""

RESPOND_WITHIN_SECONDS = 2.0

log = logging.getLogger("cadence.unknown")


class OnlyReadable(AsyncMiddleware):
    """Puts the parts of a payload into its context; answers 200 to one without parts, so that Slack does not repeat it.

    It runs before Bolt's own middleware, which takes every payload to have the shape that Slack gives it.
    """

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt passes it to all of its kind
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - Bolt passes it by this name
    ) -> BoltResponse:
        """Let through only what can be read; answer anything else with 200, so that Slack does not resend it."""
        body: Body = _of_one_kind(req.body)
        req.body = body
        if body.get("type") == "url_verification":
            return await next()
        try:
            parts = read(body)
        except MalformedPayload:
            parts = None
        # Bolt looks up the workspace by these: one that cannot be an id is not passed on to it
        has_whole_ids = all(each is None or slack_id(each) for each in (req.context.team_id, req.context.enterprise_id))
        if parts is None or not has_whole_ids:
            log.info("unheard", extra={"is_known": body.get("type") in tuple(READERS)})
            return BoltResponse(status=200)
        req.context[INCOMING] = parts
        if parts.kind == "command":
            # without it Bolt says in the acknowledgement that the bot is not installed, which needs no token
            req.context.pop("response_url", None)
        req.context["respond"] = _Respond(parts.response_url, req.context.client)
        return await next()


class _Respond(AsyncRespond):
    """Bolt's way to say that the bot is not installed, over our own session and once; a failure is only logged."""

    def __init__(self, response_url: str, client: AsyncWebClient) -> None:
        super().__init__(response_url=response_url)
        self._client = client

    async def __call__(self, text: Any = "", *_args: Any, **_kwargs: Any) -> WebhookResponse:
        """Return the answer of the response URL, with status 0 when it cannot be reached in time."""
        webhook = AsyncWebhookClient(self.response_url or "", session=self._client.session, retry_handlers=[])
        try:
            async with asyncio.timeout(RESPOND_WITHIN_SECONDS):
                return await webhook.send(text=text)
        except (ClientError, TimeoutError) as error:
            log.info("not_told", extra={"error": type(error).__name__})
            return WebhookResponse(url="", status_code=0, body="", headers={})


def _of_one_kind(body: Body) -> Body:
    """The payload without parts of another kind: a command has no type, and only an event has an event.

    Bolt looks into these whatever the payload is, and fails at one that has not the shape of Slack's.
    """
    if "command" in body:
        return {name: body[name] for name in body if name not in ("type", "event")}
    if "event" in body and body.get("type") != "event_callback":
        return {name: body[name] for name in body if name != "event"}
    return body
