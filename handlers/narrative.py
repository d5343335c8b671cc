"""The narrative of an account."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.group import BuyingRole
from agendas.facts.narrative import Narrative
from agendas.facts.people import Author
from agendas.pages.narrative import NarrativeFacts, narrative_page, narrative_version_page
from agendas.rendering.page import Page
from agendas.rules.access import Deed, may
from agendas.rules.narrative import EXAMPLE
from agendas.verbs.card import account_narrative
from agendas.verbs.narrative import write_narrative
from agendas.verbs.record import Recorded
from handlers.edge.deps import Deps
from handlers.edge.incoming import Field, values_of
from handlers.edge.replies import Reply, Say, View
from handlers.edge.request import OTHER_VERSION, Request
from handlers.forms import (
    AccountFacts,
    AccountForm,
    Frame,
    Origin,
    account_line,
    form,
    offered,
    open_form,
    origin_of,
    several,
    several_in,
    submit,
    text,
)
from handlers.group import ROLES
from handlers.subject import Subject

# The form of an account's narrative: filled with the one that stands, or with what was typed and not saved.

FRAME = Frame("narrative", "Narrative", "Save", keeps=("pressure", "point_of_view", "proof", "ask"))
NOTHING = Narrative("", "", "", "")


def build(facts: AccountFacts) -> View:
    """Build the form; `origin.subject` becomes the instant at which the narrative in it was written, or empty."""
    account, origin, draft = facts.account, facts.origin, facts.draft
    had = account.narrative.narrative if account.narrative else NOTHING
    written_at = account.narrative.written_at.isoformat() if account.narrative else ""

    def part(name: str, label: str, hint: str, *, optional: bool = False) -> Field:
        initial = draft.get(name) or getattr(had, name)
        return text(name, label, initial=initial, hint=hint, multiline=True, optional=optional)

    blocks = [
        account_line(account),
        part("pressure", "The pressure they are under", f"About them, not about us. An example: {EXAMPLE}"),
        part("point_of_view", "Our point of view", "How we see it, and what they could do about it."),
        part("proof", "Proof", "Who did it already, and what came of it.", optional=True),
        part("ask", "Ask", "What we want them to do next."),
        several("roles", "For which roles", ROLES, initial=[role.value for role in had.roles], hint="None: for all."),
    ]
    where = Origin(account_id=origin.account_id, channel_id=origin.channel_id, subject=written_at)
    return form(FRAME, where, blocks)


def read(view: dict[str, Any]) -> Narrative:
    """The narrative as entered. Raises FieldProblems for a role that is not offered."""
    entered = values_of(view)
    roles = several_in(entered, "roles", offered(ROLES))
    parts = ("pressure", "point_of_view", "proof", "ask")
    written = {name: entered.get(name, "").strip() for name in parts}
    return Narrative(**written, roles=tuple(role for role in BuyingRole if role.value in roles))


def shown_in(view: dict[str, Any]) -> datetime | None:
    """The instant of the narrative shown, None for none. Raises Outdated for a form of another version."""
    subject = origin_of(view).subject
    try:
        written_at = datetime.fromisoformat(subject) if subject else None
    except ValueError:
        raise Outdated(OTHER_VERSION) from None
    if written_at is not None and written_at.tzinfo is None:
        raise Outdated(OTHER_VERSION)
    return written_at


# Submission of the form for a narrative.


async def written(request: Request, deps: Deps) -> Reply:
    """Record the account's narrative."""
    request.require(Deed.RECORD)
    entered, shown_at = read(request.view), shown_in(request.view)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        account_id = origin.account_id
        return [write_narrative(session, author, account_id, entered, after=shown_at)]

    return await submit(request, deps, verb)


FORM = AccountForm(FRAME, written, build)


# The button that opens the form for a narrative.


async def write(request: Request, deps: Deps) -> Reply:
    """The form with the narrative that stands."""
    request.require(Deed.RECORD)
    return await open_form(request, deps, FORM, Origin(account_id=request.number, channel_id=request.channel_id))


# /account ACCOUNT narrative, and earlier versions of it.


async def narrative(request: Request, deps: Deps, account_id: int) -> Page:
    """The narrative as it stands, and the versions before it."""
    facts = await _facts(request, deps, account_id)
    return narrative_page(facts, deps.words, can_record=may(request.person, Deed.RECORD))


async def read_version(request: Request, deps: Deps) -> Reply:
    """An earlier version, whole."""
    account_id, version = request.two_numbers
    return Say(narrative_version_page(await _facts(request, deps, account_id), deps.words, version))


async def _facts(request: Request, deps: Deps, account_id: int) -> NarrativeFacts:
    zone = request.person.time_zone
    return await deps.read(account_narrative, request.workspace_id, account_id, now=request.now, zone=zone)


NARRATIVE = Subject(
    account_pages={"narrative": narrative},
    buttons={
        "narrative.write": write,
        "narrative.rewrite": write,
        "narrative.read": read_version,
    },
    forms=(FORM,),
)
