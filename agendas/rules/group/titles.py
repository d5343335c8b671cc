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
        "finanzvorstandin",
        "kaufmannischer leiter",
        "kaufmannische leiterin",
        "kaufmannischer geschaftsfuhrer",
        "kaufmannische geschaftsfuhrerin",
        "leiter finanzen",
        "leiterin finanzen",
        "directeur financier",
        "directrice financiere",
        "director financiero",
        "directora financiera",
        "direttore finanziario",
        "direttrice finanziaria",
        "diretor financeiro",
        "diretora financeira",
        "financieel directeur",
        "dyrektor finansowy",
        "talousjohtaja",
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
        "gf",
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
        "prasident",
        "prasidentin",
        "pdg",
        "gerant",
        "gerante",
        "presidente",
        "presidenta",
        "directeur general",
        "directrice generale",
        "director general",
        "directora general",
        "consejero delegado",
        "consejera delegada",
        "amministratore delegato",
        "amministratrice delegata",
        "direttore generale",
        "direttrice generale",
        "diretor geral",
        "diretora geral",
        "administrador delegado",
        "administradora delegada",
        "algemeen directeur",
        "bestuursvoorzitter",
        "directievoorzitter",
        "prezes",
        "prezes zarzadu",
        "dyrektor generalny",
        "verkstallande direktor",
        "administrerende direktor",
        "toimitusjohtaja",
    ),
}
"""Words of titles, whole and next to each other, in lower case and without accents.

No title makes a champion: that is how somebody acts.
"""

NOT_THEMSELVES = frozenset(
    {
        *("assistant", "former", "ex", "secretary", "retired"),
        *("assistent", "assistentin", "assistenz", "referent", "referentin", "sekretariat", "sekretarin", "buro"),
        *("assistante", "adjoint", "adjointe", "conseiller", "conseillere", "secretaire", "cabinet"),
        *("asistente", "secretario", "secretaria", "adjunto", "adjunta", "assistente", "segretario", "segretaria"),
        *("secretaresse", "asystent", "asystentka", "sekretarz", "sekretarka", "assistentti", "avustaja"),
    }
)
"""Words beside which a title is somebody else's, or of the past."""

SERVES_OTHERS = re.compile(
    r" (?:to|office of|chief of staff) .*"
    r"| (?:c[a-z]{1,2}o(?: s)?|\S+ s) (?:office|adviser|advisor)(?= )"
)
"""Part of a title that names the person who is served: "Advisor to the CEO", "Office of the CFO", "CEO's office"."""


CHIEFS = frozenset(
    {"ceo", "cfo", "cto", "cio", "coo", "cmo", "cro", "ciso", "cpo", "cdo", "cco", "cso", "chro", "chief"}
)
"""Words of the C-level, which not all suggest a role."""

VICE_PRESIDENT = frozenset({"vp", "svp", "evp", "vice", "vizeprasident", "vizeprasidentin", "vicepresidente"})
DIRECTOR = frozenset(
    {
        *("director", "head", "leiter", "leiterin", "bereichsleiter", "bereichsleiterin", "directeur", "directrice"),
        *("directora", "direttore", "direttrice", "diretor", "diretora", "dyrektor", "direktor"),
    }
)
MANAGER = frozenset({"manager", "lead"})

EXECUTIVE_WEIGHT = 1.5
"""The least weight of an executive: of a vice president."""

OTHER_TITLE = 0.5


def suggested_roles(title: str) -> tuple[BuyingRole, ...]:
    """The roles that the title suggests, none for most titles."""
    own = _own_words(title)
    return in_order(role for role, phrases in TITLE_WORDS.items() if any(f" {phrase} " in own for phrase in phrases))


def title_weight(title: str) -> float:
    """2 for the C-level and those who lead the company, 1.5 for a VP, 1.25 for a director, 1 for a manager, else 0.5.

    The weights are published ones. A vice president is asked for before the president; whoever works for somebody
    does not have that one's weight.
    """
    own = _own_words(title)
    words = set(own.split())
    if words & VICE_PRESIDENT:
        return EXECUTIVE_WEIGHT
    leads = any(f" {phrase} " in own for phrase in TITLE_WORDS[BuyingRole.EXECUTIVE_SPONSOR])
    if leads or words & CHIEFS:
        return 2.0
    if words & DIRECTOR:
        return 1.25
    return 1.0 if words & MANAGER else OTHER_TITLE


def _own_words(title: str) -> str:
    """The title's words that are of the person, between spaces; nothing of somebody's assistant or of the past."""
    words = plain_words(title)
    if NOT_THEMSELVES & set(words):
        return " "
    said = f" {' '.join(words)} ".replace(" vice president ", " vp ")
    return SERVES_OTHERS.sub(" ", said)
