"""Roles of a purchase in people's and CRMs' words, mapped to ours. A word that is not listed is never guessed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from agendas.facts.group import BuyingRole
from agendas.text.limits import shown
from agendas.text.spelling import nearest

OUR_WORDS: Mapping[str, BuyingRole] = {role.value.replace("_", " "): role for role in BuyingRole} | {
    "user champion": BuyingRole.CHAMPION,
    "technical buyer": BuyingRole.TECHNICAL_EVALUATOR,
    "evaluator": BuyingRole.TECHNICAL_EVALUATOR,
    "purchasing": BuyingRole.PROCUREMENT,
    "user": BuyingRole.END_USER,
}
"""Words that people type, in lower case."""

HUBSPOT_WORDS: Mapping[str, BuyingRole] = {
    "budget holder": BuyingRole.ECONOMIC_BUYER,
    "champion": BuyingRole.CHAMPION,
    "legal and compliance": BuyingRole.PROCUREMENT,
    "legal & compliance": BuyingRole.PROCUREMENT,
    "executive sponsor": BuyingRole.EXECUTIVE_SPONSOR,
    "decision maker": BuyingRole.DECISION_MAKER,
    "influencer": BuyingRole.INFLUENCER,
    "end user": BuyingRole.END_USER,
    "blocker": BuyingRole.BLOCKER,
    "other": BuyingRole.OTHER,
}
"""HubSpot's buying roles, by internal name or label."""

SALESFORCE_WORDS: Mapping[str, BuyingRole] = {
    "economic buyer": BuyingRole.ECONOMIC_BUYER,
    "economic decision maker": BuyingRole.ECONOMIC_BUYER,
    "technical buyer": BuyingRole.TECHNICAL_EVALUATOR,
    "evaluator": BuyingRole.TECHNICAL_EVALUATOR,
    "executive sponsor": BuyingRole.EXECUTIVE_SPONSOR,
    "decision maker": BuyingRole.DECISION_MAKER,
    "influencer": BuyingRole.INFLUENCER,
    "business user": BuyingRole.END_USER,
    "other": BuyingRole.OTHER,
}
"""Salesforce's contact roles."""

CRM_WORDS: Mapping[str, Mapping[str, BuyingRole]] = {
    "hubspot": {**OUR_WORDS, **HUBSPOT_WORDS},
    "salesforce": {**OUR_WORDS, **SALESFORCE_WORDS},
    "": OUR_WORDS,
}
"""A CRM's own words before ours, which portals add to theirs."""

ROLE_NAMES = ", ".join(role.value.replace("_", " ") for role in BuyingRole)

_APART = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class CrmRoles:
    """Roles of a person in a CRM: those that count, one that is only suggested, and words that are not known here."""

    roles: tuple[BuyingRole, ...] = ()
    hinted: tuple[BuyingRole, ...] = ()
    unknown: tuple[str, ...] = ()


def near_role(typed: str) -> str | None:
    """The name of the role that `typed` is a slip of."""
    return nearest(folded(typed), OUR_WORDS)


def not_a_role(typed: str) -> str:
    """The sentence that refuses a word in a role's place, with the nearest role, if any, and all of them."""
    near = near_role(typed)
    hint = f"the nearest is {near}, and " if near else ""
    return f"{shown(typed)} is not a role; {hint}you can write {ROLE_NAMES}."


def crm_roles(cell: str, system: str) -> CrmRoles:
    """The roles in a cell of a CRM's export (`hubspot`, `salesforce`, '' for our own file), joined by `;`.

    A decision maker of HubSpot who is no budget holder may be the economic buyer: that is hinted at, and counts only
    once a person says so.
    """
    words = CRM_WORDS[system]
    said = [each.strip() for each in cell.split(";") if each.strip()]
    found = {each: words.get(folded(each)) for each in said}
    roles = in_order(role for role in found.values() if role)
    may_buy = system == "hubspot" and BuyingRole.DECISION_MAKER in roles and BuyingRole.ECONOMIC_BUYER not in roles
    hinted = (BuyingRole.ECONOMIC_BUYER,) if may_buy else ()
    return CrmRoles(roles, hinted, tuple(each for each, role in found.items() if role is None))


def in_order(roles: Iterable[BuyingRole]) -> tuple[BuyingRole, ...]:
    """The roles, each once, in the order in which they are shown."""
    wanted = set(roles)
    return tuple(role for role in BuyingRole if role in wanted)


def folded(typed: str) -> str:
    """The words in lower case, with a space between them, without marks around them."""
    return _APART.sub(" ", typed.casefold()).strip(" .,:;!")
