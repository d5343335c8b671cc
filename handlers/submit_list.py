"""What happens when a form of the list, or of a person's rights, is submitted."""

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated
from agendas.facts.events import Profile
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.verbs.fit.ask import nominate_and_ask
from agendas.verbs.letters.queue import confirm
from agendas.verbs.list import change as name_accounts
from agendas.verbs.people import rights as manage_people
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates.updates import full_member, open_account
from handlers.deps import Deps
from handlers.modals import list_change, people, profile
from handlers.modals.fields import origin_of
from handlers.modals.message import message_view
from handlers.open_forms import draft_name
from handlers.replies import Close, NextView, Reply
from handlers.request import OTHER_VERSION, Request
from storage import forms, workspaces

CHANGES = {
    "pause": name_accounts.pause,
    "remove": name_accounts.remove,
    "reject": name_accounts.reject,
    "restore": name_accounts.restore,
}


async def nominate_form(request: Request, deps: Deps) -> Reply:
    """A new candidate."""
    request.require(Deed.NOMINATE)
    entered, because = profile.read(request.view, Profile(name=""))
    if not because:
        raise FieldProblems({"because": "Say in a sentence why this account, and why now."})

    def nominate(session: Session) -> None:
        _require_members(session, request, entered, Profile(name=""))
        finish(session, request, nominate_and_ask(session, request.author, entered, because=because))

    await deps.write(request, nominate)
    return Close(all_views=True)


async def edit_form(request: Request, deps: Deps) -> Reply:
    """The account's profile, changed."""
    request.require(Deed.DECIDE)
    account_id = origin_of(request.view).account_id

    def edit(session: Session) -> None:
        # the workspace's lock before the account's, as every change of names takes them
        workspaces.lock(session, request.workspace_id)
        state = open_account(session, request.author, account_id)
        entered, _ = profile.read(request.view, state.profile)
        _require_members(session, request, entered, state.profile)
        finish(session, request, name_accounts.edit(session, request.author, account_id, entered))

    await deps.write(request, edit)
    return Close(all_views=True)


async def list_change_form(request: Request, deps: Deps) -> Reply:
    """The account named, moved to a tier, paused, removed, rejected or restored."""
    request.require(Deed.DECIDE)
    origin = origin_of(request.view)
    if origin.subject not in list_change.WORDS:
        raise Outdated(OTHER_VERSION)
    tier, because = list_change.read(request.view, origin.subject)

    def change(session: Session) -> None:
        changed = change_list(session, request, origin.account_id, origin.subject, tier=tier, because=because)
        finish(session, request, changed)

    await deps.write(request, change)
    return Close(all_views=True)


async def person_form(request: Request, deps: Deps) -> Reply:
    """A person's function and right."""
    request.require(Deed.ADMINISTER)
    function, right = people.read(request.view)
    user_id = origin_of(request.view).subject
    person = await deps.write(request, manage_people.give, request.author, user_id, function=function, right=right)
    return NextView(message_view(said(deps.words.say("answers.person_saved", person=person))))


def change_list(
    session: Session, request: Request, account_id: int, subject: str, *, tier: int | None, because: str
) -> Recorded:
    """The change of the list that `subject` names: name, tier, pause, remove, reject or restore."""
    if subject in list_change.NEED_TIER:
        return name_accounts.put_on_list(session, request.author, account_id, tier=tier or 0, because=because)
    return CHANGES[subject](session, request.author, account_id, because=because)


def _require_members(session: Session, request: Request, entered: Profile, had: Profile) -> None:
    """Raises NotAMember when somebody is put in charge of the account who is no active full member."""
    for role in ("owner", "marketing_partner", "our_executive"):
        user_id = getattr(entered, role)
        if user_id and user_id != getattr(had, role):
            full_member(session, request.author, user_id)


def finish(session: Session, request: Request, recorded: Recorded) -> None:
    """Forgets what was typed into the form, and queues the confirmation of what it recorded."""
    origin, author = origin_of(request.view), request.author
    forms.forget_draft(session, author.workspace_id, author.user_id, draft_name(request.word, origin.account_id))
    confirm(session, author, [recorded], channel_id=origin.channel_id, place=origin.place)
