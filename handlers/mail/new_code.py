"""Codes that are mailed to an address."""

import secrets

CODE_DIGITS = 6
"""Ours: five tries of a million."""


def new_code() -> str:
    """Return a code of six digits that nobody can foresee."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
