"""Refusals: how one reaches the person, in the form, in the channel, on Home or by letter."""

from typing import Any

from sqlmodel import Session

from agendas.errors import (
    AmbiguousDate,
    CadenceError,
    CannotOwn,
    FieldProblems,
    FieldRefused,
    NoAccount,
    Offer,
    RecordedAlready,
    Unclear,
    UnknownAccount,
)
from agendas.pages.accounts.did_you_mean import nearest_page
from agendas.pages.accounts.recorded_already import recorded_already_page
from agendas.pages.admin.refusals import no_account_page, offers_page, outsider_page, refused_page
from agendas.pages.list.tier_full import no_room_page
from agendas.rendering.blockkit import messages
from agendas.rendering.notice import notice, said
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.list.capacity import NoRoom
from agendas.verbs.letters.queue import direct
from handlers.edge.deps import Deps
from handlers.edge.incoming import Incoming
from handlers.edge.page_views import message_view, refused_home
from handlers.edge.replies import FieldErrors, NextView, Nothing, Publish, Reply, Say, View
from handlers.edge.request import NotAllowed, Outsider
from handlers.edge.resumable_command import without_name
from handlers.edge.routes import Routes
from handlers.edge.views import inputs_of, values_of
from storage.delivery import inbox

FIELD_ERROR_CHARACTERS = 2_000


def refusal(incoming: Incoming, error: CadenceError, view: View, words: Words, *, routes: Routes) -> Reply:
    """The error's sentence: beside a field of the form, in place of a form without fields, else as a message.

    Some errors have a form that takes the place of the one submitted: see `Routes.forms_instead`.
    """
    page = error_page(incoming, error, words)
    if incoming.kind != "form":
        return Say(page)
    if isinstance(error, FieldProblems):
        return FieldErrors(error.fields)
    instead = routes.forms_instead.get(type(error))
    if instead is not None:
        return NextView(instead(error, view, words))
    field = _field_of(error, view)
    return FieldErrors({field: page.title[:FIELD_ERROR_CHARACTERS]}) if field else NextView(message_view(page))


def not_known(incoming: Incoming, words: Words) -> Reply:
    """The answer to a word that no handler has: a sentence where the person waits for one, else nothing."""
    page = said(words.say("trouble.not_known"))
    if incoming.kind == "form":
        return NextView(message_view(page))
    return Say(page) if incoming.is_waited_for else Nothing()


async def refuse_event(
    incoming: Incoming, event: dict[str, Any], error: CadenceError, deps: Deps, *, workspace_id: str
) -> Reply:
    """Tell somebody whose event was refused: on Home, or once by direct message for a question."""
    page = error_page(incoming, error, deps.words)
    if incoming.word == "app_home_opened":
        return Publish(refused_home(page)) if event.get("tab") == "home" else Nothing()
    if incoming.word not in ("message", "app_mention"):
        return Nothing()
    now, rendered = deps.now(), messages(page)

    def tell(session: Session) -> None:
        if inbox.take(session, workspace_id, incoming.message_key or incoming.key, now):
            direct(session, workspace_id, incoming.user_id, rendered, key=f"refused:{incoming.key}", now=now)

    await deps.note(tell)
    return Nothing()


def error_page(incoming: Incoming, error: CadenceError, words: Words) -> Page:
    """The sentence as a message; for an account that was not found, with the nearest to choose from."""
    match error:
        case UnknownAccount():
            original = f"{incoming.word} {without_name(incoming.text, error.typed)}"
            return nearest_page(error, words, original=original)
        case Unclear():
            return offers_page(error, words)
        case AmbiguousDate() if incoming.kind == "command":
            return offers_page(_which_day(incoming, error), words)
        case RecordedAlready():
            return recorded_already_page(error, words, command=f"{incoming.word} {incoming.text}")
        case NoAccount():
            return no_account_page(words)
        case NoRoom():
            return no_room_page(error, words)
        case NotAllowed() | Outsider():
            return _kept_out(error, words)
    return notice(str(error))


def _kept_out(error: NotAllowed | Outsider, words: Words) -> Page:
    if isinstance(error, Outsider):
        return outsider_page(error.kind, words, admins=error.admins)
    return refused_page(error.deed, error.right, words, admins=error.admins)


def _which_day(incoming: Incoming, error: AmbiguousDate) -> Unclear:
    """The command with each of the days that the date in it can be."""
    typed, command = error.typed.strip(), f"{incoming.word} {incoming.text}"
    days = error.dates if typed in command else ()
    return Unclear(str(error), [Offer(f"{on:%a %-d %b %Y}", command.replace(typed, on.isoformat(), 1)) for on in days])


def _field_of(error: CadenceError, view: View) -> str:
    """The field that the error is about: the one with what was refused, else the first; empty without fields."""
    fields = [str(block["block_id"]) for block in inputs_of(view)]
    if isinstance(error, FieldRefused) and error.field in fields:
        return error.field
    if isinstance(error, CannotOwn):
        fields = [name for name, value in values_of(view).items() if value == error.user_id] or fields
    return fields[0] if fields else ""
