"""Checks on what product adds to an account: fields that are needed, and inputs that say nothing new."""

from collections.abc import Iterator

from agendas.errors import FieldProblems, Refused
from agendas.facts.account import AccountState
from agendas.facts.product import ProductField, ProductInput, ProductInputGiven
from agendas.text.limits import NAME_LIMIT_CHARACTERS, TEXT_LIMIT_CHARACTERS


def refuse_wrong(given: ProductInputGiven, account: AccountState, *, url: str) -> None:
    """Raise FieldProblems with a sentence for each field that cannot be so, Refused when it stands there already."""
    found = dict(_problems(given, url))
    if found:
        raise FieldProblems(found)
    same = (given.field, given.text, given.reference, url)
    if any(same == (each.field, each.text, each.reference, each.url) for each in account.product):
        raise Refused(f"Just that stands at {account.name} already, so nothing was recorded.")


def standing(account: AccountState, field: ProductField) -> ProductInput | None:
    """Return the latest input in the field, or None."""
    return next((each for each in reversed(account.product) if each.field is field), None)


def _problems(given: ProductInputGiven, url: str) -> Iterator[tuple[str, str]]:
    if not given.text:
        yield "text", "Say it in a sentence."
    elif len(given.text) > TEXT_LIMIT_CHARACTERS:
        yield "text", f"It has {len(given.text):,} characters; write at most {TEXT_LIMIT_CHARACTERS:,}."
    if len(given.reference) > NAME_LIMIT_CHARACTERS:
        size = f"{len(given.reference):,}"
        yield "reference", f"The reference has {size} characters; write at most {NAME_LIMIT_CHARACTERS}."
    if len(url) > TEXT_LIMIT_CHARACTERS:
        yield "link", f"The link has {len(url):,} characters; write at most {TEXT_LIMIT_CHARACTERS:,}."
    if given.field is ProductField.PROOF and not given.reference and not url:
        yield (
            "reference",
            "Proof names the customer who shows it, or links to where it can be read. Give one of the two.",
        )
