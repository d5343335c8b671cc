"""Stays of an account in its stages that are over, while it was on the list, and how what is known of them changes.

What is known of a stay may change later, when an earlier entry is corrected or told late. Both are kept, so that the
stays known at any instant can be had without folding the history anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.measures.program import Stay
from agendas.rules.deals.stalled import in_stage_since
from agendas.rules.history.fold import fold_by_steps


@dataclass(frozen=True, slots=True)
class KnownStay:
    """A completed stay as it was known from `told_at` on, and until before `void_at` where it is known otherwise."""

    stay: Stay
    told_at: datetime
    void_at: datetime | None = None


def stay_ended(before: AccountState | None, after: AccountState) -> Stay | None:
    """The stay that a step ended, or that the account left the list from; None where it was not on the list.

    Also where it took no time: an account that is found in a stage as it is named was in no other one before. How long
    a stay took that an import found begun or over is not known.
    """
    if before is None or not before.list_status.is_on_list:
        return None
    has_left = not after.list_status.is_on_list
    if before.stage is after.stage and not has_left:
        return None
    began_at, ended_at = in_stage_since(before), after.list_changed_at if has_left else after.stage_since
    if began_at is None or ended_at is None or ended_at <= began_at:
        return None
    return Stay(
        account_id=after.account_id,
        stage=before.stage,
        tier=before.tier,
        began_at=began_at,
        ended_at=ended_at,
        to_stage=None if has_left else after.stage,
        is_known=before.stage_since_known and (has_left or after.stage_since_known),
    )


def folded(events: Iterable[EventFacts]) -> tuple[AccountState | None, tuple[Stay, ...]]:
    """The state that a whole history makes, as `fold`, with the completed stays that it tells of, oldest first."""
    state: AccountState | None = None
    found: list[Stay] = []
    for _event, after in fold_by_steps(events):
        if stay := stay_ended(state, after):
            found.append(stay)
        state = after
    return state, tuple(found)


def anew(known: Sequence[KnownStay], stays: Sequence[Stay], at: datetime) -> tuple[KnownStay, ...]:
    """The stays with those of a history that was folded anew at that instant in place of those known till then."""
    had = [each.stay for each in known if each.void_at is None]
    kept = (replace(each, void_at=at) if each.void_at is None and each.stay not in stays else each for each in known)
    return (*kept, *(KnownStay(stay, at) for stay in stays if stay not in had))


def open_stay(state: AccountState) -> Stay | None:
    """The stay of an account that lasts; None where no day of its stage is known."""
    began_at = in_stage_since(state)
    if began_at is None:
        return None
    return Stay(state.account_id, state.stage, state.tier, began_at, is_known=state.stage_since_known)
