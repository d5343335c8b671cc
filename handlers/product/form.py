"""The form for product input to an account."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.evidence import Evidence
from agendas.facts.product import ProductField, ProductInputGiven
from agendas.text.evidence import take_links
from agendas.text.limits import NAME_LIMIT_CHARACTERS
from handlers.edge.replies import View
from handlers.edge.views import values_of
from handlers.forms.field_parsers import choice_in
from handlers.forms.fields import account_line, select, text
from handlers.forms.form import AccountFacts, Frame, form

FRAME = Frame("product_input", "Add input", "Add", keeps=("text", "reference", "link"))

FIELDS = (
    ("Use case", ProductField.USE_CASE.value),
    ("Proof", ProductField.PROOF.value),
    ("Implementation fit", ProductField.IMPLEMENTATION_FIT.value),
    ("Feedback to product", ProductField.FEEDBACK.value),
)


@dataclass(frozen=True, slots=True)
class ProductEntry:
    """The input, and the link to where it can be read."""

    given: ProductInputGiven
    link: Evidence | None


def build(facts: AccountFacts) -> View:
    """The form, with the draft's texts in it."""
    draft = facts.draft
    replaced = "Takes the place of what stands in that field; feedback is added to a list."
    blocks = [
        account_line(facts.account),
        select("field", "What it is", FIELDS, initial=draft.get("field", ""), hint=replaced),
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
    return form(FRAME, facts.origin, blocks)


def read(view: dict[str, Any], now: datetime) -> ProductEntry:
    """The input entered. Raises FieldProblems without a kind, and for a link that is no address."""
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
