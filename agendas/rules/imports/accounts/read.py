"""One row of a recognised export as an account."""

import re
from dataclasses import dataclass

from agendas.facts.account import Stage
from agendas.rules.imports.accounts.headers import recognise
from agendas.rules.imports.reading.causes import CellCause, SkipCause
from agendas.rules.imports.reading.cells import Cells
from agendas.rules.imports.reading.columns import ExportKind
from agendas.rules.imports.reading.file import ImportFile, read_rows
from agendas.rules.imports.reading.record_ids import read_id, with_crm
from agendas.rules.imports.reading.table import BadRow, Table
from agendas.rules.imports.reading.values import (
    is_shared,
    is_yes,
    read_domain,
    read_owner,
    read_tier,
)
from agendas.text.limits import NAME_LIMIT_CHARACTERS, TEXT_LIMIT_CHARACTERS, shown
from agendas.text.money import read_money

LIFECYCLE_STAGES = {
    "subscriber": Stage.AWARE,
    "lead": Stage.AWARE,
    "marketingqualifiedlead": Stage.MQA,
    "salesqualifiedlead": Stage.MQA,
    "opportunity": Stage.OPPORTUNITY,
    "customer": Stage.CUSTOMER,
    "evangelist": Stage.CUSTOMER,
    "other": Stage.TARGET,
}
"""HubSpot's default lifecycle stages, by internal name or by label without spaces. A portal's own are asked about."""

PROPOSAL = re.compile(r"(?:HubSpot|Salesforce|The file) proposes tier [123]\.")
"""Why an account is a candidate where a file said only its tier."""

OUR_STAGES = {stage.value: stage for stage in Stage}


@dataclass(frozen=True, slots=True)
class ImportedAccount:
    """One row of accounts. Fields it does not have are empty; `stage` is None where it has none that is understood.

    `marketing_partner` and `our_executive` are a name and an e-mail address each. `because` is the file's own `reason`
    and the `tier` it proposes, as why the account is a candidate. `stage_said` is the CRM's own word, `notes` name what
    in the row was not understood, in words for a person.
    """

    line: int
    name: str
    domain: str = ""
    crm_system: str = ""
    crm_id: str = ""
    owner_name: str = ""
    owner_email: str = ""
    marketing_partner: tuple[str, str] = ("", "")
    our_executive: tuple[str, str] = ("", "")
    segment: str = ""
    value_cents: int | None = None
    currency: str = ""
    stage: Stage | None = None
    stage_said: str = ""
    tier: int | None = None
    reason: str = ""
    because: str = ""
    why_now: str = ""
    motion: str = ""
    notes: tuple[str, ...] = ()


def read_accounts(table: Table, crm: str = "") -> ImportFile[ImportedAccount]:
    """The accounts in the table of an export of HubSpot, Salesforce or Cadence; `crm` is the CRM that was said.

    Raises:
        NotUnderstood: its headers are of no export known; one sentence with what to do.
        Unsaid: nobody can tell which CRM its ids are of.
    """
    return read_rows(table, with_crm(recognise(table.headers), table, crm), read_account)


def read_account(cells: Cells) -> ImportedAccount | BadRow:
    """The account in a row, or why the row is left out."""
    left_out = _why_left_out(cells)
    if left_out:
        return BadRow(cells.line, *left_out)
    value_cents, currency = _value(cells)
    stage, stage_said = _stage(cells)
    crm_system, crm_id = _crm_link(cells)
    owner_name, owner_email = _person(cells, "owner")
    tier, reason = _tier(cells), _reason(cells)
    proposal = f"{cells.kind.system or 'The file'} proposes tier {tier}." if tier else ""
    return ImportedAccount(
        line=cells.line,
        name=cells.text("name"),
        domain=_domain(cells),
        crm_system=crm_system,
        crm_id=crm_id,
        owner_name=owner_name,
        owner_email=owner_email,
        marketing_partner=_person(cells, "marketing_partner"),
        our_executive=_person(cells, "our_executive"),
        segment=_segment(cells),
        value_cents=value_cents,
        currency=currency,
        stage=stage,
        stage_said=stage_said,
        tier=tier,
        reason=reason,
        because="\n".join(filter(None, (reason, proposal))),
        why_now=_part(cells, "why_now"),
        motion=_part(cells, "motion"),
        # the notes last: reading the fields writes them
        notes=tuple(cells.notes),
    )


