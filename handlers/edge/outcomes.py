"""Outcomes of an act beside its answer: a view in the place of a form, and a changed line of a message."""

from functools import partial
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.webhook.async_client import AsyncWebhookClient

from agendas.rendering.blockkit import messages
from agendas.rendering.in_place import text_of_line, with_line
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.notice import said
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from handlers.edge.call_outcome import patiently
from handlers.edge.page_views import HomeMark, above_home, message_view
from handlers.edge.payloads.values import mapping, sequence, stamp, text
from handlers.edge.replies import Close, FieldErrors, LineChange, NextView, OpenModal, PageChange, Reply, Say, View


async def acknowledge_form(ack: AsyncAck, reply: Reply, home: HomeMark | None) -> None:
    """Acknowledge a form with its reply; a view that takes its place keeps the mark of the Home below it."""
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
    """The view that shows what came of the form, None where nothing is to be shown."""
    match reply:
        case NextView(view) | OpenModal(view):
            return view
        case Say(page):
            return message_view(page)
        case FieldErrors():
            return message_view(problems_page(reply, words))
        case Close():
            return message_view(said(words.say("answers.done")))
    return None


def problems_page(reply: FieldErrors, words: Words) -> Page:
    """The problems of a form that is not there any more."""
    return said(words.say("trouble.form_gone", problems=tuple(reply.errors.values())))


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
    """Change the line in its message, which is read first: a form's payload does not hold it."""
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
