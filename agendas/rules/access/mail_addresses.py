"""E-mail addresses as people type them."""

import re

from agendas.errors import NotUnderstood
from agendas.text.limits import shown

ADDRESS_CHARACTERS = 254
"""The longest address that mail servers take (RFC 5321)."""

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}@(?:{_LABEL}\.)+{_LABEL}")
_LINKED = re.compile(r"<mailto:([^|<>]+)(?:\|[^<>]*)?>")
"""An address as Slack sends one that was typed."""


def read_address(typed: str) -> str:
    """Return the address, its domain in small letters. Raises NotUnderstood for anything else."""
    linked = _LINKED.fullmatch(typed.strip())
    address = linked[1] if linked else typed.strip()
    if not _ADDRESS.fullmatch(address) or len(address) > ADDRESS_CHARACTERS:
        raise NotUnderstood(f"{shown(typed)} is no e-mail address; write one like dana@acme.example.")
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"
