"""Submissions of the list's forms: nominate, edit, a change of the list, a swap."""

from functools import partial

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.rules.access.rights import Deed
from agendas.verbs.drafts.keep import forget_draft
from agendas.verbs.letters.queue import confirm
from agendas.verbs.letters.trouble import well_again
from agendas.verbs.list.by_word import change_list
from agendas.verbs.list.swap import swap
from agendas.verbs.profiles.justification import change_account, change_justification
from agendas.verbs.profiles.profile import nominate
from agendas.verbs.record.record import Recorded
from agendas.verbs.reviews.decide import decide_swap
from handlers.account_list import change_form, justification_form, own_channel, profile_form, swap_form
from handlers.edge.deps import Deps
from handlers.edge.replies import Close, Reply
from handlers.edge.request import Request
from handlers.forms.drafts import draft_name
from handlers.forms.form import AccountForm, Form
from handlers.forms.origin import Origin, origin_of
from handlers.forms.submitting import submit
from handlers.updates.decision_form import FRAME as DECISION


async def nominated(request: Request, deps: Deps) -> Reply:
    """Record a new candidate."""
    request.require(Deed.NOMINATE)
    entered, reasons = profile_form.read_nomination(request.view)

    def verb(session: Session, author: Author, _origin: Origin) -> list[Recorded]:
        return [nominate(session, author, entered, **reasons)]

    return await submit(request, deps, verb)


async def edited(request: Request, deps: Deps) -> Reply:
    """Record the account's new profile and justification: those entered, merged with those that stand."""
    request.require(Deed.DECIDE)
    profile = partial(profile_form.read_profile, request.view)
    justification = partial(justification_form.read, request.view)
    channel_id = await own_channel.require_usable(request, deps, origin_of(request.view).account_id)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        if channel_id:
            well_again(session, author.workspace_id, channel_id)
        return change_account(session, author, origin.account_id, profile=profile, justification=justification)

    return await submit(request, deps, verb)


async def justified(request: Request, deps: Deps) -> Reply:
    """Record the parts of the justification that were changed."""
    request.require(Deed.DECIDE)
    changed = partial(justification_form.read, request.view)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        return [change_justification(session, author, origin.account_id, changed)]

    return await submit(request, deps, verb)


async def list_changed(request: Request, deps: Deps) -> Reply:
    """Record that the account was named, moved to a tier, paused, removed, rejected or restored."""
    request.require(Deed.DECIDE)
    word = change_form.word_of(origin_of(request.view))
    tier, reasons = change_form.read(request.view, word)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        return [change_list(session, author, origin.account_id, word, tier=tier, **reasons)]

    return await submit(request, deps, verb)


async def swapped(request: Request, deps: Deps) -> Reply:
    """Record both changes of the list, and the decision where a review's decision met a full tier."""
    request.require(Deed.DECIDE)
    wanted, origin, author = swap_form.read(request.view), origin_of(request.view), request.author

    def both(session: Session) -> None:
        recorded = (decide_swap if origin.item_id else swap)(session, author, wanted)
        for frame in (change_form.FRAME, DECISION):
            forget_draft(session, author, draft_name(frame.callback_id, wanted.account_id))
        confirm(session, author, recorded, channel_id=origin.channel_id, place=origin.place)

    await deps.write(request, both)
    return Close(all_views=True)


NOMINATE = Form(profile_form.NOMINATE, nominated)
EDIT = AccountForm(profile_form.EDIT, edited, profile_form.build_edit)
JUSTIFY = AccountForm(justification_form.FRAME, justified, justification_form.build)
CHANGE = AccountForm(change_form.FRAME, list_changed, change_form.build, takes_closed=True)
SWAP = Form(swap_form.FRAME, swapped)
