"""The form of an account's narrative: filled with the one that stands, or with what was typed and not saved."""

from datetime import datetime
from typing import Any

from agendas.errors import Outdated
from agendas.facts.group import BuyingRole
from agendas.facts.narrative import Narrative
from agendas.rules.narrative.check import EXAMPLE
from handlers.edge.replies import View
from handlers.edge.request import OTHER_VERSION
from handlers.edge.views import Field, values_of
from handlers.forms.field_parsers import offered, several_in
from handlers.forms.fields import account_line, several, text
from handlers.forms.form import AccountFacts, Frame, form
from handlers.forms.origin import Origin, origin_of
from handlers.group.form import ROLES

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
