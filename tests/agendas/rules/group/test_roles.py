from agendas.facts.group import BuyingRole
from agendas.rules.group import OUR_WORDS, CrmRoles, crm_roles, folded, not_a_role, suggested_roles, title_weight
from tests.cases import cases

R = BuyingRole


@cases("role", R)
def test_every_role_is_read_by_its_name(role: BuyingRole) -> None:
    assert OUR_WORDS[folded(role.value)] is role
    assert OUR_WORDS[folded(role.value.replace("_", " ").title())] is role


def test_a_role_nobody_knows_is_refused_with_the_nearest() -> None:
    assert not_a_role("econmic buyer").startswith('"econmic buyer" is not a role; the nearest is economic buyer')
    assert not_a_role("gatekeeper").startswith('"gatekeeper" is not a role; you can write economic buyer, ')


@cases(
    ("cell", "roles"),
    [
        ("BUDGET_HOLDER", (R.ECONOMIC_BUYER,)),
        ("Budget Holder;Champion", (R.ECONOMIC_BUYER, R.CHAMPION)),
        ("champion; CHAMPION ;", (R.CHAMPION,)),
        ("LEGAL_AND_COMPLIANCE", (R.PROCUREMENT,)),
        ("Legal & Compliance", (R.PROCUREMENT,)),
        ("EXECUTIVE_SPONSOR", (R.EXECUTIVE_SPONSOR,)),
        ("INFLUENCER;END_USER;BLOCKER;OTHER", (R.INFLUENCER, R.END_USER, R.BLOCKER, R.OTHER)),
        ("", ()),
    ],
)
def test_hubspots_buying_roles_are_ours(cell: str, roles: tuple[BuyingRole, ...]) -> None:
    assert crm_roles(cell, "hubspot") == CrmRoles(roles)


def test_a_decision_maker_of_hubspot_hints_at_the_economic_buyer_and_a_budget_holder_beside_it_does_not() -> None:
    assert crm_roles("DECISION_MAKER", "hubspot") == CrmRoles((R.DECISION_MAKER,), (R.ECONOMIC_BUYER,))
    both = crm_roles("DECISION_MAKER;BUDGET_HOLDER", "hubspot")
    assert both == CrmRoles((R.ECONOMIC_BUYER, R.DECISION_MAKER))


@cases(
    ("cell", "role"),
    [
        ("Economic Buyer", R.ECONOMIC_BUYER),
        ("Economic Decision Maker", R.ECONOMIC_BUYER),
        ("Technical Buyer", R.TECHNICAL_EVALUATOR),
        ("Evaluator", R.TECHNICAL_EVALUATOR),
        ("Executive Sponsor", R.EXECUTIVE_SPONSOR),
        ("Decision Maker", R.DECISION_MAKER),
        ("Business User", R.END_USER),
        ("Influencer", R.INFLUENCER),
        ("Other", R.OTHER),
    ],
)
def test_salesforces_contact_roles_are_ours(cell: str, role: BuyingRole) -> None:
    assert crm_roles(cell, "salesforce") == CrmRoles((role,))


def test_a_crms_word_that_nobody_knows_is_reported_and_the_others_are_kept() -> None:
    assert crm_roles("Gatekeeper;CHAMPION", "hubspot") == CrmRoles((R.CHAMPION,), unknown=("Gatekeeper",))


