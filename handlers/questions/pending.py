"""Answers to the questions that waited for a language model."""

from sqlmodel import Session

from agendas.rendering.blockkit import messages
from agendas.rules.access.rights import Deed, may
from agendas.verbs.questions.pending import Pending, answer_once, end
from assistant.answer import Asking, answer
from handlers.edge.deps import Deps
from handlers.questions.answering import read_by_model, remember_answer, why_elsewhere


async def answer_pending(pending: Pending, deps: Deps) -> None:
    """Answer the question with the rights that its readers have now; nobody who may not ask any more is answered.

    Its days are those of the instant at which it was asked.
    """
    if pending.asker is None or not may(pending.asker, Deed.READ):
        await deps.note(end, pending)
        return
    deps = deps.for_readers(pending.readers)
    asking = Asking(
        pending.asker,
        pending.text,
        pending.workspace_id,
        pending.channel_id,
        pending.thread_ts,
        pending.asked_at,
        deps.words,
        is_reply=pending.place != pending.channel_id,
        has_model=deps.model is not None and pending.is_for_model,
    )
    found = await read_by_model(deps, asking, await deps.read(answer, asking))
    rendered = [*why_elsewhere(deps, pending.is_private), *messages(found.page)]

    def keep(session: Session) -> None:
        if answer_once(session, pending, rendered, now=deps.now()):
            remember_answer(session, asking, found)

    await deps.note(keep)
