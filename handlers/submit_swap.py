"""The swap of one account for another in a full tier: its button and its form."""

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.events import Decided, DecisionKind
from agendas.pages.list.tier_full import read_swap
from agendas.rules.access.rights import Deed
from agendas.rules.list.capacity import NoRoom
from agendas.verbs.letters.queue import confirm
from agendas.verbs.list.capacity import room_for
from agendas.verbs.list.swap import swap
from agendas.verbs.updates import updates
from handlers.deps import Deps
from handlers.modals import decision, list_change
from handlers.modals import swap as swap_form
from handlers.modals.fields import Origin, origin_of
from handlers.open_forms import draft_name
from handlers.replies import Close, OpenModal, Reply
from handlers.request import Request
from storage import forms


async def open_swap(request: Request, deps: Deps) -> Reply:
    """The form with who could leave as things stand now."""
    request.require(Deed.DECIDE)
    account_id, tier, because = read_swap(request.value)
    error = await deps.read(room_for, request.author, account_id, tier=tier, because=because)
    if not isinstance(error, NoRoom):
        raise Refused(
            f"There is room for {error} in tier {tier} by now: /account name {error} tier {tier} because TEXT."
        )
    return OpenModal(swap_form.build(error, deps.words, Origin(channel_id=request.channel_id, place=request.place)))


async def swap_submitted(request: Request, deps: Deps) -> Reply:
    """Both changes of the list, and the decision where a review's decision met a full tier."""
    request.require(Deed.DECIDE)
    wanted, origin = swap_form.read(request.view), origin_of(request.view)

    def both(session: Session) -> None:
        done = list(swap(session, request.author, wanted))
        if origin.item_id:
            decided = Decided(DecisionKind.CHANGE_TIER, wanted.because)
            done.append(updates.decide(session, request.author, wanted.account_id, decided))
        for form in (list_change.FRAME, decision.FRAME):
            name = draft_name(form.callback_id, wanted.account_id)
            forms.forget_draft(session, request.workspace_id, request.person.user_id, name)
        confirm(session, request.author, done, channel_id=origin.channel_id, place=origin.place)

    await deps.write(request, both)
    return Close(all_views=True)
