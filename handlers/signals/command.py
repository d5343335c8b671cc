"""/signal, and the page of an account's signals."""

from agendas.pages.accounts.signals import signal_noted_page, signals_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.rules.commands.signals import read_signal_words
from agendas.rules.commands.unclear import UnclearPart
from agendas.verbs.reads.account.signals import account_signals
from agendas.verbs.reads.message_account import account_of_message
from agendas.verbs.updates.signals import note_signal
from handlers.command_words import account_to_record
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply, Say
from handlers.edge.request import Request
from handlers.forms import choose_account
from handlers.forms.asking import asked
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin
from handlers.signals.submit import SIGNAL


async def signal(request: Request, deps: Deps) -> Reply:
    """A signal in words; without them the form."""
    request.require(Deed.RECORD)
    if not request.text:
        here = await deps.read(account_of_message, request.workspace_id, "", channel_id=request.channel_id)
        return OpenModal(choose_account.build(Origin(channel_id=request.channel_id), kind="signal", account=here))
    account_id, rest = await account_to_record(request, deps)
    if not rest:
        return await open_form(request, deps, SIGNAL, Origin(account_id=account_id, channel_id=request.channel_id))
    try:
        entry = read_signal_words(rest, request.now)
    except UnclearPart as error:
        return await asked(request, deps, account_id, error, form=SIGNAL)
    noted = await deps.write(request, note_signal, request.author, account_id, entry)
    return Say(signal_noted_page(noted, deps.words))


async def signals(request: Request, deps: Deps, account_id: int, before_id: int | None = None) -> Page:
    """The account's signals, newest first, before the signal `before_id`."""
    facts = await deps.read(
        account_signals,
        request.workspace_id,
        account_id,
        now=request.now,
        zone=request.person.time_zone,
        before_id=before_id,
    )
    return signals_page(facts, deps.words, can_record=may(request.person, Deed.RECORD))
