"""Check that a review meets as often as its tiers ask for."""

from collections.abc import Collection

from agendas.facts.account import Rhythm
from agendas.facts.program.settings import TIERS, ProgramSettings, of_tier


def wanted_more_often(
    rhythm: Rhythm, tiers: Collection[int], settings: ProgramSettings
) -> tuple[tuple[int, Rhythm], ...]:
    """The tiers, of those given or else of all, that are to be reviewed more often than this, each with its rhythm."""
    order = list(Rhythm)
    wanted = ((tier, Rhythm(str(settings.value(of_tier(tier, "rhythm"))))) for tier in tiers or TIERS)
    return tuple((tier, each) for tier, each in wanted if order.index(each) < order.index(rhythm))
