"""Reports of several things at once: open blockers or promises that changed, and a new one."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from agendas.facts.evidence import Evidence
from agendas.facts.people import Author
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates import updates


@dataclass(frozen=True, slots=True)
class BlockerReport:
    """Changes of open blockers as (blocker id, acknowledged or resolved), and a new one if there is a text."""

    changed: tuple[tuple[int, str], ...]
    text: str
    owner: str
    needs: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class PromiseReport:
    """The change of one promise: `change` is done, slipped (to `due_on`) or dropped."""

    action_id: int
    change: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class ActionReport:
    """Changes of promises, and a new next action if `text` is not empty."""

    promises: tuple[PromiseReport, ...]
    text: str
    owner: str
    due_on: date
    outcome_expected: str


def report_blockers(session: Session, author: Author, account_id: int, report: BlockerReport) -> list[Recorded]:
    """Record the changes of open blockers, then the new one. Raises Outdated for a blocker that is not open."""
    recorded = [_change(session, author, account_id, number, change=change) for number, change in report.changed]
    if report.text:
        opened = updates.open_blocker(
            session,
            author,
            account_id,
            text=report.text,
            owner=report.owner or None,
            needs=report.needs or None,
            evidence=report.evidence,
        )
        recorded.append(opened)
    return recorded


def report_actions(session: Session, author: Author, account_id: int, report: ActionReport) -> list[Recorded]:
    """Record the changes of promises, then the new next action. Raises Outdated for an action that is not open."""
    recorded = [_close_or_slip(session, author, account_id, promise) for promise in report.promises]
    if report.text:
        added = updates.add_action(
            session,
            author,
            account_id,
            text=report.text,
            due_on=report.due_on,
            owner=report.owner or None,
            outcome_expected=report.outcome_expected,
        )
        recorded.append(added)
    return recorded


def _change(session: Session, author: Author, account_id: int, blocker_id: int, *, change: str) -> Recorded:
    if change == "resolved":
        return updates.resolve_blocker(session, author, account_id, blocker_id)
    return updates.acknowledge_blocker(session, author, account_id, blocker_id)


def _close_or_slip(session: Session, author: Author, account_id: int, promise: PromiseReport) -> Recorded:
    action_id = promise.action_id
    if promise.change == "slipped" and promise.due_on is not None:
        return updates.slip_action(session, author, account_id, action_id, due_on=promise.due_on)
    return updates.close_action(session, author, account_id, action_id, done=promise.change == "done")
