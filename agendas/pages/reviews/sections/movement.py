"""Movement since the last held review, said plainly when nothing moved."""

from collections.abc import Sequence

from agendas.facts.account import EventFacts, ListStatus, Stage
from agendas.facts.events import Moved, NothingMoved
from agendas.facts.review import AgendaItem
from agendas.pages.reviews.sections import examples
from agendas.pages.reviews.sections.corrected import corrected_lines
from agendas.rendering.page import Item, Rows
from agendas.rendering.words import Words
from agendas.rules.history.corrections import standing
from agendas.rules.history.evidence import proofs
from agendas.rules.history.news import news

EXAMPLES = examples.EXAMPLES


def section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """The answer from stage to stage, then what was said about it, by whom and when, and what was corrected since.

    Claims are called claims. "Nothing moved" after news of the same review is read as "nothing else".
    """
    facts, answer = item.facts, item.placement.movement
    told = standing(facts.events)
    events = tuple(event for event in told if isinstance(event.change, Moved | NothingMoved))
    heard = {event.actor for event in events if isinstance(event.change, NothingMoved)}
    told_at = min((event.id for event in news(facts.events)), default=None)
    lines = words.lines(
        "agenda.movement",
        answer=answer,
        events=[(event, told_at is not None and event.id > told_at) for event in events],
        claims=claims(told),
        named_at=facts.account.named_at,
        reviewed_on=facts.reviewed_on,
        zone=facts.zone,
        is_named=facts.account.list_status is ListStatus.NAMED,
        no_change=tuple(person for person in item.no_change_said_by if person not in heard),
    )
    corrected = corrected_lines([(facts.account, each) for each in facts.corrected], words, facts.zone)
    return (Rows((*lines, *corrected)),)


def claims(events: Sequence[EventFacts]) -> set[int]:
    """The ids of steps that nothing shows, now or in what was told later."""
    return {
        event.id
        for number, event in enumerate(events)
        if isinstance(event.change, Moved) and event.change.to_stage
        if not any(proofs(each, Stage(event.change.to_stage)) for each in events[number:])
    }
