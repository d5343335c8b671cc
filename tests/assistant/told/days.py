"""Days of the world's history, and the entries of one account."""

from datetime import date

from tests.assistant.told.tellings import Entry, Tell


def day(text: str) -> date:
    """A day as `26.11`: of 2026 from July on, else of 2027."""
    number, month = map(int, text.split("."))
    return date(2026 if month > 6 else 2027, month, number)


def of(key: str, who: str, *told: tuple[str, Tell]) -> list[Entry]:
    """Entries of one account by one person, each with its day."""
    return [Entry(day(on), who, key, tell) for on, tell in told]
