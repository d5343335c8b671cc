"""Accounts whose bucket the cases work out: each with its last review on day 70, seen on day 77."""

from dataclasses import replace

from agendas.facts.deals import Phase
from agendas.facts.evidence import Evidence, EvidenceActor
from tests.agendas.rules.histories import History, named, shown


def heard(stage: str, since: float, on_day: float, tier: int = 1) -> History:
    """An account in a stage since a day, and heard of last on another, with a next action in time."""
    history = named(tier, stage, since=since)
    history.move(None, on_day, shown(on_day))
    history.promise(60, due_in_days=30)
    return history


def moved(stage: str, on_day: float, *evidence: Evidence) -> History:
    history = named(1, "engaged")
    history.move(stage, on_day, *evidence)
    return history


def by(actor: EvidenceActor, on_day: float = 72, step: str = "mqa") -> Evidence:
    return replace(shown(on_day), actor=actor, step=step)


def deal(*phases: tuple[Phase, float], stage: str = "opportunity", tier: int = 1, **values: object) -> History:
    """An account with one deal that was in these phases from these days on."""
    history = named(tier, stage)
    for phase, on_day in phases:
        history.deal(phase, on_day, shown(on_day), opened_on=phases[0][1], **values)
    return history
