"""Headers of people are told from those of leads, who are at no account yet."""

import pytest

from agendas.errors import NotUnderstood
from agendas.rules.import_people import read_people
from agendas.rules.import_tables import ImportOptions, read_table
from tests.builders import NOW
from tests.cases import cases


@cases(
    "header",
    [
        "Id,LastName,FirstName,Company,Email,LeadSource,Status,IsConverted,ConvertedContactId",
        "Lead Owner,First Name,Last Name,Title,Company / Account,Email,Lead Source",
    ],
)
def test_an_export_of_leads_is_refused_and_not_taken_for_contacts(header: str) -> None:
    row = ",".join("x" for _ in header.split(","))
    with pytest.raises(NotUnderstood, match=r"an export of leads, .* Export the contacts instead\."):
        read_people(read_table(f"{header}\n{row}\n".encode()), ImportOptions(NOW))
