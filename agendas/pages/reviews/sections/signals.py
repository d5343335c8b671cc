"""Signals of an account: engagement points with their trend, and the stage that they hint at."""

from agendas.facts.reviews.review import AgendaItem
from agendas.rendering.page import Item, Text
from agendas.rendering.words import Words
from agendas.rules.signals.engagement import stage_hint


def signals_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """One line; nothing where there is no point to tell of and no stage is hinted at."""
    facts = item.facts
    if facts.engagement is None or facts.account.has_left_list:
        return ()
    hint = stage_hint(facts.account, facts.engagement, facts.settings)
    if not facts.engagement.is_any and hint is None:
        return ()
    return (Text(words.say("signals.section", engagement=facts.engagement, hint=hint, zone=facts.zone)),)
