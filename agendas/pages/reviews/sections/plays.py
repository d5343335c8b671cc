"""The plays that run on an account: how many steps are open, and what the buyer is to do by when."""

from agendas.facts.reviews.review import AgendaItem
from agendas.rendering.page import Item, Rows
from agendas.rendering.words import Words
from agendas.rules.plays.running import out_of_tier, running, tier_worked
from agendas.text.days import local_date


def plays_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """One line for each play that runs; nothing where none does, or the account left the list."""
    facts = item.facts
    today = local_date(facts.now, facts.zone)
    plays = running(facts.account, today)
    if not plays or facts.account.has_left_list:
        return ()
    foreign = {run.id for run in out_of_tier(facts.account, facts.tiers_of_plays)}
    said = words.lines("plays.section", plays=plays, today=today, foreign=foreign, tier=tier_worked(facts.account))
    return (Rows(said),)
