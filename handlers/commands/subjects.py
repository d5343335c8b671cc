"""What can be asked of one account after its name: `/account ACCOUNT history`, and so on. One page each."""

from collections.abc import Awaitable, Callable

from agendas.pages.accounts.deals import deals_page
from agendas.pages.accounts.fit import fit_page
from agendas.pages.accounts.history import history_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.reads.account import deals as look_up_deals
from agendas.verbs.reads.account import fit as look_up_fit
from agendas.verbs.reads.account import history as look_up_history
from handlers.commands import group, narrative, plays, product, signals
from handlers.deps import Deps
from handlers.replies import Reply
from handlers.request import Request


async def history(request: Request, deps: Deps, account_id: int, before_id: int | None = None) -> Page:
    """A page of the account's history, newest first."""
    facts = await deps.read(
        look_up_history.history,
        request.workspace_id,
        account_id,
        now=request.now,
        zone=request.person.time_zone,
        before_id=before_id,
    )
    return history_page(facts, deps.words)


async def fit(request: Request, deps: Deps, account_id: int, *, note: str = "") -> Page:
    """The account's fit to its parts, with buttons for what the person may do; `note` says what was just done."""
    facts = await deps.read(
        look_up_fit.fit, request.workspace_id, account_id, now=request.now, zone=request.person.time_zone
    )
    can_score = may(request.person, Deed.NOMINATE) and request.person.function is not None
    return fit_page(facts, deps.words, can_decide=may(request.person, Deed.DECIDE), can_score=can_score, note=note)


async def deals(request: Request, deps: Deps, account_id: int) -> Page:
    """The account's deals: open ones by phase, the latest won and lost, and their sums by currency."""
    facts = await deps.read(
        look_up_deals.deals, request.workspace_id, account_id, now=request.now, zone=request.person.time_zone
    )
    return deals_page(facts, deps.words)


SUBJECTS: dict[str, Callable[[Request, Deps, int], Awaitable[Page]]] = {
    "history": history,
    "group": group.group,
    "signals": signals.signals,
    "fit": fit,
    "deals": deals,
    "narrative": narrative.narrative,
    "product": product.product,
    "plays": plays.account_plays,
}
"""The page of an account that each word asks for."""

DEEDS: dict[str, Callable[[Request, Deps, int, str], Awaitable[Reply]]] = {
    "group add": group.add,
    "plays start": plays.start,
}
"""What is done about an account by two words after its name, and with what follows them."""
