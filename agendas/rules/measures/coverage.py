"""Coverage of the buying groups over the program: required roles with somebody who is active."""

from collections import Counter
from dataclasses import dataclass

from agendas.facts.group import BuyingRole
from agendas.facts.measures.program import Program
from agendas.facts.program.settings import TIERS
from agendas.rules.group.coverage import GroupAnswer, RoleState, buying_group
from agendas.rules.measures.share import Ids, Share, named_in


@dataclass(frozen=True, slots=True)
class TierCoverage:
    """Buying groups of a tier, or of all with `tier` None, taken together.

    Args:
        tier: the tier at the end of the period.
        required, identified, engaged: numbers of roles: asked for, with a confirmed person, with an active one.
        accounts: those of whom roles are required, in this order: the others have no coverage, which is not a full one.
        full: those with somebody active in every required role.
        gaps: (role, accounts without anybody active in it) of every required role with such accounts.
        too_few_active: those with fewer active roles than the tier expects.
    """

    tier: int | None
    required: int = 0
    identified: int = 0
    engaged: int = 0
    accounts: Ids = ()
    full: Ids = ()
    gaps: tuple[tuple[BuyingRole, Ids], ...] = ()
    too_few_active: Ids = ()

    @property
    def share(self) -> Share:
        """Accounts with a full group, of those of whom roles are required."""
        return Share(len(self.full), len(self.accounts))

    @property
    def roles(self) -> Share:
        """Roles with somebody active, of those required."""
        return Share(self.engaged, self.required)


def coverage(program: Program) -> tuple[TierCoverage, ...]:
    """Return the coverage of each tier that has an account of which roles are required."""
    found = (coverage_of(program, tier) for tier in TIERS)
    return tuple(each for each in found if each.required)


def coverage_of(program: Program, tier: int | None = None) -> TierCoverage:
    """Return the coverage of one tier, or of the whole list; paused accounts are left out."""
    today = program.period.last
    groups = {
        each.account_id: buying_group(each.facts.account, program.settings, today=today)
        for each in named_in(program, tier)
    }
    asked = {account_id: group for account_id, group in groups.items() if group.required}
    return TierCoverage(
        tier=tier,
        required=sum(group.required for group in asked.values()),
        identified=sum(group.identified for group in asked.values()),
        engaged=sum(group.engaged for group in asked.values()),
        accounts=tuple(asked),
        full=tuple(account_id for account_id, group in asked.items() if group.engaged == group.required),
        gaps=_gaps(asked),
        too_few_active=tuple(account_id for account_id, group in asked.items() if group.lacks_active_roles),
    )


def _gaps(groups: dict[int, GroupAnswer]) -> tuple[tuple[BuyingRole, Ids], ...]:
    """The roles with nobody active in them, those of most accounts first."""
    open_roles = {
        account_id: {line.role for line in group.lines if line.state is not RoleState.ENGAGED}
        for account_id, group in groups.items()
    }
    counts = Counter(role for roles in open_roles.values() for role in roles)
    ordered = sorted(counts, key=lambda role: (-counts[role], list(BuyingRole).index(role)))
    return tuple((role, tuple(id_ for id_, roles in open_roles.items() if role in roles)) for role in ordered)
