"""Conversion from stage to stage: the share of accounts that reached a later stage in time after they entered one."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from agendas.facts.account import Stage
from agendas.facts.measures.program import Program, Stay
from agendas.facts.program.settings import TIERS
from agendas.rules.measures.share import Ids, Share, ids_of, paused_in
from agendas.text.days import days_between

HORIZON_DAYS = 90
"""An account has so many days to reach the later stage. Our own."""

COHORT_DAYS = 365
"""Entries of so many days are looked at, those still within the horizon left out."""

STEPS: tuple[tuple[Stage, Stage], ...] = (*pairwise(Stage), (Stage.TARGET, Stage.OPPORTUNITY))
"""The steps that are told: each to the next stage, and from the list to an opportunity."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """Accounts of a tier, or of all, that entered `from_stage` long enough ago, and those that reached `to_stage`.

    Each account counts once, by its first entry of the year, in the tier that it had when it left the stage.
    """

    tier: int | None
    from_stage: Stage
    to_stage: Stage
    entered: Ids = ()
    reached: Ids = ()

    @property
    def share(self) -> Share:
        """Those that reached the later stage, of those that entered the first one."""
        return Share(len(self.reached), len(self.entered))


def conversion(program: Program, step: tuple[Stage, Stage], tier: int | None = None) -> Conversion:
    """Return the conversion of one step, over the first entry of each account that is at least the horizon old.

    An entry that an import found without its day is none. Reached counts until the horizon's last day, by any way, and
    whatever became of the account afterwards. Paused accounts are left out; those that left the list since are not.
    """
    from_stage, to_stage = step
    left_out = set(ids_of(paused_in(program)))
    of_account: dict[int, list[Stay]] = defaultdict(list)
    for stay in program.stays:
        if stay.account_id not in left_out:
            of_account[stay.account_id].append(stay)
    entries = {
        account_id: first
        for account_id, stays in of_account.items()
        if (first := _first_entry(stays, from_stage, program)) is not None and tier in (None, first.tier or TIERS[-1])
    }
    reached = (id_ for id_, entry in entries.items() if _is_reached(entry, to_stage, of_account[id_], program))
    return Conversion(tier, from_stage, to_stage, tuple(entries), tuple(reached))


def _first_entry(stays: list[Stay], stage: Stage, program: Program) -> Stay | None:
    """The first entry into the stage of the year, if it is at least the horizon old."""
    entries = [
        stay for stay in stays if stay.stage is stage and stay.is_known and _age_days(stay, program) <= COHORT_DAYS
    ]
    first = min(entries, key=lambda stay: stay.began_at, default=None)
    return first if first is not None and _age_days(first, program) >= HORIZON_DAYS else None


def _age_days(stay: Stay, program: Program) -> int:
    return days_between(stay.began_at, program.period.ends_at, program.period.zone)


def _is_reached(entry: Stay, to_stage: Stage, stays: list[Stay], program: Program) -> bool:
    return any(
        stay.stage.rank >= to_stage.rank
        and stay.began_at >= entry.began_at
        and days_between(entry.began_at, stay.began_at, program.period.zone) <= HORIZON_DAYS
        for stay in stays
    )
