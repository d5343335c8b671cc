import pytest

from agendas.errors import NotUnderstood
from agendas.facts.events import Profile
from agendas.rules.import_accounts import HUBSPOT_COMPANY, Companies, CompanyFound, NamedCompany, company_in
from agendas.rules.import_tables import Cells, ExportKind, SkipCause, TableRow, locate
from tests.agendas.rules.imports.accounts.test_plan import known
from tests.cases import cases

ACME = Profile("Acme", "acme.example", crm_system="hubspot", crm_id="91")
GLOBEX = Profile("Globex", "globex.example", aliases=("globex-uk.example",))
HOOLI = Profile("Hooli")
ACCOUNTS = known(ACME, GLOBEX, HOOLI)


def company(*names: str, domain: str = "", ids: str = "", host: str = "") -> NamedCompany:
    """The company of a row, with its domains and ids separated by spaces."""
    return NamedCompany("hubspot", tuple(ids.split()), tuple(domain.split()), names, host)


def find(row: NamedCompany, *others: NamedCompany, answer: str = "") -> CompanyFound:
    """The account of the row in a file with these others."""
    return Companies(ACCOUNTS, (row, *others), [(row.label, answer)] if answer else []).find(row)


def name_of(found: CompanyFound) -> str:
    return found.account.name if found.account else found.reason


@cases(
    ("row", "name"),
    [
        (company("Globex", domain="globex.example", ids="91"), "Acme"),
        (company("Globex Limited", domain="globex.example"), "Globex"),
        (company("Globex Limited", domain="globex-uk.example"), "Globex"),
        (company("Globex Limited", domain="globex.example", ids="92"), "Globex"),
        (company("hooli"), "Hooli"),
        (company("Hooli", domain="hooli.example"), "Hooli"),
        (company("Acme", domain="gmail.com"), "Acme"),
        (company(host="acme.example"), "Acme"),
    ],
)
def test_a_company_is_found_by_its_id_then_its_domain_then_its_exact_name(row: NamedCompany, name: str) -> None:
    assert name_of(find(row)) == name


@cases(
    ("row", "choices"),
    [
        (company("Acme", domain="globex.example"), ["Globex", "Acme"]),
        (company("Globex", domain="other.example"), ["Globex"]),
        (company("Acme", "Hooli"), ["Acme", "Hooli"]),
        (company("Acme", "Initech"), ["Acme"]),
        (company(domain="acme.example globex.example"), ["Acme", "Globex"]),
        (company(ids="91 95"), ["Acme"]),
        (company("Globex", host="acme.example"), ["Acme", "Globex"]),
    ],
)
def test_a_company_that_may_be_another_is_asked_about(row: NamedCompany, choices: list[str]) -> None:
    found = find(row)
    assert (found.account, found.cause) == (None, SkipCause.ASKED)
    assert found.asked is not None
    assert [name for _, name in found.asked.choices] == choices


def test_a_domain_that_two_companies_of_the_file_have_tells_no_account() -> None:
    row = company("Globex Limited", domain="globex.example")
    assert find(row, company("Globex France", domain="globex.example")).asked is not None
    assert find(row, company("GLOBEX limited", domain="Globex.example")).account is not None
    assert find(company(domain="globex.example", ids="1"), company(domain="globex.example", ids="2")).asked is not None
    # the one that has the account's own name is sure
    assert name_of(find(company("Globex", domain="globex.example"), row)) == "Globex"


@cases(
    ("answer", "said"),
    [
        ("2", "Globex"),
        ("globex", "Globex"),
        ("none", "its company is none of the accounts, as was said"),
        ("Hooli", "could be of Acme or Globex"),
    ],
)
def test_what_a_person_said_of_a_company_counts_if_it_is_one_of_the_choices(answer: str, said: str) -> None:
    assert name_of(find(company("Acme", domain="globex.example"), answer=answer)) == said


def test_an_answer_about_a_company_that_no_row_names_is_refused() -> None:
    with pytest.raises(NotUnderstood, match='No row of the file is of the company "Acme Grp"'):
        Companies(ACCOUNTS, (company("Acme Group"),), [("Acme Grp", "Acme")])


def test_another_record_of_the_crm_and_an_unknown_company_are_no_question() -> None:
    found = find(company("Acme", domain="acme.example", ids="95"))
    assert (found.reason, found.asked) == ("Acme is record 91, this is of 95", None)
    assert name_of(find(company("Initech", domain="initech.example"))) == 'is of "Initech", which is not in Cadence'
    assert name_of(find(company(domain="initech.example"))) == "is of initech.example, which is not in Cadence"
    assert name_of(find(company())) == "its account is empty"


@cases(
    ("cells", "company"),
    [
        ({"Associated Company": "Acme;Hooli"}, company("Acme", "Hooli")),
        ({"Associated Company": "Acme;Hooli", "Associated Company (Primary)": "Hooli"}, company("Hooli")),
        (
            {
                "Associated Company": "Acme;Hooli",
                "Associated Company IDs": "91;92",
                "Primary Associated Company": "Hooli",
            },
            company("Hooli"),
        ),
        (
            {"Associated Company": "Acme", "Associated Company Domain": "http://www.acme.example/x"},
            company("Acme", domain="acme.example"),
        ),
        ({"Associated Company": "Acme", "Associated Company IDs (Primary)": "91"}, company("Acme", ids="91")),
        ({"Associated Company": "Acme;Acme", "Associated Company Domain": "a b"}, company("Acme")),
    ],
)
def test_the_primary_company_is_taken_where_the_file_has_it(cells: dict[str, str], company: NamedCompany) -> None:
    columns = locate(ExportKind.HUBSPOT_DEALS, HUBSPOT_COMPANY, list(cells))
    assert company_in(Cells(columns, TableRow(2, tuple(cells.values())), {})) == company
