"""The form of an account's narrative: filled with the one that stands, or with what was typed and not saved."""

from datetime import datetime
from typing import Any

from agendas.errors import Outdated
from agendas.facts.account import AccountState
from agendas.facts.group import BuyingRole
from agendas.facts.narrative import Narrative
from agendas.rules.narrative.check import EXAMPLE
from handlers.modals.contact import ROLES
from handlers.modals.entered import offered, several_in
from handlers.modals.fields import (
    Field,
    Frame,
    Origin,
    Values,
    account_line,
    form,
    origin_of,
    several,
    text,
    values_of,
)
from handlers.replies import View
from handlers.request import OTHER_VERSION

FRAME = Frame("narrative", "Narrative", "Save")
NOTHING = Narrative("", "", "", "")


def build(account: AccountState, origin: Origin, draft: Values) -> View:
    """Build the form; `origin.subject` becomes the instant at which the narrative in it was written, or empty."""
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
    """When the narrative that the form shows was written. Raises Outdated for a form of another version."""
    subject = origin_of(view).subject
    try:
        written_at = datetime.fromisoformat(subject) if subject else None
    except ValueError:
        raise Outdated(OTHER_VERSION) from None
    if written_at is not None and written_at.tzinfo is None:
        raise Outdated(OTHER_VERSION)
    return written_at
