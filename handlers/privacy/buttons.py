"""/account private ACCOUNT, and the same from the card's menu."""

from agendas.errors import NotUnderstood
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.text.limits import shown
from agendas.verbs.privacy.cadence import publish_all
from handlers.edge.deps import Deps
from handlers.edge.payloads.values import slack_id
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin
from handlers.privacy.submit import PRIVATE, members_of


async def by_word(request: Request, deps: Deps, account_id: int, rest: str) -> Reply:
    """The form."""
    if rest.strip():
        raise NotUnderstood(f"{shown(rest)} after private has no meaning here. Type /account private ACCOUNT.")
    return await _open(request, deps, account_id)


async def from_card(request: Request, deps: Deps) -> Reply:
    """The form."""
    return await _open(request, deps, request.number)


async def publish(request: Request, deps: Deps) -> Reply:
    """Let everybody see what is private to the channel that the button carries."""
    request.require(Deed.DECIDE)
    channel_id = slack_id(request.value)
    asked = await members_of(request, deps, [channel_id])
    count = await deps.write(request, publish_all, request.author, channel_id, asked)
    return Say(said(deps.words.say("cadence.published", count=count)))


async def _open(request: Request, deps: Deps, account_id: int) -> Reply:
    request.require(Deed.DECIDE)
    return await open_form(request, deps, PRIVATE, Origin(account_id=account_id, channel_id=request.channel_id))
