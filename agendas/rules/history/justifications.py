"""The justification of an account after a nomination, a change of the list, or a change of its parts."""

from dataclasses import replace

from agendas.facts.account import AccountState, ListStatus
from agendas.facts.events import ListChanged, Nominated
from agendas.facts.justification import Justification, Justified, Part


def after_nomination(change: Nominated, had: Justification | None = None) -> Justification:
    """Return the justification with the parts that the nomination gives."""
    before = had or Justification()
    return before.with_given(why_account=change.because, why_now=change.why_now, motion=change.motion)


def after_list_change(change: ListChanged, state: AccountState) -> Justification:
    """Return the justification with the parts that the change gives: why this account only by a naming.

    The reason of a pause, a restore or another tier is not why the account is on the list, unless nothing else is said.
    """
    had = state.justification
    is_restored = state.list_status is ListStatus.PAUSED and change.tier == state.tier
    is_other_tier = state.list_status is ListStatus.NAMED and bool(had.why_account)
    is_naming = ListStatus(change.status) is ListStatus.NAMED and not (is_restored or is_other_tier)
    why_account = change.because if is_naming else ""
    return had.with_given(why_account=why_account, why_now=change.why_now, motion=change.motion)


def after_justified(change: Justified, had: Justification) -> Justification:
    """Return the justification with the parts that were changed, also to nothing."""
    return replace(had, **{part.value: change.justification.part(part) for part in changed_parts(change)})


def changed_parts(change: Justified) -> tuple[Part, ...]:
    """Return the parts that the change is about."""
    return tuple(part for part in Part if change.justification.part(part) != change.before.part(part))
