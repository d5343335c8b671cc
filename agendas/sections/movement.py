"""What moved since the last held review, said plainly when nothing did."""

from agendas.changes import Moved, NothingMoved
from agendas.facts import ListStatus
from agendas.pages.page import Item, Rows
from agendas.pages.words import Words
from agendas.review_facts import AgendaItem
from agendas.rules.corrections import standing
from agendas.sections import examples

EXAMPLES = examples.EXAMPLES


def section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """The answer from stage to stage, then what was said about it, by whom and when; claims are called claims."""
    facts, answer = item.facts, item.placement.movement
    events = tuple(event for event in standing(facts.events) if isinstance(event.change, Moved | NothingMoved))
    heard = {event.actor for event in events if isinstance(event.change, NothingMoved)}
    lines = words.lines(
        "agenda.movement",
        answer=answer,
        events=events,
        since=facts.since,
        zone=facts.zone,
        is_named=facts.account.list_status is ListStatus.NAMED,
        no_change=tuple(person for person in item.no_change_said_by if person not in heard),
    )
    return (Rows(lines),)
