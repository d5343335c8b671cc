"""Keeps what is typed into a form until it is submitted, so that a stray Escape loses nothing."""

from handlers.deps import Deps
from handlers.modals.fields import origin_of, values_of
from handlers.open_forms import draft_name
from handlers.replies import Close, Nothing, Reply
from handlers.request import Request
from storage import forms

KEPT = ("text", "evidence", "outcome", "because", "name", "domain", "aliases", "segment", "value")


async def keep(request: Request, deps: Deps) -> Reply:
    """The texts of the open form, kept."""
    typed = {name: value for name, value in values_of(request.view).items() if name in KEPT and value}
    origin = origin_of(request.view)
    name = draft_name(request.view["callback_id"], origin.account_id)
    if typed:
        await deps.store.write(
            forms.keep_draft, request.workspace_id, request.person.user_id, name, values=typed, now=request.now
        )
    return Nothing()


async def closed(request: Request, deps: Deps) -> Reply:
    """A form closed without submitting: what Slack says was in it is kept too."""
    await keep(request, deps)
    return Close()


async def field_changed(_request: Request, _deps: Deps) -> Reply:
    """A choice in an open form: it is read when the form is submitted."""
    return Nothing()
