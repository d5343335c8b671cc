"""Ids of records in a CRM: their shape, and the CRM that a file's ids are of."""

import re
from collections.abc import Sequence
from dataclasses import replace

from agendas.errors import NotUnderstood
from agendas.rules.imports.reading.columns import Columns
from agendas.rules.imports.reading.dates import Unsaid
from agendas.rules.imports.reading.table import Table
from agendas.rules.imports.reading.values import one_line, read_record_id, read_salesforce_id
from agendas.text.limits import shown

ID_FIELDS = ("crm_id", "id")
"""Fields with the ids of a file's own records."""

ID_LIMIT_CHARACTERS = 120
CRM_NAME = re.compile(r"[\w .&+/-]{1,40}")


def read_crm(text: str) -> str:
    """The name of a CRM as it is stored, '' for none. Raises NotUnderstood for what can be no name."""
    name = one_line(text).casefold()
    if name and not CRM_NAME.fullmatch(name):
        raise NotUnderstood(f"The name of a CRM has up to 40 letters, digits and spaces, {shown(text)} has others.")
    return name


def read_id(system: str, text: str) -> str | None:
    """The id as that CRM has it, '' for none; None for one that a spreadsheet rounded or of another CRM's shape.

    HubSpot's ids are digits, Salesforce's have 15 or 18 characters; those of any other CRM are taken as they are.
    """
    if system == "salesforce":
        return read_salesforce_id(text)
    number = read_record_id(text)
    is_of_another = system == "hubspot" and number and not number.isdecimal()
    return None if number is None or is_of_another or len(number) > ID_LIMIT_CHARACTERS else number


def with_crm(columns: Columns, table: Table, crm: str) -> Columns:
    """The columns with the CRM that a person said their ids are of, `crm`, '' for none.

    Raises:
        Unsaid: nobody said, and most ids have not the shape of the CRM whose headers they stand under, or no CRM.
    """
    place = next((columns.places[field][0] for field in ID_FIELDS if field in columns.places), None)
    if crm or place is None:
        return replace(columns, crm=crm)
    rows = [row.values for row in table.rows if read_record_id(row.values[place])]
    strange = [values[place] for values in rows if _is_strange(columns, values, values[place])]
    if len(strange) * 2 <= len(rows):
        return columns
    header, known = shown(table.headers[place]), columns.kind.system
    why = f"are not of {known}'s shape" if known else "are of no CRM that the file names"
    raise Unsaid(
        "crm",
        f"The ids in the column {header}, such as {shown(strange[0])}, {why}.",
        "Say which CRM they are of: add --crm and its name.",
        ids=tuple(one_line(each) for each in strange),
    )


def _is_strange(columns: Columns, values: Sequence[str], said: str) -> bool:
    named = next((values[place] for place in columns.places.get("crm_system", ()) if values[place]), "")
    system = columns.kind.system.lower() or named.casefold()
    return not system or read_id(system, said) is None
