"""Reports of several things at once: open blockers or promises that changed, and a new one."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from agendas.errors import CannotOwn, FieldProblems, NothingShows, Outdated, Refused
from agendas.facts.account import Stage
from agendas.facts.events import ExpansionKind
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
    """The change of one promise: `change` is done, slipped (to `due_on`) or dropped, `text` why."""

    action_id: int
    change: str
    due_on: date | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ActionReport:
    """Changes of promises, and a new next action if `text` is not empty."""

    promises: tuple[PromiseReport, ...]
    text: str
    owner: str
    due_on: date
    outcome_expected: str


@dataclass(frozen=True, slots=True)
class MovementReport:
    """Movement: to a stage, an expansion, or news that changes no stage, with what shows it."""

    text: str
    to_stage: Stage | None
    expansion: ExpansionKind | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class AccountReport:
    """Everything that a person says of one account at once; `nothing_moved` where the person says just that."""

    movement: MovementReport | None
    nothing_moved: bool
    actions: ActionReport
    changed_blockers: tuple[tuple[int, str], ...]

    @property
    def numbers(self) -> frozenset[int]:
        """The ids of the actions and blockers that it is about."""
        actions = (promise.action_id for promise in self.actions.promises)
        return frozenset((*actions, *(number for number, _ in self.changed_blockers)))

    @property
    def is_empty(self) -> bool:
        """True where nothing is said."""
        told = self.movement or self.actions.text or self.actions.promises or self.changed_blockers
        return not told and not self.nothing_moved


class ClosedMeanwhile(Outdated):
    """Actions or blockers of a report are not open any more; `numbers` are their ids."""

    def __init__(self, numbers: Collection[int]) -> None:
        self.numbers = frozenset(numbers)
        super().__init__("Somebody closed a part of this meanwhile.")


def report_account(session: Session, author: Author, account_id: int, report: AccountReport) -> list[Recorded]:
    """Record all of it, movement first.

    Raises:
        Refused, Outdated: when the account takes no updates.
        ClosedMeanwhile: when actions or blockers are not open any more.
        FieldProblems: with a sentence beside the part that cannot be recorded, by the name of its field.
    """
    state = updates.open_account(session, author, account_id)
    still = {action.id for action in state.open_actions} | {blocker.id for blocker in state.open_blockers}
    if closed := report.numbers - still:
        raise ClosedMeanwhile(closed)
    recorded: list[Recorded] = []
    if report.movement is not None:
        with _beside("text", shows="evidence"):
            recorded.append(report_movement(session, author, account_id, report.movement))
    for promise in report.actions.promises:
        with _beside(f"{'later' if promise.change == 'slipped' else 'was'}/{promise.action_id}"):
            recorded.append(_close_or_slip(session, author, account_id, promise))
    for number, change in report.changed_blockers:
        with _beside(f"open/{number}"):
            how = report.movement.text if report.movement is not None else ""
            recorded.append(_change(session, author, account_id, (number, change), how=how))
    with _beside("next", member="owner"):
        recorded += report_actions(session, author, account_id, replace(report.actions, promises=()))
    if report.nothing_moved:
        # after the rest: it is said again only where something was recorded since it was said last
        with _beside("nothing"):
            recorded.append(updates.say_nothing_moved(session, author, account_id))
    return recorded


def report_movement(session: Session, author: Author, account_id: int, report: MovementReport) -> Recorded:
    """Record movement. Raises what `updates.move` raises."""
    return updates.move(
        session,
        author,
        account_id,
        text=report.text,
        to_stage=report.to_stage,
        expansion=report.expansion,
        evidence=report.evidence,
    )


@contextmanager
def _beside(field: str, *, shows: str = "", member: str = "") -> Iterator[None]:
    """Put the sentence of a refusal beside the field; one about missing evidence or a person beside their own."""
    try:
        yield
    except NothingShows as error:
        raise FieldProblems({shows or field: str(error)}) from error
    except CannotOwn as error:
        raise FieldProblems({member or field: str(error)}) from error
    except (Refused, Outdated) as error:
        raise FieldProblems({field: str(error)}) from error


def report_blockers(session: Session, author: Author, account_id: int, report: BlockerReport) -> list[Recorded]:
    """Record the changes of open blockers, then the new one. Raises Outdated for a blocker that is not open."""
    recorded = [_change(session, author, account_id, changed) for changed in report.changed]
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


def _change(session: Session, author: Author, account_id: int, changed: tuple[int, str], *, how: str = "") -> Recorded:
    """Record what became of the blocker; what moved is how it was resolved, where something is said to have moved."""
    blocker_id, change = changed
    if change == "resolved":
        return updates.resolve_blocker(session, author, account_id, blocker_id, text=how)
    return updates.acknowledge_blocker(session, author, account_id, blocker_id)


def _close_or_slip(session: Session, author: Author, account_id: int, promise: PromiseReport) -> Recorded:
    action_id = promise.action_id
    if promise.change == "slipped" and promise.due_on is not None:
        return updates.slip_action(session, author, account_id, action_id, due_on=promise.due_on, text=promise.text)
    return updates.close_action(
        session, author, account_id, action_id, done=promise.change == "done", text=promise.text
    )
