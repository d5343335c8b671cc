"""How a refusal or a failure reaches the person, where the person is: in the form, or in the channel."""

from typing import Any

from agendas.errors import CadenceError, FieldProblems, UnknownAccount
from agendas.pages.nearest import nearest_page
from agendas.pages.notice import notice
from agendas.pages.page import Page
from agendas.pages.refusals import outsider_page, refused_page
from agendas.pages.words import Words
from handlers.incoming import Incoming
from handlers.kept_command import without_name
from handlers.modals.message import message_view
from handlers.replies import FieldErrors, NextView, Reply, Say
from handlers.request import NotAllowed, Outsider

FIELD_ERROR_CHARACTERS = 2_000


def refusal(came: Incoming, error: CadenceError, body: dict[str, Any], words: Words) -> Reply:
    """The error's sentence: beside a field of the form, in place of a form without fields, else as a message."""
    page = error_page(came, error, words)
    if came.kind != "form":
        return Say(page)
    if isinstance(error, FieldProblems):
        return FieldErrors(error.fields)
    for block in body["view"]["blocks"]:
        if block["type"] == "input":
            return FieldErrors({block["block_id"]: page.title[:FIELD_ERROR_CHARACTERS]})
    return NextView(message_view(page))


def error_page(came: Incoming, error: CadenceError, words: Words) -> Page:
    """The sentence as a message; for an account that was not found, with the nearest to choose from."""
    match error:
        case UnknownAccount():
            return nearest_page(error, words, original=f"{came.word} {without_name(came.text, error.typed)}")
        case NotAllowed():
            return refused_page(error.deed, error.right, words, admins=error.admins)
        case Outsider():
            return outsider_page(error.who, words, admins=error.admins)
    return notice(str(error))
