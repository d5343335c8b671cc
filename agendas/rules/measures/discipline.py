"""Discipline of the reviews: held of those planned, posted on time, with sales and marketing there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from agendas.facts.measures.program import PlannedReview, Program
from agendas.facts.people import Function
from agendas.rules.measures.share import Share

BOTH_FUNCTIONS = frozenset({Function.SALES, Function.MARKETING})
"""Functions that a review of accounts needs."""


@dataclass(frozen=True, slots=True)
class Discipline:
    """Planned reviews of accounts by what became of them, oldest first; executive ones are not among them.

    `planned` are those that were held, not held, or missed; what was skipped on purpose and what is still open is not
    among them. `on_time` and `with_both` are among the held ones: posted on time, with sales and marketing there.
    """

    planned: tuple[PlannedReview, ...] = ()
    held: tuple[PlannedReview, ...] = ()
    on_time: tuple[PlannedReview, ...] = ()
    with_both: tuple[PlannedReview, ...] = ()
    missed: tuple[PlannedReview, ...] = ()
    skipped: tuple[PlannedReview, ...] = ()
    still_open: tuple[PlannedReview, ...] = ()

    @property
    def held_share(self) -> Share:
        """Held reviews, of those planned."""
        return Share(len(self.held), len(self.planned))

    @property
    def on_time_share(self) -> Share:
        """Reviews posted on time, of those held."""
        return Share(len(self.on_time), len(self.held))

    @property
    def both_share(self) -> Share:
        """Reviews with sales and marketing, of those held."""
        return Share(len(self.with_both), len(self.held))


def discipline(program: Program) -> Discipline:
    """Return the discipline of the reviews planned within the period."""
    return discipline_of(program.reviews, after=program.period.begins_at)


def discipline_of(reviews: Iterable[PlannedReview], *, after: datetime | None = None) -> Discipline:
    """Return the discipline of these reviews: of all, or of those planned after an instant."""
    of_accounts = tuple(
        each for each in reviews if not each.is_executive and (after is None or each.planned_at > after)
    )
    held = tuple(each for each in of_accounts if each.was_held)
    return Discipline(
        planned=tuple(each for each in of_accounts if each.was_held is not None or each.was_missed),
        held=held,
        on_time=tuple(each for each in held if not each.late_minutes),
        with_both=tuple(each for each in held if each.functions >= BOTH_FUNCTIONS),
        missed=tuple(each for each in of_accounts if each.was_missed),
        skipped=tuple(each for each in of_accounts if each.was_skipped),
        still_open=tuple(
            each for each in of_accounts if each.was_held is None and not (each.was_missed or each.was_skipped)
        ),
    )
