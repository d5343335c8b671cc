"""/account ACCOUNT fit."""

from agendas.pages.accounts.fit import fit_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.verbs.reads.account.fit import account_fit
from handlers.edge.deps import Deps
from handlers.edge.request import Request


async def fit(request: Request, deps: Deps, account_id: int, *, note: str = "") -> Page:
    """The account's fit by criterion, with buttons for what the person may do; `note` tells of an action just done."""
    zone = request.person.time_zone
    facts = await deps.read(account_fit, request.workspace_id, account_id, now=request.now, zone=zone)
    can_score = may(request.person, Deed.NOMINATE) and request.person.function is not None
    return fit_page(facts, deps.words, can_decide=may(request.person, Deed.DECIDE), can_score=can_score, note=note)
