"""What an account lacks to be discussed well, and who has not written."""

from collections.abc import Iterator

from agendas.facts import AccountState, Stage
from agendas.pages.page import Item, Text
from agendas.pages.words import Words
from agendas.review_facts import AgendaItem
from agendas.rules.narrative_age import narrative_gap
from agendas.sections import examples

EXAMPLES = examples.EXAMPLES


def section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """One line naming every gap; nothing when nothing is missing, or the account left the list."""
    account, silent = item.facts.account, item.facts.missing_updates_from
    if account.has_left_list:
        return ()
    gaps = tuple(gaps_of(account))
    narrative = narrative_gap(account, item.facts.settings, now=item.facts.now, zone=item.facts.zone)
    if not gaps and not silent and not narrative:
        return ()
    said = words.say(
        "agenda.missing", gaps=gaps, stage=account.stage, silent=silent, narrative=narrative, zone=item.facts.zone
    )
    return (Text(said),)


def gaps_of(account: AccountState) -> Iterator[str]:
    """Codes of what is missing: no_next_action, no_evidence, no_owner, no_justification, no_tier."""
    if not account.open_actions:
        yield "no_next_action"
    if account.stage is not Stage.TARGET and not account.stage_has_evidence:
        yield "no_evidence"
    if not (account.profile.owner or account.profile.owner_name):
        yield "no_owner"
    if not account.because:
        yield "no_justification"
    if account.tier is None:
        yield "no_tier"
