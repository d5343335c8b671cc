"""The shortcuts for updates: from anywhere, and about a message."""

from dataclasses import replace
from datetime import UTC, datetime

from agendas.errors import Outdated
from agendas.rendering.mrkdwn import escape
from agendas.rules.access import Permission
from agendas.text.evidence import readable
from agendas.verbs import reads
from agendas.verbs.reads import account_of_message
from agendas.verbs.review_reads import message_address
from handlers import forms
from handlers.edge.deps import Deps
from handlers.edge.incoming import mapping, thread_of
from handlers.edge.replies import NextView, OpenModal, Options, Reply
from handlers.edge.request import Request
from handlers.signals import SignalForm
from handlers.subject import Subject
from handlers.updates import BLOCKER, MOVEMENT, NEXT_ACTION, UPDATE

# The shortcuts: an update from anywhere, and a message logged to an account.

QUOTED_CHARACTERS = 200
NO_MESSAGE = "Use this shortcut on a message: open the message's menu and choose it there."

UPDATE_FORMS: dict[str, forms.AccountForm] = {
    form.frame.callback_id: form for form in (UPDATE, MOVEMENT, BLOCKER, NEXT_ACTION, SignalForm.form)
}
"""The forms that `choose_account.KINDS` offers."""


async def account_update(request: Request, _deps: Deps) -> Reply:
    request.require(Permission.RECORD)
    return OpenModal(forms.build(forms.Origin(source="shortcut"), kind=UPDATE.frame.callback_id))


async def log_to_account(request: Request, deps: Deps) -> Reply:
    """The form about a message, which records its text, with its link and time as evidence."""
    request.require(Permission.RECORD)
    if not request.place:
        raise Outdated(NO_MESSAGE)
    channel_id, text = request.channel_id, readable(request.text)
    thread = thread_of(mapping(request.payload.get("message")))
    url = await deps.read(message_address, request.workspace_id, channel_id, request.place)
    places = [each for each in (request.place, thread) if each]
    meant = await deps.read(account_of_message, request.workspace_id, text, channel_id=channel_id, places=places)
    origin = forms.Origin(
        channel_id=channel_id,
        place=thread,
        source="shortcut",
        evidence_url=url,
        evidence_at=datetime.fromtimestamp(float(request.place), UTC).isoformat(),
        text=text,
    )
    note = f"From the message: {escape(text[:QUOTED_CHARACTERS])}" if text.strip() else ""
    return OpenModal(forms.build(origin, account=meant, note=note))


async def open_chosen(request: Request, deps: Deps) -> Reply:
    """The form for the kind of update chosen, about the account chosen."""
    request.require(Permission.RECORD)
    account_id, kind = forms.read(request.view)
    origin = replace(forms.origin_of(request.view), account_id=account_id)
    return NextView((await forms.open_form(request, deps, UPDATE_FORMS[kind], origin)).view)


async def accounts_like(request: Request, deps: Deps) -> Reply:
    """The accounts that the letters typed may mean."""
    own = request.person.user_id
    return Options(await deps.read(reads.suggest_names, request.workspace_id, request.text, user_id=own))


SHORTCUTS = Subject(
    shortcuts={"account_update": account_update, "log_to_account": log_to_account},
    forms=(forms.Form(forms.FRAME, open_chosen),),
    options={forms.ACCOUNTS: accounts_like},
    choices=frozenset({forms.ACCOUNTS}),
)
