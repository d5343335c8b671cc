"""Submissions of the list's forms: nominate, edit, a change of the list, a swap."""

from functools import partial

from sqlmodel import Session

from agendas.errors import FieldProblems
from agendas.facts.author import Author
from agendas.facts.events import Profile
from agendas.rules.access.rights import Deed
from agendas.verbs.drafts.keep import forget_draft
from agendas.verbs.letters.queue import confirm
from agendas.verbs.list.by_word import change_list
from agendas.verbs.list.swap import swap
from agendas.verbs.profiles.profile import change_profile, nominate
from agendas.verbs.record.record import Recorded
from agendas.verbs.reviews.decide import decide_swap
from handlers.account_list import change_form, profile_form, swap_form
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
    entered, because = profile_form.read(request.view, Profile(name=""))
    if not because:
        raise FieldProblems({"because": "Say in a sentence why this account, and why now."})

    def verb(session: Session, author: Author, _origin: Origin) -> list[Recorded]:
        return [nominate(session, author, entered, because=because)]

    return await submit(request, deps, verb)


async def edited(request: Request, deps: Deps) -> Reply:
    """Record the account's new profile: the one entered, merged with the one that stands."""
    request.require(Deed.DECIDE)
    changed = partial(profile_form.read_profile, request.view)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        return [change_profile(session, author, origin.account_id, changed)]

    return await submit(request, deps, verb)


async def list_changed(request: Request, deps: Deps) -> Reply:
    """Record that the account was named, moved to a tier, paused, removed, rejected or restored."""
    request.require(Deed.DECIDE)
    word = change_form.word_of(origin_of(request.view))
    tier, because = change_form.read(request.view, word)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        return [change_list(session, author, origin.account_id, word, tier=tier, because=because)]

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
CHANGE = AccountForm(change_form.FRAME, list_changed, change_form.build, takes_closed=True)
SWAP = Form(swap_form.FRAME, swapped)
