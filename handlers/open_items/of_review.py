"""The long lists behind a recap: what is open of the review's accounts, for the presser alone."""

import re

from agendas.pages.open_items.of_review import ACTIONS, ReviewList, review_actions_page, review_blockers_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.reads import work
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request, number_in

LIST_PAGE = re.compile(r"(recap)-(actions|blockers)-(\d{1,9})-(\d{1,9})-\d+-\d+")
"""The id of a block of a page of such a list."""


async def opened(request: Request, deps: Deps) -> Reply:
    """The list whose button was pressed, or its next page when the value carries where to go on."""
    review_id, _, start = request.value.partition(" ")
    word, first = request.incoming.word, number_in(start or "0")
    return Say(await _page(request, deps, word, number_in(review_id), start=first))


async def drawn_anew(request: Request, deps: Deps, block_id: str) -> Page | None:
    """The page of a list with this block, as it is now; None for another page."""
    found = LIST_PAGE.fullmatch(block_id)
    if found is None:
        return None
    action = f"{found.group(1)}.{found.group(2)}"
    return await _page(request, deps, action, int(found.group(3)), start=int(found.group(4)))


async def _page(request: Request, deps: Deps, action: str, review_id: int, *, start: int) -> Page:
    found = await deps.read(work.open_of_review, request.workspace_id, review_id)
    can_record = may(request.person, Deed.RECORD)
    of = ReviewList(review_id, found.planned_at, found.zone, request.now, start, can_record, request.person)
    if action == ACTIONS:
        return review_actions_page(of, found.actions, deps.words)
    return review_blockers_page(of, found.blockers, deps.words)
