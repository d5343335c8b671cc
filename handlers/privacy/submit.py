"""Submission of the form that makes an account private to a channel."""

from collections.abc import Collection

from sqlmodel import Session

from agendas.facts.audience import Members
from agendas.facts.people import Author
from agendas.rules.access.rights import Deed
from agendas.verbs.privacy.mark import channel_of, set_privacy
from agendas.verbs.record.record import Recorded
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply
from handlers.edge.request import Request
from handlers.forms.form import AccountForm
from handlers.forms.origin import Origin, origin_of
from handlers.forms.submitting import submit
from handlers.privacy import form


async def made_private(request: Request, deps: Deps) -> Reply:
    """Record the channel that the account is private to, once Slack says that the person is in it."""
    request.require(Deed.DECIDE)
    account_id, wanted = origin_of(request.view).account_id, form.read(request.view)
    before = await deps.read(channel_of, request.workspace_id, account_id)
    asked = await members_of(request, deps, {before, wanted} - {""})

    def verb(session: Session, author: Author, _origin: Origin) -> list[Recorded]:
        return [set_privacy(session, author, account_id, channel_id=wanted, asked=asked)]

    return await submit(request, deps, verb)


async def members_of(request: Request, deps: Deps, channel_ids: Collection[str]) -> dict[str, Members]:
    """The members of each of these channels, as Slack tells them now."""
    return {each: await deps.members_of(request.workspace_id, each) for each in channel_ids}


PRIVATE = AccountForm(form.FRAME, made_private, form.build, takes_closed=True)
