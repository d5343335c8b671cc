"""The pages of the whole program that there are as files."""

from enum import StrEnum


class ReportKind(StrEnum):
    """Page of the whole program."""

    EXECUTIVE = "executive"
    SCOREBOARD = "scoreboard"
    AUDIT = "audit"
