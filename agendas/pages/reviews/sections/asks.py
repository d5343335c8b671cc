"""Open asks of interventions, each with the button that says that it is answered."""

from agendas.facts.account import Decision
from agendas.facts.reviews.review import AgendaItem
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Item, Line, Text
from agendas.rendering.words import Words
from agendas.text.days import local_date


def asks(item: AgendaItem, words: Words, *, can_answer: bool) -> tuple[Item, ...]:
    """A line for each open ask, soonest due first; nothing once the account left the list."""
    if item.facts.account.has_left_list:
        return ()
    return tuple(_line(item, ask, words, can_answer=can_answer) for ask in item.facts.account.open_asks)


def _line(item: AgendaItem, ask: Decision, words: Words, *, can_answer: bool) -> Item:
    facts, last = item.facts, item.facts.account.decision
    days_overdue = (local_date(facts.now, facts.zone) - ask.due_on).days if ask.due_on else 0
    is_last = last is not None and last.event_id == ask.event_id
    said = words.say("agenda.ask", ask=ask, days_overdue=max(0, days_overdue), is_last=is_last)
    return Line(said, labelled(words, "ask.answer", str(ask.event_id))) if can_answer else Text(said)
