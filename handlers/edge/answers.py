"""Ways of a reply to Slack: in the acknowledgement where Slack takes it, else by response URL, view call or letter."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import Any

from aiohttp import ClientError
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from agendas.rendering.blockkit import Rendered, messages, text_of_line, with_line
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Chart, Page, SortableTable, sentence_page
from agendas.rendering.words import Words
from agendas.verbs.letters import named_people, queue_page_to
from handlers.edge.access import workspace_of
from handlers.edge.deps import Deps
from handlers.edge.incoming import (
    ASKS_TO_WAIT,
    FAILURES,
    Call,
    HomeMark,
    Incoming,
    MaybePosted,
    above_home,
    code_of,
    done_for_certain,
    mapping,
    may_be_done,
    message_view,
    option,
    patiently,
    sequence,
    stamp,
    text,
)
from handlers.edge.incoming import WAIT_SECONDS as CALL_OUTCOME_WAIT_SECONDS
from handlers.edge.replies import (
    ChangedMessage,
    Close,
    FieldErrors,
    LineChange,
    NextView,
    Nothing,
    OpenModal,
    Options,
    PageChange,
    Publish,
    Reply,
    Say,
    View,
    WithHome,
)
from storage import inbox

# Answers that went out: noted once their bytes have left, so that nobody gets the answer a second time after a crash.

Sent = Callable[[], None]
"""Called once an acknowledgement has been handed to the network."""

Following = Coroutine[Any, Any, bool]
"""Work after an acknowledgement; its result is True when the person got the answer, or will by letter."""

_waiting: ContextVar[list[Sent] | None] = ContextVar("waiting_for_the_acknowledgement", default=None)

log = logging.getLogger("cadence.answers")


@contextmanager
def acknowledging() -> Iterator[list[Sent]]:
    """The list that collects calls while an acknowledgement is made; who sends it makes the calls after that."""
    waiting: list[Sent] = []
    token = _waiting.set(waiting)
    try:
        yield waiting
    finally:
        _waiting.reset(token)


def is_in_ack(kind: str, reply: Reply) -> bool:
    """True when the acknowledgement itself shows the reply: the answer to a command, and the outcome of a form."""
    inner = reply.reply if isinstance(reply, WithHome) else reply
    return kind == "form" or (kind == "command" and isinstance(inner, Say))


class AnswerSettler:
    """Settles answers in batches: one short write of all that went out meanwhile. `hold` keeps a task until done."""

    def __init__(self, deps: Deps, hold: Callable[[Any], "asyncio.Task[Any]"]) -> None:
        self._deps = deps
        self._hold = hold
        self._sent: list[int] = []
        self._is_settling = False

    def after_ack(self, row_ids: Sequence[int]) -> None:
        """Settle the answers with these row ids once the acknowledgement under way is sent; at once without one."""
        waiting = _waiting.get()
        if not row_ids:
            return
        if waiting is None:
            self.settle(row_ids)
        else:
            waiting.append(partial(self.settle, row_ids))

    def settle(self, row_ids: Sequence[int]) -> None:
        """Note that the answers with these row ids went out: now, or in the next batch while one is being written."""
        self._sent.extend(row_ids)
        if self._sent and not self._is_settling:
            self._is_settling = True
            self._hold(self._settle())

    async def _settle(self) -> None:
        """Settle batch after batch until none is left; after a failure stop, and keep the batch for the next call."""
        try:
            while self._sent:
                batch, self._sent = self._sent, []
                try:
                    await self._deps.note(inbox.settle, batch)
                except Exception:  # they are settled with the next ones: the database may be away for a while
                    self._sent = [*batch, *self._sent]
                    log.exception("answers_not_settled", extra={"error_id": secrets.token_hex(4)})
                    return
        finally:
            self._is_settling = False


# Answers that go to the person as direct messages, through the outbox.


async def send(deps: Deps, workspace_id: str, incoming: Incoming, rendered: Sequence[Rendered]) -> None:
    """Queue the messages for the person of the request."""
    key = f"answer:{incoming.key or incoming.kind}:{secrets.token_hex(4)}"
    await deps.note(queue_page_to, workspace_id, incoming.user_id, rendered, key=key, now=deps.now())


async def placed(deps: Deps, workspace_id: str, incoming: Incoming, reply: Say) -> Say | Nothing:
    """Return the reply to show where it was asked for: itself, or where to find the page if it was sent elsewhere.

    Slack shows no sortable tables and charts in ephemeral messages: a page with one is sent as a direct message, where
    Slack reports what it refuses, and the reply says where the page is. A click in that conversation needs no reply.
    """
    if reply.public or not any(isinstance(each, SortableTable | Chart) for each in reply.page.items):
        return reply
    await send(deps, workspace_id, incoming, messages(reply.page))
    if incoming.kind == "button" and incoming.channel_id.startswith("D"):
        return Nothing()
    return replace(reply, page=sentence_page(deps.words.say("answers.in_direct_messages")))


# Outcomes of an act apart from its answer: a view that replaces a form, and a changed line of a message.


async def acknowledge_form(ack: AsyncAck, reply: Reply, home: HomeMark | None) -> None:
    """Acknowledge a form: errors leave it open, a view or page replaces it, or is put over it; other replies close it.

    A view keeps the mark of the Home below.
    """
    match reply:
        case FieldErrors(errors):
            await ack(response_action="errors", errors=errors)
        case NextView(view):
            await ack(response_action="update", view=above_home(view, home))
        case OpenModal(view):
            await ack(response_action="push", view=above_home(view, home))
        case Say(page):
            await ack(response_action="update", view=above_home(message_view(page), home))
        case Close(all_views=True):
            await ack(response_action="clear")
        case _:
            await ack()


def outcome_view(reply: Reply, words: Words) -> View | None:
    """The view after a form's "one moment": the next view, a page, problems, or "done"; None for any other reply."""
    match reply:
        case NextView(view) | OpenModal(view):
            return view
        case Say(page):
            return message_view(page)
        case FieldErrors():
            return message_view(problems_page(reply, words))
        case Close():
            return message_view(sentence_page(words.say("answers.done")))
    return None


