"""Gaps in the facts about an account that keep it from being discussed well."""

from collections.abc import Iterator
from enum import StrEnum

from agendas.facts.account import AccountState, Stage
from agendas.rules.deals.stalled import furthest_deal
from agendas.rules.list.justification import missing_parts
from agendas.rules.narrative.age import OWN_NARRATIVE_TIERS
from agendas.rules.plays.running import tier_worked


class Gap(StrEnum):
    """Kind of gap in the facts about an account."""

    NO_NEXT_ACTION = "no_next_action"
    NO_EVIDENCE = "no_evidence"
    NO_OWNER = "no_owner"
    NO_WHY_ACCOUNT = "no_why_account"
    NO_WHY_NOW = "no_why_now"
    NO_MOTION = "no_motion"
    NO_TIER = "no_tier"
    NO_PLAY = "no_play"


def gaps_of(account: AccountState) -> Iterator[Gap]:
    """Yield the account's gaps."""
    if not account.open_actions:
        yield Gap.NO_NEXT_ACTION
    if account.stage is not Stage.TARGET and not account.stage_has_evidence:
        yield Gap.NO_EVIDENCE
    if not (account.profile.owner or account.profile.owner_name):
        yield Gap.NO_OWNER
    yield from (Gap(f"no_{part}") for part in missing_parts(account))
    if account.tier is None:
        yield Gap.NO_TIER
    if _lacks_play(account):
        yield Gap.NO_PLAY


def _lacks_play(account: AccountState) -> bool:
    """Return true where no play runs on an account whose motion works it by plays of its own or of its segment.

    None is missed of a customer without an open deal for more.
    """
    is_pure_customer = account.stage is Stage.CUSTOMER and furthest_deal(account) is None
    is_running = any(run.end is None for run in account.plays)
    return tier_worked(account) in OWN_NARRATIVE_TIERS and not is_running and not is_pure_customer
