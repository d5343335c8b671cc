"""Decisions of a review, with the next action or the change of the list that they mean."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from agendas.facts.events import Decided, DecisionKind
from agendas.facts.motion import Motion, motion_of
from agendas.facts.people import Author
from agendas.verbs.list import change
from agendas.verbs.list.swap import Swap, lock_both, swap
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates import updates
from storage import workspaces

CHANGES = (DecisionKind.CHANGE_TIER, DecisionKind.CHANGE_MOTION)


@dataclass(frozen=True, slots=True)
class EnteredDecision:
    """A decision as a person enters it.

    Args:
        kind: keep, change tier, change motion, intervene, pause or remove.
        because: the reason, or the words of what is asked.
        tier: the new tier of a change of tier, else None.
        ask_of: the user id of the person asked in an intervention, else empty.
        due_on: until when an intervention is asked for, else None.
        motion: the new motion of a change of motion, else None.
    """

    kind: DecisionKind
    because: str
    tier: int | None = None
    ask_of: str = ""
    due_on: date | None = None
    motion: Motion | None = None


def decide(session: Session, author: Author, account_id: int, decision: EnteredDecision) -> list[Recorded]:
    """Record the decision, then the next action or the change of the list that it means.

    Raises:
        NoRoom: when the new tier is full.
        Refused, Outdated, NotAMember: as the verbs of the list and of next actions.
    """
    kind, because = decision.kind, decision.because
    if kind is DecisionKind.CHANGE_TIER:
        # before the account's own lock, as every naming of an account does: so that no two wait for each other
        workspaces.lock(session, author.workspace_id)
    made = updates.decide(session, author, account_id, _decided(session, author, account_id, decision))
    # what the decision means names it, so that a correction takes both out
    decision_id = made.event.id
    recorded = [made]
    if kind is DecisionKind.INTERVENE and decision.due_on is not None:
        asked = updates.add_action(
            session,
            author,
            account_id,
            text=because,
            due_on=decision.due_on,
            owner=decision.ask_of,
            decision_id=decision_id,
        )
        recorded.append(asked)
    if kind is DecisionKind.CHANGE_TIER and decision.tier is not None:
        put = change.put_on_list(
            session, author, account_id, tier=decision.tier, because=because, decision_id=decision_id
        )
        recorded.append(put)
    elif kind is DecisionKind.PAUSE:
        recorded.append(change.pause(session, author, account_id, because=because, decision_id=decision_id))
    elif kind is DecisionKind.REMOVE:
        recorded.append(change.remove(session, author, account_id, because=because, decision_id=decision_id))
    return recorded


def _decided(session: Session, author: Author, account_id: int, decision: EnteredDecision) -> Decided:
    """The decision to record: a change of tier or motion with what it was before."""
    decided = Decided(decision.kind, decision.because, decision.ask_of or None, decision.due_on)
    if decision.kind not in CHANGES:
        return decided
    before = updates.account_to_update(session, author, account_id)
    if decision.kind is DecisionKind.CHANGE_TIER:
        return replace(decided, from_tier=before.tier, to_tier=decision.tier)
    motion = motion_of(before.tier, before.motion_decided)
    return replace(decided, from_motion=motion, to_motion=decision.motion)


def decide_swap(session: Session, author: Author, wanted: Swap) -> list[Recorded]:
    """Record a decision of a review and the swap that it led to. Raises as `swap`."""
    both = lock_both(session, author, wanted)
    comes, leaves = both[wanted.account_id], both[wanted.leaver_id]
    decided = Decided(
        DecisionKind.CHANGE_TIER,
        wanted.because,
        from_tier=comes.tier,
        to_tier=wanted.tier,
        # whoever sees the one is not to read the name of the other
        leaver=leaves.name if leaves.private_channel in ("", comes.private_channel) else "",
    )
    made = updates.decide(session, author, wanted.account_id, decided)
    return [*swap(session, author, wanted, decision_id=made.event.id), made]