def problems_page(reply: FieldErrors, words: Words) -> Page:
    """The problems of a form that is not there any more."""
    return sentence_page(words.say("trouble.form_gone", problems=tuple(reply.errors.values())))


async def change_line(client: Any, change: LineChange | PageChange) -> None:
    """Change the line in its message, and again each time that Slack asks to wait.

    A message that one person sees cannot be read, and is replaced whole. Raises what the client raises.
    """
    if isinstance(change, PageChange):
        first = messages(change.page, plain=True)[0]
        webhook = AsyncWebhookClient(change.response_url, session=client.session, retry_handlers=[])
        await webhook.send_dict({"text": first.text, "blocks": first.blocks, "replace_original": True})
        return
    await patiently(partial(_change_line, client, change))


async def _change_line(client: Any, change: LineChange) -> None:
    """Change the line in its message, which a form's payload does not hold; not if it is gone or another is there."""
    span = {"oldest": change.message_ts, "latest": change.message_ts, "inclusive": True, "limit": 1}
    if change.place:
        found = await client.conversations_replies(channel=change.channel_id, ts=change.place, **span)
    else:
        found = await client.conversations_history(channel=change.channel_id, **span)
    for message in map(mapping, sequence(found.get("messages"))):
        drawn = [mapping(block) for block in sequence(message.get("blocks"))]
        shown = text_of_line(drawn, change.block_id, change.about)
        if stamp(message.get("ts")) == change.message_ts and shown:
            changed = with_line(drawn, change.block_id, change.new(Mrkdwn(shown)))
            message_id = {"channel": change.channel_id, "ts": change.message_ts}
            await client.chat_update(**message_id, text=text(message.get("text")), blocks=changed)


