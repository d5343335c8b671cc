"""Letters after a restore: those that were waiting are marked as possibly sent, and looked for in Slack first."""

from storage.delivery.outbox import UNDER_WAY

CHANGED_BY_RESTORE = frozenset({"state", "leased_until", "leased_by", "first_tried_at", "tried_until"})
"""Columns that a restore changes in letters that wait."""

Lines = list[list[str]]


def without_restore_marks(lines: Lines) -> Lines:
    """Return the lines of letter.csv with those columns empty where a letter waits."""
    header, *letters = lines
    state = header.index("state")
    return [
        header,
        *(
            ["" if name in CHANGED_BY_RESTORE else cell for name, cell in zip(header, letter, strict=True)]
            if letter[state] in UNDER_WAY
            else letter
            for letter in letters
        ),
    ]


CHANGED_IN_MAILS = {"mail": {"state", "leased_until", "last_error"}, "mail_address": {"next_at"}}
"""Columns that a restore changes in mails and their addresses, by table."""


def without_columns(lines: Lines, names: set[str]) -> Lines:
    """Return the lines of a file with these columns empty."""
    header, *rows = lines
    return [header, *(["" if name in names else cell for name, cell in zip(header, row, strict=True)] for row in rows)]
