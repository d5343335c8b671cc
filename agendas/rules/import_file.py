"""A file of accounts, read."""

from dataclasses import dataclass

from agendas.rules.import_columns import ImportedAccount, read_account
from agendas.rules.import_headers import Columns, recognise
from agendas.rules.read_table import BadRow, Table, read_table


@dataclass(frozen=True, slots=True)
class AccountFile:
    """A file's table, what its columns are, and its rows in order: accounts, or why one could not be read."""

    table: Table
    columns: Columns
    rows: tuple[ImportedAccount | BadRow, ...]


def read_accounts(data: bytes) -> AccountFile:
    """The accounts in the bytes of an export of HubSpot, Salesforce or Cadence.

    Raises:
        NotUnderstood: the file is no CSV text, or its headers are of no export known; one sentence with what to do.
    """
    table = read_table(data)
    columns = recognise(table.headers)
    rows = (*table.bad_rows, *(read_account(columns, row) for row in table.rows))
    return AccountFile(table, columns, tuple(sorted(rows, key=lambda row: row.line)))