# Publish a person's Home.

BLOCKS_REFUSED = ("invalid_blocks", "invalid_arguments")
"""Errors of Slack for a view with blocks that it does not take."""


async def publish(
    client: AsyncWebClient, user_id: str, home: Publish, *, wait_seconds: float = CALL_OUTCOME_WAIT_SECONDS
) -> None:
    """Publish the Home, again when Slack asks to wait, for `wait_seconds` at most. Raises what Slack answers."""
    await patiently(partial(_publish, client, user_id, home), seconds=wait_seconds)


async def _publish(client: AsyncWebClient, user_id: str, home: Publish) -> None:
    """Publish the Home: again where another was published meanwhile, plain where newer blocks are refused; or raise."""
    try:
        await client.views_publish(user_id=user_id, view=home.view, hash=home.hash or None)
    except SlackApiError as error:
        code = code_of(error)
        if code == "hash_conflict" and home.rebuild is not None:
            fresh = await home.rebuild()
            # without hash and rebuild, so that it is not refused for the same reason again
            await _publish(client, user_id, Publish(fresh.view, fresh.plain))
            return
        if home.plain is None or code not in BLOCKS_REFUSED:
            raise
        log.warning("newer_blocks_refused", extra={"error": code})
        await client.views_publish(user_id=user_id, view=home.plain)


# Answers by the response URL of a command or click, and the messages left over when Slack does not take them.

RESPONSE_USES = 5
"""Answers that Slack takes by the response URL of one command or click."""

TOO_FAST = 429
WAIT_SECONDS = 4.0
"""Longest wait in all for the answers to one act when Slack asks to wait; then they go by letter."""


class SendResult(Enum):
    """The fate of a message: seen, not seen, not seen for its blocks, or nobody knows."""

    YES = "yes"
    NO = "no"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class UnsentMessages:
    """The messages certainly not shown; `is_unsure` when nobody knows about the one before them."""

    rest: tuple[Rendered, ...] = ()
    is_unsure: bool = False


