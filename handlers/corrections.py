"""Corrections of entries, at any time and with a reason."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from agendas.errors import FieldProblems, NotUnderstood
from agendas.facts.people import Author
from agendas.pages.accounts import choice_label
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import sentence_page
from agendas.rules.access import Permission, may
from agendas.text.limits import required_text
from agendas.verbs.card import correctable
from agendas.verbs.corrections import correct
from agendas.verbs.record import Recorded
from handlers import forms
from handlers.edge.deps import Deps
from handlers.edge.incoming import Values, values_of
from handlers.edge.replies import OpenModal, Reply, Say, View
from handlers.edge.request import NUMBER_DIGITS, Request
from handlers.subject import Subject

# The form to correct an entry: which one, and why it is not so.

FRAME = forms.Frame("correction", "Correct an entry", "Correct", keeps=("because",))

LARGEST_ID = 10**NUMBER_DIGITS - 1
NO_REASON = "Say in a sentence why it is not so: the history shows it."


def build(origin: forms.Origin, draft: Values, *, name: str, entries: Sequence[tuple[str, str]], hint: str) -> View:
    """The form about the account of this name; `entries` are (label, id), of which a single one is preselected."""
    chosen = entries[0][1] if len(entries) == 1 else ""
    return forms.form(
        FRAME,
        origin,
        [
            forms.line(f"*{escape(name)}*"),
            forms.select("entry", "Entry", entries, initial=chosen),
            forms.text("because", "Why it is not so", initial=draft.get("because", ""), multiline=True),
            forms.small(hint),
        ],
    )


def read(view: dict[str, Any]) -> tuple[int, str]:
    """The id of the entry and the reason. Raises FieldProblems for the field that is missing or wrong."""
    entered = values_of(view)
    entry, problems = forms.number_entered(entered, "entry", most=LARGEST_ID), {}
    if entry is None:
        problems["entry"] = "Choose the entry that is not so."
    try:
        because = required_text(entered.get("because", ""), NO_REASON)
    except NotUnderstood as error:
        problems["because"] = str(error)
    if problems or entry is None:
        raise FieldProblems(problems)
    return entry, because


# The button that opens the form to correct an entry.


async def choose(request: Request, deps: Deps) -> Reply:
    """The form with the entries of that page of the history that the person may correct; a sentence for none."""
    request.require(Permission.NOMINATE)
    account_id, before_id = request.two_numbers
    zone, is_editor = request.person.time_zone, may(request.person, Permission.RECORD)
    found = await deps.read(correctable, request.author, account_id, before_id=before_id or None, is_editor=is_editor)
    if not found.lines:
        # people who may record nothing read whom to ask
        request.require(Permission.RECORD)
        nothing = deps.words.say("history.nothing_to_correct", name=found.name, is_older=bool(before_id))
        return Say(sentence_page(nothing))
    entries = [(choice_label(each, deps.words, zone, found.people), str(each.event.id)) for each in found.lines]
    origin = forms.origin_here(request, account_id)
    draft = await forms.kept_draft(request, deps, FRAME.callback_id, account_id)
    hint = deps.words.say("history.corrected_hint")
    view = build(origin, draft, name=found.name, entries=entries, hint=hint)
    return OpenModal(forms.with_note(view) if draft else view)


# Submission of the form to correct an entry.


async def corrected(request: Request, deps: Deps) -> Reply:
    """Record the correction. Who may only nominate and score corrects entries of their own alone."""
    request.require(Permission.NOMINATE)
    entry_id, because = read(request.view)
    is_editor = may(request.person, Permission.RECORD)

    def verb(session: Session, author: Author, _account_id: int) -> list[Recorded]:
        return correct(session, author, entry_id, because, is_editor=is_editor)

    return await forms.submit(request, deps, verb)


CORRECTION = forms.Form(FRAME, corrected)


CORRECTIONS = Subject(buttons={"corrections.choose": choose}, forms=(CORRECTION,))
