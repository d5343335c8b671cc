"""Pages of the audit, and the note that the list was gone through."""

from agendas.errors import Outdated
from agendas.facts.measures.audit import Check
from agendas.pages.audit.audit import AuditView, audit_page
from agendas.pages.audit.behind import behind_page
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.rules.audit.because import because
from agendas.verbs.measures.of_month import program_of_month
from agendas.verbs.measures.opened import note_list_reviewed
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import OTHER_VERSION, Request, number_in


async def show(request: Request, deps: Deps, rest: str) -> Reply:
    """The audit of the month that is named, or of the running one."""
    found = await deps.read_long(program_of_month, request.workspace_id, rest, now=request.now)
    return Say(audit_page(AuditView.of(found), deps.words, reader=request.person))


async def behind(request: Request, deps: Deps) -> Reply:
    """The accounts that fail the check that was chosen, or the next page of them."""
    month, _, rest = request.value.partition(" ")
    code, _, start = rest.partition(" ")
    if code not in list(Check):
        raise Outdated(OTHER_VERSION)
    found = await deps.read_long(program_of_month, request.workspace_id, month, now=request.now)
    view, check = AuditView.of(found), Check(code)
    failing = {number for each in view.checks if each.check is check for number in each.failing}
    fail = [each for each in found.accounts if each.account_id in failing]
    accounts = [(each.facts.account, because(check, each, found)) for each in fail]
    page = behind_page(view, check, accounts, deps.words, reader=request.person, start=number_in(start or "0"))
    return Say(page)


async def list_reviewed(request: Request, deps: Deps) -> Reply:
    """Note that the list was gone through, for whoever may decide about it."""
    request.require(Deed.DECIDE)
    is_new = await deps.write(request, note_list_reviewed, request.author, request.today)
    name = "audit.list_reviewed" if is_new else "audit.list_reviewed_already"
    return Say(said(deps.words.say(name, today=request.today)))
