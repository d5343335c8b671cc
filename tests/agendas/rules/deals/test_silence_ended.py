from dataclasses import replace

from agendas.rules.deals import silence_ended, stall
from tests.agendas.rules.deals.test_stalled import in_stage, with_person
from tests.agendas.rules.history.histories import day
from tests.cases import cases


@cases(("heard", "person", "days"), [(5, 6, 4), (5, 4, 5), (None, 9, 1), (None, None, 9)])
def test_the_silence_that_an_act_ends_is_the_one_that_a_stall_counts(
    heard: int | None, person: int | None, days: int
) -> None:
    history = in_stage("engaged", 1, heard)
    before = history.state if person is None else with_person(history, 2, touched_on=day(person).date())
    assert stall(before, now=day(10), zone="UTC").quiet_days == days
    assert silence_ended(before, replace(before, last_buyer_touch_at=day(10)), "UTC") == days
    assert silence_ended(before, before, "UTC") == 0
