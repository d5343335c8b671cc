"""Opening a form about an account: from indexed reads only, with the draft of what was typed before."""

from dataclasses import replace

from sqlmodel import Session

from agendas.verbs.drafts.keep import draft_of
from agendas.verbs.loading.load_facts import names
from agendas.verbs.updates.due_date import due_by_default
from agendas.verbs.updates.evidence import sides_of
from agendas.verbs.updates.tagged import asking
from agendas.verbs.updates.updates import account_to_update
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal
from handlers.edge.request import Request
from handlers.edge.views import Values
from handlers.forms.drafts import draft_name, with_note
from handlers.forms.form import AccountFacts, AccountForm, Frame
from handlers.forms.origin import Origin
from handlers.forms.redrawing import fields_of


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
    facts = await deps.read(account_facts, request, form.frame, origin, closed_too=form.takes_closed)
    draft = facts.draft
    if prefilled:
        facts = replace(facts, draft=prefilled | facts.draft)
    view = form.build(facts)
    return OpenModal(with_note(view) if fields_of(view) & draft.keys() else view)


async def kept_draft(request: Request, deps: Deps, callback_id: str, account_id: int = 0) -> Values:
    """The person's draft of a form."""
    name = draft_name(callback_id, account_id)
    return await deps.read(draft_of, request.workspace_id, request.person.user_id, name)


def account_facts(
    session: Session, request: Request, frame: Frame, origin: Origin, *, closed_too: bool = False
) -> AccountFacts:
    """Everything that a form about `origin.account_id` is built of. Raises Refused, Outdated as `open_form`."""
    author = request.author
    account = account_to_update(session, author, origin.account_id, closed_too=closed_too)
    name = draft_name(frame.callback_id, origin.account_id)
    # a draft about another message must not be taken for words about this one
    is_about_message = bool(origin.evidence_url or origin.text)
    return AccountFacts(
        account=account,
        origin=origin,
        draft={} if is_about_message else draft_of(session, author.workspace_id, author.user_id, name),
        asker=author.user_id,
        today=request.today,
        sides=sides_of(session, author.workspace_id, account),
        names=names(session, author.workspace_id, {each.owner for each in account.open_actions} - {author.user_id}),
        asking=asking(session, author, account),
        due_on=due_by_default(
            session, author.workspace_id, origin.channel_id or request.channel_id, today=request.today
        ),
    )
