"""Effects of a corrected decision that stay: those recorded as entries of their own."""

from enum import StrEnum

from agendas.facts.account import AccountState, ListStatus
from agendas.facts.events import Change, Decided, DecisionKind


class Left(StrEnum):
    """Effect that stays: the tier, the pause, the removal, the next action asked for, or the leaver of a swap."""

    TIER = "tier"
    PAUSED = "paused"
    REMOVED = "removed"
    ACTION = "action"
    LEAVER = "leaver"


def left_by(change: Change, after: AccountState) -> tuple[Left, ...]:
    """Return what a corrected decision did and what still stands `after` that; empty for any other entry.

    Older decisions left entries that do not name them, so those stay.
    """
    if not isinstance(change, Decided):
        return ()
    asked = (change.text, change.ask_of, change.due_on)
    stands = {
        Left.TIER: change.decision is DecisionKind.CHANGE_TIER
        and change.to_tier is not None
        and change.to_tier == after.tier,
        Left.PAUSED: change.decision is DecisionKind.PAUSE and after.list_status is ListStatus.PAUSED,
        Left.REMOVED: change.decision is DecisionKind.REMOVE and after.list_status is ListStatus.REMOVED,
        Left.ACTION: change.decision is DecisionKind.INTERVENE
        and any((each.text, each.owner, each.due_on) == asked for each in after.open_actions),
        Left.LEAVER: bool(change.leaver),
    }
    return tuple(left for left, is_so in stands.items() if is_so)
