"""Carries a reply to Slack: in the acknowledgement where Slack takes it, else by response URL, view call or letter."""

import asyncio
import logging
import secrets
from collections.abc import Coroutine
from typing import Any

from aiohttp import ClientError
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from agendas.pages.blockkit import Rendered, messages
from agendas.pages.notice import said
from agendas.pages.page import Page
from agendas.verbs.letters import direct
from agendas.verbs.name_people import named_people
from handlers.deps import Deps
from handlers.incoming import Incoming
from handlers.modals.fields import option
from handlers.modals.message import message_view
from handlers.replies import Close, FieldErrors, NextView, OpenModal, Options, Publish, Reply, Say, View

Following = Coroutine[Any, Any, None]

RESPONSE_USES = 5
"""How often Slack takes an answer by the response URL of one command or click."""

EXPIRED = ("expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged")

RATE_LIMITED = ("ratelimited", "rate_limited")

log = logging.getLogger("cadence.answers")


class Answers:
    """The ways back to the person who did one thing."""

    def __init__(self, came: Incoming, context: AsyncBoltContext, deps: Deps) -> None:
        self._came = came
        self._client = context.client
        self._workspace_id = workspace_of(context)
        self._deps = deps

    async def in_ack(self, ack: AsyncAck, reply: Reply) -> Following | None:
        """Acknowledges with the reply; returns what is left to do after the acknowledgement."""
        if self._came.kind == "command":
            return await self._command_ack(ack, reply)
        if self._came.kind == "form":
            return await self._form_ack(ack, reply)
        if self._came.kind == "options":
            pairs = reply.pairs if isinstance(reply, Options) else ()
            await ack(options=[option(label, value) for label, value in pairs])
            return None
        await ack()
        return self._guarded(self._carry_out(reply))

    async def ack_before(self, ack: AsyncAck) -> None:
        """Acknowledges what takes longer; a form stays, and says that it is being worked on."""
        if self._came.kind == "form":
            moment = message_view(said(self._deps.words.say("answers.one_moment")))
            await ack(response_action="update", view=moment)
        else:
            await ack()

    async def late(self, work: "asyncio.Task[Reply]") -> None:
        """Carries out a reply that came after the acknowledgement."""
        reply = await work
        await self._guarded(self._after_form(reply) if self._came.kind == "form" else self._carry_out(reply))

    async def to_event(self, reply: Reply) -> None:
        """Carries out the reply to an event: Home is published; messages go by letter, queued by the handler."""
        if not isinstance(reply, Publish):
            return
        try:
            await self._client.views_publish(user_id=self._came.user_id, view=reply.view)
        except SlackApiError as error:
            code = error.response.get("error")
            if code in RATE_LIMITED:
                # Slack sends the event again
                raise
            log.error("home_not_published", extra={"error": code})

    async def _command_ack(self, ack: AsyncAck, reply: Reply) -> Following | None:
        if not isinstance(reply, Say):
            await ack()
            return self._guarded(self._carry_out(reply))
        first, *rest = messages(reply.page)
        shown = "in_channel" if reply.public else "ephemeral"
        await ack(text=first.text, blocks=first.blocks, response_type=shown)
        return self._guarded(self._respond(rest, public=reply.public, replace=False)) if rest else None

    async def _form_ack(self, ack: AsyncAck, reply: Reply) -> Following | None:
        match reply:
            case FieldErrors(errors):
                await ack(response_action="errors", errors=errors)
            case NextView(view):
                await ack(response_action="update", view=view)
            case OpenModal(view):
                await ack(response_action="push", view=view)
            case Say(page):
                await ack(response_action="update", view=message_view(page))
            case Close(all_views=True):
                await ack(response_action="clear")
            case _:
                await ack()
        return None

    async def _carry_out(self, reply: Reply) -> None:
        """A reply to a click, a shortcut, or a command that opens a form."""
        match reply:
            case Say(page) if self._came.on_home or self._came.on_page:
                await self._show(page)
            case Say(page, public, replace):
                await self._say(page, public=public, replace=replace)
            case OpenModal(view):
                await self._open(view)
            case NextView(view):
                await self._client.views_update(view_id=self._came.view_id, view=view)
            case Publish(view):
                await self._client.views_publish(user_id=self._came.user_id, view=view)
            case _:
                pass

    async def _open(self, view: View) -> None:
        """Opens the form; when Slack does not, the person is told instead of seeing nothing happen."""
        opens = self._client.views_push if self._came.in_modal else self._client.views_open
        try:
            await opens(trigger_id=self._came.trigger_id, view=view)
        except (SlackApiError, ClientError, TimeoutError) as error:
            code = error.response.get("error") if isinstance(error, SlackApiError) else type(error).__name__
            level = logging.INFO if code in EXPIRED else logging.ERROR
            log.log(level, "form_not_opened", extra={"word": self._came.word, "error": code})
            await self._say(said(self._deps.words.say("trouble.form_not_opened")), public=False, replace=False)

    async def _show(self, page: Page) -> None:
        """Shows the page above Home, or in the place of the page clicked on: neither has a response URL."""
        view = message_view(page)
        try:
            if self._came.on_page:
                await self._client.views_update(view_id=self._came.view_id, view=view)
            else:
                await self._client.views_open(trigger_id=self._came.trigger_id, view=view)
        except (SlackApiError, ClientError, TimeoutError) as error:
            log.info("page_not_shown", extra={"word": self._came.word, "error": type(error).__name__})
            await self._by_letter(page)

    async def _say(self, page: Page, *, public: bool, replace: bool) -> None:
        if not self._came.response_url:
            await self._by_letter(page)
            return
        rendered = messages(page)
        if public:
            rendered = await self._deps.read(named_people, self._workspace_id, rendered)
        await self._respond(rendered, public=public, replace=replace)

    async def _respond(self, rendered: list[Rendered], *, public: bool, replace: bool) -> None:
        """Answers by response URL; what it does not take for the person alone goes by letter instead."""
        # the client's own retries would post twice
        webhook = AsyncWebhookClient(self._came.response_url, session=self._client.session, retry_handlers=[])
        for position, each in enumerate(rendered):
            body = self._response(each, public=public, replace=replace and position == 0)
            if position >= RESPONSE_USES or not await self._takes(webhook, body):
                if not public:
                    await self._send(rendered[position:])
                return

    def _response(self, rendered: Rendered, *, public: bool, replace: bool) -> dict[str, Any]:
        in_thread = bool(self._came.place) and self._came.kind == "button" and public
        return {
            "text": rendered.text,
            "blocks": rendered.blocks,
            "response_type": "in_channel" if public else "ephemeral",
            "replace_original": replace,
        } | ({"thread_ts": self._came.place} if in_thread else {})

    async def _takes(self, webhook: AsyncWebhookClient, body: dict[str, Any]) -> bool:
        """Whether the response URL took the message."""
        try:
            answer = await webhook.send_dict(body)
        except (ClientError, TimeoutError) as error:
            log.warning("response_url_lost", extra={"word": self._came.word, "error": type(error).__name__})
            return False
        if answer.status_code != 200:
            log.warning("response_url_refused", extra={"word": self._came.word, "status": answer.status_code})
        return answer.status_code == 200

    async def _after_form(self, reply: Reply) -> None:
        """Shows what came of a form in the place of the sign that it is being worked on; by letter if it is gone."""
        view = self._outcome(reply)
        if view is None:
            return
        try:
            await self._client.views_update(view_id=self._came.view_id, view=view)
        except (SlackApiError, ClientError, TimeoutError):
            if isinstance(reply, Say):
                await self._by_letter(reply.page)
            elif isinstance(reply, FieldErrors):
                await self._by_letter(self._problems(reply))

    def _outcome(self, reply: Reply) -> View | None:
        match reply:
            case NextView(view) | OpenModal(view):
                return view
            case Say(page):
                return message_view(page)
            case FieldErrors():
                return message_view(self._problems(reply))
            case Close():
                return message_view(said(self._deps.words.say("answers.done")))
        return None

    def _problems(self, reply: FieldErrors) -> Page:
        return said(self._deps.words.say("trouble.form_gone", problems=tuple(reply.errors.values())))

    async def _by_letter(self, page: Page) -> None:
        await self._send(messages(page))

    async def _send(self, rendered: list[Rendered]) -> None:
        """The messages as a direct message, by the outbox, which has the patience."""
        key = f"answer:{self._came.key or self._came.kind}:{secrets.token_hex(4)}"
        await self._deps.store.write(
            direct, self._workspace_id, self._came.user_id, rendered, key=key, now=self._deps.now()
        )

    async def _guarded(self, work: Following) -> None:
        """Runs what follows an acknowledgement; what goes wrong is logged, and what was recorded stays."""
        try:
            await work
        except SlackApiError as error:
            log.warning("answer_refused", extra={"word": self._came.word, "error": error.response.get("error")})
        except (ClientError, TimeoutError):
            log.warning("answer_lost", extra={"word": self._came.word})
        except Exception:  # nobody waits for this task: the log is the only place to say it
            log.exception("answer_failed", extra={"word": self._came.word, "error_id": secrets.token_hex(4)})


def workspace_of(context: AsyncBoltContext) -> str:
    """The workspace whose token is used: what the installation says, whatever team the payload names."""
    installed = context.authorize_result
    return (installed.team_id if installed else None) or context.team_id or ""
