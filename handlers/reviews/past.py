"""/review history, and past reviews opened as they were."""

import re

from agendas.errors import NotUnderstood, Outdated
from agendas.pages.reviews.past import opened_account_page, opened_review_page, past_reviews_page
from agendas.rendering.page import Page
from agendas.text.limits import shown
from agendas.verbs.reads.past import reviews as past
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import OTHER_VERSION, Request, number_in

CHANNEL = re.compile(r"<#([CG][A-Z0-9]{2,20})(?:\|[^<>]*)?>")
CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{2,20}")
USAGE = "/review history [#channel]"


async def history(request: Request, deps: Deps, rest: str) -> Reply:
    """The past reviews of this channel, or of another one that is named."""
    named = CHANNEL.fullmatch(rest.strip())
    if rest.strip() and named is None:
        raise NotUnderstood(f"{shown(rest)} is not a channel. Choose one from Slack's list after #: {USAGE}.")
    return Say(await _listed(request, deps, named[1] if named else request.channel_id))


async def older(request: Request, deps: Deps) -> Reply:
    """The next page of a list, for the channel and the review that the button carries."""
    channel_id, _, place = request.value.partition(" ")
    instant, _, number = place.partition(" ")
    if not CHANNEL_ID.fullmatch(channel_id):
        raise Outdated(OTHER_VERSION)
    return Say(await _listed(request, deps, channel_id, before=(number_in(instant), number_in(number))))


async def opened(request: Request, deps: Deps) -> Reply:
    """A review as it was when it closed, with its accounts after as many as the button carries."""
    number, _, start = request.value.partition(" ")
    found = await deps.read(past.opened_review, request.workspace_id, number_in(number), now=request.now)
    return Say(opened_review_page(found, deps.words, start=number_in(start or "0")))


async def account(request: Request, deps: Deps) -> Reply:
    """The agenda of an account as it was in a review."""
    found = await deps.read(past.opened_account, request.workspace_id, request.number, now=request.now)
    return Say(opened_account_page(found, deps.words))


async def _listed(request: Request, deps: Deps, channel_id: str, *, before: tuple[int, int] | None = None) -> Page:
    found = await deps.read(
        past.past_reviews,
        request.workspace_id,
        channel_id,
        now=request.now,
        is_here=channel_id == request.channel_id,
        before=before,
    )
    return past_reviews_page(found, deps.words)
