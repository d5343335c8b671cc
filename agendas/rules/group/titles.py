"""Roles that a title suggests. A suggestion never counts before a person confirms it."""

import re
from collections.abc import Mapping

from agendas.facts.group import BuyingRole
from agendas.rules.group.roles import in_order
from agendas.text.spelling import plain_words

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
        "finanzvorstand",
        "directeur financier",
        "directrice financiere",
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
        "coo",
        "chief operating officer",
        "cdo",
        "chief digital officer",
        "chief data officer",
        "chief commercial officer",
        "cmo",
        "chief marketing officer",
        "cro",
        "chief revenue officer",
        "chief strategy officer",
        "chairman",
        "chairwoman",
        "chairperson",
        "chair of the board",
        "board chair",
        "executive chair",
        "managing director",
        "managing partner",
        "president",
        "founder",
        "cofounder",
        "geschaftsfuhrer",
        "geschaftsfuhrerin",
        "geschaeftsfuehrer",
        "geschaeftsfuehrerin",
        "geschaftsfuhrender gesellschafter",
        "geschaftsfuhrende gesellschafterin",
        "mitglied der geschaftsfuhrung",
        "vorsitzender der geschaftsfuhrung",
        "vorsitzende der geschaftsfuhrung",
        "mitglied der geschaftsleitung",
        "vorstand",
        "vorstandin",
        "vorstandsmitglied",
        "mitglied des vorstands",
        "vorstandsvorsitzender",
        "vorstandsvorsitzende",
        "inhaber",
        "inhaberin",
        "pdg",
        "presidente",
        "directeur general",
        "directrice generale",
    ),
}
"""Words of titles, whole and next to each other, in lower case and without accents.

No title makes a champion: that is how somebody acts.
"""

NOT_THEMSELVES = frozenset(
    {
        *("assistant", "former", "ex", "secretary", "retired"),
        *("assistent", "assistentin", "assistenz", "referent", "referentin", "sekretariat", "buro"),
        *("assistante", "adjoint", "adjointe", "conseiller", "conseillere", "secretaire", "cabinet"),
    }
)
"""Words beside which a title is somebody else's, or of the past."""

SERVES_OTHERS = re.compile(
    r" (?:to|office of|chief of staff) .*"
    r"| (?:c[a-z]{1,2}o(?: s)?|\S+ s) (?:office|adviser|advisor)(?= )"
)
"""Part of a title that names the person who is served: "Advisor to the CEO", "Office of the CFO", "CEO's office"."""


def suggested_roles(title: str) -> tuple[BuyingRole, ...]:
    """The roles that the title suggests, none for most titles."""
    words = plain_words(title)
    if NOT_THEMSELVES & set(words):
        return ()
    said = f" {' '.join(words)} ".replace(" vice president ", " vp ")
    own = SERVES_OTHERS.sub(" ", said)
    return in_order(role for role, phrases in TITLE_WORDS.items() if any(f" {phrase} " in own for phrase in phrases))
