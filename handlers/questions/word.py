"""/abm ask: a question whose answer the asker alone sees, and Share, which shows it to the channel."""

from dataclasses import replace

from agendas.errors import NotUnderstood, Refused
from agendas.facts.audience import Audience
from agendas.rendering.buttons import labelled
from agendas.rendering.controls import BUTTON_VALUE_CHARACTERS
from agendas.rendering.notice import said
from agendas.rendering.page import Buttons, Note, Page
from agendas.rendering.splitting import length
from agendas.rules.access.rights import Deed
from agendas.text.evidence import readable
from agendas.verbs.delivery.share import claim_share
from assistant.answer import answer
from handlers.edge.channel_privacy import is_direct, require_no_outsiders
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request
from handlers.questions.answering import answered, asking_of

SHARE = "ask.share"
NOT_FOR_ALL = "It is about what not everybody in this channel may see, so nothing was shared."
NO_QUESTION = "Write the question after it: /abm ask which accounts are stalled."


async def ask(request: Request, deps: Deps, rest: str) -> Reply:
    """Answer the words, to the asker alone; in a channel with a button that shares what the rules read."""
    request.require(Deed.READ)
    if not rest.strip():
        raise NotUnderstood(NO_QUESTION)
    found = await answered(request, deps, rest)
    is_sure = found.last is not None and not (found.is_by_model or found.is_follow_up or found.is_several)
    can_share = is_sure and not is_direct(request) and length(rest) <= BUTTON_VALUE_CHARACTERS
    return Say(_with_share(found.page, deps, rest) if can_share else found.page)


async def share(request: Request, deps: Deps) -> Reply:
    """Answer the question again for everybody in the channel, from what all of them may see; once for close clicks."""
    request.require(Deed.RECORD)
    await require_no_outsiders(request, deps)
    everybody = deps.for_readers(Audience(request.workspace_id, request.person.user_id, request.channel_id))
    asking = asking_of(request, deps, request.value)
    own, found = await deps.read(answer, asking), await everybody.read(answer, asking)
    is_several = own.is_several or found.is_several
    if is_several or found.last is None or own.last is None or found.last.query != own.last.query:
        # the question itself, which is posted with the answer, names what others may not see
        raise Refused(NOT_FOR_ALL)
    claim = await deps.write(
        request, claim_share, request.author, request.channel_id, request.incoming.message_ts, what="answer"
    )
    if not claim:
        return Say(said(deps.words.say("answers.shared_already")))
    by = Note(deps.words.say("remarks.shared", name=request.person.name, question=readable(request.value)))
    return Say(replace(found.page, items=(*found.page.items, by)), public=True, claim=claim)


def _with_share(page: Page, deps: Deps, question: str) -> Page:
    return replace(page, items=(*page.items, Buttons((labelled(deps.words, SHARE, question),))))
