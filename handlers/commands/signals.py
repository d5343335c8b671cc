"""/signal, an account's signals, and the webhook's secret."""

import secrets
from datetime import timedelta

from sqlmodel import Session

from agendas.pages.accounts.signals import new_secret_page, signal_noted_page, signals_page, webhook_page
from agendas.rendering.notice import said
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.rules.commands.signals import read_signal_words
from agendas.verbs.letters.queue import confirm_signal
from agendas.verbs.reads.account import signals as look_up_signals
from agendas.verbs.signals import secret as signals_secret
from agendas.verbs.updates import signals as note_signals
from handlers.commands.words import split_account
from handlers.deps import Deps
from handlers.modals import choose
from handlers.modals import signal as signal_form
from handlers.modals.fields import Origin, origin_of
from handlers.open_forms import draft_name, open_update
from handlers.replies import Close, OpenModal, Reply, Say
from handlers.request import Request, number_in
from storage import forms
from storage.delivery import inbox

SECRET_BYTES = 32
SECRET_STANDS_FOR = timedelta(minutes=1)
"""Before this a new secret is not replaced by another one."""


async def signal(request: Request, deps: Deps) -> Reply:
    """A signal in words; without them the form."""
    request.require(Deed.RECORD)
    if not request.text:
        return OpenModal(choose.build(Origin(channel_id=request.channel_id), kind="signal"))
    account_id, rest = await split_account(request, deps, request.text)
    if not rest:
        return await _open(request, deps, account_id)
    entry = read_signal_words(rest, request.now)
    noted = await deps.write(request, note_signals.note_signal, request.author, account_id, entry)
    return Say(signal_noted_page(noted, deps.words))


async def signals(request: Request, deps: Deps, account_id: int, before_id: int | None = None) -> Page:
    """The account's signals, newest first."""
    facts = await deps.read(
        look_up_signals.signals_of,
        request.workspace_id,
        account_id,
        now=request.now,
        zone=request.person.time_zone,
        before_id=before_id,
    )
    return signals_page(facts, deps.words, can_record=may(request.person, Deed.RECORD))


async def more(request: Request, deps: Deps) -> Reply:
    """The account's older signals."""
    account_id, _, before = request.value.partition(" ")
    return Say(await signals(request, deps, number_in(account_id), number_in(before)))


async def add(request: Request, deps: Deps) -> Reply:
    """The form for a signal of the account."""
    request.require(Deed.RECORD)
    return await _open(request, deps, request.number)


async def record_step(request: Request, deps: Deps) -> Reply:
    """The form for movement with the stage that the signals hint at."""
    request.require(Deed.RECORD)
    account_id, _, stage = request.value.partition(" ")
    origin = Origin(account_id=number_in(account_id), channel_id=request.channel_id)
    return await open_update(request, deps, "movement", origin, prefilled={"stage": stage})


async def undo(request: Request, deps: Deps) -> Reply:
    """The signal taken back, in the place of what said that it was noted."""
    request.require(Deed.RECORD)
    noted = await deps.write(request, note_signals.take_back_signal, request.author, request.number)
    return Say(signal_noted_page(noted, deps.words, can_undo=False), replace=True)


async def submit(request: Request, deps: Deps) -> Reply:
    """Notes the signal of the form."""
    request.require(Deed.RECORD)
    entry = signal_form.read(request.view, zone=request.person.time_zone, now=request.now)
    origin, author = origin_of(request.view), request.author

    def note(session: Session) -> None:
        noted = note_signals.note_signal(session, author, origin.account_id, entry)
        forms.forget_draft(session, author.workspace_id, author.user_id, draft_name(request.word, origin.account_id))
        confirm_signal(session, author, noted.signal.id, channel_id=origin.channel_id, place=origin.place)

    await deps.write(request, note)
    return Close(all_views=True)


async def webhook(request: Request, deps: Deps, _rest: str = "") -> Reply:
    """Where programs send signals, for admins."""
    request.require(Deed.ADMINISTER)
    facts = await deps.read(look_up_signals.webhook, request.workspace_id, now=request.now)
    return Say(webhook_page(facts, deps.words, zone=request.person.time_zone))


async def new_secret(request: Request, deps: Deps) -> Reply:
    """A new secret, shown once to the admin who asked for it: one for what is clicked twice."""
    request.require(Deed.ADMINISTER)
    secret = secrets.token_urlsafe(SECRET_BYTES)

    def replace_once(session: Session) -> bool:
        is_first = inbox.take_anew(session, request.workspace_id, "secret", request.now, after=SECRET_STANDS_FOR)
        if is_first:
            signals_secret.replace_secret(session, request.author, deps.seal(secret))
        return is_first

    if not await deps.write(request, replace_once):
        return Say(said(deps.words.say("signals.secret_just_made")))
    return Say(new_secret_page(secret, request.workspace_id, deps.words))


async def _open(request: Request, deps: Deps, account_id: int) -> Reply:
    return await open_update(request, deps, "signal", Origin(account_id=account_id, channel_id=request.channel_id))
