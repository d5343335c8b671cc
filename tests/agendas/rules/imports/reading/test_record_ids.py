"""Ids of records: of the shape of their CRM, rounded by a spreadsheet, or of another CRM that a person names."""

import pytest

from agendas.errors import NotUnderstood
from agendas.rules.import_accounts import read_accounts
from agendas.rules.import_deals import read_deals
from agendas.rules.import_people import read_people
from agendas.rules.import_tables import BadRow, ImportOptions, Unsaid, read_crm, read_id, read_table
from tests.builders import NOW
from tests.cases import cases

GUID = "8f1c2d34-0a5b-4c6d-9e7f-001122334455"


@cases(
    ("system", "said", "read"),
    [
        ("hubspot", "9001.0", "9001"),
        ("hubspot", "ab-9001", None),
        ("hubspot", "9,00E+09", None),
        ("salesforce", "001D000000IRFma", "001D000000IRFmaIAH"),
        ("salesforce", GUID, None),
        ("pipedrive", GUID, GUID),
        ("pipedrive", "9.00E+09", None),
        ("pipedrive", "x" * 121, None),
        ("", "", ""),
    ],
)
def test_an_id_is_read_as_its_crm_has_it(system: str, said: str, read: str | None) -> None:
    assert read_id(system, said) == read


def test_the_name_of_a_crm_is_a_few_plain_words() -> None:
    assert read_crm("  Pipe  Drive 2.0 ") == "pipe drive 2.0"
    assert read_crm("") == ""
    for said in ("a:b", "x" * 41, "<!here>"):
        with pytest.raises(NotUnderstood, match="The name of a CRM has up to 40 letters, digits and spaces"):
            read_crm(said)


ACCOUNTS = f"Account Name,Account ID\nInitech,{GUID}\nHooli,{GUID[:-1]}6\n"


def test_ids_of_another_shape_are_asked_about_and_taken_when_the_crm_is_said() -> None:
    with pytest.raises(Unsaid) as asked:
        read_accounts(read_table(ACCOUNTS.encode()))
    assert str(asked.value) == (
        f'The ids in the column "Account ID", such as "{GUID}", are not of Salesforce\'s shape. '
        "Say which CRM they are of: add --crm and its name."
    )
    first, _ = read_accounts(read_table(ACCOUNTS.encode()), "dynamics").rows
    assert not isinstance(first, BadRow)
    assert (first.crm_system, first.crm_id) == ("dynamics", GUID)


def test_ids_of_people_deals_and_their_accounts_are_of_the_crm_that_was_said() -> None:
    options = ImportOptions(NOW, crm="dynamics")
    people = f"First Name,Last Name,Account Name,Account ID,Contact ID\nRita,Stone,Initech,{GUID},c-1\n"
    [person] = read_people(read_table(people.encode()), options).rows
    assert not isinstance(person, BadRow)
    assert (person.crm_system, person.crm_id, person.account_ids) == ("dynamics", "c-1", (GUID,))
    deals = f"Opportunity ID,Opportunity Name,Stage,Account ID\nd-1,Rollout,Legal,{GUID}\n"
    [deal] = read_deals(read_table(deals.encode()), options).rows
    assert not isinstance(deal, BadRow)
    assert (deal.key, deal.account_ids) == ("dynamics:d-1", (GUID,))


def test_an_id_of_our_own_file_is_of_the_crm_in_its_row_or_of_the_one_said() -> None:
    table = read_table(b"name,crm_system,crm_id\nInitech,,a-1\nHooli,Pipedrive,a-2\nPied Piper,,a-3\n")
    with pytest.raises(
        Unsaid, match='The ids in the column "crm_id", such as "a-1", are of no CRM that the file names'
    ):
        read_accounts(table)
    rows = read_accounts(table, "dynamics").rows
    assert [row.crm_system for row in rows if not isinstance(row, BadRow)] == ["dynamics", "pipedrive", "dynamics"]


def test_a_few_strange_ids_among_good_ones_cost_their_rows_alone() -> None:
    table = read_table(b"Account Name,Account ID\nInitech,001D000000IRFma\nHooli,odd\nPied Piper,001D000000IRFmb\n")
    assert [isinstance(row, BadRow) for row in read_accounts(table).rows] == [False, True, False]
