"""Buttons of signals."""

from agendas.pages.accounts.signals import signal_noted_page
from agendas.rules.access.rights import Deed
from agendas.verbs.updates.signals import take_back_signal
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request, number_in
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin
from handlers.signals.command import signals
from handlers.signals.submit import SIGNAL
from handlers.updates.submit import MOVEMENT


async def more(request: Request, deps: Deps) -> Reply:
    """The account's older signals."""
    account_id, _, before = request.value.partition(" ")
    return Say(await signals(request, deps, number_in(account_id), number_in(before)))


async def add(request: Request, deps: Deps) -> Reply:
    """The form for a signal of the account."""
    request.require(Deed.RECORD)
    return await open_form(request, deps, SIGNAL, Origin(account_id=request.number, channel_id=request.channel_id))


async def record_step(request: Request, deps: Deps) -> Reply:
    """The form for movement with the stage that the signals hint at."""
    request.require(Deed.RECORD)
    account_id, _, stage = request.value.partition(" ")
    origin = Origin(account_id=number_in(account_id), channel_id=request.channel_id)
    return await open_form(request, deps, MOVEMENT, origin, prefilled={"stage": stage})


async def undo(request: Request, deps: Deps) -> Reply:
    """Take the signal back, in the place of the message that confirmed it."""
    request.require(Deed.RECORD)
    noted = await deps.write(request, take_back_signal, request.author, request.number)
    return Say(signal_noted_page(noted, deps.words, can_undo=False), replace=True)
