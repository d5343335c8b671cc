"""Short ways to write an account's history with deals, and what a review says of it.

The last held review was on day 70, now is day 77.
"""

from typing import Any

from agendas.facts.account import Movement
from agendas.facts.deals import OpportunityType, Phase
from agendas.facts.evidence import Evidence
from agendas.facts.reviews import MovementAnswer
from agendas.rules.movement import movement
from tests.agendas.rules.histories import History, day, named

MORE = OpportunityType.EXISTING_BUSINESS


def row(on_day: float) -> Evidence:
    return Evidence("Pilot in the CRM", day(on_day), kind="crm")


def judged(history: History) -> MovementAnswer:
    """Return the account's movement as a review judges it."""
    return movement(history.facts())


def said(history: History) -> tuple[Movement, str, frozenset[str]]:
    answer = judged(history)
    return answer.movement, answer.reason, answer.flags


def flags(*names: str) -> frozenset[str]:
    return frozenset(names)


def with_deal(phase: Phase = Phase.EARLY, *, stage: str = "opportunity", **values: Any) -> History:
    """An account with one deal in this phase since day 60."""
    history = named(stage=stage, since=50)
    history.deal(phase, 60, row(60), **values)
    return history
