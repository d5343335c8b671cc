"""The ways that an account took since a review, by its stage and by its deals, and what shows where they led."""

from collections.abc import Sequence
from dataclasses import dataclass

from agendas.facts.account import AccountState, EventFacts, Stage
from agendas.facts.evidence import Evidence
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.facts.reviews.review import Expansion
from agendas.rules.deals.expansion import expansions
from agendas.rules.deals.progress import DealStep, DealWalk
from agendas.rules.history.evidence import proofs
from agendas.rules.reviews.stage_steps import Step, Walk


@dataclass(frozen=True, slots=True)
class Ways:
    """Steps of the stage and of the deals, from their starting points, by the standing events of the period."""

    facts: AgendaFacts
    before: AccountState
    events: Sequence[EventFacts]
    stages: Walk
    deals: DealWalk

    @property
    def by_deals(self) -> bool:
        """True if the deals decide: the stage is the one it was."""
        return self.stages.start is self.facts.account.stage

    @property
    def ranks(self) -> int:
        """Number of ranks above the start: by the stage, at an unchanged stage by the furthest deal."""
        if self.by_deals:
            return self.deals.end_rank - self.deals.start_rank
        return self.facts.account.stage.rank - self.stages.start.rank

    def steps(self, *, up: bool) -> list[Step | DealStep]:
        """The steps that led up, or down, in what decides."""
        steps: Sequence[Step | DealStep] = self.deals.steps if self.by_deals else self.stages.steps
        return [step for step in steps if (step.ranks > 0) is up]

    @property
    def expansions(self) -> tuple[Expansion, ...]:
        """Amounts booked, and growth of the pipeline."""
        percent = self.facts.settings.number("list.expansion")
        return expansions(self.before, self.facts.account, self.events, self.deals, percent=percent)


def proofs_of(ways: Ways) -> tuple[Evidence, ...]:
    """Return the evidence of the step that led to where the account stands, told with it or later.

    It is the last step from below; evidence of a climb that was lost again proves nothing. A step of a deal is shown by
    the CRM's row.
    """
    if ways.by_deals:
        climb = [step for step in ways.deals.steps if step.from_rank < ways.deals.end_rank <= step.to_rank]
        return tuple(piece for step in climb[-1:] for piece in step.event.evidence)
    stage, steps = ways.facts.account.stage, ways.stages.steps
    climbs = [number for number, step in enumerate(steps) if step.from_stage.rank < stage.rank <= step.to_rank]
    if not climbs:
        # what is known of the period leads to an earlier stage: nothing of it shows this one
        return ()
    since = steps[climbs[-1] :]
    # a step further up, from which the account came back, showed this stage too
    reached = _stages_up_to(stage, since)
    told = ways.events[ways.events.index(since[0].event) :]
    return tuple(piece for event in told for piece in proofs(event, *reached))


def _stages_up_to(stage: Stage, steps: Sequence[Step]) -> tuple[Stage, ...]:
    """Return the stage and those above it that these steps reached or passed."""
    top = max((step.to_rank for step in steps), default=stage.rank)
    return tuple(each for each in Stage if stage.rank <= each.rank <= max(top, stage.rank))
