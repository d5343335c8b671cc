"""Begin and end the follow-ups of blockers and asks, and the mornings of those who owe something, with each change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from agendas.facts.account import AccountState, Source
from agendas.rules.history.weight import AUTOMATIC
from agendas.rules.nudging.follow_ups import followed
from agendas.verbs.record.follow_fit import Changed
from storage import events
from storage.nudging import follow_ups, mornings
from storage.tables import FollowUp


@dataclass(frozen=True, slots=True)
class Deed:
    """How accounts changed: in which workspace, by what source, when; `is_undo` where entries were taken back."""

    workspace_id: str
    source: Source
    at: datetime
    is_undo: bool = False


def follow_open_items(session: Session, changed: Changed, deed: Deed) -> None:
    """Follow up what was opened, no more what was settled or taken back, and look again at what changed.

    What an import brought is followed up by nobody, and what it opened once is not when its end is taken back. The
    looks are due at once: who is nudged and when is worked out after this transaction, in a read.
    """
    opened, gone, other = dict[int, FollowUp](), list[int](), list[int]()
    for number, (before, after) in changed.items():
        was, now = followed(before), followed(after)
        for event_id, (kind, _) in now.items():
            if event_id not in was:
                opened[event_id] = _new(deed, number, event_id, kind.value)
        gone += [event_id for event_id in was if event_id not in now]
        other += [event_id for event_id in now if event_id in was and was[event_id] != now[event_id]]
    if gone:
        follow_ups.remove(session, gone)
    if other:
        follow_ups.look_again(session, other, deed.at)
    if opened and deed.source not in AUTOMATIC:
        follow_ups.add(session, [opened[event_id] for event_id in _by_people(session, opened, deed)])
    if owners := _owing(changed):
        mornings.begin(session, deed.workspace_id, owners, deed.at)


def _new(deed: Deed, account_id: int, event_id: int, kind: str) -> FollowUp:
    return FollowUp(
        workspace_id=deed.workspace_id,
        event_id=event_id,
        account_id=account_id,
        kind=kind,
        user_id="",
        next_at=deed.at,
    )


def _by_people(session: Session, opened: Iterable[int], deed: Deed) -> list[int]:
    """Return those of these events, all open now, that no import told: only what was taken back is older than now."""
    if not deed.is_undo:
        return list(opened)
    told = events.get_many(session, list(opened))
    return [row.row_id for row in told if row.source not in AUTOMATIC]


def _owing(changed: Changed) -> set[str]:
    """Return the people who own an action or a blocker that is open since this change, or was given to them by it."""
    return {owner for before, after in changed.values() for owner in _owned(after) - _owned(before) if owner}


def _owned(account: AccountState | None) -> set[str]:
    if account is None:
        return set()
    blocked = {each.owner for each in account.open_blockers if each.owner}
    return blocked | {each.owner for each in account.open_actions}
