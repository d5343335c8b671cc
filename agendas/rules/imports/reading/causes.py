"""Causes for which a cell or a whole row of a file is not taken as it stands."""

from dataclasses import dataclass
from enum import StrEnum


class CellCause(StrEnum):
    """Trouble with a cell. It is left out, except for OTHER_ORDER and CONTROL."""

    DATE = "date"
    OTHER_ORDER = "other_order"
    """A date that is read, in the order that most of its column is not in."""
    FUTURE = "future"
    AMOUNT = "amount"
    CONTROL = "control"
    """A control character, which is left out of a cell that is taken."""
    WORD = "word"
    """A word that stands for nothing known here."""


class SkipCause(StrEnum):
    """Cause for which a row is left out."""

    UNREADABLE = "unreadable"
    INCOMPLETE = "incomplete"
    RECORD_ID = "record_id"
    """An id that a spreadsheet rounded, or that none can be."""
    DELETED = "deleted"
    NO_ACCOUNT = "no_account"
    NOT_LISTED = "not_listed"
    """No account on the list has the name, domain or id of a signal; a candidate is not on it yet."""
    ASKED = "asked"
    """A person has to say which account its company is."""
    UNCLEAR = "unclear"
    """It fits several accounts or people."""
    OTHER_RECORD = "other_record"
    """It fits an account or a person that the CRM has as another record."""
    ASK_ADMIN = "ask_admin"
    """It has a name, domain or id that an admin has to look at: of an account that the person may not see, or ours."""
    CHOSEN_NONE = "chosen_none"
    """A person said that its company is none of the accounts."""
    CLOSED = "closed"
    """Its account was removed from the list or rejected."""
    ELSEWHERE = "elsewhere"
    """A deal that is known under another account."""
    REPEATED = "repeated"
    NO_PHASE = "no_phase"
    NO_TYPE = "no_type"
    OUTDATED = "outdated"
    FUTURE = "future"
    IMPORT_FIRST = "import_first"
    """It is about a deal or a person that another export has to bring first."""
    OTHER_CONTENT = "other_content"
    OTHER_FIELD = "other_field"
    """A change of a field that is no history of a deal."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that is not taken as it stands: its row's line, its column's header, and what it says."""

    line: int
    column: str
    cause: CellCause
    said: str
