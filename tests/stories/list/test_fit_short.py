import pytest

from agendas.facts.fit import Criterion, CriterionScore, FitScored
from agendas.verbs.record import record
from agendas.verbs.settings import change_settings
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


@pytest.mark.again
async def test_the_form_a_decision_and_a_swap_say_it_too(team: Team) -> None:
    await scored(team, "Initech", 2, tier=3)
    await team.ann.types("/account tier initech", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, Tier="2", because="They grew")
    assert "Fit 50 of 60 for tier 2, 100% known." in team.private_words(team.ann)[-1]
    await team.posts_review("initech")
    await team.agenda_form(team.bob, "Decide", "Initech")
    await team.submits(team.bob, decision="change_tier", tier="1", text="They doubled")
    assert "Fit 50 of 80 for tier 1, 100% known." in team.private_words(team.bob)[-1]
    await team.did(change_settings, {"tier.1.cap": (25, 1)})
    await scored(team, "Hooli", 1, tier=None)
    seen = await team.ann.types("/account name hooli tier 1 because they renew", in_=CHANNEL)
    await team.ann.clicks("Swap", on=seen)
    await team.form(team.ann)
    await team.submits(team.ann, Why_it_leaves="No time")
    assert "Fit 25 of 80 for tier 1, 100% known." in team.private_words(team.ann)[-1]
