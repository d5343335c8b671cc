"""Opening a form about an account: from indexed reads only, with the draft of what was typed before."""

from dataclasses import replace

from sqlmodel import Session

from agendas.verbs.drafts.keep import draft_of
from agendas.verbs.updates.due_date import due_by_default
from agendas.verbs.updates.evidence import sides_of
from agendas.verbs.updates.updates import account_to_update
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal
from handlers.edge.request import Request
from handlers.edge.views import Values
from handlers.forms.drafts import draft_name, with_note
from handlers.forms.form import AccountFacts, AccountForm
from handlers.forms.origin import Origin


async def open_form(
    request: Request, deps: Deps, form: AccountForm, origin: Origin, *, prefilled: Values | None = None
) -> OpenModal:
    """Open the form about `origin.account_id`.

    Args:
        request: the click, command or form that asks for it.
        deps: the database.
        form: the form to open.
        origin: the place where it is opened.
        prefilled: values for its fields, unless something else was typed there and not submitted.

    Raises:
        Refused, Outdated: when the account takes no updates.
    """
    facts = await deps.read(_facts, request, form, origin)
    has_draft = bool(facts.draft)
    if prefilled:
        facts = replace(facts, draft=prefilled | facts.draft)
    view = form.build(facts)
    return OpenModal(with_note(view) if has_draft else view)


async def kept_draft(request: Request, deps: Deps, callback_id: str, account_id: int = 0) -> Values:
    """The person's draft of a form."""
    name = draft_name(callback_id, account_id)
    return await deps.read(draft_of, request.workspace_id, request.person.user_id, name)


def _facts(session: Session, request: Request, form: AccountForm, origin: Origin) -> AccountFacts:
    author = request.author
    account = account_to_update(session, author, origin.account_id, closed_too=form.takes_closed)
    name = draft_name(form.frame.callback_id, origin.account_id)
    # a draft about another message must not be taken for words about this one
    is_about_message = bool(origin.evidence_url or origin.text)
    return AccountFacts(
        account=account,
        origin=origin,
        draft={} if is_about_message else draft_of(session, author.workspace_id, author.user_id, name),
        asker=author.user_id,
        today=request.today,
        sides=sides_of(session, author.workspace_id, account),
        due_on=due_by_default(session, author.workspace_id, request.channel_id, today=request.today),
    )
