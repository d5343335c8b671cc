"""The button that opens the form to correct an entry."""

from agendas.pages.accounts.history import choice_label
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed, may
from agendas.verbs.reads.account.correctable import correctable
from handlers.corrections import form
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply, Say
from handlers.edge.request import Request
from handlers.forms.drafts import with_note
from handlers.forms.opening import kept_draft
from handlers.forms.origin import Origin


async def choose(request: Request, deps: Deps) -> Reply:
    """The form with the entries of that page of the history that the person may correct."""
    request.require(Deed.NOMINATE)
    account_id, before_id = request.two_numbers
    zone, is_editor = request.person.time_zone, may(request.person, Deed.RECORD)
    found = await deps.read(correctable, request.author, account_id, before_id=before_id or None, is_editor=is_editor)
    if not found.lines:
        # whoever may record nothing is told whom to ask
        request.require(Deed.RECORD)
        return Say(said(deps.words.say("history.nothing_to_correct", name=found.name, is_older=bool(before_id))))
    entries = [(choice_label(each, deps.words, zone, found.people), str(each.event.id)) for each in found.lines]
    origin = Origin(account_id=account_id, channel_id=request.channel_id)
    draft = await kept_draft(request, deps, form.FRAME.callback_id, account_id)
    hint = deps.words.say("history.corrected_hint")
    view = form.build(origin, draft, name=found.name, entries=entries, hint=hint)
    return OpenModal(with_note(view) if draft else view)
