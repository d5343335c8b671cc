"""Interventions: asks that are answered or taken, and meetings of executives."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

# Entries of the history about interventions: asks answered and taken, and executives who met.


@dataclass(frozen=True, slots=True)
class AskAnswered:
    """An intervention's ask was answered, with `answer` where somebody said it; `text` repeats the decision's words."""

    decision_id: int
    text: str = ""
    answer: str = ""
    kind: Literal["ask_answered"] = "ask_answered"


@dataclass(frozen=True, slots=True)
class AskTaken:
    """The author took over an intervention's ask, regardless of who was asked; `text` repeats the decision's words."""

    decision_id: int
    text: str = ""
    kind: Literal["ask_taken"] = "ask_taken"


@dataclass(frozen=True, slots=True)
class ExecutiveMet:
    """An executive of ours met one of theirs, on the day that it happened; `text` is what came of it.

    `ours` is the user id of the one of us. `theirs` names the one of them, who is `contact_id` of the buying group
    where that is known.
    """

    ours: str
    theirs: str
    text: str = ""
    contact_id: int | None = None
    kind: Literal["executive_met"] = "executive_met"


# Executive touches: meetings of our executives with the buyer's, as pages show them.


@dataclass(frozen=True, slots=True)
class ExecutiveTouch:
    """A meeting of an account: the user id of ours, name and title of theirs, the day, and what came of it."""

    event_id: int
    account_id: int
    on: date
    ours: str
    theirs: str
    text: str = ""
