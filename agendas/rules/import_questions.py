"""What only a person can say of a file to import: the phases of stages, and the currency of amounts that name none."""

import re
from collections import Counter
from dataclasses import dataclass

from agendas.rules.deal_plan import PlannedDeal, stage_key
from agendas.rules.import_verdicts import ImportPlan, Verdict
from agendas.subjects.opportunities import Phase

USUAL_PHASES = {
    "appointment scheduled": Phase.EARLY,
    "qualified to buy": Phase.EARLY,
    "presentation scheduled": Phase.MIDDLE,
    "decision maker bought-in": Phase.MIDDLE,
    "contract sent": Phase.LATE,
    "closed won": Phase.WON,
    "closed lost": Phase.LOST,
    "appointmentscheduled": Phase.EARLY,
    "qualifiedtobuy": Phase.EARLY,
    "presentationscheduled": Phase.MIDDLE,
    "decisionmakerboughtin": Phase.MIDDLE,
    "contractsent": Phase.LATE,
    "closedwon": Phase.WON,
    "closedlost": Phase.LOST,
    "prospecting": Phase.EARLY,
    "qualification": Phase.EARLY,
    "needs analysis": Phase.EARLY,
    "value proposition": Phase.MIDDLE,
    "id. decision makers": Phase.MIDDLE,
    "perception analysis": Phase.MIDDLE,
    "proposal/price quote": Phase.LATE,
    "negotiation/review": Phase.LATE,
}
"""What HubSpot and Salesforce call stages where nobody renamed them, with the phase proposed. A person confirms it."""


PIPELINE = re.compile(r"\s*\([^()]*\)\s*$")
"""How HubSpot names the pipeline after a stage: `Closed Won (Sales Pipeline)`."""


@dataclass(frozen=True, slots=True)
class StageAsked:
    """A stage of the CRM that has no phase yet, in how many rows it stands, and the phase proposed, if any is usual."""

    name: str
    rows: int
    proposed: Phase | None


@dataclass(frozen=True, slots=True)
class ImportQuestions:
    """What is asked about a file; `lacks_currency` when amounts in it name none."""

    stages: tuple[StageAsked, ...] = ()
    lacks_currency: bool = False


def questions_of_deals(plan: ImportPlan[PlannedDeal]) -> ImportQuestions:
    """What to ask about rows that are left out for a stage without a phase, and about amounts without a currency."""
    rows = Counter(row.unmapped for row in plan.rows if row.unmapped)
    stages = tuple(StageAsked(name, count, _proposed(name)) for name, count in rows.items())
    new = [row.change.opportunity for row in plan.rows if row.change is not None and row.verdict is Verdict.CREATE]
    return ImportQuestions(stages, any(deal.amount_cents is not None and not deal.currency for deal in new))


def _proposed(name: str) -> Phase | None:
    return USUAL_PHASES.get(stage_key(PIPELINE.sub("", name)))
