"""/account ACCOUNT product, and /account ACCOUNT product add."""

from agendas.facts.product import ProductField, ProductInputGiven
from agendas.pages.accounts.product import product_page
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.text.evidence import take_links, without_links
from agendas.verbs.reads.account.product import account_product
from agendas.verbs.updates.product import give_product_input
from handlers.command_words import confirmation
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin
from handlers.product.submit import FORM

FIELD_WORDS = {
    "use case": ProductField.USE_CASE,
    "proof": ProductField.PROOF,
    "implementation fit": ProductField.IMPLEMENTATION_FIT,
    "fit": ProductField.IMPLEMENTATION_FIT,
    "feedback": ProductField.FEEDBACK,
}
"""The words that the text begins with, by the field that they stand for."""


async def product(request: Request, deps: Deps, account_id: int) -> Page:
    """Use case, proof, implementation fit and feedback, each with author and date."""
    zone = request.person.time_zone
    facts = await deps.read(account_product, request.workspace_id, account_id, now=request.now, zone=zone)
    return product_page(facts, deps.words, can_record=may(request.person, Deed.ADD_PRODUCT))


async def add(request: Request, deps: Deps, account_id: int, rest: str) -> Reply:
    """The input by words; the form with them where they do not say what it is, or lack what shows a proof."""
    request.require(Deed.ADD_PRODUCT)
    word = next((each for each in FIELD_WORDS if rest.casefold().startswith((f"{each} ", f"{each}:"))), "")
    said, links = take_links(rest[len(word) :].removeprefix(":"), request.now)
    field, text = FIELD_WORDS.get(word), without_links(said)
    if field is None or not text or len(links) > 1 or (field is ProductField.PROOF and not links):
        typed = {"field": field or "", "text": text, "link": links[0].url if links else ""}
        origin = Origin(account_id=account_id, channel_id=request.channel_id)
        return await open_form(
            request, deps, FORM, origin, prefilled={name: each for name, each in typed.items() if each}
        )
    given, link = ProductInputGiven(field, text), links[0] if links else None
    recorded = await deps.write(request, give_product_input, request.author, account_id, given, link=link)
    return Say(confirmation(request, deps, recorded))
