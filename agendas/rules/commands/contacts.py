"""A person at an account in words: `Rita Sample, CFO, economic buyer rita@acme.example`."""

import re

from agendas.errors import NotUnderstood
from agendas.facts.group import BuyingRole, ContactProfile
from agendas.rules.group.contacts import is_email, with_suggestions
from agendas.rules.group.roles import OUR_WORDS, folded, in_order, near_role, read_role
from agendas.text.evidence import MENTION, readable
from agendas.text.limits import shown

USAGE = "/account ACCOUNT group add NAME, TITLE, ROLE E-MAIL, as in: Rita Sample, CFO, economic buyer rita@acme.example"

_APART = re.compile(r"[,;\n]")
_BETWEEN_ROLES = re.compile(r"\s*(?:\band\b|[&/+])\s*", re.IGNORECASE)
_LONG_ROLES = tuple(sorted((word for word in OUR_WORDS if " " in word or word == "champion"), key=len, reverse=True))
"""Roles that are taken from the end of a title. Single words such as procurement may be part of the title itself."""


def read_contact(rest: str) -> ContactProfile:
    """The person that `rest` names, as Slack escaped it: the name first, then title, roles and e-mail in any order.

    Without a role, those that the title suggests are suggested.

    Raises:
        NotUnderstood: there is no name, two titles or addresses, or a word that is nearly a role.
    """
    said = readable(rest)
    if MENTION.search(said):
        raise NotUnderstood(f"A colleague with @ is not a person at the account. Write {USAGE}.")
    text, email = _take_email(said)
    pieces = [piece for each in _APART.split(text) if (piece := " ".join(each.split()))]
    if not pieces:
        raise NotUnderstood(f"Write the person's name: {USAGE}.")
    name, roles = _without_role(pieces[0])
    if not name:
        raise NotUnderstood(f"Write the person's name before the role: {USAGE}.")
    titles: list[str] = []
    for piece in pieces[1:]:
        title, found = _title_and_roles(piece)
        roles += found
        titles += [title] if title else []
    if len(titles) > 1:
        raise NotUnderstood(f"{' and '.join(map(shown, titles))} cannot both be the title. Write {USAGE}.")
    title = titles[0] if titles else ""
    return with_suggestions(ContactProfile(name, title, email, in_order(roles)))


def _take_email(text: str) -> tuple[str, str]:
    """The text with a comma in the place of the e-mail address, and the address."""
    written = [word for word in re.split(r"[\s,;]+", text) if "@" in word]
    wrong = next((word for word in written if not is_email(word)), None)
    if wrong:
        raise NotUnderstood(f"{shown(wrong)} is not an e-mail address like rita@acme.example.")
    if len(written) > 1:
        raise NotUnderstood(f"There are {len(written)} e-mail addresses: {', '.join(written)}. Write one.")
    return (text.replace(written[0], ",", 1), written[0].lower()) if written else (text, "")


def _title_and_roles(piece: str) -> tuple[str, list[BuyingRole]]:
    """Split a piece of text into its title and the roles in it."""
    parts = [part for part in _BETWEEN_ROLES.split(piece) if part]
    if all(folded(part) in OUR_WORDS for part in parts):
        return "", [read_role(part) for part in parts]
    if near_role(piece):
        read_role(piece)
    return _without_role(piece)


def _without_role(piece: str) -> tuple[str, list[BuyingRole]]:
    """The words before a role of several words that ends them, and that role."""
    words = folded(piece)
    ending = next((role for role in _LONG_ROLES if words == role or words.endswith(f" {role}")), None)
    if ending is None:
        return piece, []
    before = piece.replace("_", " ").split()[: -len(ending.split())]
    return " ".join(before), [OUR_WORDS[ending]]
