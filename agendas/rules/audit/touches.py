"""Executive touches as events tell them, and the accounts of tier 1 that have one."""

from collections.abc import Iterable, Mapping

from agendas.facts.account import EventFacts
from agendas.facts.interventions.events import ExecutiveMet
from agendas.facts.interventions.touches import ExecutiveTouch
from agendas.facts.measures.program import Program, ProgramAccount
from agendas.facts.people import Function
from agendas.rules.audit.judging import WINDOW_DAYS, named
from agendas.rules.audit.marketing import ONE_TO_ONE
from agendas.rules.group.titles import EXECUTIVE_WEIGHT, title_weight
from agendas.rules.history.corrections import standing
from agendas.text.days import local_date


def touches_of(events: Iterable[EventFacts], zone: str) -> tuple[ExecutiveTouch, ...]:
    """Return the meetings that stand, latest first, with their days in this zone."""
    found = [_touch(event, event.change, zone) for event in standing(events) if isinstance(event.change, ExecutiveMet)]
    return tuple(sorted(found, key=lambda touch: (touch.on, touch.event_id), reverse=True))


def of_executives(
    events: Iterable[EventFacts], functions: Mapping[str, Function], executives: Mapping[int, str | None]
) -> tuple[EventFacts, ...]:
    """Return the events without meetings of those who are no executives: ours by function, theirs by title.

    Of theirs whose title is not known it is believed: whoever recorded the meeting said so.

    Args:
        events: of any kind.
        functions: of our people, by user id.
        executives: our executive for each account, by its id, who counts there whatever the function.
    """

    def is_kept(event: EventFacts) -> bool:
        met = event.change
        if not isinstance(met, ExecutiveMet):
            return True
        title = met.theirs.partition(",")[2]
        is_theirs = not title.strip() or title_weight(title) >= EXECUTIVE_WEIGHT
        is_ours = functions.get(met.ours) is Function.EXECUTIVE or executives.get(event.account_id) == met.ours
        return is_ours and is_theirs

    return tuple(filter(is_kept, events))


def _touch(event: EventFacts, met: ExecutiveMet, zone: str) -> ExecutiveTouch:
    on = local_date(event.happened_at, zone)
    return ExecutiveTouch(event.id, event.account_id, on, met.ours, met.theirs, met.text)


def recent_touches(program: Program) -> tuple[ExecutiveTouch, ...]:
    """Return the meetings of named accounts in the 100 days before the end of the period, latest first."""
    ids = {each.account_id for each in named(program)}
    return tuple(
        touch
        for touch in program.practice.touches
        if touch.account_id in ids and 0 <= (program.period.last - touch.on).days <= WINDOW_DAYS
    )


def of_one_to_one(program: Program) -> tuple[ProgramAccount, ...]:
    """Return the accounts of tier 1, whose executives ours are to meet."""
    return named(program, ONE_TO_ONE)


def untouched(program: Program) -> tuple[ProgramAccount, ...]:
    """Return the accounts of tier 1 without such a meeting."""
    met = {touch.account_id for touch in recent_touches(program)}
    return tuple(each for each in of_one_to_one(program) if each.account_id not in met)
