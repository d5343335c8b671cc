"""The person's own actions, and what waits for them, by pages; and pages that one person sees, drawn anew by clicks."""

import re

from agendas.pages.open_items.lists import OWED, WAITING, owed_page, waiting_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.home.waiting import asks_and_blockers
from agendas.verbs.reads import work
from handlers.accounts.pages import card as account_card
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request, number_in
from handlers.open_items import of_review

OWN_PAGE = re.compile(rf"({OWED}|{WAITING})-(\d{{1,9}})-\d+-\d+")
"""The id of a block of a page of own actions, or of what waits."""

CARD = re.compile(r"card-(\d{1,18})-\d+-\d+")
"""The id of a block of an account's card."""


async def mine(request: Request, deps: Deps) -> Reply:
    """The person's next actions, or their next page when the value carries where to go on."""
    return Say(await own_actions(request, deps, start=number_in(request.value or "0")))


async def own_actions(request: Request, deps: Deps, *, start: int = 0) -> Page:
    """A page of the person's next actions."""
    person = request.person
    found = await deps.read(
        work.actions_of, request.workspace_id, now=request.now, zone=person.time_zone, user_id=person.user_id
    )
    can_record = may(person, Deed.NOMINATE)
    return owed_page(found, deps.words, today=request.today, can_record=can_record, start=start)


async def waiting(request: Request, deps: Deps) -> Reply:
    """The asks and blockers that wait for the person, or their next page."""
    return Say(await what_waits(request, deps, start=number_in(request.value or "0")))


async def what_waits(request: Request, deps: Deps, *, start: int = 0) -> Page:
    """A page of the asks and blockers that wait for the person."""
    person, now = request.person, request.now
    asks, blockers = await deps.read(asks_and_blockers, request.workspace_id, person, now=now)
    return waiting_page(asks, blockers, deps.words, person=person, now=now, start=start)


async def drawn_anew(request: Request, deps: Deps, block_id: str) -> Page | None:
    """The page that the person alone sees with this block, as it is now; None for a page that is not known here.

    Slack does not send such a message along with a click on it.
    """
    own, card = OWN_PAGE.fullmatch(block_id), CARD.fullmatch(block_id)
    if card is not None:
        return await account_card(request, deps, int(card.group(1)))
    if own is None:
        return await of_review.drawn_anew(request, deps, block_id)
    page = own_actions if own.group(1) == OWED else what_waits
    return await page(request, deps, start=int(own.group(2)))
