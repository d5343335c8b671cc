"""Short ways to write queries about the world."""

from datetime import date

from agendas.facts.query import Form, Period, Subject
from tests.assistant.world import ACCOUNTS, PEOPLE

ACTIONS, BLOCKERS, ASKS, DECISIONS = Subject.ACTIONS, Subject.BLOCKERS, Subject.ASKS, Subject.DECISIONS
LIST, COUNT, YES_NO, WHEN, WHO, WHY = Form.LIST, Form.COUNT, Form.YES_NO, Form.WHEN, Form.WHO, Form.WHY
NORA, TOMAS, PAULA, INES, MARK = (PEOPLE[key].user_id for key in ("nora", "tomas", "paula", "ines", "mark"))


def of(*keys: str) -> tuple[int, ...]:
    return tuple(ACCOUNTS[key].account_id for key in keys)


def days(first: tuple[int, int] | None = None, last: tuple[int, int] | None = None) -> Period:
    """A period of 2026 from (day, month) to (day, month)."""
    return Period(*(date(2026, each[1], each[0]) if each else None for each in (first, last)))


THIS_WEEK, SINCE_MONDAY = days((23, 11), (29, 11)), days((23, 11))
