"""Product's inputs for an account: a use case, proof, a note on implementation fit, and feedback to product."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


class ProductField(StrEnum):
    """Field of an input. The first three hold the latest input; feedback is a list."""

    USE_CASE = "use_case"
    PROOF = "proof"
    IMPLEMENTATION_FIT = "implementation_fit"
    FEEDBACK = "feedback"


@dataclass(frozen=True, slots=True)
class ProductInputGiven:
    """Somebody filled in a field; `reference` is the customer who proves it. Where to read it is the evidence."""

    field: ProductField
    text: str
    reference: str = ""
    kind: Literal["product_input"] = "product_input"


@dataclass(frozen=True, slots=True)
class ProductInput:
    """A field as it stands, with who gave it, when, and where to read it; `id` is the event's."""

    id: int
    field: ProductField
    text: str
    given_by: str
    given_at: datetime
    reference: str = ""
    url: str = ""
