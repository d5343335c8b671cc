"""Submissions of the small forms for one open item."""

from collections.abc import Callable
from functools import partial

from sqlmodel import Session

from agendas.errors import CannotOwn, FieldProblems
from agendas.facts.people import Author
from agendas.verbs.drafts.keep import forget_fields
from agendas.verbs.letters.queue import confirm
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates import updates
from agendas.verbs.updates.answer import answer_ask
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply
from handlers.edge.request import Request, number_in
from handlers.forms.drafts import draft_name
from handlers.forms.form import AccountForm
from handlers.forms.origin import origin_of
from handlers.forms.submitting import author_of, require_about
from handlers.open_items import forms
from handlers.open_items.shown import closed_after
from handlers.updates.settling import require_to_settle

Verb = Callable[[Session, Author], Recorded | list[Recorded]]


async def moved(request: Request, deps: Deps) -> Reply:
    """Record a later date of a next action."""
    origin, entry = origin_of(request.view), forms.read_move(request.view, request.today)
    account_id, action_id = origin.account_id, number_in(origin.subject)
    slip = partial(updates.slip_action, due_on=entry.due_on, text=entry.text)
    return await _submit(request, deps, partial(slip, account_id=account_id, action_id=action_id))


async def edited(request: Request, deps: Deps) -> Reply:
    """Record another text, owner or day of a next action."""
    origin, entry = origin_of(request.view), forms.read_edit(request.view)
    account_id, action_id = origin.account_id, number_in(origin.subject)

    def edit(session: Session, author: Author) -> list[Recorded]:
        try:
            return updates.edit_action(
                session, author, account_id, action_id, text=entry.text, owner=entry.owner, due_on=entry.due_on
            )
        except CannotOwn as error:
            raise FieldProblems({"owner": str(error)}) from None

    return await _submit(request, deps, edit)


async def dropped(request: Request, deps: Deps) -> Reply:
    """Record that a next action is dropped."""
    origin, text = origin_of(request.view), forms.read_text(request.view)
    account_id, action_id = origin.account_id, number_in(origin.subject)
    return await _submit(
        request, deps, partial(updates.close_action, account_id=account_id, action_id=action_id, done=False, text=text)
    )


async def answered(request: Request, deps: Deps) -> Reply:
    """Record that an ask is answered."""
    origin, text = origin_of(request.view), forms.read_text(request.view)
    return await _submit(request, deps, partial(answer_ask, decision_id=number_in(origin.subject), answer=text))


async def answered_blocker(request: Request, deps: Deps) -> Reply:
    """Record what somebody says about a blocker."""
    origin, said = origin_of(request.view), forms.read_said(request.view)
    account_id, blocker_id = origin.account_id, number_in(origin.subject)
    verb = partial(updates.answer_blocker, account_id=account_id, blocker_id=blocker_id, text=said)
    return await _submit(request, deps, verb)


async def resolved(request: Request, deps: Deps) -> Reply:
    """Record that a blocker is gone, and how."""
    origin, how = origin_of(request.view), forms.read_said(request.view)
    account_id, blocker_id = origin.account_id, number_in(origin.subject)
    verb = partial(updates.resolve_blocker, account_id=account_id, blocker_id=blocker_id, text=how)
    return await _submit(request, deps, verb)


async def _submit(request: Request, deps: Deps, verb: Verb) -> Reply:
    """Run the verb, forget the draft and queue the confirmation, in one transaction; then change the line clicked."""
    origin = origin_of(request.view)
    await require_to_settle(request, deps, origin.account_id, number_in(origin.subject))
    author, name = author_of(request, origin), draft_name(request.incoming.word, origin.account_id)

    def record_it(session: Session) -> Recorded:
        found = verb(session, author)
        recorded = found if isinstance(found, list) else [found]
        require_about(origin, recorded)
        forget_fields(session, author, name, lambda field: field == forms.text_field(origin.subject))
        confirm(session, author, recorded, channel_id=origin.channel_id, place=origin.place)
        return recorded[-1]

    recorded = await deps.write(request, record_it)
    return await closed_after(request, deps, origin, recorded)


MOVE = AccountForm(forms.MOVE, moved, forms.build_move)
EDIT = AccountForm(forms.EDIT, edited, forms.build_edit)
DROP = AccountForm(forms.DROP, dropped, forms.build_drop)
ANSWER = AccountForm(forms.ANSWER, answered, forms.build_answer)
ANSWER_BLOCKER = AccountForm(forms.ANSWER_BLOCKER, answered_blocker, forms.build_answer_blocker)
RESOLVE = AccountForm(forms.RESOLVE, resolved, forms.build_resolve)
