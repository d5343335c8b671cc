"""Evidence since the last held review."""

from datetime import date

from agendas.facts.evidence import Evidence
from agendas.facts.reviews.review import AgendaItem
from agendas.rendering.page import Item, Rows
from agendas.rendering.words import Words
from agendas.rules.history.corrections import standing
from agendas.text.days import local_date


def evidence_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """Each piece of evidence once, newest first, with its kind and date; nothing where there is none."""
    facts, found = item.facts, evidence_of(item)
    if not found:
        return ()
    lines = words.lines("agenda.evidence", items=found, zone=facts.zone)
    return (Rows(lines),)


def evidence_of(item: AgendaItem) -> tuple[Evidence, ...]:
    """The evidence behind the movement and of everything recorded since, without repeats, newest first."""
    recorded = [piece for event in standing(item.facts.events) for piece in event.evidence]
    once: dict[tuple[str, str, date], Evidence] = {}
    for piece in (*item.placement.movement.evidence, *recorded):
        # a row of the CRM is told once more when anything of its deal changes
        once.setdefault((piece.text, piece.url, local_date(piece.dated_at, item.facts.zone)), piece)
    return tuple(sorted(once.values(), key=lambda piece: piece.dated_at, reverse=True))