class ResponseUrl:
    """The response URL of one act. `session` is the client's for HTTP."""

    def __init__(self, incoming: Incoming, session: Any) -> None:
        self._incoming = incoming
        # the client's own retries would post twice
        self._webhook = AsyncWebhookClient(incoming.response_url, session=session, retry_handlers=[])
        self._uses = RESPONSE_USES
        self._seconds_left = WAIT_SECONDS

    async def answer(
        self, rendered: list[Rendered], *, public: bool, replace: bool, changed: Rendered | None = None
    ) -> UnsentMessages:
        """Send the messages until one is not taken; with `replace` the first replaces the message clicked on.

        `changed` replaces that message before anything is sent; if Slack refuses it, the message stays as it was.
        A message whose newer blocks are refused is sent once more with plain ones.
        """
        if changed is not None:
            await self.answer([changed], public=False, replace=True)
        for position, each in enumerate(rendered):
            replaces = replace and position == 0
            body = self._body(each, public=public, replace=replaces)
            result = await (self._shows_instead(body) if replaces else self._shows(body))
            if result is SendResult.REFUSED and each.plain:
                result = await self._shows(body | {"blocks": each.plain})
            if result is SendResult.UNKNOWN:
                return UnsentMessages(tuple(rendered[position + 1 :]), is_unsure=True)
            if result is not SendResult.YES:
                return UnsentMessages(tuple(rendered[position:]))
        return UnsentMessages()

    async def _shows_instead(self, body: dict[str, Any]) -> SendResult:
        """Replace a message, and again where Slack did not say whether it did: twice is the same as once."""
        result = await self._shows(body)
        if result is SendResult.UNKNOWN and await self._shows(body) is SendResult.YES:
            return SendResult.YES
        return result

    async def _shows(self, body: dict[str, Any]) -> SendResult:
        """Send the body, again if Slack asks to wait and time is left; return the result, NO when no use is left."""
        if not self._uses:
            return SendResult.NO
        self._uses -= 1
        try:
            answer = await self._webhook.send_dict(body)
        except (ClientError, TimeoutError) as error:
            log.warning("response_url_lost", extra={"word": self._incoming.word, "error": type(error).__name__})
            return SendResult.UNKNOWN if may_be_done(error) else SendResult.NO
        if answer.status_code == 200:
            return SendResult.YES
        wait = _seconds(answer.headers.get("Retry-After"))
        if answer.status_code == TOO_FAST and wait <= self._seconds_left:
            # several messages came into the channel just before, and nothing was shown
            self._seconds_left -= wait
            await asyncio.sleep(wait)
            return await self._shows(body)
        log.warning("response_url_refused", extra={"word": self._incoming.word, "status": answer.status_code})
        if "invalid_blocks" in (answer.body or ""):
            return SendResult.REFUSED
        return SendResult.UNKNOWN if answer.status_code >= 500 else SendResult.NO

    def _body(self, rendered: Rendered, *, public: bool, replace: bool) -> dict[str, Any]:
        """The body for Slack; the answer to a click goes into the thread of the message clicked on.

        Slack puts only public messages into a thread. Those of a direct conversation are for its person alone.
        """
        body = {
            "text": rendered.text,
            "blocks": rendered.blocks,
            "replace_original": replace,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if replace:
            # the message is shown to those who saw the one it replaces
            return body
        is_public = public or self._incoming.channel_id.startswith("D")
        in_thread = bool(self._incoming.place) and self._incoming.kind == "button" and is_public
        readers = {"response_type": "in_channel" if public or in_thread else "ephemeral"}
        return body | readers | ({"thread_ts": self._incoming.place} if in_thread else {})


def _seconds(text: str | None) -> float:
    """The seconds that Slack asks to wait; one where it does not say."""
    return float(text) if text and text.isdecimal() and text.isascii() else 1.0


EXPIRED = ("expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged")


class Responder:
    """The ways back to the person of one request."""

    def __init__(
        self, incoming: Incoming, context: AsyncBoltContext, deps: Deps, *, home: HomeMark | None = None
    ) -> None:
        self._home = home
        self._incoming = incoming
        self._client = context.client
        self._workspace_id = workspace_of(context)
        self._deps = deps
        self._send = partial(send, deps, self._workspace_id, incoming)

    async def in_ack(self, ack: AsyncAck, reply: Reply) -> Following | None:
        """Acknowledge with the reply; return the work that is left for after the acknowledgement, None if none is."""
        if isinstance(reply, WithHome):
            return self._then_home(await self.in_ack(ack, reply.reply), reply.home)
        if self._incoming.kind == "command":
            return await self._command_ack(ack, reply)
        if self._incoming.kind == "form":
            await acknowledge_form(ack, reply, self._home)
            line = reply.line if isinstance(reply, Close) else None
            return self._guarded(change_line(self._client, line)) if line is not None else None
        if self._incoming.kind == "options":
            await ack(options=[option(*pair) for pair in (reply.pairs if isinstance(reply, Options) else ())])
            return None
        await ack()
        return self._guarded(self._carry_out(reply))

    async def ack_before(self, ack: AsyncAck) -> None:
        """Acknowledge a request that takes longer; a form stays open, replaced by a sentence that it is worked on."""
        if self._incoming.kind == "form":
            moment = message_view(sentence_page(self._deps.words.say("answers.one_moment")))
            await ack(response_action="update", view=moment)
        else:
            await ack()

    async def late(self, work: "asyncio.Task[Reply]") -> bool:
        """Carry out a reply that came after the acknowledgement; True when the person got it, or will by letter."""
        reply = await work
        inner = reply.reply if isinstance(reply, WithHome) else reply
        following = self._guarded(self._after_form(inner) if self._incoming.kind == "form" else self._carry_out(inner))
        return await (self._then_home(following, reply.home) if isinstance(reply, WithHome) else following)

    async def to_event(self, reply: Reply) -> None:
        """Carry out the reply to an event: Home is published; messages go by letter, queued by the handler."""
        if not isinstance(reply, Publish):
            return
        try:
            await publish(self._client, self._incoming.user_id, reply, wait_seconds=0.0)
        except SlackApiError as error:
            if code_of(error) in ASKS_TO_WAIT or may_be_done(error):
                raise  # Slack sends the event again
            log.error("home_not_published", extra={"error": code_of(error)})

    async def _command_ack(self, ack: AsyncAck, reply: Reply) -> Following | None:
        """Acknowledge a command with its first message, if it has one; return what is to be sent after that."""
        if isinstance(reply, Say):
            reply = await placed(self._deps, self._workspace_id, self._incoming, reply)
        if not isinstance(reply, Say):
            await ack()
            return self._guarded(self._carry_out(reply))
        first, *further = messages(reply.page, plain=True)  # Slack does not report newer blocks refused here
        readers = "in_channel" if reply.public else "ephemeral"
        await ack(text=first.text, blocks=first.blocks, response_type=readers)
        return self._guarded(self._respond(further, Say(reply.page, reply.public))) if further else None

    async def _carry_out(self, reply: Reply) -> None:
        """Carry out a reply to a click, a shortcut, or a command that opens a form."""
        match reply:
            case Say(page) if self._incoming.on_home or self._incoming.on_page:
                await self._show(page)
            case Say():
                await self._say(reply)
            case ChangedMessage(message, page):
                await self._respond(messages(page), Say(page), changed=message)
            case OpenModal(view):
                await self._open(view)
            case NextView(view, is_guarded) if self._incoming.view_id:  # a form that Slack does not name stays as it is
                not_shown = sentence_page(self._deps.words.say("trouble.form_not_opened"))
                since = self._incoming.view_hash if is_guarded else ""
                await self._show_view(self._update(view, since=since), instead=not_shown)
            case Publish():
                await publish(self._client, self._incoming.user_id, reply)
            case _:
                pass

    async def _open(self, view: View) -> None:
        """Open the form; when Slack does not, the person gets a message about it."""
        opens = self._client.views_push if self._incoming.in_modal else self._client.views_open
        try:
            above = above_home(view, self._home)
            await done_for_certain(partial(opens, trigger_id=self._incoming.trigger_id, view=above))
        except (*FAILURES, MaybePosted) as error:
            code = code_of(error)
            level = logging.INFO if code in EXPIRED else logging.ERROR
            log.log(level, "form_not_opened", extra={"word": self._incoming.word, "error": code})
            await self._say(Say(sentence_page(self._deps.words.say("trouble.form_not_opened"))))

    async def _show(self, page: Page) -> None:
        """Show the page above Home, or instead of the page clicked on: neither has a response URL."""
        view = above_home(message_view(page), self._home)
        opens = partial(self._client.views_open, trigger_id=self._incoming.trigger_id, view=view)
        await self._show_view(self._update(view) if self._incoming.on_page else opens, instead=page)

    async def _show_view(self, call: Call, *, instead: Page | None) -> None:
        """Show a view by a call that may be made twice.

        If Slack says that it failed, the page `instead` is sent as a letter; if that is not known, a message says so.
        """
        try:
            await done_for_certain(call)
        except FAILURES as error:
            log.info("page_not_shown", extra={"word": self._incoming.word, "error": code_of(error)})
            if instead is not None:
                await self._send(messages(instead))
        except MaybePosted:
            log.info("page_in_doubt", extra={"word": self._incoming.word})
            if instead is not None:
                await self._say_unsure()

    async def _say(self, reply: Say) -> None:
        """Send the page by response URL; as a letter without one, or if it has tables or charts for one person."""
        if not self._incoming.response_url:
            await self._send(messages(reply.page))
            return
        here = await placed(self._deps, self._workspace_id, self._incoming, reply)
        if not isinstance(here, Say):
            return
        rendered = messages(here.page)
        if reply.public:
            rendered = await self._deps.read(named_people, self._workspace_id, rendered)
        await self._respond(rendered, here)

    async def _respond(self, rendered: list[Rendered], reply: Say, *, changed: Rendered | None = None) -> None:
        """Answer by response URL: nothing is shown twice, and nothing is lost without a word.

        What Slack certainly did not take goes by letter when it is for the person alone; when it is for everybody, they
        are asked to share it again: minutes later it would interrupt another conversation.

        Where Slack does not say (connection cut, timeout, error 5xx), only a replacement is sent again: the bot cannot
        look for what one person sees, and the rest may come after it has looked. The person gets a letter about it.
        """
        url = ResponseUrl(self._incoming, self._client.session)
        unsent = await url.answer(rendered, public=reply.public, replace=reply.replace, changed=changed)
        # nothing was shown, so the same may be shared again
        if reply.claim and not unsent.is_unsure and len(unsent.rest) == len(rendered):
            await self._deps.note(inbox.give_back, self._workspace_id, reply.claim)
        if reply.public and (unsent.is_unsure or unsent.rest):
            word = "answers.maybe_shared" if unsent.is_unsure else "answers.not_shared"
            await self._send(messages(sentence_page(self._deps.words.say(word, channel_id=self._shared_channel_id))))
        elif unsent.is_unsure:
            await self._say_unsure(unsent.rest)
        elif unsent.rest:
            await self._send(unsent.rest)
        # a replacement is no new message
        posted = len(rendered) - len(unsent.rest) - reply.replace
        # what one person sees is no message of the channel
        if reply.public and posted > 0:
            await self._deps.after_answers(self._workspace_id, self._incoming.channel_id, posted)

    async def _say_unsure(self, unsent: Sequence[Rendered] = ()) -> None:
        """Say that an answer may be there and what to do if not, then send the messages certainly not shown."""
        sentence = self._deps.words.say("answers.in_doubt", channel_id=self._shared_channel_id, goes_on=bool(unsent))
        await self._send([*messages(sentence_page(sentence)), *unsent])

    @property
    def _shared_channel_id(self) -> str:
        """The channel of the request, empty for a direct conversation."""
        return "" if self._incoming.channel_id.startswith("D") else self._incoming.channel_id

    async def _after_form(self, reply: Reply) -> None:
        """Replace the sign that a form is being worked on by its outcome; as a letter if the form was closed."""
        view = outcome_view(reply, self._deps.words)
        if view is None:
            return
        instead = problems_page(reply, self._deps.words) if isinstance(reply, FieldErrors) else None
        if isinstance(reply, Say):
            instead = reply.page
        await self._show_view(self._update(view), instead=instead)
        if isinstance(reply, Close) and reply.line is not None:
            await change_line(self._client, reply.line)

    def _update(self, view: View, since: str = "") -> Call:
        """The call that replaces the view of the request; with `since`, only the version that has this hash."""
        above = above_home(view, self._home)
        return partial(self._client.views_update, view_id=self._incoming.view_id, view=above, hash=since or None)

    async def _then_home(self, following: Following | None, home: Callable[[], Awaitable[Publish]]) -> bool:
        """Do what follows the acknowledgement, then publish the Home."""
        is_sent = await following if following is not None else True
        await self._guarded(self._carry_out(await home()))
        return is_sent

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> bool:
        """Run work after an acknowledgement; True on success. Errors are logged, and what is recorded stays."""
        try:
            await work
            return True
        except FAILURES as error:
            log.warning("answer_lost", extra={"word": self._incoming.word, "error": code_of(error)})
        except Exception:  # nobody waits for this task: the log is the only place to say it
            log.exception("answer_failed", extra={"word": self._incoming.word, "error_id": secrets.token_hex(4)})
        return False
