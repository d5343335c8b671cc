"""Find the account that a row of deals belongs to."""

from agendas.facts.account import AccountState
from agendas.rules.imports.accounts.plan import KnownAccounts
from agendas.rules.imports.deals.read import ImportedDeal
from agendas.text.account_names import normal_key
from agendas.text.limits import shown


def account_of(row: ImportedDeal, known: KnownAccounts) -> tuple[AccountState | None, str]:
    """The one account that the row names by the CRM's id, else by its exact name; or None and why there is none."""
    found = {
        account_id
        for number in row.account_ids
        for account_id in known.by_crm_id.get((row.system, number), frozenset())
    }
    if not found:
        found = {
            account_id for name in row.account_names for account_id in known.by_key.get(normal_key(name), frozenset())
        }
        other = next(
            (known.states[number] for number in sorted(found) if _is_other_record(row, known.states[number])), None
        )
        if other is not None:
            ids = " or ".join(row.account_ids)
            return None, f"{other.name} is record {other.profile.crm_id}, the deal's account is {ids}"
    if len(found) == 1:
        return known.states[found.pop()], ""
    if found:
        return None, f"could be of {' or '.join(sorted(known.states[number].name for number in found))}"
    said = ", ".join(map(shown, row.account_names)) or ", ".join(row.account_ids)
    return None, f"is of {said}, which is not in Cadence" if said else "names no account"


def _is_other_record(row: ImportedDeal, account: AccountState) -> bool:
    """Return true if the account of that name is another record of the same CRM."""
    profile = account.profile
    return bool(
        row.account_ids
        and profile.crm_id
        and profile.crm_system == row.system
        and profile.crm_id not in row.account_ids
    )
