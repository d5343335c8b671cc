"""Product input to an account: use case, proof, implementation fit, feedback."""

from functools import partial

from agendas.facts.narrative import ProductField, ProductInputGiven
from agendas.pages.narrative import product_page
from agendas.rendering.page import Page
from agendas.rules.access import Permission, may
from agendas.text.evidence import take_links, without_links
from agendas.text.limits import NAME_LIMIT_CHARACTERS
from agendas.verbs.card import account_product
from agendas.verbs.narrative import give_product_input
from handlers import fields, forms
from handlers.command_words import confirmation
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request
from handlers.subject import Subject

# The form, and what records it.


class ProductForm(fields.DeclaredForm):
    frame = forms.Frame("product_input", "Add input", "Add", keeps=("text", "reference", "link"))
    permission = Permission.ADD_PRODUCT

    field = fields.Choice(
        "What it is",
        ProductField,
        {ProductField.FEEDBACK: "Feedback to product"},
        hint="Takes the place of what stands in that field; feedback is added to a list.",
    ).required("Choose what it is.")
    text = fields.Text("What you add", multiline=True)
    reference = fields.Text("Reference", optional=True, most=NAME_LIMIT_CHARACTERS, hint="The customer who proves it.")
    link = fields.Link("Link", optional=True, hint="Where it can be read: https://...")

    async def submitted(self, request: Request, deps: Deps) -> Reply:
        entered = ProductInputGiven(self.field, self.text, self.reference)
        return await forms.submit(request, deps, give_product_input, entered, link=self.link)


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
    """Record the input typed; where field or text is missing, or a link too many or, for a proof, none: the form."""
    request.require(Permission.ADD_PRODUCT)
    word = next((each for each in FIELD_WORDS if rest.casefold().startswith((f"{each} ", f"{each}:"))), "")
    words, links = take_links(rest[len(word) :].removeprefix(":"), request.now)
    field, text = FIELD_WORDS.get(word), without_links(words)
    if field is None or not text or len(links) > 1 or (field is ProductField.PROOF and not links):
        typed = {"field": field or "", "text": text, "link": links[0].url if links else ""}
        origin = forms.origin_here(request, account_id)
        prefilled = {name: each for name, each in typed.items() if each}
        return await forms.open_form(request, deps, ProductForm.form, origin, prefilled=prefilled)
    entered, link = ProductInputGiven(field, text), links[0] if links else None
    recorded = await deps.write(request, give_product_input, request.author, account_id, entered, link=link)
    return Say(confirmation(request, deps, recorded))


PRODUCT = Subject(
    account_pages={"product": product},
    account_words={"product add": add_typed},
    buttons={"product.add": partial(forms.open_about, form=ProductForm.form, permission=Permission.ADD_PRODUCT)},
    forms=(ProductForm.form,),
)
