"""Ways of a reply to Slack: in the acknowledgement where Slack takes it, else by response URL, view call or letter."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError

from agendas.rendering.blockkit import Rendered, messages
from agendas.rendering.notice import said
from agendas.rendering.page import Page
from agendas.verbs.letters.mentions import named_people
from handlers.edge.access import workspace_of
from handlers.edge.answered import Following
from handlers.edge.call_outcome import ASKS_TO_WAIT, FAILURES, Call, InDoubt, code_of, done_for_certain, may_be_done
from handlers.edge.deps import Deps
from handlers.edge.direct_messages import placed, send
from handlers.edge.incoming import Incoming
from handlers.edge.outcomes import acknowledge_form, change_line, outcome_view, problems_page
from handlers.edge.page_views import HomeMark, above_home, message_view
from handlers.edge.publishing import publish
from handlers.edge.replies import (
    Change,
    Close,
    FieldErrors,
    NextView,
    OpenModal,
    Options,
    Publish,
    Reply,
    Say,
    View,
    WithHome,
)
from handlers.edge.response_urls import ResponseUrl
from handlers.edge.views import option
from storage.delivery import inbox

EXPIRED = ("expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged")

log = logging.getLogger("cadence.answers")


class Answers:
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
        """Acknowledge with the reply; return the work that is left for after the acknowledgement."""
        if isinstance(reply, WithHome):
            return self._then_home(await self.in_ack(ack, reply.reply), reply.home)
        if self._incoming.kind == "command":
            return await self._command_ack(ack, reply)
        if self._incoming.kind == "form":
            return await self._form_ack(ack, reply)
        if self._incoming.kind == "options":
            await ack(options=[option(*pair) for pair in (reply.pairs if isinstance(reply, Options) else ())])
            return None
        await ack()
        return self._guarded(self._carry_out(reply))

    async def ack_before(self, ack: AsyncAck) -> None:
        """Acknowledge a request that takes longer; a form stays, and says that it is being worked on."""
        if self._incoming.kind == "form":
            moment = message_view(said(self._deps.words.say("answers.one_moment")))
            await ack(response_action="update", view=moment)
        else:
            await ack()

    async def late(self, work: "asyncio.Task[Reply]") -> bool:
        """Carry out a reply that came after the acknowledgement."""
        reply = await work
        shown = reply.reply if isinstance(reply, WithHome) else reply
        following = self._guarded(self._after_form(shown) if self._incoming.kind == "form" else self._carry_out(shown))
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
        if isinstance(reply, Say):
            reply = await placed(self._deps, self._workspace_id, self._incoming, reply)
        if not isinstance(reply, Say):
            await ack()
            return self._guarded(self._carry_out(reply))
        first, *rest = messages(reply.page, plain=True)  # of newer blocks refused here Slack tells nobody
        shown = "in_channel" if reply.public else "ephemeral"
        await ack(text=first.text, blocks=first.blocks, response_type=shown)
        return self._guarded(self._respond(rest, Say(reply.page, reply.public))) if rest else None

    async def _form_ack(self, ack: AsyncAck, reply: Reply) -> Following | None:
        await acknowledge_form(ack, reply, self._home)
        line = reply.line if isinstance(reply, Close) else None
        return self._guarded(change_line(self._client, line)) if line is not None else None

    async def _carry_out(self, reply: Reply) -> None:
        """Carry out a reply to a click, a shortcut, or a command that opens a form."""
        match reply:
            case Say(page) if self._incoming.on_home or self._incoming.on_page:
                await self._show(page)
            case Say():
                await self._say(reply)
            case Change(message, page):
                await self._respond(messages(page), Say(page), changed=message)
            case OpenModal(view):
                await self._open(view)
            case NextView(view, is_guarded) if self._incoming.view_id:  # a form that Slack does not name stays as it is
                not_shown = said(self._deps.words.say("trouble.form_not_opened"))
                since = self._incoming.view_hash if is_guarded else ""
                await self._shown_by(self._update(view, since=since), instead=not_shown)
            case Publish():
                await publish(self._client, self._incoming.user_id, reply)
            case _:
                pass

    async def _open(self, view: View) -> None:
        """Open the form; when Slack does not, the person is told."""
        opens = self._client.views_push if self._incoming.in_modal else self._client.views_open
        try:
            shown = above_home(view, self._home)
            await done_for_certain(partial(opens, trigger_id=self._incoming.trigger_id, view=shown))
        except (*FAILURES, InDoubt) as error:
            code = code_of(error)
            level = logging.INFO if code in EXPIRED else logging.ERROR
            log.log(level, "form_not_opened", extra={"word": self._incoming.word, "error": code})
            await self._say(Say(said(self._deps.words.say("trouble.form_not_opened"))))

    async def _show(self, page: Page) -> None:
        """Show the page above Home, or in the place of the page clicked on: neither has a response URL."""
        view = above_home(message_view(page), self._home)
        opens = partial(self._client.views_open, trigger_id=self._incoming.trigger_id, view=view)
        await self._shown_by(self._update(view) if self._incoming.on_page else opens, instead=page)

    async def _shown_by(self, call: Call, *, instead: Page | None) -> None:
        """Show a view by a call that may be made twice.

        The page `instead` goes by letter where Slack says that it did not; where nobody knows, the person is told so.
        """
        try:
            await done_for_certain(call)
        except FAILURES as error:
            log.info("page_not_shown", extra={"word": self._incoming.word, "error": code_of(error)})
            if instead is not None:
                await self._send(messages(instead))
        except InDoubt:
            log.info("page_in_doubt", extra={"word": self._incoming.word})
            if instead is not None:
                await self._tell_of_uncertainty()

    async def _say(self, reply: Say) -> None:
        if not self._incoming.response_url:
            await self._send(messages(reply.page))
            return
        shown = await placed(self._deps, self._workspace_id, self._incoming, reply)
        if not isinstance(shown, Say):
            return
        rendered = messages(shown.page)
        if reply.public:
            rendered = await self._deps.read(named_people, self._workspace_id, rendered)
        await self._respond(rendered, shown)

    async def _respond(self, rendered: list[Rendered], reply: Say, *, changed: Rendered | None = None) -> None:
        """Answer by response URL: nothing is shown twice, and nothing is lost without a word.

        What Slack certainly did not take goes by letter when it is for the person alone; when it is for everybody, they
        are asked to share it again: minutes later it would interrupt another conversation.

        Where Slack does not say (connection cut, timeout, error 5xx), only a replacement is sent again: the bot cannot
        look for what one person sees, and the rest may come after it has looked. The person is told by letter.
        """
        url = ResponseUrl(self._incoming, self._client.session)
        left = await url.answer(rendered, public=reply.public, replace=reply.replace, changed=changed)
        if reply.claim and not left.is_unsure and len(left.rest) == len(rendered):
            await self._deps.note(inbox.give_back, self._workspace_id, reply.claim)
        if reply.public and (left.is_unsure or left.rest):
            word = "answers.maybe_shared" if left.is_unsure else "answers.not_shared"
            await self._send(messages(said(self._deps.words.say(word, channel_id=self._shared_channel_id))))
        elif left.is_unsure:
            await self._tell_of_uncertainty(left.rest)
        elif left.rest:
            await self._send(left.rest)
        posted = len(rendered) - len(left.rest) - reply.replace
        # what one person sees is no message of the channel
        if reply.public and posted > 0:
            await self._deps.after_answers(self._workspace_id, self._incoming.channel_id, posted)

    async def _tell_of_uncertainty(self, rest: Sequence[Rendered] = ()) -> None:
        """Say that an answer may be there and what to do if it is not, then send the rest."""
        told = self._deps.words.say("answers.in_doubt", channel_id=self._shared_channel_id, goes_on=bool(rest))
        await self._send([*messages(said(told)), *rest])

    @property
    def _shared_channel_id(self) -> str:
        """The channel of the request, empty for a direct conversation."""
        return "" if self._incoming.channel_id.startswith("D") else self._incoming.channel_id

    async def _after_form(self, reply: Reply) -> None:
        """Replace the sign that a form is being worked on by its outcome; by letter if the form is gone."""
        view = outcome_view(reply, self._deps.words)
        if view is None:
            return
        instead = problems_page(reply, self._deps.words) if isinstance(reply, FieldErrors) else None
        if isinstance(reply, Say):
            instead = reply.page
        await self._shown_by(self._update(view), instead=instead)
        if isinstance(reply, Close) and reply.line is not None:
            await change_line(self._client, reply.line)

    def _update(self, view: View, since: str = "") -> Call:
        shown = above_home(view, self._home)
        return partial(self._client.views_update, view_id=self._incoming.view_id, view=shown, hash=since or None)

    async def _then_home(self, following: Following | None, home: Callable[[], Awaitable[Publish]]) -> bool:
        """Do what follows the acknowledgement, then publish the Home."""
        is_told = await following if following is not None else True
        await self._guarded(self._carry_out(await home()))
        return is_told

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> bool:
        """Run work that follows an acknowledgement; its errors are logged, and everything recorded stays."""
        try:
            await work
            return True
        except FAILURES as error:
            log.warning("answer_lost", extra={"word": self._incoming.word, "error": code_of(error)})
        except Exception:  # nobody waits for this task: the log is the only place to say it
            log.exception("answer_failed", extra={"word": self._incoming.word, "error_id": secrets.token_hex(4)})
        return False
