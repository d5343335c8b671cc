"""The narrative of an account."""

from datetime import datetime
from functools import partial
from typing import Any

from agendas.errors import Outdated
from agendas.facts.group import BuyingRole
from agendas.facts.narrative import Narrative
from agendas.pages.narrative import NarrativeFacts, narrative_page, narrative_version_page
from agendas.rendering.page import Page
from agendas.rules.access import Permission, may
from agendas.rules.narrative import EXAMPLE
from agendas.verbs.card import account_narrative
from agendas.verbs.narrative import write_narrative
from handlers import forms
from handlers.edge.deps import Deps
from handlers.edge.incoming import Field, values_of
from handlers.edge.replies import Reply, Say, View
from handlers.edge.request import OTHER_VERSION, Request
from handlers.group import ROLES
from handlers.subject import Subject

# The form of an account's narrative: filled with the present one, or with what was typed and not saved.

FRAME = forms.Frame("narrative", "Narrative", "Save", keeps=("pressure", "point_of_view", "proof", "ask"))
NOTHING = Narrative("", "", "", "")


def build(facts: forms.AccountFacts) -> View:
    """Build the form; `origin.subject` becomes the instant at which the narrative in it was written, or empty."""
    account, origin, draft = facts.account, facts.origin, facts.draft
    had = account.narrative.narrative if account.narrative else NOTHING
    written_at = account.narrative.written_at.isoformat() if account.narrative else ""

    def part(name: str, label: str, hint: str, *, optional: bool = False) -> Field:
        initial = draft.get(name) or getattr(had, name)
        return forms.text(name, label, initial=initial, hint=hint, multiline=True, optional=optional)

    blocks = [
        forms.account_line(account),
        part("pressure", "The pressure they are under", f"About them, not about us. An example: {EXAMPLE}"),
        part("point_of_view", "Our point of view", "How we see it, and what they could do about it."),
        part("proof", "Proof", "Who did it already, and what came of it.", optional=True),
        part("ask", "Ask", "What we want them to do next."),
        forms.several(
            "roles", "For which roles", ROLES, initial=[role.value for role in had.roles], hint="None: for all."
        ),
    ]
    where = forms.Origin(account_id=origin.account_id, channel_id=origin.channel_id, subject=written_at)
    return forms.form(FRAME, where, blocks)


def read(view: dict[str, Any]) -> Narrative:
    """The narrative as entered. Raises FieldProblems for a role that is not offered."""
    entered = values_of(view)
    roles = forms.several_in(entered, "roles", forms.offered(ROLES))
    parts = ("pressure", "point_of_view", "proof", "ask")
    written = {name: entered.get(name, "").strip() for name in parts}
    return Narrative(**written, roles=tuple(role for role in BuyingRole if role.value in roles))


def shown_in(view: dict[str, Any]) -> datetime | None:
    """The instant of the narrative shown, None for none. Raises Outdated for a form of another version."""
    subject = forms.origin_of(view).subject
    try:
        written_at = datetime.fromisoformat(subject) if subject else None
    except ValueError:
        raise Outdated(OTHER_VERSION) from None
    if written_at is not None and written_at.tzinfo is None:
        raise Outdated(OTHER_VERSION)
    return written_at


# Submission of the form for a narrative.


async def written(request: Request, deps: Deps) -> Reply:
    request.require(Permission.RECORD)
    entered, shown_at = read(request.view), shown_in(request.view)
    return await forms.submit(request, deps, write_narrative, entered, after=shown_at)


FORM = forms.AccountForm(FRAME, written, build)


# The button that opens the form for a narrative.


# /account ACCOUNT narrative, and earlier versions of it.


async def narrative(request: Request, deps: Deps, account_id: int) -> Page:
    """The narrative as it is, and the versions before it."""
    facts = await _facts(request, deps, account_id)
    return narrative_page(facts, deps.words, can_record=may(request.person, Permission.RECORD))


async def read_version(request: Request, deps: Deps) -> Reply:
    account_id, version = request.two_numbers
    return Say(narrative_version_page(await _facts(request, deps, account_id), deps.words, version))


async def _facts(request: Request, deps: Deps, account_id: int) -> NarrativeFacts:
    zone = request.person.time_zone
    return await deps.read(account_narrative, request.workspace_id, account_id, now=request.now, zone=zone)


NARRATIVE = Subject(
    account_pages={"narrative": narrative},
    buttons={
        **dict.fromkeys(("narrative.write", "narrative.rewrite"), partial(forms.open_about, form=FORM)),
        "narrative.read": read_version,
    },
    forms=(FORM,),
)
