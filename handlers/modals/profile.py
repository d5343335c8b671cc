"""The forms to nominate an account and to edit one."""

import re
from typing import Any

from agendas.changes import Profile
from agendas.errors import FieldProblems
from agendas.facts import AccountState
from agendas.rules.import_values import read_domain
from agendas.rules.texts import NAME_LIMIT_CHARACTERS
from handlers.modals.fields import Field, Frame, Origin, Values, form, person, text, values_of
from handlers.replies import View

NOMINATE = Frame("nominate", "Nominate an account", "Nominate")
EDIT = Frame("edit_account", "Edit the account", "Save")
MONEY = re.compile(r"([A-Za-z]{3})?\s*([0-9][0-9 ,.']*)\s*([kKmM]?)\s*([A-Za-z]{3})?")
FACTORS = {"": 1, "k": 1_000, "m": 1_000_000}


def build_nomination(origin: Origin, draft: Values) -> View:
    """The form for a new candidate."""
    because = text(
        "because",
        "Why this account, why now",
        initial=draft.get("because", ""),
        multiline=True,
        hint="The pressure it is under and what we would do about it.",
    )
    return form(NOMINATE, origin, [*_fields(draft), because])


def build_edit(account: AccountState, origin: Origin, draft: Values) -> View:
    """The form with the account's profile in it."""
    profile = account.profile
    had = {
        "name": profile.name,
        "domain": profile.domain,
        "aliases": ", ".join(profile.aliases),
        "segment": profile.segment,
        "value": _money_words(profile),
        "owner": profile.owner or "",
        "marketing_partner": profile.marketing_partner or "",
        "our_executive": profile.our_executive or "",
    }
    return form(EDIT, origin, _fields(had | draft))


def read(view: dict[str, Any], had: Profile) -> tuple[Profile, str]:
    """The profile as entered over the one it had, and the reason. Raises FieldProblems beside what is wrong."""
    entered = values_of(view)
    problems: dict[str, str] = {}
    name = " ".join(entered.get("name", "").split())
    if not name:
        problems["name"] = "Give the company's name."
    domain = read_domain(entered.get("domain", ""))
    if domain is None:
        problems["domain"] = "Write the domain alone, like example.com."
    value, currency = _money(entered.get("value", ""), problems)
    if problems:
        raise FieldProblems(problems)
    owner = entered.get("owner") or None
    profile = Profile(
        name=name,
        domain=domain or "",
        aliases=tuple(alias.strip() for alias in entered.get("aliases", "").split(",") if alias.strip()),
        segment=entered.get("segment", "").strip(),
        owner=owner,
        owner_name="" if owner else had.owner_name,
        marketing_partner=entered.get("marketing_partner") or None,
        our_executive=entered.get("our_executive") or None,
        value_cents=value,
        currency=currency,
        crm_system=had.crm_system,
        crm_id=had.crm_id,
        channel_id=had.channel_id,
    )
    return profile, entered.get("because", "").strip()


def _fields(had: Values) -> list[Field]:
    return [
        text("name", "Name", initial=had.get("name", ""), most=NAME_LIMIT_CHARACTERS),
        text("domain", "Domain", initial=had.get("domain", ""), optional=True, most=NAME_LIMIT_CHARACTERS),
        text(
            "aliases",
            "Also called",
            initial=had.get("aliases", ""),
            optional=True,
            hint="Short names people type, with commas between.",
        ),
        text("segment", "Segment", initial=had.get("segment", ""), optional=True, most=NAME_LIMIT_CHARACTERS),
        person("owner", "Owner (sales)", initial=had.get("owner", ""), optional=True),
        person("marketing_partner", "Marketing partner", initial=had.get("marketing_partner", ""), optional=True),
        person("our_executive", "Our executive", initial=had.get("our_executive", ""), optional=True),
        text("value", "Value a year", initial=had.get("value", ""), optional=True, hint="Like 250k EUR.", most=40),
    ]


def _money_words(profile: Profile) -> str:
    if profile.value_cents is None:
        return ""
    return f"{profile.value_cents / 100:.2f}".removesuffix(".00") + (f" {profile.currency}" if profile.currency else "")


def _money(written: str, problems: dict[str, str]) -> tuple[int | None, str]:
    """The amount in cents and its currency, upper case."""
    if not written.strip():
        return None, ""
    found = MONEY.fullmatch(written.strip())
    if found is None:
        problems["value"] = "Write an amount and a currency, like 250k EUR."
        return None, ""
    digits = re.sub(r"[ ',]", "", found[2])
    try:
        amount = float(digits) * FACTORS[found[3].lower()]
    except ValueError:
        problems["value"] = "Write the amount with a point for cents, like 1250.50 EUR."
        return None, ""
    return round(amount * 100), (found[1] or found[4] or "").upper()
