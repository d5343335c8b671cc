"""Buttons of the list: its further pages, and the swap in a full tier."""

from agendas.errors import Refused
from agendas.pages.list.tier_full import read_swap
from agendas.rules.access.rights import Deed
from agendas.rules.list.capacity import NoRoom
from agendas.verbs.list.capacity import room_for
from handlers.account_list import pages, swap_form
from handlers.account_list.submit import JUSTIFY
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply, Say
from handlers.edge.request import Request, number_in
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin


async def more_of_list(request: Request, deps: Deps) -> Reply:
    """The list, after as many accounts and filtered by the words that the button carries."""
    start, _, words = request.value.partition(" ")
    return Say(await pages.listed(request, deps, words, start=number_in(start or "0")))


async def open_swap(request: Request, deps: Deps) -> Reply:
    """The form with the accounts that could leave as things stand now."""
    request.require(Deed.DECIDE)
    wish = read_swap(request.value)
    error, tier = await deps.read(room_for, request.author, wish), wish.tier
    if not isinstance(error, NoRoom):
        raise Refused(
            f"There is room for {error} in tier {tier} by now: /account name {error} tier {tier} because TEXT."
        )
    return OpenModal(swap_form.build(error, deps.words, Origin(channel_id=request.channel_id, place=request.place)))


async def open_justification(request: Request, deps: Deps) -> Reply:
    """The form with the parts of an account's justification."""
    request.require(Deed.DECIDE)
    origin = Origin(account_id=request.number, channel_id=request.channel_id)
    return await open_form(request, deps, JUSTIFY, origin)
