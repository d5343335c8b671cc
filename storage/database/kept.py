"""Things worked out from a database and kept beside it, for as long as the process has it open."""

from collections import OrderedDict
from typing import Any

from sqlmodel import Session

INFO_KEY = "kept"
"""The key in `Session.info` under which a store gives each of its sessions what is kept beside its database."""

Kept = OrderedDict[Any, Any]


def kept_in(session: Session) -> Kept:
    """Return what is kept beside the session's database, oldest first."""
    kept: Kept = session.info[INFO_KEY]
    return kept
