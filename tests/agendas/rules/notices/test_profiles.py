from agendas.facts.reviews import Reminding
from agendas.rules.notices import has_morning_digest, reminds, tells_the_same_day, waits_for_digest
from tests.cases import cases

LIGHT, STANDARD, ACTIVE = Reminding


def test_a_light_cadence_asks_once_and_reminds_nobody() -> None:
    assert [reminds(each) for each in Reminding] == [False, True, True]


@cases(
    ("profiles", "waits", "morning", "same_day"),
    [
        ((), False, True, False),
        ((LIGHT,), True, False, False),
        ((LIGHT, LIGHT), True, False, False),
        ((STANDARD,), False, True, False),
        ((LIGHT, STANDARD), False, True, False),
        ((ACTIVE,), False, True, True),
        ((LIGHT, ACTIVE), False, True, True),
    ],
)
def test_only_who_has_light_cadences_alone_is_told_in_the_digest(
    profiles: tuple[Reminding, ...], *, waits: bool, morning: bool, same_day: bool
) -> None:
    assert (waits_for_digest(profiles), has_morning_digest(profiles), tells_the_same_day(profiles)) == (
        waits,
        morning,
        same_day,
    )
