"""Keeps what is typed into a form until it is submitted, so that a stray Escape loses nothing."""

from typing import Any

from sqlmodel import Session

from handlers.deps import Deps
from handlers.incoming import form_key
from handlers.modals.fields import Values, inputs_of, origin_of, values_of
from handlers.open_forms import draft_name
from handlers.replies import Close, Nothing, Reply, View
from handlers.request import Request
from handlers.shapes import mapping, text
from storage import forms
from storage.delivery import inbox

NAME_CHARACTERS = 128
"""What the database holds; no form of ours has a longer name."""

KEPT = frozenset(
    {
        "text",
        "evidence",
        "outcome",
        "because",
        "name",
        "domain",
        "aliases",
        "segment",
        "value",
        "title",
        "email",
        "score",
        "pressure",
        "point_of_view",
        "proof",
        "ask",
        "reference",
        "link",
        "steps",
        "days",
    }
)
"""The fields that are kept, by their names without a suffix."""


async def keep(request: Request, deps: Deps) -> Reply:
    """The texts of the open form, kept as far as they differ from what it opened with."""
    await deps.store.write(_keep, request)
    return Nothing()


async def closed(request: Request, deps: Deps) -> Reply:
    """A form closed without submitting: what Slack says was in it is kept too."""
    await keep(request, deps)
    return Close()


def _keep(session: Session, request: Request) -> None:
    view, user_id = request.view, request.person.user_id
    if not view:
        return
    # a form submitted at this moment is seen, or waits and then forgets what is kept here
    forms.lock_person(session, request.workspace_id, user_id)
    if inbox.was_taken(session, request.workspace_id, form_key(view)):
        # a last key press may arrive after the form was submitted
        return
    name = draft_name(text(view.get("callback_id")), origin_of(view).account_id)
    if len(name) > NAME_CHARACTERS:
        return
    had = forms.draft(session, request.workspace_id, user_id, name)
    draft = {field: text for field, text in (had | _typed(view, had)).items() if text}
    if not draft:
        forms.forget_draft(session, request.workspace_id, user_id, name)
    elif draft != had:
        forms.keep_draft(session, request.workspace_id, user_id, name, values=draft, now=request.now)


def _typed(view: View, had: Values) -> Values:
    """The texts that differ from what the form opened with, and those that a draft is kept of already."""
    entered = values_of(view)
    opened_with = {block["block_id"]: _initial(block["element"]) for block in inputs_of(view)}
    return {
        field: entered.get(field, "")
        for field, initial in opened_with.items()
        if field.split("/", 1)[0] in KEPT and (field in had or entered.get(field, "") != initial)
    }


def _initial(element: dict[str, Any]) -> str:
    """What the field opened with: its text, or the value of its choice."""
    return text(element.get("initial_value")) or text(mapping(element.get("initial_option")).get("value"))
