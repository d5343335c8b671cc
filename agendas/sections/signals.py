"""What signals say of an account: engagement points with their trend, and the stage that they hint at."""

from agendas.pages.page import Item, Text
from agendas.pages.words import Words
from agendas.review_facts import AgendaItem
from agendas.rules.engagement import stage_hint
from agendas.sections import examples

EXAMPLES = examples.EXAMPLES


def section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """One line; nothing where no signal came for 35 days and no stage is hinted at."""
    facts = item.facts
    if facts.engagement is None or facts.account.has_left_list:
        return ()
    hint = stage_hint(facts.account, facts.engagement, facts.settings)
    if facts.engagement.trend is None and hint is None:
        return ()
    return (Text(words.say("signals.section", engagement=facts.engagement, hint=hint, zone=facts.zone)),)
