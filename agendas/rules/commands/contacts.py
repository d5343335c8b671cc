"""A person at an account in words: `Rita Sample, CFO, economic buyer rita@acme.example`."""

import re

from agendas.errors import NotUnderstood
from agendas.facts.group import BuyingRole, ContactProfile
from agendas.rules.commands.unclear import Choice, UnclearPart
from agendas.rules.group.contacts import is_email, with_suggestions
from agendas.rules.group.roles import OUR_WORDS, folded, in_order, near_role, not_a_role
from agendas.text.evidence import MENTION, readable
from agendas.text.limits import shown
from agendas.text.word_stream import KEPT, KEPT_END, kept, without_marks

USAGE = "/account ACCOUNT group add NAME, TITLE, ROLE E-MAIL, as in: Rita Sample, CFO, economic buyer rita@acme.example"

_APART = re.compile(f"[,;\n](?![^{KEPT}{KEPT_END}]*{KEPT_END})")
"""Marks between pieces; not those in words that are kept."""

_BETWEEN_ROLES = re.compile(r"\s*(?:\band\b|[&/+])\s*", re.IGNORECASE)
_LONG_ROLES = tuple(sorted((word for word in OUR_WORDS if " " in word or word == "champion"), key=len, reverse=True))
"""Roles that are taken from the end of a title. Single words such as procurement may be part of the title itself."""


def read_contact(rest: str) -> ContactProfile:
    """The person that `rest` names, as Slack escaped it: the name first, then title, roles and e-mail in any order.

    Without a role, those that the title suggests are suggested.

    Raises:
        UnclearPart: there is no name, two titles or addresses, or a word that is nearly a role.
    """
    try:
        return _read(rest)
    except UnclearPart as unclear:
        unclear.entered = _entered(rest)
        raise
    except NotUnderstood as refused:
        raise UnclearPart(str(refused), entered=_entered(rest)) from None


def _read(rest: str) -> ContactProfile:
    said = readable(rest)
    if MENTION.search(said):
        raise NotUnderstood(f"A colleague with @ is not a person at the account. Write {USAGE}.")
    text, email = _take_email(said)
    pieces = _pieces(text)
    if not pieces:
        raise NotUnderstood(f"Write the person's name: {USAGE}.")
    name, roles = _without_role(pieces[0])
    if not name:
        raise NotUnderstood(f"Write the person's name before the role: {USAGE}.")
    titles: list[str] = []
    for piece in pieces[1:]:
        title, found = _title_and_roles(piece, rest)
        roles += found
        titles += [title] if title else []
    if len(titles) > 1:
        raise _two_titles(titles, rest)
    title = without_marks(titles[0]) if titles else ""
    return with_suggestions(ContactProfile(without_marks(name), title, email, in_order(roles)))


def _entered(rest: str) -> dict[str, str]:
    """The parts that can be told apart, by the names of the form's fields."""
    said = without_marks(MENTION.sub("", readable(rest)))
    email = next((word for word in re.split(r"[\s,;]+", said) if "@" in word), "")
    pieces = _pieces(said.replace(email, ",", 1) if email else said)
    return {"name": "".join(pieces[:1]), "title": ", ".join(pieces[1:]), "email": email}


def _pieces(text: str) -> list[str]:
    return [piece for each in _APART.split(text) if (piece := " ".join(each.split()))]


def _again(rest: str, piece: str, instead: str) -> str:
    """The words as they were typed, with others in the place of a piece; empty where the piece is not found in them."""
    found = re.search(r"\s+".join(map(re.escape, piece.split())), rest)
    return f"{rest[: found.start()]}{instead}{rest[found.end() :]}" if found else ""


def _two_titles(titles: list[str], rest: str) -> UnclearPart:
    """The question about two pieces that both seem to be the title; kept as text, they are one title."""
    names = [without_marks(title) for title in titles]
    as_text = _again(rest, titles[0], kept(", ".join(names)))
    for title in titles[1:]:
        as_text = _again(as_text, title, "") if title not in names[:1] else as_text
    said = f"{' and '.join(map(shown, names))} cannot both be the title. Write {USAGE}."
    return UnclearPart(said, as_text=as_text)


def _take_email(text: str) -> tuple[str, str]:
    """The text with a comma in the place of the e-mail address, and the address."""
    written = [word for word in re.split(r"[\s,;]+", text) if "@" in word]
    wrong = next((word for word in written if not is_email(word)), None)
    if wrong:
        raise NotUnderstood(f"{shown(wrong)} is not an e-mail address like rita@acme.example.")
    if len(written) > 1:
        raise NotUnderstood(f"There are {len(written)} e-mail addresses: {', '.join(written)}. Write one.")
    return (text.replace(written[0], ",", 1), written[0].lower()) if written else (text, "")


def _title_and_roles(piece: str, rest: str) -> tuple[str, list[BuyingRole]]:
    """Split a piece of the words `rest` into its title and the roles in it. Raises UnclearPart for nearly a role."""
    if piece[0] == KEPT:
        return piece, []
    parts = [part for part in _BETWEEN_ROLES.split(piece) if part]
    if all(folded(part) in OUR_WORDS for part in parts):
        return "", [OUR_WORDS[folded(part)] for part in parts]
    near = near_role(piece)
    if near is not None:
        again = _again(rest, piece, near)
        choices = (Choice(near.capitalize(), again),) if again else ()
        raise UnclearPart(not_a_role(piece), choices, as_text=_again(rest, piece, kept(piece)))
    return _without_role(piece)


def _without_role(piece: str) -> tuple[str, list[BuyingRole]]:
    """The words before a role of several words that ends them, and that role."""
    words = folded(piece)
    ending = next((role for role in _LONG_ROLES if words == role or words.endswith(f" {role}")), None)
    if ending is None:
        return piece, []
    before = piece.replace("_", " ").split()[: -len(ending.split())]
    return " ".join(before), [OUR_WORDS[ending]]
