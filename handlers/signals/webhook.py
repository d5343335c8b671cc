"""/abm signals: the webhook for programs that send signals, and its secret."""

import secrets

from agendas.pages.accounts.signals import new_secret_page, webhook_page
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.reads.account import signals
from agendas.verbs.signals.secret import replace_secret_once
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request

SECRET_BYTES = 32


async def webhook(request: Request, deps: Deps, _rest: str = "") -> Reply:
    """The address for signals and the state of its secret, for admins."""
    request.require(Deed.ADMINISTER)
    facts = await deps.read(signals.signals_webhook, request.workspace_id, now=request.now)
    return Say(webhook_page(facts, deps.words, zone=request.person.time_zone))


async def new_secret(request: Request, deps: Deps) -> Reply:
    """A new secret, shown once to the admin who asked for it: one for clicks close together."""
    request.require(Deed.ADMINISTER)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    if not await deps.write(request, replace_secret_once, request.author, deps.seal(secret)):
        return Say(said(deps.words.say("signals.secret_just_made")))
    return Say(new_secret_page(secret, request.workspace_id, deps.words))
