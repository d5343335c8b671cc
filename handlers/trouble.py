"""How a refusal or a failure reaches the person, where the person is: in the form, or in the channel."""

from typing import Any

from agendas.errors import CadenceError, FieldProblems, NotAMember, UnknownAccount
from agendas.pages.accounts.did_you_mean import nearest_page
from agendas.pages.admin.refusals import outsider_page, refused_page
from agendas.pages.list.tier_full import no_room_page
from agendas.rendering.notice import notice, said
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.list.capacity import NoRoom
from handlers.incoming import Incoming
from handlers.kept_command import without_name
from handlers.modals import swap
from handlers.modals.fields import inputs_of, origin_of, values_of
from handlers.modals.message import message_view
from handlers.replies import FieldErrors, NextView, Nothing, Reply, Say, View
from handlers.request import NotAllowed, Outsider

FIELD_ERROR_CHARACTERS = 2_000


def refusal(came: Incoming, error: CadenceError, body: dict[str, Any], words: Words) -> Reply:
    """The error's sentence: beside a field of the form, in place of a form without fields, else as a message.

    Where there is no room on the list, the form for a swap takes the place of the one that was sent.
    """
    page = error_page(came, error, words)
    if came.kind != "form":
        return Say(page)
    if isinstance(error, FieldProblems):
        return FieldErrors(error.fields)
    if isinstance(error, NoRoom):
        return NextView(swap.build(error, words, origin_of(body["view"])))
    field = _field_of(error, body["view"])
    return FieldErrors({field: page.title[:FIELD_ERROR_CHARACTERS]}) if field else NextView(message_view(page))


def not_known(came: Incoming, words: Words) -> Reply:
    """What is said where nobody listens: a sentence to who waits for one, and nothing where nobody does."""
    page = said(words.say("trouble.not_known"))
    if came.kind == "form":
        return NextView(message_view(page))
    return Say(page) if came.is_waited_for else Nothing()


def _field_of(error: CadenceError, view: View) -> str:
    """The field that the error is about: the one with the person refused, else the first; empty without fields."""
    fields = [str(block["block_id"]) for block in inputs_of(view)]
    if isinstance(error, NotAMember):
        fields = [name for name, value in values_of(view).items() if value == error.user_id] or fields
    return fields[0] if fields else ""


def error_page(came: Incoming, error: CadenceError, words: Words) -> Page:
    """The sentence as a message; for an account that was not found, with the nearest to choose from."""
    match error:
        case UnknownAccount():
            return nearest_page(error, words, original=f"{came.word} {without_name(came.text, error.typed)}")
        case NoRoom():
            return no_room_page(error, words)
        case NotAllowed():
            return refused_page(error.deed, error.right, words, admins=error.admins)
        case Outsider():
            return outsider_page(error.who, words, admins=error.admins)
    return notice(str(error))
