"""Gaps that keep an account from being discussed well, and people who have not written."""

from agendas.facts.reviews.review import AgendaItem
from agendas.rendering.page import Item, Text
from agendas.rendering.words import Words
from agendas.rules.narrative.age import narrative_gap
from agendas.rules.preparing.gaps import gaps_of
from agendas.rules.reviews.first_touch import late_first_touch


def missing_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """One line naming every gap; nothing when nothing is missing, or the account left the list."""
    account, silent = item.facts.account, item.facts.missing_updates_from
    gone = account.profile.owner if item.facts.owner_is_deactivated else None
    if account.has_left_list:
        return ()
    gaps = tuple(gaps_of(account))
    narrative = narrative_gap(account, item.facts.settings, now=item.facts.now, zone=item.facts.zone)
    touch = late_first_touch(item.facts)
    if not (gaps or gone or silent or narrative or touch):
        return ()
    gaps_said = {"gaps": gaps, "gone": gone, "silent": silent, "narrative": narrative, "touch": touch}
    return (Text(words.say("agenda.missing", account=account, zone=item.facts.zone, **gaps_said)),)
