"""Remarks on the rows of an import of accounts."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from agendas.facts.events import IN_CHARGE, Profile
from agendas.rendering.filters import money
from agendas.rules.imports.accounts.plan import PlannedRow

FIELD_WORDS = {
    "name": "name",
    "domain": "domain",
    "segment": "segment",
    "owner": "owner",
    "marketing_partner": "marketing partner",
    "our_executive": "our executive",
    "value_cents": "value",
    "crm_id": "CRM record",
}
PARTS = {"owner_name": "owner", "currency": "value_cents", "crm_system": "crm_id"}
"""Fields of a profile that are shown as part of another."""


def account_reasons(row: PlannedRow, people: Mapping[str, str]) -> Iterator[str]:
    """Return the remarks on an account's row: why it is skipped, its changes, and values that were not understood.

    `people` has names by id.
    """
    if row.unnamed_because:
        yield row.unnamed_because
    if row.reason:
        yield row.reason
    elif row.before is not None and row.after is not None:
        changed = dict.fromkeys(PARTS.get(name, name) for name in row.changed)
        for name in changed:
            yield f"{FIELD_WORDS[name]} {_shown(row.before, name, people)} → {_shown(row.after, name, people)}"
    elif row.after is not None:
        # who is in charge stands in columns of its own where accounts are named
        left_out = ("name", *IN_CHARGE) if row.tier else ("name",)
        known = [name for name in FIELD_WORDS if name not in left_out and _shown(row.after, name, people) != NOTHING]
        yield ", ".join(f"{FIELD_WORDS[name]} {_shown(row.after, name, people)}" for name in known) or "name only"
    if row.is_restored:
        yield "candidate again"
    if row.stage is not None:
        yield f"stage {row.stage.value}"
    yield from _reasons(row)
    yield from row.notes


def _reasons(row: PlannedRow) -> Iterator[str]:
    if row.because:
        yield row.because
    if row.why_now:
        yield f"why now: {row.why_now}"
    if row.motion:
        yield f"motion: {row.motion}"


NOTHING = "none"


def _shown(profile: Profile, name: str, people: Mapping[str, str]) -> str:
    if name in IN_CHARGE:
        person = getattr(profile, name)
        said = people.get(person, person) if person else profile.owner_name if name == "owner" else ""
    elif name == "value_cents":
        said = money(profile.value_cents, profile.currency) if profile.value_cents is not None else ""
    elif name == "crm_id":
        said = f"{profile.crm_system} {profile.crm_id}" if profile.crm_id else ""
    else:
        said = getattr(profile, name)
    return said or NOTHING


def _in_charge(role: str, row: PlannedRow, people: Mapping[str, str]) -> str:
    said = _shown(row.after, role, people) if row.after else NOTHING
    return "" if said == NOTHING else said


NAMING_COLUMNS: Mapping[str, Callable[[PlannedRow, Mapping[str, str]], str]] = {
    "Tier": lambda row, _people: f"{row.tier}" if row.tier else "",
    "Owner": partial(_in_charge, "owner"),
    "Marketing partner": partial(_in_charge, "marketing_partner"),
    "Our executive": partial(_in_charge, "our_executive"),
}
"""Columns of a preview that says which accounts would be named: what they say of a row, by heading."""
