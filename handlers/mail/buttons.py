"""The buttons of the addresses."""

from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.mail import addresses
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply, Say
from handlers.edge.request import Request
from handlers.forms.origin import Origin
from handlers.mail import form
from handlers.mail.command import listed, require_server


async def add(request: Request, deps: Deps) -> Reply:
    """The form for an address."""
    request.require(Deed.ADMINISTER)
    require_server(deps)
    return OpenModal(form.build_address(Origin(channel_id=request.channel_id)))


async def code(request: Request, _deps: Deps) -> Reply:
    """The form for the code of an address."""
    request.require(Deed.ADMINISTER)
    return OpenModal(form.build_code(request.value, Origin(subject=request.value, channel_id=request.channel_id)))


async def remove(request: Request, deps: Deps) -> Reply:
    """Remove the address, and show the others in the place of the page."""
    request.require(Deed.ADMINISTER)
    await deps.write(request, addresses.remove, request.author, request.value)
    return Say(await listed(request, deps), replace=True)


async def again(request: Request, deps: Deps) -> Reply:
    """Send a mail once more that did not arrive, or may not have."""
    request.require(Deed.ADMINISTER)
    require_server(deps)
    address = await deps.write(request, addresses.send_again, request.author, request.number)
    return Say(said(deps.words.say("mail.again", address=address)))
