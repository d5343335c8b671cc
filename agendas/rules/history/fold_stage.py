"""Effect on an account's state of a step to another stage: since when it is there, and what it is claimed from."""

from dataclasses import replace

from agendas.facts.account import AccountState, EventFacts, Stage
from agendas.facts.events import Moved


def after_step(change: Moved, state: AccountState, event: EventFacts) -> AccountState:
    """The state at the stage that the change leads to, without what the event's evidence adds.

    A step back to a stage that something showed, or below it, takes that evidence along.
    """
    stage, at = Stage(change.to_stage or ""), event.happened_at
    shown = state.claimed_from or state.stage
    is_told = change.since_known and not change.is_reclassified
    has_evidence = is_told and (state.stage_has_evidence or state.claimed_from_is_shown)
    return replace(
        state,
        stage=stage,
        claimed_from=_claimed_from(state, change),
        claimed_from_is_shown=has_evidence and stage.rank > shown.rank,
        # An import that does not know the date starts the clock at the import.
        stage_since=at if change.since_known else event.recorded_at,
        stage_since_known=change.since_known,
        stage_has_evidence=has_evidence and stage.rank <= shown.rank,
        left_opportunity_at=at if _leaves(Stage.OPPORTUNITY, state, stage) else state.left_opportunity_at,
        left_customer_at=at if _leaves(Stage.CUSTOMER, state, stage) else state.left_customer_at,
    )


def _claimed_from(state: AccountState, change: Moved) -> Stage | None:
    """Return the last stage that something shows, if this step leads above it; None for a guess of an import.

    The stage itself where the step was set from the CRM: once something shows it, nothing is counted.
    """
    shown, to_stage = state.claimed_from or state.stage, Stage(change.to_stage or "")
    if change.from_deal and (change.is_reclassified or not change.since_known):
        return to_stage
    return shown if change.since_known and to_stage.rank > shown.rank else None


def _leaves(left: Stage, state: AccountState, to_stage: Stage) -> bool:
    """True for a step from this stage, or one above it, to one below it."""
    return to_stage.rank < left.rank <= state.stage.rank