@cases(
    ("title", "roles"),
    [
        ("CFO", (R.ECONOMIC_BUYER,)),
        ("Chief Financial Officer, EMEA", (R.ECONOMIC_BUYER,)),
        ("VP of Finance", (R.ECONOMIC_BUYER,)),
        ("C.T.O.", (R.TECHNICAL_EVALUATOR,)),
        ("Head of IT", (R.TECHNICAL_EVALUATOR,)),
        ("Senior Enterprise Architect", (R.TECHNICAL_EVALUATOR,)),
        ("Head of Procurement", (R.PROCUREMENT,)),
        ("Purchasing manager", (R.PROCUREMENT,)),
        ("CEO", (R.EXECUTIVE_SPONSOR,)),
        ("CFO and CIO", (R.ECONOMIC_BUYER, R.TECHNICAL_EVALUATOR)),
        ("Assistant to the CFO", ()),
        ("Former CTO", ()),
        ("Head of Italy", ()),
        ("Vice President", ()),
        ("Product owner", ()),
        ("Champion of the customer", ()),
        ("", ()),
    ],
)
def test_a_title_suggests_a_role_by_whole_words(title: str, roles: tuple[BuyingRole, ...]) -> None:
    assert suggested_roles(title) == roles


@cases(
    "title",
    [
        *("Chairman", "Chairwoman", "Chair of the Board", "Board Chair", "Non-executive Chairman"),
        *("CDO", "Chief Digital Officer", "Chief Data Officer", "Chief Revenue Officer, EMEA", "Managing Director"),
        *("President", "President & COO", "Founder", "Co-Founder and CEO", "Managing Partner"),
        *("Geschäftsführer", "Geschäftsführerin", "Geschäftsführer(in)", "GESCHÄFTSFÜHRER", "Geschaeftsfuehrer"),
        *("Geschäftsführender Gesellschafter", "Mitglied der Geschäftsleitung", "Inhaberin"),
        *("Vorstand", "Vorständin", "Vorstand Vertrieb", "Mitglied des Vorstands", "Vorstandsvorsitzende"),
        *("PDG", "P.D.G.", "Président-directeur général", "Directrice générale", "Gérant", "Präsidentin"),
        *("Director General", "Consejera delegada", "Amministratore Delegato", "Direttrice generale", "Presidenta"),
        *("Algemeen directeur", "Diretor-geral", "Prezes zarządu", "Verkställande direktör", "Toimitusjohtaja"),
    ],
)
def test_the_head_of_a_company_is_an_executive_in_the_usual_languages_and_weighs_so(title: str) -> None:
    assert (suggested_roles(title), title_weight(title)) == ((R.EXECUTIVE_SPONSOR,), 2.0)


@cases(
    "title",
    [
        *("Executive Assistant to CFO", "EA to the CEO", "Chief of Staff", "Chief of Staff, CEO", "Advisor to the CEO"),
        *("PA of the CFO", "CEO's PA", "EA of the COO"),
        *(
            "Director, Office of the CFO",
            "Managing Director's Office",
            "CEO Office",
            "CEO Advisor",
            "Analyst to the CTO",
        ),
        *("Senior Vice President", "Vice President, Sales", "Vice-Président", "Product owner"),
        *("Assistentin des Vorstands", "Assistenz Geschäftsführer", "Büro Vorstand", "Referent Vorstand"),
        *("Assistante du directeur général", "Adjoint au PDG", "Conseiller PDG", "Directeur de cabinet du PDG"),
        *("Asistente del CEO", "Segretaria dell'amministratore delegato", "Secretaresse CEO", "Asystentka prezesa"),
    ],
)
def test_who_works_for_an_executive_or_below_one_is_none(title: str) -> None:
    assert suggested_roles(title) == ()
    assert title_weight(title) < 2.0


@cases(
    ("title", "roles"),
    [
        ("Procurement advisor to the CFO", (R.PROCUREMENT,)),
        ("CFO and board advisor", (R.ECONOMIC_BUYER,)),
        ("Vice President of Finance", (R.ECONOMIC_BUYER,)),
        ("Vice President Engineering", (R.TECHNICAL_EVALUATOR,)),
        ("Finanzvorstand", (R.ECONOMIC_BUYER,)),
        ("Chief Executive Officer", (R.EXECUTIVE_SPONSOR,)),
    ],
)
def test_the_own_part_of_a_title_suggests_its_role(title: str, roles: tuple[BuyingRole, ...]) -> None:
    assert suggested_roles(title) == roles
