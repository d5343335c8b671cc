"""The tables of limits and required roles, typed in from the definitions, and days in a zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from agendas.facts.deals import Phase
from tests.naive.rules.deals import furthest
from tests.naive.rules.state import State

AGED = {
    "target": (60, 90, None),
    "aware": (45, 60, None),
    "engaged": (30, 45, 90),
    "mqa": (14, 21, 30),
    "opportunity early": (30, 21, 14),
    "opportunity middle": (30, 21, 21),
    "opportunity late": (21, 21, 14),
    "customer": (60, 90, 120),
}
QUIET = {
    "target": (None, None, None),
    "aware": (45, 60, None),
    "engaged": (21, 30, 60),
    "mqa": (14, 21, 30),
    "opportunity early": (14, 14, 21),
    "opportunity middle": (14, 14, 21),
    "opportunity late": (10, 14, 14),
    "customer": (30, 60, 90),
}


def local(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def tier_of(state: State) -> int:
    """The tier; an account without one goes by the limits of tier 3."""
    return state.tier or 3


def phase_of(state: State) -> Phase | None:
    """The phase of the furthest open deal of an opportunity, early without a deal; None for other accounts."""
    if state.stage != "opportunity":
        return None
    deal = furthest(state.deals.values())
    return deal.profile.phase if deal else Phase.EARLY


def row_of(state: State) -> str:
    """The row of the tables that holds the account's limits."""
    phase = phase_of(state)
    return f"opportunity {phase}" if phase else state.stage


def required_roles(state: State) -> set[str]:
    """The roles that the tier asks for at the stage."""
    stage, tier = state.stage, tier_of(state)
    needed: set[str] = set()
    if tier == 1 and stage in ("engaged", "mqa", "opportunity", "customer"):
        needed |= {"champion", "economic_buyer", "technical_evaluator"}
        if stage in ("opportunity", "customer"):
            needed |= {"procurement", "executive_sponsor"}
    if tier == 2 and stage in ("mqa", "opportunity", "customer"):
        needed |= {"champion", "economic_buyer"}
        needed |= {"technical_evaluator"} if stage != "mqa" else set()
        needed |= {"procurement"} if _is_late(state) else set()
    if tier == 3 and stage in ("mqa", "opportunity", "customer"):
        needed |= {"champion"}
    return needed


def _is_late(state: State) -> bool:
    if state.stage not in ("opportunity", "customer"):
        return False
    deals = [deal for deal in state.deals.values() if state.stage == "opportunity" or deal.profile.is_expansion]
    deal = furthest(deals)
    return deal is not None and deal.profile.phase is Phase.LATE
