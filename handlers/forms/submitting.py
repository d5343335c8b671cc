"""Submitting a form that records something about one account."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.verbs.drafts.keep import forget_draft
from agendas.verbs.letters.queue import confirm
from agendas.verbs.record.record import Recorded
from handlers.edge.deps import Deps
from handlers.edge.replies import Close, Reply
from handlers.edge.request import Request
from handlers.forms.drafts import draft_name
from handlers.forms.origin import Origin, origin_of

Verb = Callable[[Session, Author, Origin], Sequence[Recorded]]


async def submit(request: Request, deps: Deps, verb: Verb) -> Reply:
    """Run the verb, forget the draft and queue the confirmation, in one transaction."""
    origin = origin_of(request.view)
    author = author_of(request, origin)
    name = draft_name(request.incoming.word, origin.account_id)

    def record_all(session: Session) -> None:
        recorded = verb(session, author, origin)
        forget_draft(session, author, name)
        confirm(session, author, recorded, channel_id=origin.channel_id, place=origin.place)

    await deps.write(request, record_all)
    return Close(all_views=True)


def author_of(request: Request, origin: Origin) -> Author:
    """The person as author, with the source that the form was opened from where it names one."""
    return replace(request.author, source=Source(origin.source)) if origin.source else request.author
