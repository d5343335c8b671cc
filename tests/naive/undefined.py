"""Shapes of a history of which the definitions say nothing: the properties leave such cases out."""

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise

from agendas.facts.account import EventFacts
from tests.naive.cases import Case
from tests.naive.facts import before_of
from tests.naive.rules.counting import judged, pieces_of, standing
from tests.naive.rules.movement import Period, counted
from tests.naive.rules.steps import deal_path


def _rows(case: Case) -> dict[str, list[EventFacts]]:
    """The rows of each deal, by its key."""
    rows: dict[str, list[EventFacts]] = {}
    for event in standing(case.known):
        if event.change.kind == "opportunity_changed":
            rows.setdefault(event.change.opportunity.key, []).append(event)
    return rows


def _pairs(case: Case):
    for rows in _rows(case).values():
        for one, other in pairwise(rows):
            yield one.change.opportunity, other.change.opportunity


def stage_redefined(case: Case) -> bool:
    """A stage of the CRM means another phase than before: nothing is said of that beside a step of the deal."""
    return any(one.stage_name == other.stage_name and one.phase is not other.phase for one, other in _pairs(case))


def deal_reopened(case: Case) -> bool:
    """A closed deal changed again: the definitions know none."""
    return any(not one.phase.is_open and one.phase is not other.phase for one, other in _pairs(case))


def _since(case: Case) -> datetime | None:
    """From where a named account is compared: its last held review, or its naming where none saw it listed."""
    period = Period(case.known, before_of(case) if case.since else (), case.since, case.now, case.zone)
    return counted(period).since if period.state and period.state.status == "named" else case.since


def _told_since(case: Case) -> list[EventFacts]:
    since = _since(case)
    return [event for event in standing(case.known) if since and event.recorded_at > since]


def found_beside_a_step(case: Case) -> bool:
    """An import found a deal in the period in which another one moved: nothing is said of both together."""
    since = _since(case)
    if not since:
        return False
    rows = [event for event in _told_since(case) if event.change.kind == "opportunity_changed"]
    told = {event.change.opportunity.key for event in rows}
    known = {key for key, of_deal in _rows(case).items() if any(event not in rows for event in of_deal)}
    return len(told) > 1 and bool(set(deal_path(case.known, since).deals_at_start) - known)


def told_after_overtaken(case: Case) -> bool:
    """Somebody told late of a step that a later one, known at the review, had overtaken: nothing is said of it."""
    moves = [event for event in standing(case.known) if event.change.kind == "moved" and event.change.to_stage]
    return any(_is_overtaken(case, events) for events in (moves, *_rows(case).values()))


def _is_overtaken(case: Case, events: list[EventFacts]) -> bool:
    since = _since(case)
    is_late = [bool(since) and event.recorded_at > since for event in events]
    return any(late and not all(is_late[number:]) for number, late in enumerate(is_late))


def paused_off_the_list(case: Case) -> bool:
    """An account was paused that was not named: that is refused, and nothing is said of when it was named."""
    statuses = [event.change.status for event in standing(case.known) if event.change.kind == "list_changed"]
    return any(later == "paused" and earlier != "named" for earlier, later in pairwise(["candidate", *statuses]))


def confirmed_of_the_day_of_naming(case: Case) -> bool:
    """A stage was confirmed as of the day of the naming, from before its hour: the CRM's days say no hours."""
    since = _since(case)
    confirmed = [event for event in standing(case.known) if event.change.kind == "moved" and event.change.from_deal]
    return since != case.since and any(event.happened_at <= since < event.recorded_at for event in confirmed)


def unproved_row(case: Case) -> bool:
    """A row of a deal told since has no evidence that counts."""
    since = _since(case)
    rows = [event for event in judged(case.known) if event.change.kind == "opportunity_changed"]
    rows = [event for event in rows if since and event.recorded_at > since]
    return any(not any(piece.is_row for piece in pieces_of(event)) for event in rows)


def nomination_taken_back(case: Case) -> bool:
    """The nomination was taken back: there is no account, and nothing is said of what was counted of it."""
    return all(event.change.kind != "nominated" for event in standing(case.known))


def is_any(case: Case, *shapes: Callable[[Case], bool]) -> bool:
    return any(shape(case) for shape in shapes)


def currency_changed(case: Case) -> bool:
    """A deal is counted in another currency than before: amounts of two are never compared."""
    return any(one.currency != other.currency for one, other in _pairs(case))


UNDEFINED = (
    deal_reopened,
    stage_redefined,
    found_beside_a_step,
    told_after_overtaken,
    unproved_row,
    confirmed_of_the_day_of_naming,
    paused_off_the_list,
)
OF_EXPANSION = (*UNDEFINED, currency_changed)
