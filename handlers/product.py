"""Product input to an account: use case, proof, implementation fit, feedback."""

from datetime import datetime
from functools import partial
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.evidence import Evidence
from agendas.facts.narrative import ProductField, ProductInputGiven
from agendas.pages.narrative import product_page
from agendas.rendering.page import Page
from agendas.rules.access import Permission, may
from agendas.text.evidence import take_links, without_links
from agendas.text.limits import NAME_LIMIT_CHARACTERS
from agendas.verbs.card import account_product
from agendas.verbs.narrative import give_product_input
from handlers import forms
from handlers.command_words import confirmation
from handlers.edge.deps import Deps
from handlers.edge.incoming import values_of
from handlers.edge.replies import Reply, Say, View
from handlers.edge.request import Request
from handlers.subject import Subject

# The form, and what records it.

FRAME = forms.Frame("product_input", "Add input", "Add", keeps=("text", "reference", "link"))

FIELDS = (
    ("Use case", ProductField.USE_CASE.value),
    ("Proof", ProductField.PROOF.value),
    ("Implementation fit", ProductField.IMPLEMENTATION_FIT.value),
    ("Feedback to product", ProductField.FEEDBACK.value),
)


def build(facts: forms.AccountFacts) -> View:
    draft = facts.draft
    replaced = "Takes the place of what stands in that field; feedback is added to a list."
    blocks = [
        forms.account_line(facts.account),
        forms.select("field", "What it is", FIELDS, initial=draft.get("field", ""), hint=replaced),
        forms.text("text", "What you add", initial=draft.get("text", ""), multiline=True),
        forms.text(
            "reference",
            "Reference",
            initial=draft.get("reference", ""),
            optional=True,
            most=NAME_LIMIT_CHARACTERS,
            hint="The customer who proves it.",
        ),
        forms.text(
            "link", "Link", initial=draft.get("link", ""), optional=True, hint="Where it can be read: https://..."
        ),
    ]
    return forms.form(FRAME, facts.origin, blocks)


def read(view: dict[str, Any], now: datetime) -> tuple[ProductInputGiven, Evidence | None]:
    """The input, and the link to where it can be read. Raises FieldProblems for each field that is wrong."""
    entered = values_of(view)
    field = forms.choice_in(entered, "field", ProductField)
    written = entered.get("link", "").strip()
    links = take_links(written, now)[1]
    problems = {} if field else {"field": "Choose what it is."}
    if written and (len(links) != 1 or len(written.split()) > 1):
        problems["link"] = "Write one whole address that begins with https://, or leave it empty."
    if field is None or problems:
        raise FieldProblems(problems)
    given = ProductInputGiven(field, entered.get("text", "").strip(), " ".join(entered.get("reference", "").split()))
    return given, links[0] if links else None


async def added(request: Request, deps: Deps) -> Reply:
    request.require(Permission.ADD_PRODUCT)
    given, link = read(request.view, request.now)
    return await forms.submit(request, deps, give_product_input, given, link=link)


FORM = forms.AccountForm(FRAME, added, build)


# /account ACCOUNT product, and /account ACCOUNT product add.

FIELD_WORDS = {
    "use case": ProductField.USE_CASE,
    "proof": ProductField.PROOF,
    "implementation fit": ProductField.IMPLEMENTATION_FIT,
    "fit": ProductField.IMPLEMENTATION_FIT,
    "feedback": ProductField.FEEDBACK,
}
"""The field that the first words of the text name."""


async def product(request: Request, deps: Deps, account_id: int) -> Page:
    """Use case, proof, implementation fit and feedback, each with author and date."""
    zone = request.person.time_zone
    facts = await deps.read(account_product, request.workspace_id, account_id, now=request.now, zone=zone)
    return product_page(facts, deps.words, can_record=may(request.person, Permission.ADD_PRODUCT))


async def add_typed(request: Request, deps: Deps, account_id: int, rest: str) -> Reply:
    """The input by words; the form with them where they do not say what it is, or lack what shows a proof."""
    request.require(Permission.ADD_PRODUCT)
    word = next((each for each in FIELD_WORDS if rest.casefold().startswith((f"{each} ", f"{each}:"))), "")
    words, links = take_links(rest[len(word) :].removeprefix(":"), request.now)
    field, text = FIELD_WORDS.get(word), without_links(words)
    if field is None or not text or len(links) > 1 or (field is ProductField.PROOF and not links):
        typed = {"field": field or "", "text": text, "link": links[0].url if links else ""}
        origin = forms.here(request, account_id)
        prefilled = {name: each for name, each in typed.items() if each}
        return await forms.open_form(request, deps, FORM, origin, prefilled=prefilled)
    given, link = ProductInputGiven(field, text), links[0] if links else None
    recorded = await deps.write(request, give_product_input, request.author, account_id, given, link=link)
    return Say(confirmation(request, deps, recorded))


PRODUCT = Subject(
    account_pages={"product": product},
    account_words={"product add": add_typed},
    buttons={"product.add": partial(forms.open_about, form=FORM, permission=Permission.ADD_PRODUCT)},
    forms=(FORM,),
)
