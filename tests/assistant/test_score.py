from collections import Counter

from tests.assistant.labels import Half, all_questions
from tests.assistant.score import verdict_of
from tests.assistant.verdicts import Verdict
from tests.cases import cases

RIGHT = {Half.BUILDING: 0.96, Half.MEASURED: 0.82}
"""Least part of each half that the rules read right; raised with the rules, never lowered."""

WRONG_ACCOUNT = {Half.BUILDING: 0, Half.MEASURED: 5}
"""Most questions of each half that are read as about another account."""

DROPPED = {Half.BUILDING: 3, Half.MEASURED: 45}
"""Most questions of each half that lose a filter or period without a word."""


@cases("half", list(Half))
def test_the_rules_read_as_many_questions_right_as_they_ever_did(half: Half) -> None:
    verdicts = Counter(verdict_of(each)[0] for each in all_questions() if each.half is half)
    assert verdicts[Verdict.RIGHT] >= RIGHT[half] * verdicts.total()
    assert verdicts[Verdict.WRONG_ACCOUNT] <= WRONG_ACCOUNT[half]
    assert verdicts[Verdict.DROPPED] <= DROPPED[half]
    assert verdicts[Verdict.FAILED] == 0


def test_the_set_is_large_enough_in_both_halves() -> None:
    follow_ups = Counter(each.half for each in all_questions() if each.shape == "follow")
    assert Counter(each.half for each in all_questions()).total() >= 600
    assert min(follow_ups[half] for half in Half) >= 120
