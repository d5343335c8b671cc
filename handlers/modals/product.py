"""The form of what product adds to an account."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.account import AccountState
from agendas.facts.events import Evidence
from agendas.facts.product import ProductField, ProductInputGiven
from agendas.text.evidence import take_links
from agendas.text.limits import NAME_LIMIT_CHARACTERS
from handlers.modals.entered import choice_in
from handlers.modals.fields import Frame, Origin, Values, account_line, form, select, text, values_of
from handlers.replies import View

FRAME = Frame("product_input", "Add input", "Add")

FIELDS = (
    ("Use case", ProductField.USE_CASE.value),
    ("Proof", ProductField.PROOF.value),
    ("Implementation fit", ProductField.IMPLEMENTATION_FIT.value),
    ("Feedback to product", ProductField.FEEDBACK.value),
)


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """What was given, and the link to where it can be read."""

    given: ProductInputGiven
    link: Evidence | None


def build(account: AccountState, origin: Origin, draft: Values) -> View:
    """The form; what was typed and not submitted is in it."""
    replaced = "Takes the place of what stands in that field; feedback is added to a list."
    blocks = [
        account_line(account),
        select("field", "What it is", FIELDS, hint=replaced),
        text("text", "What you add", initial=draft.get("text", ""), multiline=True),
        text(
            "reference",
            "Reference",
            initial=draft.get("reference", ""),
            optional=True,
            most=NAME_LIMIT_CHARACTERS,
            hint="The customer who proves it.",
        ),
        text("link", "Link", initial=draft.get("link", ""), optional=True, hint="Where it can be read: https://..."),
    ]
    return form(FRAME, origin, blocks)


def read(view: dict[str, Any], now: datetime) -> ProductEntry:
    """What was entered. Raises FieldProblems for no choice, and for a link that is none."""
    entered = values_of(view)
    field = choice_in(entered, "field", ProductField)
    written = entered.get("link", "").strip()
    links = take_links(written, now)[1]
    problems = {} if field else {"field": "Choose what it is."}
    if written and (len(links) != 1 or len(written.split()) > 1):
        problems["link"] = "Write one whole address that begins with https://, or leave it empty."
    if field is None or problems:
        raise FieldProblems(problems)
    given = ProductInputGiven(field, entered.get("text", "").strip(), " ".join(entered.get("reference", "").split()))
    return ProductEntry(given, links[0] if links else None)
