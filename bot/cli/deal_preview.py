"""What an import of deals says of its rows, and what it asks for."""

import re
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping

from agendas.pages.filters import money
from agendas.rules.deal_plan import PlannedDeal, stage_key
from agendas.rules.import_verdicts import ImportPlan
from agendas.subjects.opportunities import OpportunityProfile, Phase
from agendas.verbs.undo_import import Undone

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


def deal_reasons(row: PlannedDeal, _people: Mapping[str, str]) -> Iterator[str]:
    """What is said about a deal's row: why it is skipped, what is new or changes, and what was not understood."""
    if row.reason:
        yield row.reason
    elif row.change is not None:
        yield row.account_name
        yield from _news(row.before, row.change.opportunity)
        if row.happened_at is not None:
            yield f"since {row.happened_at:%d %b %Y}"
        elif row.before is None:
            yield "since when is not said"
    yield from row.notes


def deal_hints(plan: ImportPlan[PlannedDeal]) -> Iterator[str]:
    """What to say about the file for the rows that are left out, and for amounts without a currency."""
    rows = Counter(row.unmapped for row in plan.rows if row.unmapped)
    if rows:
        asked = ", ".join(f"{name} ({count:,} row{'s' if count != 1 else ''})" for name, count in rows.items())
        yield f"These stages have no phase yet, so their rows are left out: {asked}."
        options = " ".join(f"--stage {shlex.quote(f'{name}={_proposed(name)}')}" for name in rows)
        yield f"Say what they mean, each as early, middle, late, won or lost, by adding: {options}"
    amounts = [row.change.opportunity for row in plan.rows if row.change is not None and row.verdict.value == "create"]
    if any(deal.amount_cents is not None and not deal.currency for deal in amounts):
        yield "Amounts name no currency. Say which with --currency and its three letters."


def deals_undone(undone: Undone) -> str:
    """What undoing took back."""
    return f"{undone.taken_back:,} entries about deals taken back."


def _proposed(name: str) -> str:
    phase = USUAL_PHASES.get(stage_key(PIPELINE.sub("", name)))
    return phase.value if phase else "PHASE"


def _news(before: OpportunityProfile | None, after: OpportunityProfile) -> Iterator[str]:
    for words, values in (
        ("stage", (before and _stage(before), _stage(after))),
        ("amount", (before and _amount(before), _amount(after))),
        ("closes", (before and _closes(before), _closes(after))),
        ("type", (before and before.type.replace("_", " "), after.type.replace("_", " "))),
        ("next step", (before and before.next_step, after.next_step)),
        ("name", (before and before.name, after.name)),
    ):
        was, is_now = values
        if before is None:
            if is_now and words in ("stage", "amount", "closes"):
                yield f"{words} {is_now}"
        elif was != is_now:
            yield f"{words} {was or 'none'} → {is_now or 'none'}"


def _stage(deal: OpportunityProfile) -> str:
    return f"{deal.stage_name} ({deal.phase})"


def _amount(deal: OpportunityProfile) -> str:
    return money(deal.amount_cents, deal.currency) if deal.amount_cents is not None else ""


def _closes(deal: OpportunityProfile) -> str:
    return f"{deal.closes_on:%d %b %Y}" if deal.closes_on is not None else ""