def _why_left_out(cells: Cells) -> tuple[str, SkipCause] | None:
    name = cells.text("name")
    if not name:
        return "its account name is empty", SkipCause.INCOMPLETE
    if len(name) > NAME_LIMIT_CHARACTERS:
        return f"has a name of {len(name)} characters, at most {NAME_LIMIT_CHARACTERS} fit", SkipCause.INCOMPLETE
    if is_yes(cells.text("deleted")):
        return "is deleted in Salesforce", SkipCause.DELETED
    if _crm_id(cells) is None:
        said = shown(cells.text("crm_id"))
        return f"has a record id that cannot be one, perhaps rounded by a spreadsheet: {said}", SkipCause.RECORD_ID
    return None


def _crm_id(cells: Cells) -> str | None:
    return read_id(cells.system, cells.text("crm_id"))


def _crm_link(cells: Cells) -> tuple[str, str]:
    """The CRM and the account's id in it, both or neither."""
    crm_id = _crm_id(cells)
    if not crm_id:
        return "", ""
    if not cells.system:
        cells.notes.append(f"crm_id left out, the row has no crm_system: {crm_id}")
        return "", ""
    return cells.system, crm_id


def _domain(cells: Cells) -> str:
    """The first cell that holds a company's own domain."""
    for said in cells.all("domain"):
        domain = read_domain(said)
        if domain is None or len(domain) > NAME_LIMIT_CHARACTERS:
            cells.not_understood("domain", said)
        elif is_shared(domain):
            cells.notes.append(f"domain left out, many companies share it: {domain}")
        elif domain:
            return domain
    return ""


def _person(cells: Cells, field: str) -> tuple[str, str]:
    """The name and the e-mail address of the person in the field."""
    said = [read_owner(cell) for cell in cells.all(field)]
    name = next((name for name, _ in said if name), "")
    email = next((email for _, email in said if email), "")
    if name.isdigit():
        cells.notes.append(f"{field.replace('_', ' ')} is only a number: {name}")
        name = ""
    return name[:NAME_LIMIT_CHARACTERS], email


def _segment(cells: Cells) -> str:
    segment = cells.text("segment")
    if len(segment) <= NAME_LIMIT_CHARACTERS:
        return segment
    cells.notes.append(f"segment left out, it has more than {NAME_LIMIT_CHARACTERS} characters")
    return ""


def _value(cells: Cells) -> tuple[int | None, str]:
    said = cells.text("value")
    if not said:
        return None, ""
    money = read_money(said)
    if money is None:
        cells.not_understood("value", said, CellCause.AMOUNT)
        return None, ""
    named = cells.text("currency").upper()
    return money[0], named if len(named) == 3 and named.isalpha() else money[1]


def _stage(cells: Cells) -> tuple[Stage | None, str]:
    said = cells.text("stage")
    if not said:
        return None, ""
    known = OUR_STAGES if cells.kind is ExportKind.CADENCE else LIFECYCLE_STAGES
    stage = known.get("".join(said.casefold().split()))
    if stage is None:
        cells.not_understood("stage", said)
    return stage, said


def _tier(cells: Cells) -> int | None:
    said = [cell for cell in cells.all("tier") if cell.casefold() not in {"true", "false", "yes", "no"}]
    tier = next((tier for tier in map(read_tier, said) if tier), None)
    if said and tier is None:
        cells.not_understood("tier", said[0])
    return tier


def _reason(cells: Cells) -> str:
    """Why this account, as the file has it, with room for the tier that the file proposes."""
    reason = next(iter(cells.all("because")), "")
    if len(reason) + len("Salesforce proposes tier 1.") >= TEXT_LIMIT_CHARACTERS:
        cells.notes.append(f"because left out, it has {len(reason):,} characters")
        return ""
    return reason


def _part(cells: Cells, field: str) -> str:
    said = next(iter(cells.all(field)), "")
    if len(said) <= TEXT_LIMIT_CHARACTERS:
        return said
    cells.notes.append(f"{field.replace('_', ' ')} left out, it has {len(said):,} characters")
    return ""
