from agendas.facts.account import Rhythm
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.rules.schedule import wanted_more_often
from tests.cases import cases


@cases(
    ("rhythm", "tiers", "wanted"),
    [
        (Rhythm.WEEKLY, (), ()),
        (Rhythm.BIWEEKLY, (), ((1, Rhythm.WEEKLY),)),
        (Rhythm.BIWEEKLY, (2, 3), ()),
        (Rhythm.MONTHLY, (2, 3), ((2, Rhythm.BIWEEKLY),)),
        (Rhythm.MONTHLY, (), ((1, Rhythm.WEEKLY), (2, Rhythm.BIWEEKLY))),
    ],
)
def test_tiers_that_are_to_be_reviewed_more_often_are_named(
    rhythm: Rhythm, tiers: tuple[int, ...], wanted: tuple[tuple[int, Rhythm], ...]
) -> None:
    assert wanted_more_often(rhythm, tiers, DEFAULTS) == wanted


def test_the_rhythm_of_a_tier_is_a_setting() -> None:
    settings = ProgramSettings((("tier.1.rhythm", "monthly"),))
    assert wanted_more_often(Rhythm.MONTHLY, (1,), settings) == ()
