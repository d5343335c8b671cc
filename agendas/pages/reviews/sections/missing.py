"""Gaps that keep an account from being discussed well, and people who have not written."""

from collections.abc import Iterator

from agendas.facts.account import AccountState, Stage
from agendas.facts.review import AgendaItem
from agendas.pages.reviews.sections import examples
from agendas.rendering.page import Item, Text
from agendas.rendering.words import Words
from agendas.rules.narrative.age import narrative_gap
from agendas.rules.reviews.first_touch import late_first_touch

EXAMPLES = examples.EXAMPLES


def section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
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


def gaps_of(account: AccountState) -> Iterator[str]:
    """Codes of what is missing: no_next_action, no_evidence, no_owner, no_justification, no_tier."""
    if not account.open_actions:
        yield "no_next_action"
    if account.stage is not Stage.TARGET and not account.stage_has_evidence:
        yield "no_evidence"
    if not (account.profile.owner or account.profile.owner_name):
        yield "no_owner"
    if not account.justification:
        yield "no_justification"
    if account.tier is None:
        yield "no_tier"
