"""Carries a reply to Slack: in the acknowledgement where Slack takes it, else by response URL, view call or letter."""

import asyncio
import logging
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
from handlers.deps import Deps
from handlers.incoming import Incoming
from handlers.modals.message import message_view
from handlers.replies import Close, FieldErrors, NextView, OpenModal, Options, Publish, Reply, Say

Following = Coroutine[Any, Any, None]

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
            await ack(options=[_option(label, value) for label, value in pairs])
            return None
        await ack()
        return self._guarded(self._carry_out(reply))

    async def late(self, work: "asyncio.Task[Reply]") -> None:
        """Carries out a reply that came after the acknowledgement."""
        reply = await work
        if self._came.kind == "form":
            await self._tell_after_form(reply)
        else:
            await self._guarded(self._carry_out(reply))

    async def to_event(self, reply: Reply) -> None:
        """Carries out the reply to an event: Home is published; messages go by letter, queued by the handler."""
        if isinstance(reply, Publish):
            await self._client.views_publish(user_id=self._came.user_id, view=reply.view)

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
            case Say(page, public, replace):
                await self._say(page, public=public, replace=replace)
            case OpenModal(view) if self._came.in_modal:
                await self._client.views_push(trigger_id=self._came.trigger_id, view=view)
            case OpenModal(view):
                await self._client.views_open(trigger_id=self._came.trigger_id, view=view)
            case NextView(view):
                # the hash lets a newer update of the same form win
                await self._client.views_update(view_id=self._came.view_id, hash=self._came.view_hash, view=view)
            case Publish(view):
                await self._client.views_publish(user_id=self._came.user_id, view=view)
            case _:
                pass

    async def _say(self, page: Page, *, public: bool, replace: bool) -> None:
        if self._came.response_url:
            await self._respond(messages(page), public=public, replace=replace)
        else:
            await self._by_letter(page)

    async def _respond(self, rendered: list[Rendered], *, public: bool, replace: bool) -> None:
        webhook = AsyncWebhookClient(self._came.response_url)
        in_thread = bool(self._came.place) and self._came.kind == "button" and public
        for position, each in enumerate(rendered):
            answer = await webhook.send_dict(
                {
                    "text": each.text,
                    "blocks": each.blocks,
                    "response_type": "in_channel" if public else "ephemeral",
                    "replace_original": replace and position == 0,
                }
                | ({"thread_ts": self._came.place} if in_thread else {})
            )
            if answer.status_code != 200:
                log.warning("response_url_refused", extra={"status": answer.status_code, "word": self._came.word})
                return

    async def _tell_after_form(self, reply: Reply) -> None:
        """What a form's answer says when the form is gone already."""
        match reply:
            case Say(page):
                await self._by_letter(page)
            case FieldErrors(errors):
                await self._by_letter(said(self._deps.words.say("trouble.form_gone", problems=tuple(errors.values()))))
            case _:
                pass

    async def _by_letter(self, page: Page) -> None:
        key = f"answer:{self._came.key or self._came.word}"
        await self._deps.store.write(
            direct, self._workspace_id, self._came.user_id, messages(page), key=key, now=self._deps.now()
        )

    async def _guarded(self, work: Following) -> None:
        """Runs what follows an acknowledgement; Slack's refusal or silence is logged, the update itself is kept."""
        try:
            await work
        except SlackApiError as error:
            log.warning("answer_refused", extra={"word": self._came.word, "error": error.response.get("error")})
        except (ClientError, TimeoutError):
            log.warning("answer_lost", extra={"word": self._came.word})


def workspace_of(context: AsyncBoltContext) -> str:
    """The workspace whose token is used: what the installation says, whatever team the payload names."""
    installed = context.authorize_result
    return (installed.team_id if installed else None) or context.team_id or ""


def _option(label: str, value: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": label}, "value": value}
