"""Frozen facts of messages that nudge somebody: what waits on a morning, an escalation, reviews that were not held."""

from dataclasses import dataclass
from datetime import date, datetime

from agendas.facts.answered_items import FoundItem


@dataclass(frozen=True, slots=True)
class Morning:
    """Work that waits on a working morning: asks and blockers that need the person, and what they owe past its date.

    `away_of` is the person who is away, and whom its reader stands in for, '' where it is the reader's own;
    `away_until` their last day away. `reader` is the person addressed.
    """

    asks: tuple[FoundItem, ...] = ()
    blockers: tuple[FoundItem, ...] = ()
    overdue: tuple[FoundItem, ...] = ()
    old_blockers: tuple[FoundItem, ...] = ()
    away_of: str = ""
    away_until: date | None = None
    reader: str = ""

    @property
    def is_nothing(self) -> bool:
        """True if nothing waits any more: blockers past their limit come only with something else."""
        return not (self.asks or self.blockers or self.overdue)


@dataclass(frozen=True, slots=True)
class Escalated:
    """A blocker past its limit, as shown to the person it is escalated to.

    `has_it` is the person whose help it needs, '' where nobody could be asked, `nudges` the mornings they were nudged
    on. `to_admins`: nobody else could be asked. `reader` is the person addressed, who stands in for `away_of`,
    '' for nobody.
    """

    blocker: FoundItem
    limit_days: int
    has_it: str = ""
    nudges: int = 0
    to_admins: bool = False
    reader: str = ""
    away_of: str = ""


@dataclass(frozen=True, slots=True)
class NotHeld:
    """Reviews of a cadence in a row that were not held, and what the last of them lacked.

    `planned_at` are the last two, oldest first. `silent` counts accounts about which nobody recorded anything,
    `missing` their owners, each with how many, and `without_owner` those that nobody owns.
    """

    channel_id: str
    zone: str
    in_a_row: int
    planned_at: tuple[datetime, ...]
    accounts: int
    silent: int = 0
    missing: tuple[tuple[str, int], ...] = ()
    without_owner: int = 0
    facilitator: str = ""
    is_executive: bool = False
