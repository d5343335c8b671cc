"""The plays that run on an account: how many steps are open, and what the buyer is to do by when."""

from agendas.pages.page import Item, Rows
from agendas.pages.words import Words
from agendas.review_facts import AgendaItem
from agendas.rules.days import local_date
from agendas.rules.running_plays import running
from agendas.sections import examples

EXAMPLES = examples.EXAMPLES


def section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """One line for each play that runs; nothing where none does, or the account left the list."""
    facts = item.facts
    today = local_date(facts.now, facts.zone)
    plays = running(facts.account, today)
    if not plays or facts.account.has_left_list:
        return ()
    return (Rows(words.lines("plays.section", plays=plays, today=today)),)
