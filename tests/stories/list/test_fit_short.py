from agendas.facts.fit import Criterion, CriterionScore, FitScored
from agendas.verbs.record import record
from tests.stories.team import CHANNEL, Team


async def scored(team: Team, name: str, points: int, *, without: tuple[Criterion, ...] = (), tier: int | None) -> int:
    number = await team.knows(name, tier=tier)
    given = tuple(CriterionScore(each, points, "Seen") for each in Criterion if each not in without)
    await team.did(record, number, FitScored("sales", given))
    return number


async def test_naming_and_changing_the_tier_in_words_say_the_fit_that_falls_short(team: Team) -> None:
    await scored(team, "Initech", 3, without=(Criterion.STRATEGIC_VALUE,), tier=None)
    said = await team.ann.types("/account name initech tier 1 because they renew", in_=CHANNEL)
    assert "named, tier 1: they renew" in said
    assert "Fit 75 of 80 for tier 1, 90% known." in said
    assert team.state("Initech").tier == 1
    said = await team.ann.types("/account tier initech 2 because they shrank", in_=CHANNEL)
    assert "Tier 1 → 2: they shrank" in said
    assert "Fit 75" not in said
