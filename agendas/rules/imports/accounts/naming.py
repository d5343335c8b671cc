"""Which accounts of a file would be put on the named list, and why the others would not: pure, as the plan is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from agendas.facts.account import AccountState, ListStatus
from agendas.facts.justification import Justification
from agendas.facts.program.settings import ProgramSettings
from agendas.rules.imports.accounts.plan import PlannedRow
from agendas.rules.imports.accounts.read import PROPOSAL
from agendas.rules.imports.reading.dates import Naming
from agendas.rules.imports.verdicts import ImportPlan, Verdict
from agendas.rules.list.capacity import Full, reached
from agendas.rules.list.transitions import MAY_BECOME, what_is_against


class Unnamed(StrEnum):
    """Cause for which an account of the file that has a tier would not be named in it."""

    TIER_FULL = "tier_full"
    OWNER_FULL = "owner_full"
    OTHER_TIER = "other_tier"
    """It is named in another tier."""
    OFF_LIST = "off_list"
    """It is paused, was removed or rejected."""
    UNKNOWN = "unknown"
    """No account is called so, or several could be meant."""
    NO_TIER = "no_tier"
    """A candidate of which neither the file nor a person says the tier."""
    NO_REASON = "no_reason"
    """Nobody said why this account."""


def with_naming(
    plan: ImportPlan[PlannedRow],
    states: Mapping[int, AccountState],
    naming: Naming,
    settings: ProgramSettings,
    *,
    zone: str,
) -> ImportPlan[PlannedRow]:
    """The plan with the tier in which each row's account would be named, in the order of the file while there is room.

    A row without a tier of its own has that of `naming`; a part of the justification that neither the row nor the
    account has is that of `naming`. `states` are the accounts that the person may see: over those the caps are counted.
    """
    room = _Room(states, settings)
    return ImportPlan(tuple(_named(row, states, naming, room, zone) for row in plan.rows))


class _Room:
    """Places taken in each tier, and by each owner in it."""

    def __init__(self, states: Mapping[int, AccountState], settings: ProgramSettings) -> None:
        self._settings = settings
        named = [state for state in states.values() if state.list_status is ListStatus.NAMED]
        self._in_tier = Counter(state.tier for state in named)
        self._of_owner = Counter((state.tier, state.profile.owner) for state in named)

    def take(self, tier: int, owner: str | None, had: AccountState | None) -> Full | None:
        """Take a place of the tier, for an account that leaves the one it had, or return the cap that leaves none."""
        in_tier, of_owner = self._in_tier[tier], self._of_owner[tier, owner]
        full = reached(tier, owner, self._settings, in_tier=in_tier, of_owner=of_owner)
        if full is None:
            if had is not None and had.list_status is ListStatus.NAMED:
                self._in_tier[had.tier] -= 1
                self._of_owner[had.tier, had.profile.owner] -= 1
            self._in_tier[tier] += 1
            self._of_owner[tier, owner] += 1
        return full


def _named(
    row: PlannedRow,
    states: Mapping[int, AccountState],
    naming: Naming,
    room: _Room,
    zone: str,
) -> PlannedRow:
    state = None if row.account_id is None else states.get(row.account_id)
    tier = (row.said.tier if row.said else None) or naming.tier
    is_candidate = state is None or row.is_restored or state.list_status is ListStatus.CANDIDATE
    if row.verdict is Verdict.SKIP or row.said is None or row.after is None:
        return row
    if tier is None:
        return replace(row, unnamed=Unnamed.NO_TIER) if is_candidate or naming.is_typed else row
    if state is not None and not is_candidate and (standing := _standing(row, state, tier, naming, zone)):
        return standing
    full = room.take(tier, row.after.owner, state)
    if full is not None:
        said = f"has {full.cap} accounts in tier {tier}" if full.owner else f"tier {tier} is full with {full.cap}"
        return replace(
            row,
            unnamed=Unnamed.OWNER_FULL if full.owner else Unnamed.TIER_FULL,
            unnamed_because=f"not named: {'its owner ' if full.owner else ''}{said}",
        )
    had = state.justification if state is not None else Justification()
    # what a file proposed is no reason why this account
    why_had = "" if PROPOSAL.fullmatch(had.why_account) else had.why_account
    # as with the command for one account, what is typed needs a reason of its own and comes before what stands
    if naming.is_typed:
        why, why_now, motion = naming.because, naming.why_now or had.why_now, naming.motion or had.motion
    else:
        why = row.said.reason or why_had or naming.because
        why_now = row.said.why_now or had.why_now or naming.why_now
        motion = row.said.motion or had.motion or naming.motion
    if not why:
        return replace(row, unnamed=Unnamed.NO_REASON, unnamed_because=f"tier {tier} once you say why")
    return replace(
        row,
        tier=tier,
        because=why,
        why_now=why_now,
        motion=motion,
        verdict=Verdict.UPDATE if row.verdict is Verdict.UNCHANGED else row.verdict,
    )


def _standing(row: PlannedRow, state: AccountState, tier: int, naming: Naming, zone: str) -> PlannedRow | None:
    """The row of an account that is or was on the list, None where it can be named all the same.

    A file names candidates alone; in words, people move an account to another tier or name a paused one again.
    """
    if state.list_status is ListStatus.NAMED and state.tier == tier:
        return replace(row, unnamed_because=f"in tier {tier} already")
    if naming.is_typed and state.list_status in MAY_BECOME[ListStatus.NAMED]:
        return None
    if state.list_status is ListStatus.NAMED:
        said = f"stays in tier {state.tier}: change it with /account tier {state.name} {tier} because TEXT"
        return replace(row, unnamed=Unnamed.OTHER_TIER, unnamed_because=said)
    against = what_is_against(state, ListStatus.NAMED, "it is in the file", zone)
    return replace(
        row,
        unnamed=Unnamed.OFF_LIST,
        unnamed_because=against or f"is paused: take it up with /account restore {state.name} because TEXT",
    )
