"""Product's inputs for one account: use case, proof, implementation fit, and feedback to product."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from agendas.facts.account import AccountState
from agendas.facts.product import ProductField
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Heading, Item, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.fit.product_inputs import standing

FEEDBACK_SHOWN = 10
"""Feedback on the page; the history has it all."""

SINGLE = (ProductField.USE_CASE, ProductField.PROOF, ProductField.IMPLEMENTATION_FIT)


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """An account, and today where the reader is."""

    account: AccountState
    zone: str
    today: date


def product_page(facts: ProductFacts, words: Words, *, can_record: bool) -> Page:
    """Each field with who gave it and when, or that nobody did; then the feedback, newest first."""
    account = facts.account
    given = sum(standing(account, field) is not None for field in SINGLE)
    items: list[Item] = [Heading(words.raw("product.heading", name=account.name))]
    items += [_field(facts, field, words) for field in SINGLE]
    items += _feedback(facts, words)
    items.append(Note(words.say("product.note", name=account.name)))
    if can_record:
        items.append(Buttons((labelled(words, "product.add", str(account.account_id)),)))
    title = words.raw("product.title", name=account.name, given=given, of=len(SINGLE))
    return Page(title, tuple(items), key=f"product-{account.account_id}")


def _field(facts: ProductFacts, field: ProductField, words: Words) -> Text:
    given = standing(facts.account, field)
    return Text(words.say("product.field", field=field, given=given, zone=facts.zone, today=facts.today))


def _feedback(facts: ProductFacts, words: Words) -> Iterator[Item]:
    told = [each for each in reversed(facts.account.product) if each.field is ProductField.FEEDBACK]
    lines = [
        words.say("product.feedback", given=each, zone=facts.zone, today=facts.today) for each in told[:FEEDBACK_SHOWN]
    ]
    yield Rows((words.say("product.feedback_label", count=len(told)), *lines))
    if len(told) > FEEDBACK_SHOWN:
        yield Note(words.say("product.more", count=len(told) - FEEDBACK_SHOWN, name=facts.account.name))
