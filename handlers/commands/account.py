"""/account: my accounts, one account, and the verbs of the list."""

from collections.abc import Awaitable, Callable

from sqlmodel import Session

from agendas.errors import NotUnderstood
from agendas.facts.events import Profile
from agendas.pages.accounts.card import account_card
from agendas.pages.accounts.recorded import RecordedFacts, recorded_page
from agendas.pages.list.accounts import my_accounts_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.rules.commands.updates import read_list_change
from agendas.rules.imports.reading.values import read_domain
from agendas.text.account_names import QUOTED
from agendas.text.because import split_because
from agendas.text.evidence import readable
from agendas.text.limits import shown, within_limit
from agendas.verbs.fit.ask import nominate_and_ask
from agendas.verbs.reads import accounts
from agendas.verbs.reads import card as look_up_cards
from agendas.verbs.reads.account.recorded import with_alike
from agendas.verbs.reads.card import FullCard
from handlers.commands.subjects import DEEDS, SUBJECTS
from handlers.commands.words import confirmation, first_word, split_account
from handlers.deps import Deps
from handlers.modals import list_change, profile
from handlers.modals.fields import Origin, Values
from handlers.open_forms import draft_name, open_update, with_note
from handlers.replies import OpenModal, Reply, Say
from handlers.request import Request
from handlers.routes import Looking
from handlers.submit_list import change_list
from storage import forms

USAGE = (
    f"/account, /account ACCOUNT [{' | '.join(SUBJECTS)}], /account nominate NAME [DOMAIN] [because TEXT], "
    "/account edit ACCOUNT, /account name ACCOUNT tier 1 because TEXT"
)


def _look(session: Session, request: Request) -> tuple[int, str, FullCard | None] | None:
    """The account that the text begins with, the rest and, where there is none, its card; None for any other words."""
    word, rest = first_word(request.text)
    is_change = word in list_change.WORDS and (rest or accounts.exactly(session, request.workspace_id, word) is None)
    if not word or word in VERBS or is_change:
        return None
    return look_up_cards.card_called(
        session,
        request.workspace_id,
        request.text,
        channel_id=request.channel_id,
        now=request.now,
        zone=_zone(request),
    )


async def _show(request: Request, deps: Deps, called: tuple[int, str, FullCard | None] | None) -> Reply:
    """My accounts, an account's card or history, or a change of the list."""
    word, rest = first_word(request.text)
    if not word:
        return Say(await my_accounts(request, deps))
    if word in VERBS:
        return await VERBS[word](request, deps, rest)
    if called is None:
        return await change(request, deps, word, rest)
    account_id, asked, found = called
    if found is not None:
        return Say(_card_page(found, request, deps, public=False))
    if asked.casefold() in SUBJECTS:
        return Say(await SUBJECTS[asked.casefold()](request, deps, account_id))
    first, second, rest = (*asked.split(maxsplit=2), "", "")[:3]
    deed = DEEDS.get(f"{first} {second}".casefold())
    if deed is not None:
        return await deed(request, deps, account_id, rest)
    raise NotUnderstood(f"{shown(asked)} after the account has no meaning here. Usage: {USAGE}.")


account = Looking(_look, _show)
"""/account: my accounts, an account's card or history, or a change of the list."""


async def my_accounts(request: Request, deps: Deps, *, most: int | None = None, start: int = 0) -> Page:
    """The accounts the person owns or partners, `most` of them at most, or a page after the first `start` of them."""
    items, next_reviews = await deps.read(
        look_up_cards.mine, request.workspace_id, request.person.user_id, now=request.now, zone=_zone(request)
    )
    return my_accounts_page(items, deps.words, next_reviews=next_reviews, most=most, start=start)


async def card(request: Request, deps: Deps, account_id: int, *, public: bool = False) -> Page:
    """One account as it stands; a card that everybody sees has no buttons that record."""
    found = await deps.read(
        look_up_cards.full_card, request.workspace_id, account_id, now=request.now, zone=_zone(request)
    )
    return _card_page(found, request, deps, public=public)


def _card_page(found: FullCard, request: Request, deps: Deps, *, public: bool) -> Page:
    can_record = may(request.person, Deed.RECORD) and not public
    return account_card(
        found.item,
        deps.words,
        next_review_at=found.next_review_at,
        last_events=found.last_events,
        can_record=can_record,
        can_share=can_record,
    )


async def nominate(request: Request, deps: Deps, rest: str) -> Reply:
    """A candidate by words when a reason is given, else the form with the words in it."""
    request.require(Deed.NOMINATE)
    before, because = split_because(rest)
    name, domain = _name_and_domain(readable(before))
    if name and because:
        wanted = Profile(name=name, domain=domain)
        reason = within_limit(because)
        done = await deps.write(request, nominate_and_ask, request.author, wanted, because=reason)
        facts = RecordedFacts(done.event, done.before, done.after)
        return Say(recorded_page(await deps.read(with_alike, request.workspace_id, facts), deps.words))
    typed = {"name": name, "domain": domain, "because": because or ""} if name or because else {}
    # what was typed about another company must not be taken for words about this one
    draft = {} if typed else await deps.read(_draft, request)
    view = profile.build_nomination(Origin(channel_id=request.channel_id), draft or typed)
    return OpenModal(with_note(view) if draft else view)


async def edit(request: Request, deps: Deps, rest: str) -> Reply:
    """The form with the account's profile."""
    request.require(Deed.DECIDE)
    if not rest:
        raise NotUnderstood("Name the account to edit: /account edit ACCOUNT.")
    account_id, _ = await split_account(request, deps, rest)
    return await open_update(request, deps, "edit_account", _origin(request, account_id))


async def change(request: Request, deps: Deps, word: str, rest: str) -> Reply:
    """A change of the list by words; the form when only the account is named."""
    request.require(Deed.DECIDE)
    if not rest:
        tier = "tier 1 " if word in list_change.NEED_TIER else ""
        raise NotUnderstood(f"Name the account: /account {word} ACCOUNT {tier}because TEXT.")
    account_id, words = await split_account(request, deps, rest)
    if not words:
        return await open_update(request, deps, "list_change", _origin(request, account_id, subject=word))
    wanted = read_list_change(words, word)
    recorded = await deps.write(
        request, change_list, request, account_id, word, tier=wanted.tier, because=wanted.because
    )
    return Say(confirmation(recorded, deps))


VERBS: dict[str, Callable[[Request, Deps, str], Awaitable[Reply]]] = {"nominate": nominate, "edit": edit}


def _draft(session: Session, request: Request) -> Values:
    name = draft_name(profile.NOMINATE.callback_id, 0)
    return forms.draft(session, request.workspace_id, request.person.user_id, name)


def _name_and_domain(text: str) -> tuple[str, str]:
    """The name without the quotation marks around it, and the domain when the last word is one or the only one."""
    words = text.split()
    domain = read_domain(words[-1]) or "" if words else ""
    before = " ".join(words[:-1] if domain else words)
    quoted = QUOTED.fullmatch(before)
    name = (quoted[1] or quoted[2]) if quoted and not quoted[3].strip() else before
    return (name or domain), domain


def _origin(request: Request, account_id: int, *, subject: str = "") -> Origin:
    return Origin(account_id=account_id, channel_id=request.channel_id, subject=subject)


def _zone(request: Request) -> str:
    return request.person.time_zone
