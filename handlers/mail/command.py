"""/abm mail: the addresses that the executive review is mailed to."""

from agendas.errors import NotUnderstood, Refused
from agendas.pages.admin.mail import mail_page
from agendas.rendering.notice import said
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed
from agendas.verbs.mail import addresses
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request
from handlers.mail.new_code import new_code

USAGE = "Write /abm mail, /abm mail add ADDRESS, /abm mail confirm ADDRESS CODE or /abm mail remove ADDRESS."


async def mail(request: Request, deps: Deps, rest: str) -> Reply:
    """The addresses; or one added, confirmed by its code, or removed."""
    request.require(Deed.ADMINISTER)
    word, *typed = rest.split() or [""]
    match word.lower(), typed:
        case "", _:
            return Say(await listed(request, deps))
        case "add", [address]:
            require_server(deps)
            added = await deps.write(request, addresses.add, request.author, address, code=new_code())
            return Say(said(deps.words.say("mail.code_mailed", address=added)))
        case "confirm", [address, *code] if code:
            return await _confirmed(request, deps, address, "".join(code))
        case "remove", [address]:
            removed = await deps.write(request, addresses.remove, request.author, address)
            return Say(said(deps.words.say("mail.removed", address=removed)))
    raise NotUnderstood(USAGE)


async def listed(request: Request, deps: Deps) -> Page:
    """The addresses, and the mails that did not arrive."""
    facts = await deps.read(addresses.facts, request.workspace_id, now=request.now)
    zone = request.person.time_zone
    return mail_page(facts, deps.words, has_server=deps.has_mail, zone=zone, today=request.today)


def require_server(deps: Deps) -> None:
    """Raise Refused where no mail server is set."""
    if not deps.has_mail:
        raise Refused(deps.words.raw("mail.no_server"))


async def _confirmed(request: Request, deps: Deps, address: str, code: str) -> Reply:
    is_right = await deps.write(request, addresses.confirm, request.author, address, code)
    return Say(said(deps.words.say("mail.confirmed" if is_right else "mail.wrong_code", address=address)))
