"""Executive touches: meetings of executives of ours with executives of the buyer's, as pages tell them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ExecutiveTouch:
    """A meeting of an account: the user id of ours, name and title of theirs, the day, and what came of it."""

    event_id: int
    account_id: int
    on: date
    ours: str
    theirs: str
    text: str = ""
