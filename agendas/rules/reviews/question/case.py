"""An account before its question is chosen: its facts, its place, and every reason that holds for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from agendas.facts.reviews.agenda import AgendaFacts, ReasonCode
from agendas.facts.reviews.review import Placement
from agendas.rules.reviews.intervention import hard_and_soft
from agendas.text.days import local_date


@dataclass(frozen=True, slots=True)
class Found:
    """Numbers of a question that holds, and the text that people wrote of the subject it names."""

    number: int = 0
    limit: int = 0
    about: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """The account; `reasons` are all that hold, also a single soft one, with number and limit."""

    facts: AgendaFacts
    placement: Placement
    reasons: Mapping[ReasonCode, Found]
    today: date


def case_of(facts: AgendaFacts, placement: Placement) -> Case:
    """Return the account with its reasons."""
    hard, soft = hard_and_soft(facts, placement.movement, placement.stall)
    reasons = {code: Found(number, limit) for code, number, limit in (*hard, *soft, *placement.reasons)}
    return Case(facts, placement, reasons, local_date(facts.now, facts.zone))
