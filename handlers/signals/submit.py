"""Submission of the form for a signal."""

from sqlmodel import Session

from agendas.rules.access.rights import Deed
from agendas.verbs.drafts.keep import forget_draft
from agendas.verbs.letters.queue import confirm_signal
from agendas.verbs.updates.signals import note_signal
from handlers.edge.deps import Deps
from handlers.edge.replies import Close, Reply
from handlers.edge.request import Request
from handlers.forms.drafts import draft_name
from handlers.forms.form import AccountForm
from handlers.forms.origin import origin_of
from handlers.signals import form


async def signal(request: Request, deps: Deps) -> Reply:
    """Note the signal."""
    request.require(Deed.RECORD)
    entry = form.read(request.view, zone=request.person.time_zone, now=request.now)
    origin, author = origin_of(request.view), request.author

    def note(session: Session) -> None:
        noted = note_signal(session, author, origin.account_id, entry)
        forget_draft(session, author, draft_name(form.FRAME.callback_id, origin.account_id))
        confirm_signal(session, author, noted.signal.id, channel_id=origin.channel_id, place=origin.place)

    await deps.write(request, note)
    return Close(all_views=True)


SIGNAL = AccountForm(form.FRAME, signal, form.build)
