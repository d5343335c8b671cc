"""Roles that a title suggests. A suggestion never counts before a person confirms it."""

import re
from collections.abc import Mapping

from agendas.facts.group import BuyingRole
from agendas.rules.group.roles import in_order

TITLE_WORDS: Mapping[BuyingRole, tuple[str, ...]] = {
    BuyingRole.ECONOMIC_BUYER: (
        "cfo",
        "chief financial officer",
        "chief finance officer",
        "finance director",
        "financial director",
        "director of finance",
        "director finance",
        "head of finance",
        "vp finance",
        "vp of finance",
        "vice president finance",
        "vice president of finance",
    ),
    BuyingRole.TECHNICAL_EVALUATOR: (
        "cto",
        "cio",
        "ciso",
        "chief technology officer",
        "chief technical officer",
        "chief information officer",
        "chief information security officer",
        "architect",
        "head of it",
        "director of it",
        "it director",
        "it manager",
        "head of engineering",
        "director of engineering",
        "vp engineering",
        "vp of engineering",
        "head of security",
        "head of data",
    ),
    BuyingRole.PROCUREMENT: (
        "procurement",
        "purchasing",
        "sourcing",
        "legal counsel",
        "general counsel",
        "contract manager",
        "vendor manager",
    ),
    BuyingRole.EXECUTIVE_SPONSOR: (
        "ceo",
        "chief executive",
        "chief executive officer",
        "chief operating officer",
        "coo",
        "managing director",
    ),
}
"""Words of titles, whole and next to each other. No title makes a champion: that is how somebody acts."""

NOT_THEMSELVES = frozenset({"assistant", "former", "ex", "secretary", "retired"})
"""Words beside which a title is somebody else's, or of the past."""

_WORD = re.compile(r"[^\W_]+")


def suggested_roles(title: str) -> tuple[BuyingRole, ...]:
    """The roles that the title suggests, none for most titles."""
    words = _WORD.findall(title.casefold().replace(".", ""))
    if NOT_THEMSELVES & set(words):
        return ()
    said = f" {' '.join(words)} "
    return in_order(role for role, phrases in TITLE_WORDS.items() if any(f" {phrase} " in said for phrase in phrases))
