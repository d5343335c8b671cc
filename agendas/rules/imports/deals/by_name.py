"""Find the opportunity that a row without an id means: by its account and its exact name there."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from agendas.rules.imports.accounts.companies import Companies
from agendas.rules.imports.deals.own import NAMED, OWN_SYSTEM
from agendas.rules.imports.deals.read import ImportedDeal
from agendas.rules.imports.reading.causes import SkipCause
from agendas.rules.imports.reading.table import BadRow
from agendas.text.limits import shown


def name_key(name: str) -> str:
    """The name by which an opportunity is known in its account: case and spacing do not count."""
    return " ".join(name.casefold().split())


def is_by_name(row: ImportedDeal | BadRow) -> bool:
    """Return true for a row without an id."""
    return isinstance(row, ImportedDeal) and row.key.startswith(NAMED)


def with_keys(
    rows: Iterable[ImportedDeal | BadRow], companies: Companies, keys: Mapping[tuple[int, str], Sequence[str]]
) -> list[ImportedDeal | BadRow]:
    """The rows; those without an id with the key of the opportunity they mean, or a new one of their account.

    `keys` are those of the opportunities known, by account and `name_key`.
    """
    return [_with_key(row, companies, keys) if isinstance(row, ImportedDeal) else row for row in rows]


def _with_key(
    row: ImportedDeal, companies: Companies, keys: Mapping[tuple[int, str], Sequence[str]]
) -> ImportedDeal | BadRow:
    account = companies.find(row.company).account if is_by_name(row) else None
    if account is None:
        return row
    known = keys.get((account.account_id, name_key(row.name)), ())
    if len(known) > 1:
        reason = f"{account.name} has {len(known)} opportunities called {shown(row.name)}; add crm_id"
        return BadRow(row.line, reason, SkipCause.UNCLEAR)
    digest = hashlib.sha256(repr((account.account_id, name_key(row.name))).encode()).hexdigest()[:40]
    return replace(row, key=known[0] if known else f"{OWN_SYSTEM}:{digest}")
